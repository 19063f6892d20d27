"""What people said that they know: they are not told the same again"""

import sqlalchemy as sa
from alembic import op

from storage.db.types import Id, UtcDateTime

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "known_matter",
        sa.Column("id", Id, primary_key=True),
        sa.Column("person_id", Id, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("person_id", "about"),
    )


def downgrade() -> None:
    op.drop_table("known_matter")
