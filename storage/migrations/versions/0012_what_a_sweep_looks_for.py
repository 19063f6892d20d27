"""Indexes for what is swept once it has outlived its purpose, so that a sweep reads little more than it deletes"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_inbox_received_at", "inbox", "received_at", None),
    ("ix_interview_unsent", "interview", "updated_at", "status IN ('draft', 'cancelled')"),
    ("ix_attachment_unused", "attachment", "created_at", "submission_id IS NULL"),
    ("ix_attachment_account_id", "attachment", "account_id", None),
    ("ix_outbox_created_at", "outbox", "created_at", None),
    ("ix_stranger_seen_on", "stranger", "seen_on", None),
)


def upgrade() -> None:
    for name, table, column, rows in INDEXES:
        where = sa.text(rows) if rows else None
        op.create_index(name, table, [column], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name, table, _column, _rows in INDEXES:
        op.drop_index(name, table)
