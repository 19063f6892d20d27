"""Files that people ask for, made after the commit and sent when they are there"""

import sqlalchemy as sa
from alembic import op

from storage.db.types import Id, UtcDateTime

revision = "0022"
down_revision = "0025"
branch_labels = None
depends_on = None

ASKED = sa.text("state = 'asked'")


def upgrade() -> None:
    op.create_table(
        "file_order",
        sa.Column("id", Id, primary_key=True),
        sa.Column("person_id", Id, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("account_id", Id, sa.ForeignKey("account.id"), nullable=True),
        sa.Column("inbox_id", Id, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("recipe", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("sorry", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
    )
    op.create_index("ix_file_order_waiting", "file_order", ["id"], sqlite_where=ASKED, postgresql_where=ASKED)
    op.create_index("ix_file_order_person", "file_order", ["person_id", "asked_at"])
    op.create_index("ix_file_order_account_id", "file_order", ["account_id"])
    op.create_index("ix_file_order_asked_at", "file_order", ["asked_at"])


def downgrade() -> None:
    op.drop_table("file_order")
