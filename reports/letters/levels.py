"""The Action Month's own table: what was done, by the level of who did it and by product.

As the provinces' reports on an Action Month count: documents issued, courses, events, people by sex, products.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

from periods.period import Period
from plan.model import Plan
from reports import stored
from reports.letters.numerals import count
from reports.letters.sentences import Phrases
from reports.stored import Total
from reports.stretches import stretches_of
from rules.kinds import ActivityKind, Mode
from rules.levels import Level
from storage.directory.units import unit_tree

COLUMN_OF: Mapping[Level, str] = {
    Level.NEIGHBOURHOOD: "neighbourhood",
    Level.WARD: "ward",
    Level.AGENCY: "district",
    Level.DISTRICT: "district",
    Level.CITY: "district",
}
"""Agencies are the district's; so is whatever lies above it."""
COLUMNS = ("district", "ward", "neighbourhood")


def by_level(
    db: Connection, plan: Plan, phrase: Phrases, unit: str, period: Period, documents: Mapping[Level, int]
) -> dict[str, Any]:
    """The table's rows; `documents` are those that people listed, by the level of who issued them."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for level, listed in documents.items():
        rows[phrase("content_issued")][COLUMN_OF[level]] += listed
    for column, total in _totals(db, unit, period):
        for name, value in _contents(total, plan, phrase):
            rows[name][column] += value
    fixed = {phrase(key): place for place, key in enumerate(_ORDER)}
    ordered = sorted((name for name in rows if rows[name].total()), key=lambda name: (fixed.get(name, _PRODUCTS), name))
    return {"rows": [_row(str(number), name, rows[name]) for number, name in enumerate(ordered, 1)]}


def _totals(db: Connection, unit: str, period: Period) -> Iterator[tuple[str, Total]]:
    for stretch in stretches_of(unit_tree(db), unit, period):
        for total in stored.totals(db, stretch.days, stretch.scope.members):
            yield COLUMN_OF[stretch.scope.members[total.unit_id].level], total


def _contents(total: Total, plan: Plan, phrase: Phrases) -> Iterator[tuple[str, int]]:
    if total.kind == ActivityKind.EVENT:
        activity = plan.activities.get(total.activity)
        yield phrase("content_trainings" if activity and activity.training else "content_events"), total.reports
        yield phrase("content_women"), total.women
        yield phrase("content_men"), total.men
        yield phrase("content_unsorted"), total.unsorted
    elif total.kind == ActivityKind.MEDIA:
        yield _product(total.item, total.mode, plan, phrase), total.quantity
    elif total.kind in _COUNTED:
        yield phrase(_COUNTED[ActivityKind(total.kind)]), total.quantity


_COUNTED = {
    ActivityKind.SURVEY: "content_surveys",
    ActivityKind.INSPECTION: "content_inspections",
    ActivityKind.DOCUMENT: "content_documents",
}


_ORDER = (
    *("content_issued", "content_trainings", "content_events", "content_women", "content_men", "content_unsorted"),
    *("content_surveys", "content_inspections", "content_documents"),
)
_PRODUCTS = 5.5
"""Products stand after the people, by their names."""


def _product(item: str, mode: str, plan: Plan, phrase: Phrases) -> str:
    return phrase("content_made" if mode == Mode.MADE else "content_given", name=plan.item(item, "vi"))


def _row(number: str, name: str, counts: Counter[str]) -> dict[str, str]:
    cells = {column: count(counts[column]) for column in COLUMNS}
    return {"no": number, "name": name, **cells, "total": count(counts.total())}
