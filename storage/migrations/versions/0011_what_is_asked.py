"""An interview says which question is open, a chat's menu which question it belongs to"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Which question is open takes its form to say: interviews know from their next step on."""
    op.add_column("interview", sa.Column("asks", sa.String(), nullable=True))
    op.add_column("chat_menu", sa.Column("interview_id", _ID, nullable=True))
    op.add_column("chat_menu", sa.Column("revision", sa.Integer(), nullable=True))
    db = op.get_bind()
    belongs = sa.text("UPDATE chat_menu SET interview_id = :interview, revision = :seen WHERE account_id = :account")
    for account, choices in db.execute(sa.text("SELECT account_id, choices FROM chat_menu")).all():
        offered = json.loads(choices)
        name, *arguments = offered[0][0].split(":") if offered else ("",)
        if name == "i":
            values = {"account": account, "interview": int(arguments[0]), "seen": int(arguments[1])}
            db.execute(belongs, values)


def downgrade() -> None:
    op.drop_column("chat_menu", "revision")
    op.drop_column("chat_menu", "interview_id")
    op.drop_column("interview", "asks")
