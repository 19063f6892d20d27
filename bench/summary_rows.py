"""Makes reports by the million, and what is kept beside them, for `bench.summary`: in DuckDB first, then in the bot's
own tables. The same numbers come out every time."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from periods.weeks import shift
from storage import tables as t
from storage.records.branch_totals import KEY as BRANCH_KEY
from storage.records.branch_totals import PARTS
from storage.records.totals import KEY as WEEK_KEY

FIRST_DAY, DAYS = "2019-01-01", 731
"""The two years of 2019 and 2020."""
FIRST_WEEK, WEEKS = "2019-W01", 105
AT_ONCE = 50_000
"""Rows that are written together."""
KINDS = ("event",) * 9 + ("media",) * 3 + ("service",) * 2 + ("inspection", "survey")
GROUPS = ("residents", "youth_union", "workers", "officials", "students", "children", "women_leaders", "tenants")
PRODUCTS, HELP = ("leaflet", "banner", "broadcast", "article"), ("legal", "shelter", "counselling")

_REPORTS = """
CREATE TABLE activity AS
WITH drawn AS (
    SELECT i AS submission_id, hash(i, 1) AS a, hash(i, 2) AS b, hash(i, 3) AS c, hash(i, 4) AS d
    FROM range(1, {reports} + 1) numbers(i)
)
SELECT submission_id, unit_id, list_extract({kinds}, 1 + (a % {kind_count})::INT) AS kind,
    'A' || (a % {kind_count}) AS activity, day AS first_day, day AS last_day,
    strftime(day, '%G-W%V') AS week,
    CASE WHEN d % 50 = 0 THEN 'unknown' WHEN d % 50 = 1 THEN 'outside' ELSE 'unit' END AS place,
    CASE WHEN d % 50 < 2 THEN NULL WHEN d % 50 < 5 THEN parent_id ELSE unit_id END AS place_unit_id,
    CASE WHEN c % 10 < 7 THEN 'approved' ELSE 'sent' END AS state, true AS counts
FROM (SELECT *, DATE '{first_day}' + (c % {days})::INT AS day, 1 + (b % {unit_count})::INT AS pick FROM drawn)
JOIN reporter USING (pick)
ORDER BY day
"""
_LINES = """
CREATE TABLE activity_line AS
SELECT submission_id, position,
    CASE kind WHEN 'event' THEN list_extract({groups}, 1 + (e % {group_count})::INT)
        WHEN 'service' THEN 'in_need' ELSE '' END AS target_group,
    CASE kind WHEN 'media' THEN list_extract({products}, 1 + (e % {product_count})::INT)
        WHEN 'service' THEN list_extract({help}, 1 + (e % {help_count})::INT) ELSE '' END AS item,
    CASE WHEN kind <> 'media' THEN '' WHEN e % 3 = 0 THEN 'made' ELSE 'given' END AS mode,
    CASE WHEN kind IN ('event', 'service') THEN (e % 60)::INT ELSE 0 END AS women,
    CASE WHEN kind IN ('event', 'service') THEN (e % 45)::INT ELSE 0 END AS men,
    CASE WHEN kind = 'event' AND e % 20 = 0 THEN 12 ELSE 0 END AS unsorted,
    CASE WHEN kind = 'event' AND e % 4 = 0 THEN (e % 20)::INT END AS first_women,
    CASE WHEN kind = 'event' AND e % 4 = 0 THEN (e % 15)::INT END AS first_men,
    CASE WHEN kind IN ('event', 'service') THEN 0 ELSE (e % 300)::INT END AS quantity,
    CASE WHEN kind = 'inspection' THEN (e % 3)::INT ELSE 0 END AS violations,
    CASE WHEN kind = 'inspection' THEN (e % 2)::INT ELSE 0 END AS handled,
    1 AS opens_group, 1 AS opens_item
