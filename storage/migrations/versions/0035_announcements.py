"""What is announced to many, and to whom it goes"""

import sqlalchemy as sa
from alembic import op

from storage.db.types import Id, UtcDateTime

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    waits, is_open = sa.text("state = 'waiting'"), sa.text("outbox_id IS NULL AND reason = ''")
    op.create_table(
        "announcement",
        sa.Column("id", Id, primary_key=True),
        sa.Column("person_id", Id, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("unit_id", Id, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("units", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("attachment_id", Id, nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("is_image", sa.Boolean(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("goes_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_announcement_unit_id", "announcement", ["unit_id"])
    op.create_index("ix_announcement_created_at", "announcement", ["created_at"])
    op.create_index("ix_announcement_waiting", "announcement", ["goes_at"], sqlite_where=waits, postgresql_where=waits)
    op.create_table(
        "announcement_receipt",
        sa.Column("id", Id, primary_key=True),
        sa.Column("announcement_id", Id, sa.ForeignKey("announcement.id", ondelete="CASCADE"), nullable=False),
        sa.Column("person_id", Id, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("outbox_id", Id, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.UniqueConstraint("announcement_id", "person_id"),
    )
    op.create_index("ix_announcement_receipt_person_id", "announcement_receipt", ["person_id"])
    op.create_index(
        "ix_announcement_receipt_open",
        "announcement_receipt",
        ["id"],
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def downgrade() -> None:
    op.drop_table("announcement_receipt")
    op.drop_table("announcement")
