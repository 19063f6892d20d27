"""Figures as tables, in the summary's language: by unit, activity and target group, who owes a week. Pure.

A total is the figures' own and never a sum of rows, since a report counts once in every row in which it has a line.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from locales import Say, decimal, texts
from messages import Cell, Choice, Column, Group, Kind, Row, Table, Valued
from reports.figures import FigureRow, Figures, People
from reports.help import HelpRow, Services
from reports.scope import natural
from reports.shares import is_sorted
from reports.wording import cell_text, joined
from rules.levels import Level
from rules.suppression import Hidden


def share_of_women(people: People, language: str) -> Cell:
    """Percent of the visits whose sex is known; between two ends where too many are not; nothing where none is."""
    known, total = people.female + people.male, people.total
    if not known:
        return None
    if is_sorted(people):
        return _percent(people.female, known)
    low, high = _percent(people.female, total), _percent(people.female + people.unsorted, total)
    return Valued(f"{decimal(low, language)}–{decimal(high, language)}", low)


def _percent(part: int, whole: int) -> float:
    return round(1_000 * part / whole) / 10


def by_unit(figures: Figures, inside: Mapping[str, tuple[FigureRow, ...]], opens: Mapping[str, Choice]) -> Table:
    """A row for each unit below; one whose own units' rows are given in `inside`, by its name, holds these.

    In a week those that owe it stand there, too, if nothing of them was reported. `opens` are the choices that open
    units, by their names.
    """
    shape = _Shape(figures, texts(figures.language))
    owing = figures.completeness.missing.units or ()
    lines = shape.lines(figures.by_unit, Counter(unit.line for unit in owing))
    groups = [
        Group(
            name,
            rows=tuple(shape.lines(there, Counter(unit.name for unit in owing if unit.line == name)).values()),
            totals=lines.get(name) or shape.row(name, 0, People()),
            opens=opens.get(name),
        )
        for name, there in inside.items()
    ]
    return Table(
        caption=shape.say("By {levels}", levels=joined(shape.say, figures.parts)),
        columns=shape.columns(shape.say("Unit")),
        rows=tuple(row for name, row in lines.items() if name not in inside),
        groups=tuple(groups),
        totals=shape.row(shape.say("Total"), figures.reports, figures.people, figures.completeness.missing.count),
        language=figures.language,
    )


def by_activity(figures: Figures) -> Table:
    """A row for each activity."""
    say = texts(figures.language)
    return _breakdown(figures, figures.by_activity, say("By activity"), say("Kind of activity"))


def by_group(figures: Figures) -> Table:
    """A row for each target group."""
    say = texts(figures.language)
    return _breakdown(figures, figures.by_group, say("By target group"), say("Target group"))


def by_place(figures: Figures) -> Table:
    """A row for each place where it took place, whoever reported it."""
    say = texts(figures.language)
    return _breakdown(figures, figures.by_place, say("By place"), say("Place"))


def by_help(services: Services, language: str) -> Table:
    """A row for each kind of help, with the visits as far as they may be shown."""
    say = texts(language)
    columns = (Column(say("Visits")), Column(say("Women")), Column(say("Men")), Column(say("Not by sex")))
    return Table(
        caption=say("People helped"),
        columns=(Column(say("Kind of help"), Kind.TEXT), *columns),
        rows=tuple(_help_row(row, row.name, say) for row in services.by_help),
        totals=_help_row(services.whole, say("Total"), say),
        language=language,
    )


def _help_row(row: HelpRow, name: str, say: Say) -> Row:
    return (name, *(_published(cell, say) for cell in (row.total, row.women, row.men, row.unsorted)))


def _published(cell: int | Hidden | None, say: Say) -> Cell:
    """A count as it may be shown; what is hidden has one place in an order, whatever it is."""
    return Valued(cell_text(say, cell), float(cell is Hidden.FEW)) if isinstance(cell, Hidden) else cell


def _breakdown(figures: Figures, rows: Iterable[FigureRow], caption: str, head: str) -> Table:
    shape = _Shape(figures, texts(figures.language), names_owing=False)
    return Table(
        caption=caption,
        columns=shape.columns(head),
        rows=tuple(shape.row(row.short, row.reports, row.people) for row in rows),
        totals=shape.row(shape.say("Total"), figures.reports, figures.people),
        language=figures.language,
    )


class _Shape:
    """The columns that a table of these figures has: those in which there is anything."""

    def __init__(self, figures: Figures, say: Say, *, names_owing: bool = True) -> None:
        self.say = say
        self._language = figures.language
        self._has_unsorted = figures.people.unsorted > 0
        owing = figures.completeness.missing
        self._has_owing = names_owing and bool(owing.units) and figures.unit_level != Level.NEIGHBOURHOOD

    def columns(self, head: str) -> tuple[Column, ...]:
        say = self.say
        columns = [Column(head, Kind.TEXT), Column(say("Held")), Column(say("Visits")), Column(say("Women"))]
        columns += [Column(say("Men"))]
        columns += [Column(say("Not by sex"))] if self._has_unsorted else []
        columns += [Column(say("Share of women"), unit="%")]
        columns += [Column(say("Not reported"))] if self._has_owing else []
        return tuple(columns)

    def row(self, name: str, reports: int, people: People, owing: int = 0) -> Row:
        return (
            *(name, reports, people.total, people.female, people.male),
            *((people.unsorted,) if self._has_unsorted else ()),
            share_of_women(people, self._language),
            *((owing,) if self._has_owing else ()),
        )

    def lines(self, rows: Iterable[FigureRow], owing: Counter[str]) -> dict[str, Row]:
        """Rows by their names: what was reported, and how many owe the week, also where nothing was reported."""
        silent = Counter(owing)
        reported = {row.short: self.row(row.short, row.reports, row.people, silent.pop(row.short, 0)) for row in rows}
        if not (self._has_owing and silent):
            return reported
        lines = reported | {name: self.row(name, 0, People(), count) for name, count in silent.items()}
        return {name: lines[name] for name in sorted(lines, key=natural)}


def who_owes(figures: Figures, opens: Mapping[str, Choice]) -> Table:
    """The units that owe the week or are mending it, ward by ward; those of one ward without groups.

    `opens` are the choices that open wards, by their names.
    """
    say, kept = texts(figures.language), figures.completeness
    states = ((kept.missing, say("not reported yet")), (kept.mending, say("being mended")))
    wards: dict[str, list[Row]] = {}
    for units, state in states:
        for unit in units.units or ():
            wards.setdefault(unit.ward, []).append((unit.name, state))
    own = wards.pop(figures.title, [])
    return Table(
        caption=say("Who has not reported"),
        columns=(Column(say("Unit"), Kind.TEXT), Column(say("Its week"), Kind.TEXT)),
        rows=tuple(own),
        groups=tuple(
            Group(f"{ward} ({len(rows)})", tuple(rows), opens=opens.get(ward)) for ward, rows in wards.items()
        ),
        language=figures.language,
    )
