"""Codes that wait can be read again and count their uses; who came by a ward's code waits for its chair"""

import sqlalchemy as sa
from alembic import op

from storage.db.types import UtcDateTime

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITS = sa.text("state = 'waiting'")


def upgrade() -> None:
    with op.batch_alter_table("invitation") as batch:
        batch.add_column(sa.Column("sealed", sa.String(), server_default="", nullable=False))
        batch.add_column(sa.Column("used", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("file_order") as batch:
        batch.add_column(sa.Column("attachment_id", NUMBER, nullable=True))
    op.create_table(
        "newcomer",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("person_id", NUMBER, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("invitation_id", NUMBER, sa.ForeignKey("invitation.id"), nullable=False),
        sa.Column("ward_id", NUMBER, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("unit_id", NUMBER, sa.ForeignKey("unit.id"), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("came_at", UtcDateTime(), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", NUMBER, sa.ForeignKey("person.id"), nullable=True),
    )
    op.create_index("ix_newcomer_person_id", "newcomer", ["person_id"])
    op.create_index("ix_newcomer_waiting", "newcomer", ["ward_id"], sqlite_where=WAITS, postgresql_where=WAITS)


def downgrade() -> None:
    op.drop_table("newcomer")
    with op.batch_alter_table("file_order") as batch:
        batch.drop_column("attachment_id")
    with op.batch_alter_table("invitation") as batch:
        batch.drop_column("used")
        batch.drop_column("sealed")
