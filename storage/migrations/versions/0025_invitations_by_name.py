"""An invitation knows whom a list means by it and when it was taken back, a role the invitation that it came by"""

import sqlalchemy as sa
from alembic import op

from storage.db.types import UtcDateTime

revision = "0025"
down_revision = "0018"
branch_labels = None
depends_on = None

NAMED = sa.text("name <> ''")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("invitation") as batch:
        batch.add_column(sa.Column("name", sa.String(), server_default="", nullable=False))
        batch.add_column(sa.Column("revoked_at", UtcDateTime(), nullable=True))
        batch.create_index(op.f("ix_invitation_unit_id"), ["unit_id"])
        batch.create_index("ix_invitation_named", ["expires_at"], sqlite_where=NAMED, postgresql_where=NAMED)
    with op.batch_alter_table("assignment") as batch:
        batch.add_column(sa.Column("invitation_id", NUMBER, nullable=True))
        batch.create_foreign_key(op.f("fk_assignment_invitation_id"), "invitation", ["invitation_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("assignment") as batch:
        batch.drop_constraint(op.f("fk_assignment_invitation_id"), type_="foreignkey")
        batch.drop_column("invitation_id")
    with op.batch_alter_table("invitation") as batch:
        batch.drop_index("ix_invitation_named")
        batch.drop_index(op.f("ix_invitation_unit_id"))
        batch.drop_column("revoked_at")
        batch.drop_column("name")
