"""Totals by week and month for each unit that answers for reports, and sample reports found by an index"""

import sqlalchemy as sa
from alembic import op

from storage.db.types import Id

revision = "0020"
down_revision = "0023"
branch_labels = None
depends_on = None

TEXTS = ("bucket", "part", "level", "kind", "activity", "target_group", "item", "mode", "place", "state")
KEY = ("bucket", "part", "branch_id", *TEXTS[2:9], "place_unit_id", "state")
COUNTS = (
    *("lines", "reports", "group_reports", "item_reports", "women", "men", "unsorted", "first_women", "first_men"),
    *("asked_women", "asked_men", "quantity", "violations", "handled"),
)
ASKED = "CASE WHEN first_women IS NOT NULL OR first_men IS NOT NULL THEN {} ELSE 0 END"
SUMS = (
    "COUNT(*)",
    "SUM(CASE WHEN position = 0 THEN 1 ELSE 0 END)",
    *(f"SUM({name})" for name in ("opens_group", "opens_item", "women", "men", "unsorted")),
    *(f"SUM(COALESCE({name}, 0))" for name in ("first_women", "first_men")),
    *(f"SUM({ASKED.format(name)})" for name in ("women", "men")),
    *(f"SUM({name})" for name in ("quantity", "violations", "handled")),
)
PARTS = {
    "activity": ("activity", "''", "''", "''", "''", "0"),
    "line": ("''", "target_group", "item", "mode", "''", "0"),
    "place": ("''", "''", "''", "''", "place", "place_unit_id"),
}
BUCKETS = ("week", "SUBSTR(CAST(last_day AS VARCHAR), 1, 7)")
SAMPLES = sa.text("sample")


def upgrade() -> None:
    op.create_table(
        "branch_total",
        *(sa.Column(name, Id if name.endswith("_id") else sa.String(), nullable=False) for name in KEY),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_branch_total")),
        sqlite_with_rowid=False,
    )
    for bucket in BUCKETS:
        for part, columns in PARTS.items():
            _fill(part, bucket, columns)
    op.create_index("ix_submission_samples", "submission", ["unit_id"], sqlite_where=SAMPLES, postgresql_where=SAMPLES)


def _fill(part: str, bucket: str, columns: tuple[str, ...]) -> None:
    """A report stands under the unit in which its neighbourhood lay on its last day, any other under its own."""
    by = ", ".join(("bucket", "branch_id", "level", "kind", "state", *(name for name in columns if name[0].isalpha())))
    op.execute(
        f"INSERT INTO branch_total ({', '.join((*KEY, *COUNTS))}) "  # noqa: S608 (the names above)
        f"SELECT bucket, '{part}', branch_id, level, kind, {', '.join(columns)}, state, {', '.join(SUMS)} "
        f"FROM (SELECT activity.submission_id, {bucket} AS bucket, unit.level, activity.kind, activity.state, "
        "activity.activity, activity.place, COALESCE(activity.place_unit_id, 0) AS place_unit_id, "
        "CASE WHEN unit.level = 'neighbourhood' AND unit_version.parent_id IS NOT NULL "
        "THEN unit_version.parent_id ELSE unit.id END AS branch_id "
        "FROM activity JOIN unit ON unit.id = activity.unit_id "
        "JOIN unit_version ON unit_version.unit_id = unit.id AND unit_version.valid_from = COALESCE("
        "(SELECT MAX(begun.valid_from) FROM unit_version begun "
        "WHERE begun.unit_id = activity.unit_id AND begun.valid_from <= activity.last_day), "
        "(SELECT MIN(begun.valid_from) FROM unit_version begun WHERE begun.unit_id = activity.unit_id)) "
        "WHERE activity.counts) reports "
        f"JOIN activity_line ON activity_line.submission_id = reports.submission_id GROUP BY {by}"
    )


def downgrade() -> None:
    op.drop_index("ix_submission_samples", "submission")
    op.drop_table("branch_total")
