"""`python -m bot obligations`: what units owe by which day, and what became of it."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from bot.clock import system_now
from bot.console import print_text
from bot.named import period_named, unit_named
from bot.prepare import prepare
from bot.settings import Settings
from locales import DEFAULT_LANGUAGE
from periods.days import ZONE, local_day
from periods.period import Length, Period, around
from plan.duties import named
from plan.model import Plan
from rules.handing import Completeness, standing
from services.outstanding import UnitRates, rates_of
from storage.directory.units import unit_tree
from storage.records import obligations as kept
from storage.records.obligations import Owed

_RATES = ("unit", "expected", "on_time", "late", "missing", "complete_%", "timely_%")
_COLUMNS = ("due_on", "unit", "state", "title")


def obligations(settings: Settings, arguments: Any) -> None:
    """Print what a unit and those in it owe or owed, the earliest last day first; or how much of it came in time."""
    prepared, today = prepare(settings, system_now()), local_day(system_now())
    period = period_named(arguments.period, prepared.plan.periods)
    if arguments.rates:
        period = period or around(Length.YEAR, today)
    with prepared.database as database:
        units = database.read(unit_tree).on(today)
        unit = unit_named(units, arguments.unit)
        found = database.read(lambda db: _owed(db, unit, today, period))
    if arguments.rates:
        assert period is not None  # noqa: S101 (this year, if no other)
        _print_rates(rates_of(found, units, today, by_ward=unit == units.root.code), period, as_json=arguments.json)
        return
    rows = [_row(prepared.plan, owed, today) for owed in found]
    lines = ["  ".join(f"{row[name]:<10}" for name in _COLUMNS).rstrip() for row in rows]
    data = json.dumps({"obligations": rows}, ensure_ascii=False)
    print_text(data if arguments.json else "\n".join(lines) or "Nothing is owed yet.")


def _print_rates(found: Sequence[UnitRates], period: Period, *, as_json: bool) -> None:
    """A line a unit, and one of all of them; the percentages are those of what was expected."""
    found = [each for each in found if each.rates.expected]
    whole = sum((each.rates for each in found), start=Completeness())
    rows = [_rates_row(each.unit, each.rates) for each in (*found, UnitRates("all", whole))]
    if as_json:
        print_text(json.dumps({"period": period.code, "rates": rows}, ensure_ascii=False))
        return
    table = [_RATES, *([("" if row[name] is None else str(row[name])) for name in _RATES] for row in rows)]
    print_text("\n".join("  ".join(f"{cell:<11}" for cell in line).rstrip() for line in table))


def _rates_row(unit: str, rates: Completeness) -> dict[str, Any]:
    return {
        "unit": unit,
        "expected": rates.expected,
        "on_time": rates.on_time,
        "late": rates.late,
        "missing": rates.missing,
        "complete_%": rates.complete_percent,
        "timely_%": rates.timely_percent,
    }


def _owed(db: Connection, unit: str, today: date, period: Period | None) -> list[Owed]:
    first, last = (period.first, period.last) if period else (date.min, date.max)
    return kept.due_between(db, list(unit_tree(db).on(today).inside(unit)), first, last)


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
