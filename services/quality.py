"""Says where advice may help: which of a unit's reports came late, were returned, deserved a look. It names nobody."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from periods.period import Period
from rules.quality import Matter, matters_of
from services import access
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.directory.units import Unit
from storage.records import marks, review_queue
from storage.records.submissions import Report


@dataclass(frozen=True, slots=True)
class Quality:
    """A unit in which something deserves advice, with how many of its `reports` each matter is about."""

    unit: Unit
    reports: int
    matters: Mapping[Matter, int]


def quality(db: Connection, viewer: Viewer, unit: str, period: Period) -> tuple[Quality, ...] | Refused:
    """The units right in one, or itself if none are in it, in the order of their codes, never of their numbers."""
    if not access.may_see_reports(viewer, unit):
        return Refused(Refusal.UNKNOWN)
    tree = viewer.tree
    inner = [each for each in tree.standing if (above := tree.parent(each.code)) is not None and above.code == unit]
    of_unit = {number: each.code for each in inner or [tree[unit]] for number in tree.inside(each.code)}
    reports: Counter[str] = Counter()
    matters: Counter[tuple[str, Matter]] = Counter()
    for _, unit_id, seen in marks.marks_in(db, of_unit, period):
        reports[of_unit[unit_id]] += 1
        matters.update((of_unit[unit_id], matter) for matter in matters_of(seen))
    rows = (
        Quality(
            tree[code], reports[code], {matter: matters[code, matter] for matter in Matter if matters[code, matter]}
        )
        for code in sorted(set(of_unit.values()))
    )
    return tuple(row for row in rows if row.matters)


def reports_of(
    db: Connection, viewer: Viewer, unit: str, period: Period, matter: Matter, *, offset: int, limit: int
) -> tuple[int, tuple[Report, ...]] | Refused:
    """How many reports in a unit a matter is about, and some of them, the newest day first."""
    if not access.may_see_reports(viewer, unit):
        return Refused(Refusal.UNKNOWN)
    found = marks.marks_in(db, viewer.tree.inside(unit), period)
    numbers = [number for number, _, seen in found if matter in matters_of(seen)]
    return len(numbers), tuple(review_queue.reports(db, numbers[offset : offset + limit]))
