"""Finds what deserves a second look in a report: pure judgements on what it says and what was reported before."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from rules.kinds import ActivityKind
from rules.usual import LEAST_EARLIER, far_from_usual
from rules.warnings import ReportWarning, WarningRule

SAME_WITHIN = 3
"""Days. The very figures of the last days are mostly a report sent twice with another day; those of a month ago are
not: a club has its thirty members each time."""
SAME_FROM = 10
"""People or things. Smaller figures are often the same by chance."""
LIKE_ENOUGH = 3
"""Bits of 64 in which two pictures of one photo may differ: another size, another compression. No more, so that of four
quarters of the bits at least one is the same, by which such pictures are found (`storage.records.photo_looks`)."""
PLAIN = 8
"""A picture with fewer bits set, or fewer not set, is a wall or a night: it looks like many others."""

QUESTIONS: Mapping[str, str] = {
    ActivityKind.EVENT: "attendance",
    ActivityKind.SERVICE: "helped",
    ActivityKind.MEDIA: "quantity",
    ActivityKind.INSPECTION: "inspection",
}
"""The question, or group of questions, of the activity report's form that asks for the numbers of a kind."""
NUMBER = "number"
"""The same of all other kinds."""


class Line(Protocol):
    """A line of a report; see `storage.tables.reporting.ActivityLine`."""

    @property
    def target_group(self) -> str: ...
    @property
    def item(self) -> str: ...
    @property
    def mode(self) -> str: ...
    @property
    def women(self) -> int: ...
    @property
    def men(self) -> int: ...
    @property
    def unsorted(self) -> int: ...
    @property
    def first_women(self) -> int | None: ...
    @property
    def first_men(self) -> int | None: ...
    @property
    def quantity(self) -> int: ...
    @property
    def violations(self) -> int: ...
    @property
    def handled(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Told:
    """What a report says: what, when, and its lines. `report` is 0 for one that is not sent yet."""

    report: int
    activity: str
    kind: str
    first_day: date
    last_day: date
    lines: tuple[Line, ...]

    @property
    def asks(self) -> str:
        """The question for its numbers."""
        return QUESTIONS.get(self.kind, NUMBER)


@dataclass(frozen=True, slots=True)
class Residents:
    """How many people of a group live in a unit, and on which day that was so."""

    group: str
    people: int
    as_of: date


@dataclass(frozen=True, slots=True)
class SeenPhoto:
    """A photo of another report that may be the same one."""

    report: int
    unit: str
    day: date


@dataclass(frozen=True, slots=True)
class Around:
    """What a report is held against: earlier reports of its unit and kind (the latest first), who lives there, reports
    with the same photo, and the days of the Action Months around if its activity belongs there."""

    earlier: Sequence[Told] = ()
    residents: Sequence[Residents] = ()
    photos: Sequence[SeenPhoto] = ()
    action_months: Sequence[tuple[date, date]] = ()


def second_look(said: Told, around: Around) -> tuple[ReportWarning, ...]:
    """What deserves a look, the most pressing first, one warning a rule at most."""
    found = (next(iter(rule(said, around)), None) for rule in _RULES)
    return tuple(warning for warning in found if warning is not None)


def _parts(said: Told, _: Around) -> Iterator[ReportWarning]:
    for line in said.lines:
        people = line.women + line.men + line.unsorted
        firsts = (line.first_women or 0) + (line.first_men or 0)
        pairs = (
            ("first_time", firsts, people),
            ("violations", line.violations, line.quantity),
            ("handled", line.handled, line.violations),
        )
        for of, part, whole in pairs:
            if part > whole:
                question = of if of == "first_time" and said.kind == ActivityKind.EVENT else said.asks
                yield ReportWarning(WarningRule.PART, question, {"of": of, "part": part, "whole": whole})


def _residents(said: Told, around: Around) -> Iterator[ReportWarning]:
    """On several days the same people may come each day."""
    days = (said.last_day - said.first_day).days + 1
    known = {row.group: row for row in around.residents}
    for line in said.lines:
        there, came = known.get(line.target_group), line.women + line.men + line.unsorted
        if said.kind == ActivityKind.EVENT and there is not None and came > there.people * days:
            facts = {"count": came, "residents": there.people, "group": there.group, "as_of": there.as_of.isoformat()}
            yield ReportWarning(WarningRule.RESIDENTS, said.asks, facts)


def _same_figures(said: Told, around: Around) -> Iterator[ReportWarning]:
    figures = sorted(map(_figures, said.lines))
    for report in around.earlier:
        apart = (said.first_day - report.last_day).days
        is_near = report.activity == said.activity and 1 <= apart <= SAME_WITHIN
        if is_near and _total(said) >= SAME_FROM and sorted(map(_figures, report.lines)) == figures:
            facts = {"report": report.report, "day": report.last_day.isoformat()}
            yield ReportWarning(WarningRule.SAME_FIGURES, said.asks, facts)


def _figures(line: Line) -> tuple[str | int, ...]:
    return line.target_group, line.item, line.mode, line.women, line.men, line.unsorted, line.quantity


def _same_photo(_: Told, around: Around) -> Iterator[ReportWarning]:
    for photo in around.photos:
        facts = {"report": photo.report, "unit": photo.unit, "day": photo.day.isoformat()}
        yield ReportWarning(WarningRule.SAME_PHOTO, "photos", facts)


def _action_month(said: Told, around: Around) -> Iterator[ReportWarning]:
    """Nothing is said of what lasts into it, or goes on after it."""
    touches = any(first <= said.last_day and said.first_day <= last for first, last in around.action_months)
    if around.action_months and not touches:
        first, last = min(around.action_months, key=lambda days: max(days[0] - said.last_day, said.first_day - days[1]))
        facts = {"first": first.isoformat(), "last": last.isoformat()}
        yield ReportWarning(WarningRule.ACTION_MONTH, "date", facts)


def _history(said: Told, around: Around) -> Iterator[ReportWarning]:
    """Reports of the same activity are compared if there are enough, else all of its kind; products each by itself."""
    earlier = [(report.activity == said.activity, _counts(report)) for report in around.earlier]
    for name, count in _counts(said).items():
        own = [counts[name] for is_same, counts in earlier if is_same and name in counts]
        compared = own if len(own) >= LEAST_EARLIER else [counts[name] for _, counts in earlier if name in counts]
        usual = far_from_usual(count, compared)
        if usual is not None:
            facts = {"count": count, "low": usual.low, "high": usual.high, "of": usual.of, "kind": said.kind}
            yield ReportWarning(WarningRule.HISTORY, said.asks, facts)


def _counts(said: Told) -> dict[tuple[str, str], int]:
    """What a report counts: of products each by item and mode, of everything else one number."""
    counts: dict[tuple[str, str], int] = {}
    for line in said.lines:
        name = (line.item, line.mode) if said.kind == ActivityKind.MEDIA else ("", "")
        counts[name] = counts.get(name, 0) + line.women + line.men + line.unsorted + line.quantity
    return counts


def _total(said: Told) -> int:
    return sum(_counts(said).values())


def are_alike(one: int, other: int) -> bool:
    """Whether two pictures, by 64 bits each of what they look like, are most likely of one photo."""
    return (one ^ other).bit_count() <= LIKE_ENOUGH


def is_telling(look: int) -> bool:
    """Whether there is enough in a picture to be told from others."""
    return PLAIN <= look.bit_count() <= 64 - PLAIN


_RULES: Iterable[Callable[[Told, Around], Iterator[ReportWarning]]] = (
    _parts,
    _residents,
    _same_figures,
    _same_photo,
    _action_month,
    _history,
)
"""The rules in the order of `WarningRule`."""
