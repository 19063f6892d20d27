"""Every submission says which day it is about, whatever its form"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # With a default, since SQLite adds no column without a value; the next statement gives every row its own.
    op.add_column("submission", sa.Column("day", sa.Date(), nullable=False, server_default="1970-01-01"))
    op.execute(
        "UPDATE submission SET day = COALESCE((SELECT activity.event_date FROM activity "
        "WHERE activity.submission_id = submission.id), DATE(created_at))"
    )
    op.drop_index("ix_submission_unit_id", "submission")
    op.create_index("ix_submission_unit_day", "submission", ["unit_id", "day"])


def downgrade() -> None:
    op.drop_index("ix_submission_unit_day", "submission")
    op.create_index("ix_submission_unit_id", "submission", ["unit_id"])
    op.drop_column("submission", "day")
