"""Weekly totals by kind: visits to events and people helped by services are never one sum

The totals are computed anew from the reports, here in their own words: `storage.records.totals` may change later.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BEFORE = ("week", "unit_id", "place_unit_id", "activity", "target_group", "state")
AFTER = (*BEFORE[:4], "kind", *BEFORE[4:])


def upgrade() -> None:
    _compute_anew(AFTER)


def downgrade() -> None:
    _compute_anew(BEFORE)


def _compute_anew(key: tuple[str, ...]) -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.drop_table("weekly_total")
    op.create_table(
        "weekly_total",
        *(sa.Column(name, number if name.endswith("_id") else sa.String(), nullable=False) for name in key),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("reports", "women", "men", "quantity")),
        sa.ForeignKeyConstraint(["place_unit_id"], ["unit.id"], name=op.f("fk_weekly_total_place_unit_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_weekly_total_unit_id")),
        sa.PrimaryKeyConstraint(*key, name=op.f("pk_weekly_total")),
    )
    columns = ", ".join(key)
    op.execute(
        f"INSERT INTO weekly_total ({columns}, reports, women, men, quantity) "  # noqa: S608 (the names above)
        f"SELECT {columns}, count(*), sum(women), sum(men), sum(quantity) FROM activity GROUP BY {columns}"
    )
