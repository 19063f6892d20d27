"""A role is handed over, and a unit is asked for its report in the morning"""

import sqlalchemy as sa
from alembic import op

from storage.db.types import UtcDateTime

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "handover",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("assignment_id", NUMBER, nullable=False),
        sa.Column("invitation_id", NUMBER, nullable=True),
        sa.Column("to_person_id", NUMBER, nullable=True),
        sa.Column("by_person_id", NUMBER, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_handover_assignment_id")),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitation.id"], name=op.f("fk_handover_invitation_id")),
        sa.ForeignKeyConstraint(["to_person_id"], ["person.id"], name=op.f("fk_handover_to_person_id")),
        sa.ForeignKeyConstraint(["by_person_id"], ["person.id"], name=op.f("fk_handover_by_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    with op.batch_alter_table("handover") as batch:
        batch.create_index(op.f("ix_handover_assignment_id"), ["assignment_id"])
        batch.create_index(op.f("ix_handover_invitation_id"), ["invitation_id"])
    op.create_table(
        "planned_nudge",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("unit_id", NUMBER, nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_planned_nudge_unit_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_planned_nudge_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_nudge")),
        sa.UniqueConstraint("unit_id", "local_day", name=op.f("uq_planned_nudge_unit_id_local_day")),
    )


def downgrade() -> None:
    op.drop_table("planned_nudge")
    op.drop_table("handover")
