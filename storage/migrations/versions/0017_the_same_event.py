"""Sets of reports of one event know whether somebody has to decide; a report knows who sent it in its unit's place

Columns are added to the tables as they stand: SQLite would otherwise copy tables that others refer to.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("event_set", sa.Column("parted_id", big, nullable=True))
    op.add_column("event_set", sa.Column("disputed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("event_set", sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
    only = sa.text("disputed")
    op.create_index("ix_event_set_disputed", "event_set", ["id"], sqlite_where=only, postgresql_where=only)
    op.create_index("ix_activity_activity_days", "activity", ["activity", "last_day", "first_day"])
    op.add_column("submission", sa.Column("by_unit_id", big, nullable=True))


def downgrade() -> None:
    op.drop_column("submission", "by_unit_id")
    op.drop_index("ix_activity_activity_days", "activity")
    op.drop_index("ix_event_set_disputed", "event_set")
    for column in ("revision", "disputed", "parted_id"):
        op.drop_column("event_set", column)
