"""A role knows the one that it follows, and it is noted who was told of which change of their unit"""

import sqlalchemy as sa
from alembic import op

from storage.db.types import UtcDateTime

revision = "0018"
down_revision = "0019"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("assignment") as batch:
        batch.add_column(sa.Column("follows_id", NUMBER, nullable=True))
        batch.create_foreign_key(op.f("fk_assignment_follows_id"), "assignment", ["follows_id"], ["id"])
        batch.create_index(op.f("ix_assignment_follows_id"), ["follows_id"])
    op.create_table(
        "change_told",
        sa.Column("assignment_id", NUMBER, nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_change_told_assignment_id")),
        sa.PrimaryKeyConstraint("assignment_id", "on_date", name=op.f("pk_change_told")),
    )


def downgrade() -> None:
    op.drop_table("change_told")
    with op.batch_alter_table("assignment") as batch:
        batch.drop_index(op.f("ix_assignment_follows_id"))
        batch.drop_constraint(op.f("fk_assignment_follows_id"), type_="foreignkey")
        batch.drop_column("follows_id")
