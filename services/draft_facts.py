"""Reads planned activities and lines of the budget out of the answers of a draft plan."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from rules.drafts import Source
from storage.directory.units import Unit, UnitsOfDay
from storage.records.drafts import DraftFacts

Answers = Mapping[str, Any]
_COST = ("item", "measure", "quantity", "rate", "source", "basis")


def read(answers: Answers, unit: Unit, units: UnitsOfDay) -> DraftFacts:
    """What a draft says. Where nobody names a place, a ward's own activities are in the ward."""
    entries = answers.get("planned") or ()
    rows = tuple(_row(entry, int(answers["year"]), unit, units) for entry in entries)
    return DraftFacts(rows, tuple(_costs(answers, len(entries))))


def _row(said: Answers, year: int, unit: Unit, units: UnitsOfDay) -> dict[str, Any]:
    first, last, by_month = days_of(year, said)
    own = unit if unit in units.units and units.ward_of(unit.code) else None
    place = units.find(said.get("place_unit") or "") or own
    lead = units.find(said.get("lead") or "")
    return {
        "unit_id": unit.id,
        "year": year,
        "content": said["content"],
        "activity": said["activity"],
        "target_group": said["group"],
        "form": said["form"],
        "sessions": int(said["sessions"]),
        "women": int(said.get("women") or 0),
        "men": int(said.get("men") or 0),
        "first_day": first,
        "last_day": last,
        "by_month": by_month,
        "place_unit_id": place.id if place else None,
        "site": said.get("site") or "",
        "lead_unit_id": lead.id if lead else unit.id,
        "partners": " ".join(said.get("partners") or ()),
        "note": said.get("remark") or "",
    }


def days_of(year: int, said: Answers) -> tuple[date, date, bool]:
    """The first and last day of an entry, and whether only its month is known; a day that a month lacks is its last."""
    month = int(said["month"])
    most = monthrange(year, month)[1]
    if not said.get("day"):
        return date(year, month, 1), date(year, month, most), True
    day = date(year, month, min(int(said["day"]), most))
    return day, day, False


def _costs(answers: Answers, rows: int) -> Iterator[dict[str, Any]]:
    for at, entry in enumerate(answers.get("planned") or (), 1):
        if entry.get("has_cost") == "yes":
            yield _cost(at, entry, "")
    for entry in answers.get("more_costs") or ():
        yield _cost(min(int(entry["cost_row"]), rows), entry, "cost_")


def _cost(row: int, said: Answers, prefix: str) -> dict[str, Any]:
    item, measure, quantity, rate, source, basis = (said.get(f"{prefix}{name}") for name in _COST)
    amount = int(quantity or 0) * int(rate or 0)
    counted = {"quantity": int(quantity or 0), "rate": int(rate or 0), "amount": amount}
    words = {"item": item or "", "measure": measure or "", "basis": basis or "", "source": source or Source.OTHER}
    return {"row": row, **words, **counted}


def amounts_of(answers: Answers) -> dict[int, int]:
    """What each planned activity costs in đồng, by its number, where it costs anything."""
    sums: dict[int, int] = {}
    for cost in _costs(answers, len(answers.get("planned") or ())):
        sums[cost["row"]] = sums.get(cost["row"], 0) + cost["amount"]
    return sums
