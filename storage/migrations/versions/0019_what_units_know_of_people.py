"""Denominators, lists and surveys: who supplied which number when, what it replaced, and whether it stands"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.db.types import Id, UtcDateTime

revision = "0019"
down_revision = "0015"
branch_labels = None
depends_on = None

STANDS = sa.text("stands")


def upgrade() -> None:
    op.create_table(
        "supply",
        sa.Column("id", Id, primary_key=True),
        sa.Column("unit_id", Id, sa.ForeignKey("unit.id"), nullable=True),
        sa.Column("person_id", Id, sa.ForeignKey("person.id"), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_by", Id, sa.ForeignKey("person.id"), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
    )
    op.drop_table("denominator")  # nothing has ever written a row of it
    _create("denominator", ("unit_id", "target_group", "sex", "as_of"), _text("target_group"), _text("sex"))
    _create(
        "roster_count",
        ("unit_id", "target_group", "measure", "sex", "as_of"),
        _text("target_group"),
        _text("measure"),
        _text("sex"),
    )
    _create(
        "survey_share",
        ("unit_id", "target", "as_of"),
        _text("target"),
        sa.Column("sample_size", sa.Integer(), nullable=False),
        _text("method"),
    )


def downgrade() -> None:
    for table in ("survey_share", "roster_count", "denominator", "supply"):
        op.drop_table(table)
    op.create_table(
        "denominator",
        sa.Column("id", Id, primary_key=True),
        sa.Column("unit_id", Id, sa.ForeignKey("unit.id"), nullable=False),
        _text("target_group"),
        _text("sex"),
        sa.Column("value", sa.Integer(), nullable=False),
        _text("source"),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.UniqueConstraint(
            "unit_id", "target_group", "sex", "as_of", name=op.f("uq_denominator_unit_id_target_group_sex_as_of")
        ),
    )


def _text(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.String(), nullable=False)


def _create(table: str, key: tuple[str, ...], *own: "sa.Column[Any]") -> None:
    op.create_table(
        table,
        sa.Column("id", Id, primary_key=True),
        sa.Column("supply_id", Id, sa.ForeignKey("supply.id"), nullable=False),
        sa.Column("unit_id", Id, sa.ForeignKey("unit.id"), nullable=False),
        *own,
        sa.Column("value", sa.Integer(), nullable=False),
        _text("source"),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("replaced_by", Id, sa.ForeignKey("supply.id"), nullable=True),
    )
    op.create_index(f"ix_{table}_supply_id", table, ["supply_id"])
    op.create_index(f"ix_{table}_standing", table, list(key), unique=True, sqlite_where=STANDS, postgresql_where=STANDS)
