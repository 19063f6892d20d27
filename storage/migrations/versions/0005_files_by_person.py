"""Files are counted by person and day, and found by their content"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_attachment_person_created", "attachment", ["person_id", "created_at"])
    op.create_index(op.f("ix_attachment_sha256"), "attachment", ["sha256"])


def downgrade() -> None:
    op.drop_index(op.f("ix_attachment_sha256"), "attachment")
    op.drop_index("ix_attachment_person_created", "attachment")