FROM (
    SELECT submission_id, kind, position, hash(submission_id, position, 7) + position AS e
    FROM activity, range(2) positions(position)
    WHERE position = 0 OR hash(submission_id, 5) % 10 < 3
)
"""
_COUNTS = {
    "lines": "COUNT(*)",
    "reports": "SUM(CASE WHEN position = 0 THEN 1 ELSE 0 END)",
    "group_reports": "SUM(opens_group)",
    "item_reports": "SUM(opens_item)",
    **{name: f"SUM({name})" for name in ("women", "men", "unsorted", "quantity", "violations", "handled")},
    **{name: f"SUM(COALESCE({name}, 0))" for name in ("first_women", "first_men")},
    "asked_women": "SUM(CASE WHEN first_women IS NULL THEN 0 ELSE women END)",
    "asked_men": "SUM(CASE WHEN first_women IS NULL THEN 0 ELSE men END)",
}
_EMPTY = {"place_unit_id": "0"}
_JOINED = (
    "(SELECT a.* EXCLUDE (place_unit_id), COALESCE(place_unit_id, 0) AS place_unit_id, l.* EXCLUDE "
    "(submission_id), r.branch_id, r.level FROM activity a JOIN activity_line l USING (submission_id) "
    "JOIN reporter r USING (unit_id))"
)


class Rows:
    """Reports in DuckDB (`peer`), made from the units of a database."""

    def __init__(self, path: Path, units: Sequence[tuple[int, int | None, str]]) -> None:
        """`units` are id, parent and level of whoever reports."""
        self.peer = duckdb.connect(str(path))
        self.units = units
        self.peer.execute(
            "CREATE TABLE reporter (pick INT, unit_id BIGINT, parent_id BIGINT, branch_id BIGINT, level VARCHAR)"
        )
        rows = [
            (pick, unit, parent, parent if level == "neighbourhood" else unit, level)
            for pick, (unit, parent, level) in enumerate(units, 1)
        ]
        self.peer.executemany("INSERT INTO reporter VALUES (?, ?, ?, ?, ?)", rows)

        self.peer.execute("SET memory_limit = '4GB'")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.peer.close()

    def copy_units(self, units: Sequence[tuple[Any, ...]]) -> None:
        """Give DuckDB the same tables of units: id, level and parent of each."""
        self.peer.execute("CREATE TABLE unit (id BIGINT, level VARCHAR)")
        self.peer.execute("CREATE TABLE unit_version (unit_id BIGINT, parent_id BIGINT)")
        self.peer.executemany("INSERT INTO unit VALUES (?, ?)", [(unit, level) for unit, level, _ in units])
        self.peer.executemany("INSERT INTO unit_version VALUES (?, ?)", [(unit, parent) for unit, _, parent in units])

    def make(self, reports: int) -> None:
        """Make so many reports, and their lines."""
        words = {"kinds": KINDS, "groups": GROUPS, "products": PRODUCTS, "help": HELP}
        lists = {name: list(values) for name, values in words.items()}
        counts = {"kind_count": KINDS, "group_count": GROUPS, "product_count": PRODUCTS, "help_count": HELP}
        sizes = {name: len(values) for name, values in counts.items()} | {"unit_count": len(self.units)}
        values = {**lists, **sizes, "reports": reports, "first_day": FIRST_DAY, "days": DAYS}
        for statement in (_REPORTS, _LINES):
            self.peer.execute(statement.format(**values))

    def judged(self) -> Iterator[tuple[str, int]]:
        """The weeks that every neighbourhood has reported."""
        for number in range(WEEKS):
            week = shift(FIRST_WEEK, number)
            yield from ((week, unit) for unit, _, level in self.units if level == "neighbourhood")

    def of(self, table: str) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of one of the bot's tables, in its columns' order, some at a time."""
        yield from self._read(self._selects()[table])

    def _selects(self) -> dict[str, str]:
        facts = {
            "sex_asked": "0",
            "sex_unknown": "false",
            "sent_at": "first_day::TIMESTAMP + INTERVAL 12 HOUR",
            "organiser_unit_id": "NULL",
            "event_set_id": "NULL",
        }
        activity = ", ".join(facts.get(column.name, column.name) for column in t.activity.c)
        lines = ", ".join(column.name for column in t.activity_line.c)
        return {
            "activity": f"SELECT {activity} FROM activity",  # noqa: S608 (names of columns)
            "activity_line": f"SELECT {lines} FROM activity_line",  # noqa: S608 (names of columns)
            "weekly_total": self._summed(t.weekly_total.c.keys(), {name: name for name in WEEK_KEY}),
            "branch_total": " UNION ALL ".join(
                self._summed(t.branch_total.c.keys(), self._branch_key(part, bucket))
                for part in PARTS
                for bucket in ("week", "strftime(last_day, '%Y-%m')")
            ),
        }

    def _branch_key(self, part: str, bucket: str) -> dict[str, str]:
        own = {"bucket": bucket, "part": f"'{part}'"}
        kept = (*PARTS[part], "branch_id", "level", "kind", "state")
        return {name: own.get(name) or (name if name in kept else _EMPTY.get(name, "''")) for name in BRANCH_KEY}

    def _summed(self, columns: Sequence[str], key: dict[str, str]) -> str:
        by = ", ".join(str(place) for place, name in enumerate(columns, 1) if name in key)
        chosen = ", ".join(key.get(name) or _COUNTS[name] for name in columns)
        return f"SELECT {chosen} FROM {_JOINED} GROUP BY {by}"  # noqa: S608 (names of columns)

    def _read(self, statement: str) -> Iterator[list[tuple[Any, ...]]]:
        self.peer.execute(f"CREATE OR REPLACE TABLE made AS {statement}")  # a stream of larger results never ends
        first = 0
        while rows := self.peer.execute(
            "SELECT * FROM made WHERE rowid >= ? AND rowid < ? ORDER BY rowid", [first, first + AT_ONCE]
        ).fetchall():
            yield rows
            first += AT_ONCE
