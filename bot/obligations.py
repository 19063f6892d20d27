"""`python -m bot obligations`: what units owe by which day, and what became of it."""

import json
from datetime import date
from typing import Any

from sqlalchemy import Connection

from bot.clock import system_now
from bot.console import print_text
from bot.named import unit_named
from bot.prepare import prepare
from bot.settings import Settings
from locales import DEFAULT_LANGUAGE
from periods.days import ZONE, local_day
from plan.duties import named
from plan.model import Plan
from rules.handing import standing
from storage.directory.units import unit_tree
from storage.records import obligations as kept
from storage.records.obligations import Owed

_COLUMNS = ("due_on", "unit", "state", "title")


def obligations(settings: Settings, arguments: Any) -> None:
    """Print what a unit and those in it owe or owed, the earliest last day first."""
    prepared, today = prepare(settings, system_now()), local_day(system_now())
    with prepared.database as database:
        unit = unit_named(database.read(unit_tree).on(today), arguments.unit)
        found = database.read(lambda db: _owed(db, unit, today))
    rows = [_row(prepared.plan, owed, today) for owed in found]
    lines = ["  ".join(f"{row[name]:<10}" for name in _COLUMNS).rstrip() for row in rows]
    data = json.dumps({"obligations": rows}, ensure_ascii=False)
    print_text(data if arguments.json else "\n".join(lines) or "Nothing is owed yet.")


def _owed(db: Connection, unit: str, today: date) -> list[Owed]:
    return kept.due_between(db, list(unit_tree(db).on(today).inside(unit)), date.min, date.max)


def _row(plan: Plan, owed: Owed, today: date) -> dict[str, Any]:
    done_on = local_day(owed.done_at) if owed.done_at else None
    return {
        "id": owed.id,
        "unit": owed.unit,
        "kind": owed.kind,
        "title": named(plan.duties, owed.kind, owed.due_on, owed.title, DEFAULT_LANGUAGE),
        "due_on": owed.due_on.isoformat(),
        "state": str(standing(owed.due_on, done_on, today)),
        "done_at": owed.done_at.astimezone(ZONE).isoformat(timespec="seconds") if owed.done_at else None,
    }
