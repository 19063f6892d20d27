"""Reminders that somebody gives by hand, once a day a matter"""

import sqlalchemy as sa
from alembic import op

from storage.db.types import Id, UtcDateTime

revision = "0026"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "nudge",
        sa.Column("id", Id, primary_key=True),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("person_id", Id, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("about", "local_day"),
    )
    op.create_index("ix_nudge_at", "nudge", ["at"])


def downgrade() -> None:
    op.drop_table("nudge")
