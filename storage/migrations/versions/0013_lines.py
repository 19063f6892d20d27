"""A report has lines, first and last day, a place, and may be one of several of the same event

Each report so far becomes one line. Products and kinds of help are taken from its present answers: until now they
stood nowhere else. Everything is moved by statements over whole tables, since a district's database holds some hundred
thousand reports.
"""

import sqlalchemy as sa
from alembic import op

from storage.db.types import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = UtcDateTime()
KEY = ("week", "unit_id", "place", "place_unit_id", "activity", "kind", "target_group", "item", "mode", "state")
COUNTS = (
    *("lines", "reports", "group_reports", "item_reports", "women", "men", "unsorted", "first_women", "first_men"),
    *("asked_women", "asked_men", "quantity", "violations", "handled"),
)
OLD_KEY = ("week", "unit_id", "place_unit_id", "activity", "kind", "target_group", "state")
OLD_COUNTS = ("reports", "women", "men", "quantity")


def upgrade() -> None:
    op.create_table(
        "event_set",
        sa.Column("id", BIG, nullable=False),
        sa.Column("chosen_id", BIG, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", BIG, nullable=True),
        sa.Column("decided_at", TIME, nullable=True),
        sa.Column("created_by", BIG, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_event_set_decided_by")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_event_set_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_set")),
    )
    _create_lines()
    item = (  # words of this module only
        f"CASE activity.kind WHEN 'media' THEN COALESCE({_answer('product')}, '') "
        f"WHEN 'service' THEN COALESCE({_answer('service_kind')}, '') ELSE '' END"
    )
    op.execute(
        "INSERT INTO activity_line (submission_id, position, target_group, item, mode, women, men, unsorted, "  # noqa: S608
        "quantity, "
        "violations, handled, opens_group, opens_item) SELECT activity.submission_id, 0, "
        f"CASE WHEN activity.kind = 'service' THEN 'in_need' ELSE activity.target_group END, {item}, "
        "CASE WHEN activity.kind = 'media' THEN 'given' ELSE '' END, activity.women, activity.men, 0, "
        "activity.quantity, activity.violations, activity.handled, 1, 1 FROM activity "
        "JOIN submission ON submission.id = activity.submission_id "
        "JOIN submission_revision ON submission_revision.submission_id = submission.id "
        "AND submission_revision.revision = submission.revision"
    )
    op.execute("CREATE TEMPORARY TABLE kept AS SELECT * FROM activity")
    op.drop_table("activity")
    op.create_table(
        "activity",
        sa.Column("submission_id", BIG, nullable=False),
        sa.Column("unit_id", BIG, nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("place_unit_id", BIG, nullable=True),
        sa.Column("organiser_unit_id", BIG, nullable=True),
        sa.Column("event_set_id", BIG, nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("sex_asked", sa.Integer(), nullable=False),
        sa.Column("sex_unknown", sa.Boolean(), nullable=False),
        sa.Column("sent_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_activity_submission_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_activity_unit_id")),
        sa.ForeignKeyConstraint(["place_unit_id"], ["unit.id"], name=op.f("fk_activity_place_unit_id")),
        sa.ForeignKeyConstraint(["organiser_unit_id"], ["unit.id"], name=op.f("fk_activity_organiser_unit_id")),
        sa.ForeignKeyConstraint(["event_set_id"], ["event_set.id"], name=op.f("fk_activity_event_set_id")),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_activity")),
    )
    op.execute(
        "INSERT INTO activity (submission_id, unit_id, activity, kind, first_day, last_day, week, place, "
        "place_unit_id, state, counts, sex_asked, sex_unknown, sent_at) SELECT kept.submission_id, kept.unit_id, "
        "kept.activity, kept.kind, kept.event_date, kept.event_date, kept.week, "
        "CASE WHEN unit.level = 'agency' THEN 'unknown' ELSE 'unit' END, "
        "CASE WHEN unit.level = 'agency' THEN NULL ELSE kept.place_unit_id END, kept.state, "
        "kept.state IN ('sent', 'approved'), 0, false, kept.sent_at FROM kept JOIN unit ON unit.id = kept.unit_id"
    )
    op.execute("DROP TABLE kept")
    op.create_index("ix_activity_unit_last_day", "activity", ["unit_id", "last_day"])
    op.create_index("ix_activity_last_day", "activity", ["last_day"])
    op.create_index(
        "ix_activity_event_set",
        "activity",
        ["event_set_id"],
        sqlite_where=sa.text("event_set_id IS NOT NULL"),
        postgresql_where=sa.text("event_set_id IS NOT NULL"),
    )
    op.drop_table("weekly_total")
    _create_totals(KEY, COUNTS, places=False)
    op.execute(
        f"INSERT INTO weekly_total ({', '.join((*KEY, *COUNTS))}) SELECT week, unit_id, place, "  # noqa: S608 (above)
        "COALESCE(place_unit_id, 0), activity, kind, target_group, item, mode, state, count(*), count(*), count(*), "
        "count(*), sum(women), sum(men), 0, 0, 0, 0, 0, sum(quantity), sum(violations), sum(handled) FROM activity "
        "JOIN activity_line ON activity_line.submission_id = activity.submission_id WHERE counts "
        "GROUP BY week, unit_id, place, place_unit_id, activity, kind, target_group, item, mode, state"
    )


def downgrade() -> None:
    op.execute(
        "CREATE TEMPORARY TABLE kept AS SELECT activity.*, summed.target_group, summed.women, summed.men, "
        "summed.quantity, summed.violations, summed.handled FROM activity JOIN (SELECT submission_id, "
        "MIN(CASE WHEN position = 0 THEN target_group END) AS target_group, SUM(women) AS women, SUM(men) AS men, "
        "SUM(quantity) AS quantity, SUM(violations) AS violations, SUM(handled) AS handled FROM activity_line "
        "GROUP BY submission_id) AS summed ON summed.submission_id = activity.submission_id"
    )
    op.drop_table("activity_line")
    op.drop_table("activity")
    op.drop_table("event_set")
    op.create_table(
        "activity",
        sa.Column("submission_id", BIG, nullable=False),
        sa.Column("unit_id", BIG, nullable=False),
        sa.Column("place_unit_id", BIG, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("activity", "kind", "target_group")),
        sa.Column("event_date", sa.Date(), nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("women", "men", "quantity", "violations", "handled")
        ),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("sent_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_activity_submission_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_activity_unit_id")),
        sa.ForeignKeyConstraint(["place_unit_id"], ["unit.id"], name=op.f("fk_activity_place_unit_id")),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_activity")),
    )
    op.execute(
        "INSERT INTO activity (submission_id, unit_id, place_unit_id, activity, kind, target_group, event_date, week, "
        "women, men, quantity, violations, handled, state, sent_at) SELECT submission_id, unit_id, "
        "COALESCE(place_unit_id, unit_id), activity, kind, "
        "CASE WHEN kind = 'service' THEN '' ELSE target_group END, last_day, week, women, men, quantity, violations, "
        "handled, state, sent_at FROM kept"
    )
    op.execute("DROP TABLE kept")
    op.create_index("ix_activity_unit_date", "activity", ["unit_id", "event_date"])
    op.create_index("ix_activity_week", "activity", ["week"])
    op.create_index("ix_activity_event_date", "activity", ["event_date"])
    op.drop_table("weekly_total")
    _create_totals(OLD_KEY, OLD_COUNTS, places=True)
    columns = ", ".join(OLD_KEY)
    op.execute(
        f"INSERT INTO weekly_total ({columns}, reports, women, men, quantity) "  # noqa: S608 (the names above)
        f"SELECT {columns}, count(*), sum(women), sum(men), sum(quantity) FROM activity GROUP BY {columns}"
    )


