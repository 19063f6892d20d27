"""Indexes for what a tick looks for each minute, so that it costs the same however much was sent before"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_due_free", "due", "person_id", "state = 'waiting' AND outbox_id IS NULL"),
    ("ix_outbox_uncomposed", "outbox", "id", "kind = 'digest' AND state = 'pending' AND body = ''"),
    ("ix_outbox_uncertain", "outbox", "local_day", "kind = 'digest' AND state = 'uncertain'"),
)


def upgrade() -> None:
    for name, table, column, rows in INDEXES:
        op.create_index(name, table, [column], sqlite_where=sa.text(rows), postgresql_where=sa.text(rows))


def downgrade() -> None:
    for name, table, _column, _rows in INDEXES:
        op.drop_index(name, table)
