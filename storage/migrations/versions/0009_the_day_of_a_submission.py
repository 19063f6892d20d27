"""Every submission says which day it is about, whatever its form"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("submission", sa.Column("day", sa.Date(), nullable=True))
    op.execute(
        "UPDATE submission SET day = COALESCE((SELECT activity.event_date FROM activity "
        "WHERE activity.submission_id = submission.id), DATE(created_at))"
    )
    with op.batch_alter_table("submission") as batch_op:
        batch_op.alter_column("day", existing_type=sa.Date(), nullable=False)
        batch_op.drop_index("ix_submission_unit_id")
        batch_op.create_index("ix_submission_unit_day", ["unit_id", "day"])


def downgrade() -> None:
    with op.batch_alter_table("submission") as batch_op:
        batch_op.drop_index("ix_submission_unit_day")
        batch_op.create_index("ix_submission_unit_id", ["unit_id"])
        batch_op.drop_column("day")
