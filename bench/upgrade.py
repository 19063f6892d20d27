"""Measures how long the upgrade of a large database takes, and how much memory.

`python -m bench.upgrade [REPORTS [URL]]` builds a database of 400,000 reports, seven years of a busy district, as the
revision before reports had lines left it, and upgrades it in a process of its own. Without the URL of an empty
PostgreSQL database it is a SQLite file. Today's code writes none of the old rows: they are what an old version wrote.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from periods.weeks import week_of
from plan.loader import load_plan
from rules.levels import Level
from services import week_history
from storage import migrations
from storage.db import engines, health
from storage.records import totals

REVISION = "0012"
REPORTS = 400_000
FIRST_DAY = date(2019, 5, 8)
DAYS = 365 * 7
CHUNK = 10_000
ACTIVITIES = {"event": "A2", "media": "A1.1", "service": "A5.1", "inspection": "A8", "survey": "A1.3", "document": "A7"}
KINDS = ("event",) * 14 + ("media",) * 3 + ("service", "inspection", "survey")
STATES = ("sent",) * 6 + ("approved",) * 12 + ("returned", "withdrawn")
DEEDS = {"sent": ("send",), "approved": ("send", "approve"), "returned": ("send", "return")}
DEEDS["withdrawn"] = ("send", "withdraw")
Row = dict[str, Any]


def build(url: str, reports: int) -> None:
    """Write the old database."""
    is_sqlite = url.startswith("sqlite")
    engine = engines.sqlite_writer(url) if is_sqlite else engines.postgres(url, may_take_long=True)
    with engine.begin() as db:
        migrations.upgrade(db, REVISION)
        units = _units(db)
        rows = _reports(units, reports)
        while chunk := [row for row, _ in zip(rows, range(CHUNK), strict=False)]:
            for table in ("submission", "submission_revision", "activity"):
                _insert(db, table, [made for row in chunk for made in row[table]])
        keys = "week, unit_id, place_unit_id, activity, kind, target_group, state"
        db.execute(
            text(
                f"INSERT INTO weekly_total ({keys}, reports, women, men, quantity) "  # noqa: S608 (the names above)
                f"SELECT {keys}, count(*), sum(women), sum(men), sum(quantity) FROM activity GROUP BY {keys}"
            )
        )
        _insert(db, "nil_report", list(_nil_reports(units)))
    engine.dispose()


def _units(db: Connection) -> list[int]:
    """Write the shipped units and a person for each; return the neighbourhoods' ids."""
    listed = load_plan(Path("plan")).shipped_units
    ids = {code: number for number, code in enumerate(listed, 1)}
    units = [
        {"id": ids[unit.code], "code": unit.code, "name": unit.name, "level": unit.level, "valid_to": None}
        | {"parent_id": ids.get(unit.parent or ""), "valid_from": "2019-01-01", "sample": False}
        for unit in listed.values()
    ]
    people = [
        {
            "id": number,
            "name": "Nguyễn Thị Lan",
            "language": "vi",
            "created_at": f"{FIRST_DAY} 00:00:00.000000",
            "is_sample": False,
        }
        for number in ids.values()
    ]
    _insert(db, "unit", units)
    _insert(db, "person", people)
    return [ids[code] for code, unit in listed.items() if unit.level == Level.NEIGHBOURHOOD]


def _reports(units: list[int], reports: int) -> Iterator[dict[str, list[Row]]]:
    chance = random.Random(1)  # noqa: S311 (the same each time)
    for number in range(1, reports + 1):
        unit, kind, state = chance.choice(units), chance.choice(KINDS), chance.choice(STATES)
        day = FIRST_DAY + timedelta(days=number * DAYS // reports)
        at = f"{day} 09:00:00.000000"
        women, men, quantity = chance.randint(0, 60), chance.randint(0, 40), chance.randint(1, 300)
        attends, helps = kind == "event", kind == "service"
        answers = {"kind": kind, "activity": ACTIVITIES[kind], "date": day.isoformat(), "unit": unit, "topic": "…" * 20}
        answers |= {"group": "residents", "women": women, "men": men} if attends else {}
        answers |= {"service_kind": "counselling", "helped_women": women, "helped_men": men} if helps else {}
        answers |= {"product": chance.choice(("leaflet", "poster")), "quantity": quantity} if kind == "media" else {}
        counts = {"women": women * (attends or helps), "men": men * (attends or helps)}
        counts["quantity"] = 0 if attends or helps else quantity
        submission = {"id": number, "form_id": "activity_report", "form_version": "3", "person_id": unit}
        submission |= {"unit_id": unit, "state": state, "revision": len(DEEDS[state]), "day": str(day), "sample": False}
        revision = {"submission_id": number, "answers": json.dumps(answers), "person_id": unit, "at": at}
        activity = {"submission_id": number, "unit_id": unit, "place_unit_id": unit, "kind": kind}
        activity |= {"activity": ACTIVITIES[kind], "target_group": "residents" if attends else "", **counts}
        activity |= {"event_date": str(day), "week": week_of(day), "state": state, "sent_at": at}
        yield {
            "submission": [submission | {"created_at": at, "updated_at": at}],
            "submission_revision": [
                revision | {"revision": place, "action": deed} for place, deed in enumerate(DEEDS[state], 1)
            ],
            "activity": [activity | {"violations": 0, "handled": 0}],
        }


def _nil_reports(units: list[int]) -> Iterator[Row]:
    """Each neighbourhood had nothing to report in a week of ten."""
    for unit in units:
        for weeks in range(unit % 10, DAYS // 7, 10):
            day = FIRST_DAY + timedelta(weeks=weeks)
            yield {"week": week_of(day), "unit_id": unit, "person_id": unit, "at": f"{day} 09:00:00.000000"}


def _insert(db: Connection, table: str, rows: list[Row]) -> None:
    names = list(rows[0])
    values = ", ".join(f":{name}" for name in names)
    db.execute(text(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({values})"), rows)  # noqa: S608 (our names)


def main() -> None:
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else REPORTS
    with tempfile.TemporaryDirectory() as folder:
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{folder}/bot.db"
        began = time.perf_counter()
        build(url, reports)
        print(f"{reports:,} reports, {size(url):,.0f} MB, built in {time.perf_counter() - began:.0f} s")
        began = time.perf_counter()
        code = "import sys; from storage.migrations import migrate; migrate(sys.argv[1], reached=print)"
        subprocess.run([sys.executable, "-c", code, url], check=True)
        wall, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = used.ru_utime + used.ru_stime
        print(
            f"upgraded in {wall:.1f} s, {cpu:.1f} s of this side's processor, {used.ru_maxrss / 2**10:,.0f} MB at most"
        )
        with health.looking(url) as db:
            assert totals.strays(db) == week_history.strays(db) == 0
        print(f"{size(url):,.0f} MB afterwards; totals and weeks are what the reports say")


def size(url: str) -> float:
    """The database's size in MB."""
    with health.looking(url) as db:
        return health.size(db) / 2**20


if __name__ == "__main__":
    main()
