"""The appendices of figures: by unit, by activity, and what has changed since a letter that is replaced."""

from collections.abc import Iterable, Sequence
from typing import Any

from plan.letters.model import Reads
from plan.model import Plan
from reports.figures import FigureRow, Figures, People
from reports.letters.model import ChangedFigure
from reports.letters.numerals import count
from reports.letters.plain import plain
from reports.letters.sentences import Phrases
from reports.scope import line_order
from rules.kinds import ActivityKind
from rules.levels import Level
from storage.directory.units import Unit, UnitsOfDay

VISITS = ("women", "men", "unsorted", "visits")
NO_VISITS = "–"
COLUMNS = {Reads.DOCUMENTS: 3, Reads.ESTIMATES: 5}
"""What a line of such a part is made of, apart by semicolons."""


def by_unit(phrase: Phrases, figures: Figures, root: Unit, units: UnitsOfDay) -> dict[str, Any]:
    """A row for each ward or neighbourhood, with or without reports, and for whatever else reported.

    The sums are those of the whole, never added from rows.
    """
    inside = [unit for unit in units.standing if unit.parent_id == root.id and unit.level is not Level.AGENCY]
    there = sorted(inside, key=lambda unit: line_order(unit, root))
    found = {row.code: row for row in figures.by_unit}
    listed = [found.pop(unit.code, FigureRow(unit.code, unit.name, unit.name, 0, People())) for unit in there]
    return _table(phrase, [*listed, *found.values()], figures)


def by_activity(phrase: Phrases, figures: Figures, plan: Plan) -> dict[str, Any]:
    """A row for each activity with a report; one that nobody attends has no visits, which is not 0 of them."""
    found, events = _table(phrase, figures.by_activity, figures), ActivityKind.EVENT
    for shown, row in zip(found["rows"], figures.by_activity, strict=True):
        activity = plan.activities.get(row.code)
        if activity is not None and activity.kind is not events and not row.people.total:
            shown.update(dict.fromkeys(VISITS, NO_VISITS))
    return found


def _table(phrase: Phrases, rows: Iterable[FigureRow], figures: Figures) -> dict[str, Any]:
    listed = [_row(str(number), plain(row.name), row.reports, row.people) for number, row in enumerate(rows, 1)]
    return {"rows": listed, "total": _row("", phrase("total"), figures.reports, figures.people)}


def _row(number: str, name: str, reports: int, people: People) -> dict[str, str]:
    return {
        "no": number,
        "name": name,
        "reports": count(reports),
        "women": count(people.female),
        "men": count(people.male),
        "unsorted": count(people.unsorted),
        "visits": count(people.total),
    }


def columns_of(line: str, reads: Reads) -> list[str]:
    """What a line of a part gives for each column; what is left over stays in the last one."""
    wanted = COLUMNS[reads]
    cells = [cell.strip() for cell in line.split(";", wanted - 1)]
    return cells + [""] * (wanted - len(cells))


def documents(lines: Sequence[str]) -> dict[str, Any]:
    """The documents that people listed, one a line: number and symbol; day; what it is about."""
    cells = (columns_of(line, Reads.DOCUMENTS) for line in lines)
    rows = ({"symbol": symbol, "day": day, "about": about} for symbol, day, about in cells)
    return {"rows": [{"no": str(number), **row} for number, row in enumerate(rows, 1)]}


def changes(changed: Sequence[ChangedFigure]) -> dict[str, Any]:
    """The figures of a replaced letter that have changed."""
    rows = ({"name": plain(each.name), "before": plain(each.before), "now": plain(each.now)} for each in changed)
    return {"rows": [{"no": str(number), **row} for number, row in enumerate(rows, 1)]}
