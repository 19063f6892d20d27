"""Spent invitations keep neither name nor code, and what can be read of expired ones is found to be forgotten"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

NAMED, READABLE = sa.text("name <> ''"), sa.text("name <> '' OR sealed <> ''")


def upgrade() -> None:
    op.execute("UPDATE invitation SET name = '', sealed = '' WHERE uses_left < 1")
    op.drop_index("ix_invitation_named", "invitation")
    op.create_index(
        "ix_invitation_readable", "invitation", ["expires_at"], sqlite_where=READABLE, postgresql_where=READABLE
    )


def downgrade() -> None:
    op.drop_index("ix_invitation_readable", "invitation")
    op.create_index("ix_invitation_named", "invitation", ["expires_at"], sqlite_where=NAMED, postgresql_where=NAMED)
