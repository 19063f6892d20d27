"""Corrections know the version that they began with, obligations how often they changed"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("interview") as batch_op:
        batch_op.add_column(sa.Column("corrects_revision", sa.Integer(), nullable=True))
    # Until now a correction ended all others of its report: what is unfinished began with the present answers.
    op.execute(
        "UPDATE interview SET corrects_revision = "
        "(SELECT submission.revision FROM submission WHERE submission.id = interview.corrects) "
        "WHERE corrects IS NOT NULL"
    )
    with op.batch_alter_table("obligation") as batch_op:
        batch_op.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
    op.execute("UPDATE obligation SET revision = 2 WHERE done_at IS NOT NULL")


def downgrade() -> None:
    with op.batch_alter_table("obligation") as batch_op:
        batch_op.drop_column("revision")
    with op.batch_alter_table("interview") as batch_op:
        batch_op.drop_column("corrects_revision")
