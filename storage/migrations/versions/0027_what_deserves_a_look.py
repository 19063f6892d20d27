"""A version of a report keeps what deserved a second look and why it was sent; a photo what it looks like"""

import sqlalchemy as sa
from alembic import op

from storage.db.types import Id

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("submission_revision", sa.Column("warnings", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("submission_revision", sa.Column("reason", sa.String(), server_default="", nullable=False))
    op.add_column("submission", sa.Column("warned", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("attachment", sa.Column("dhash", sa.String(), server_default="", nullable=False))
    op.create_table(
        "photo_look",
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("attachment_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_photo_look_attachment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("part", "attachment_id", name=op.f("pk_photo_look")),
    )
    op.create_index(op.f("ix_photo_look_attachment_id"), "photo_look", ["attachment_id"])


def downgrade() -> None:
    op.drop_table("photo_look")
    op.drop_column("attachment", "dhash")
    op.drop_column("submission", "warned")
    op.drop_column("submission_revision", "reason")
    op.drop_column("submission_revision", "warnings")
