"""A return says which questions it is about and why; whoever may not change a report alone asks for leave"""

import sqlalchemy as sa
from alembic import op

from storage.db.types import UtcDateTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("submission_revision", sa.Column("concerns", sa.JSON(none_as_null=True), nullable=True))
    for state in ("sent", "returned"):
        those = sa.text(f"state = '{state}'")
        op.create_index(f"ix_submission_{state}", "submission", ["unit_id"], sqlite_where=those, postgresql_where=those)
    op.create_table(
        "amendment",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("submission_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_by", NUMBER, nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("open_key", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_amendment_decided_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_amendment_person_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_amendment_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
        sa.UniqueConstraint("open_key", name=op.f("uq_amendment_open_key")),
    )
    op.create_index(op.f("ix_amendment_submission_id"), "amendment", ["submission_id"])


def downgrade() -> None:
    op.drop_table("amendment")
    for state in ("sent", "returned"):
        op.drop_index(f"ix_submission_{state}", "submission")
    op.drop_column("submission_revision", "concerns")
