"""Which counts of people whom services helped are shown outside the circle of those who may open the reports.

Whoever may open a report sees its numbers. Everybody else (pictures, workbooks, letters, feeds) sees:

- of a neighbourhood, and by place, nothing;
- of a ward or agency a quarter's total, without sex or kind of help;
- of the root, a district or a city, also the kinds of help and the sexes.

Periods are calendar quarters that are over, or made of such: weeks and months cross each other, and what one of them
holds more than another could be a single person. A longer period shows a cell if each of its quarters shows it, so
that it says nothing that they do not. Within a quarter `rules.suppression` decides.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from periods.period import Length, Period, around
from rules.kinds import Sex
from rules.levels import Level
from rules.suppression import Cell, Hidden, Sum, suppressed

NOT_BY_SEX = "unsorted"
"""Beside the sexes: people whose sex nobody noted."""
SEXES = (Sex.FEMALE, Sex.MALE, NOT_BY_SEX)
_WIDE = frozenset({Level.CITY, Level.DISTRICT})
_OF_QUARTERS = frozenset({Length.QUARTER, Length.HALF, Length.NINE_MONTHS, Length.YEAR})


class Detail(StrEnum):
    """How much of a unit's services is shown."""

    NOTHING = "nothing"
    TOTAL = "total"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class HelpKey:
    """A cell: visits to services of a unit (by its code) with all that lies in it, or to its own services alone.

    Of a kind of help, "" for all; of a sex, `Sex.ALL`, or `NOT_BY_SEX`.
    """

    unit: str
    kind: str = ""
    sex: str = Sex.ALL
    own: bool = False


@dataclass(frozen=True, slots=True)
class Helped:
    """Visits to services in a quarter, of one kind of help and one sex.

    `units` are the unit whose services they were and those that it lies in, from below; neighbourhoods are left out,
    and the last one is the root.
    """

    units: tuple[str, ...]
    kind: str
    sex: str
    count: int


def detail_of(level: str, *, is_root: bool) -> Detail:
    """How much of the services of a unit of this level is shown, in a period that may be shown at all."""
    if level == Level.NEIGHBOURHOOD:
        return Detail.NOTHING
    return Detail.FULL if is_root and level in _WIDE else Detail.TOTAL


def quarters_of(period: Period, detail: Detail, today: date) -> tuple[Period, ...]:
    """The quarters whose cells are shown for a period: none, if it is not made of quarters, or if it is not over."""
    lengths = {Detail.FULL: _OF_QUARTERS, Detail.TOTAL: {Length.QUARTER}, Detail.NOTHING: frozenset[Length]()}[detail]
    if period.is_cut_off or period.length not in lengths or period.last >= today:
        return ()
    months = range(period.first.month, period.last.month + 1, 3)
    return tuple(around(Length.QUARTER, date(period.first.year, month, 1)) for month in months)


def quarters_within(period: Period) -> Period | None:
    """The longest stretch of whole quarters from 1 January on in a period that is not made of such itself."""
    if period.first != date(period.first.year, 1, 1) or period.length in _OF_QUARTERS or period.is_cut_off:
        return None
    lengths = (Length.YEAR, Length.NINE_MONTHS, Length.HALF, Length.QUARTER)
    stretches = (around(length, period.first) for length in lengths)
    return next((stretch for stretch in stretches if stretch.last <= period.last), None)


def cells_of_quarter(helped: Collection[Helped], detail: Detail) -> dict[HelpKey, Cell]:
    """What is shown of a quarter for all units of a root; `detail` is the root's. A cell that is not there is 0."""
    counts: Counter[HelpKey] = Counter()
    inside: dict[HelpKey, dict[HelpKey, None]] = defaultdict(dict)
    with_parts = {above for each in helped for above in each.units[1:]}
    for each in helped:
        line = [HelpKey(unit) for unit in each.units]
        if each.units[0] in with_parts:
            line.insert(0, HelpKey(each.units[0], own=True))
        for key, total in zip(line, [*line[1:], None], strict=True):
            counts[key] += each.count
            if total is not None:
                inside[total][key] = None
        if detail is Detail.FULL:
            counts.update(dict.fromkeys(_of_root(each), each.count))
    sums = [Sum(total, tuple(parts)) for total, parts in inside.items()]
    return suppressed(counts, [*sums, *_sums_by_kind_and_sex(counts)])


def together(quarters: Sequence[Mapping[HelpKey, Cell]]) -> dict[HelpKey, Cell]:
    """What is shown of several quarters: the sum of a cell where each of them shows it."""
    keys = dict.fromkeys(key for cells in quarters for key in cells)
    return {key: _added([cells.get(key, 0) for cells in quarters]) for key in keys}


def _added(cells: Sequence[Cell]) -> Cell:
    shown = [cell for cell in cells if isinstance(cell, int)]
    if len(shown) == len(cells):
        return sum(shown)
    return cells[0] if len(cells) == 1 else Hidden.WITHHELD


def _of_root(each: Helped) -> tuple[HelpKey, ...]:
    root = each.units[-1]
    return HelpKey(root, each.kind, each.sex), HelpKey(root, each.kind), HelpKey(root, "", each.sex)


def _sums_by_kind_and_sex(counts: Iterable[HelpKey]) -> Iterator[Sum[HelpKey]]:
    """The sums of the root's table: over the sexes, and over the kinds of help."""
    cells = [key for key in counts if key.kind or key.sex != Sex.ALL]
    over_sexes, over_kinds = defaultdict[HelpKey, list[HelpKey]](list), defaultdict[HelpKey, list[HelpKey]](list)
    for key in cells:
        if key.sex != Sex.ALL:
            over_sexes[HelpKey(key.unit, key.kind)].append(key)
        if key.kind:
            over_kinds[HelpKey(key.unit, "", key.sex)].append(key)
    for total, parts in (*over_sexes.items(), *over_kinds.items()):
        yield Sum(total, tuple(parts))
