"""Whose turn it is, found by indexes; and a bot's places to send, shared by its replicas"""

import sqlalchemy as sa
from alembic import op

from storage.db.types import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OUTBOX = {
    "ix_outbox_unqueued": (["priority", "id"], "state = 'pending' AND queued IS NULL"),
    "ix_outbox_lost": (["state", "created_at"], "state IN ('uncertain', 'dead')"),
    "ix_outbox_sending": (["account_id"], "state = 'sending'"),
}
_QUEUE = {
    "ix_chat_queue_ready": (["channel", "bot", "priority", "first_row"], "wakes_at IS NULL"),
    "ix_chat_queue_asleep": (["wakes_at"], "wakes_at IS NOT NULL"),
}


def upgrade() -> None:
    """What waits has not been queued yet: the first looks see to it."""
    op.add_column("outbox", sa.Column("queued", sa.Boolean(), nullable=True))
    op.create_table(
        "chat_queue",
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("bot", sa.String(), nullable=False),
        sa.Column("first_row", _ID, nullable=False),
        sa.Column("wakes_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_chat_queue_account_id")),
        sa.PrimaryKeyConstraint("account_id", "priority", name=op.f("pk_chat_queue")),
    )
    op.create_table(
        "bot_rate",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("bot", sa.String(), nullable=False),
        sa.Column("taken_until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "bot", name=op.f("pk_bot_rate")),
    )
    for table, indexes in (("outbox", _OUTBOX), ("chat_queue", _QUEUE)):
        for name, (columns, rows) in indexes.items():
            op.create_index(name, table, columns, sqlite_where=sa.text(rows), postgresql_where=sa.text(rows))


def downgrade() -> None:
    for name in _OUTBOX:
        op.drop_index(name, "outbox")
    op.drop_table("bot_rate")
    op.drop_table("chat_queue")
    op.drop_column("outbox", "queued")
