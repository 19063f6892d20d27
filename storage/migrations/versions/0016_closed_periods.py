"""Periods whose figures are closed, and what is asked for in them since"""

import sqlalchemy as sa
from alembic import op

from storage.db.types import Id, UtcDateTime

revision = "0016"
down_revision = "0013"
branch_labels = None
depends_on = None

STANDS = sa.text("reopened_at IS NULL")
OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.create_table(
        "closed_period",
        sa.Column("id", Id, primary_key=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("closed_by", Id, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=False),
        sa.Column("reopened_by", Id, sa.ForeignKey("person.id"), nullable=True),
        sa.Column("reopened_at", UtcDateTime(), nullable=True),
        sa.Column("reopened_because", sa.String(), nullable=False),
    )
    op.create_index(
        "ix_closed_period_standing",
        "closed_period",
        ["code"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )
    op.create_table(
        "change_request",
        sa.Column("id", Id, primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("unit_id", Id, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("person_id", Id, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("period_id", Id, sa.ForeignKey("closed_period.id"), nullable=False),
        sa.Column("interview_id", Id, sa.ForeignKey("interview.id"), nullable=True),
        sa.Column("deed", sa.JSON(), nullable=False),
        sa.Column("open_key", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_by", Id, sa.ForeignKey("person.id"), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
    )
    op.create_index("ix_change_request_open", "change_request", ["id"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_change_request_open_key", "change_request", ["open_key"], unique=True)
    op.create_index("ix_change_request_person_id", "change_request", ["person_id"])
    op.create_index("ix_change_request_interview_id", "change_request", ["interview_id"])
    op.create_table(
        "requested_record",
        sa.Column("request_id", Id, sa.ForeignKey("change_request.id"), primary_key=True),
        sa.Column("submission_id", Id, sa.ForeignKey("submission.id"), primary_key=True),
        sa.Column("revision", sa.Integer(), nullable=False),
    )
    op.create_index("ix_requested_record_submission_id", "requested_record", ["submission_id"])


def downgrade() -> None:
    for table in ("requested_record", "change_request", "closed_period"):
        op.drop_table(table)