def _answer(name: str) -> str:
    """One of a report's answers, as each database reads it out of JSON."""
    if op.get_bind().dialect.name == "sqlite":
        return f"json_extract(submission_revision.answers, '$.{name}')"
    return f"submission_revision.answers ->> '{name}'"


def _create_lines() -> None:
    op.create_table(
        "activity_line",
        sa.Column("submission_id", BIG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("target_group", "item", "mode")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("women", "men", "unsorted")),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("first_women", "first_men")),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("quantity", "violations", "handled", "opens_group", "opens_item")
        ),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_activity_line_submission_id")),
        sa.PrimaryKeyConstraint("submission_id", "position", name=op.f("pk_activity_line")),
    )


def _create_totals(key: tuple[str, ...], counts: tuple[str, ...], *, places: bool) -> None:
    """`places`: every place is a unit."""
    of_places = [sa.ForeignKeyConstraint(["place_unit_id"], ["unit.id"], name=op.f("fk_weekly_total_place_unit_id"))]
    op.create_table(
        "weekly_total",
        *(sa.Column(name, BIG if name.endswith("_id") else sa.String(), nullable=False) for name in key),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counts),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_weekly_total_unit_id")),
        *(of_places if places else ()),
        sa.PrimaryKeyConstraint(*key, name=op.f("pk_weekly_total")),
    )
