"""What is asked about a message stands beside it: whether it lasts, and what an uncertain reminder offered"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("outbox", sa.Column("lasting", sa.Boolean(), nullable=False, server_default=sa.false()))
    # In a text the quotes would be escaped.
    lasting = sa.text("UPDATE outbox SET lasting = true WHERE body LIKE :lasting")
    op.execute(lasting.bindparams(lasting='%"lasting":true%'))
    offered = op.create_table(
        "offered_choice",
        sa.Column("outbox_id", _ID, nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name=op.f("fk_offered_choice_outbox_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("outbox_id", "choice", name=op.f("pk_offered_choice")),
    )
    db = op.get_bind()
    uncertain = db.execute(sa.text("SELECT id, body FROM outbox WHERE kind = 'digest' AND state = 'uncertain'")).all()
    for row, body in uncertain:
        if choices := {choice[0] for choice in json.loads(body).get("choices", ())}:
            db.execute(offered.insert(), [{"outbox_id": row, "choice": choice} for choice in sorted(choices)])


def downgrade() -> None:
    op.drop_table("offered_choice")
    op.drop_column("outbox", "lasting")
