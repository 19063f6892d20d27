"""What a unit did about a week: since when each report lies in it, what was said of it, and a cache of both

Until now a report was of one day, and a nil report could not be taken back. Everything is read out of the versions of
reports by statements over whole tables.
"""

import sqlalchemy as sa
from alembic import op

from storage.db.types import UtcDateTime

revision = "0015"
down_revision = "0017"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = UtcDateTime()
STANDING = "state IN ('sent', 'approved', 'returned')"


def upgrade() -> None:
    _create()
    day = _day()
    op.execute(
        "INSERT INTO report_week (submission_id, week, unit_id, since, state) "  # noqa: S608 (the expressions below)
        f"SELECT version.submission_id, {_week(day)}, activity.unit_id, min(version.at), "
        f"CASE WHEN {_week(day)} = min(activity.week) THEN min(activity.state) ELSE '' END "
        "FROM submission_revision AS version JOIN activity ON activity.submission_id = version.submission_id "
        f"GROUP BY version.submission_id, {_week(day)}, activity.unit_id"
    )
    op.execute(
        "INSERT INTO nil_word (week, unit_id, revision, given, person_id, at) "
        "SELECT week, unit_id, 1, true, person_id, at FROM nil_report"
    )
    op.execute(
        "INSERT INTO unit_week (week, unit_id, reported, returned, first_at, nil_revision) "  # noqa: S608 (above)
        "SELECT week, unit_id, sum(CASE WHEN state IN ('sent', 'approved') THEN 1 ELSE 0 END), "
        "sum(CASE WHEN state = 'returned' THEN 1 ELSE 0 END), min(since), 0 "
        f"FROM report_week WHERE {STANDING} GROUP BY week, unit_id"
    )
    op.execute(
        "INSERT INTO unit_week (week, unit_id, reported, returned, nil_revision) "
        "SELECT week, unit_id, 0, 0, 0 FROM nil_report WHERE NOT EXISTS (SELECT 1 FROM unit_week "
        "WHERE unit_week.week = nil_report.week AND unit_week.unit_id = nil_report.unit_id)"
    )
    mine = "FROM nil_report WHERE nil_report.week = unit_week.week AND nil_report.unit_id = unit_week.unit_id"
    op.execute(
        f"UPDATE unit_week SET nil_revision = 1, nil_since = (SELECT at {mine}), "  # noqa: S608 (the line above)
        f"nil_said_at = (SELECT at {mine}), nil_by = (SELECT person_id {mine}) WHERE EXISTS (SELECT 1 {mine})"
    )
    op.drop_table("nil_report")


def downgrade() -> None:
    op.create_table(
        "nil_report",
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("unit_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_nil_report_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_nil_report_unit_id")),
        sa.PrimaryKeyConstraint("week", "unit_id", name=op.f("pk_nil_report")),
    )
    op.execute(
        "INSERT INTO nil_report (week, unit_id, person_id, at) "
        "SELECT week, unit_id, nil_by, nil_since FROM unit_week WHERE nil_since IS NOT NULL"
    )
    for table in ("free_week", "unit_week", "nil_word", "report_week"):
        op.drop_table(table)


def _create() -> None:
    op.create_table(
        "report_week",
        sa.Column("submission_id", BIG, nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("unit_id", BIG, nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_report_week_submission_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_report_week_unit_id")),
        sa.PrimaryKeyConstraint("submission_id", "week", name=op.f("pk_report_week")),
    )
    op.create_index("ix_report_week_unit_week", "report_week", ["unit_id", "week"])
    op.create_table(
        "nil_word",
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("unit_id", BIG, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_nil_word_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_nil_word_unit_id")),
        sa.PrimaryKeyConstraint("week", "unit_id", "revision", name=op.f("pk_nil_word")),
    )
    op.create_table(
        "unit_week",
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("unit_id", BIG, nullable=False),
        sa.Column("reported", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        *(sa.Column(name, TIME, nullable=True) for name in ("first_at", "nil_since", "nil_said_at")),
        sa.Column("nil_by", BIG, nullable=True),
        sa.Column("nil_revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["nil_by"], ["person.id"], name=op.f("fk_unit_week_nil_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_week_unit_id")),
        sa.PrimaryKeyConstraint("week", "unit_id", name=op.f("pk_unit_week")),
    )
    op.create_table(
        "free_week",
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("declared_by", BIG, nullable=False),
        sa.Column("declared_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["declared_by"], ["person.id"], name=op.f("fk_free_week_declared_by")),
        sa.PrimaryKeyConstraint("week", name=op.f("pk_free_week")),
    )


def _day() -> str:
    """The day that a version says, as each database reads it out of JSON."""
    if op.get_bind().dialect.name == "sqlite":
        return "COALESCE(json_extract(version.answers, '$.date'), activity.last_day)"
    return "COALESCE((version.answers ->> 'date')::date, activity.last_day)"


def _week(day: str) -> str:
    """The ISO week of a day: that of its Thursday, which lies in the week's own year."""
    if op.get_bind().dialect.name == "sqlite":
        thursday = f"{day}, '-3 days', 'weekday 4'"
        return f"strftime('%Y', {thursday}) || '-W' || substr('0' || ((strftime('%j', {thursday}) - 1) / 7 + 1), -2)"
    return f"""to_char({day}, 'IYYY-"W"IW')"""
