"""What a chair does to a report is to approve it"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STATES = ("submission", "activity", "weekly_total")


def upgrade() -> None:
    for table in STATES:
        op.execute(f"UPDATE {table} SET state = 'approved' WHERE state = 'checked'")  # noqa: S608 (our own names)
    op.execute("UPDATE submission_revision SET action = 'approve' WHERE action = 'check'")


def downgrade() -> None:
    for table in STATES:
        op.execute(f"UPDATE {table} SET state = 'checked' WHERE state = 'approved'")  # noqa: S608 (our own names)
    op.execute("UPDATE submission_revision SET action = 'check' WHERE action = 'approve'")
