"""Reads who came to events, or was helped, as bounds on people need it: the largest event of each place, all visits.

One statement reads the lines event by event and hands out a row for each organiser, place and year: a district has few
of these, however many events there are.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, Subquery, case, extract, func, select

from periods.period import Period
from rules.bounds import Ends, Events, Visits
from rules.kinds import ActivityKind
from rules.states import ReportState
from storage import tables as t


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines are read: those of a kind and of some groups, if `activities` is given of these activities alone.

    `local` and `partly` are groups among `groups`: see `rules.bounds.Group`.
    """

    kind: ActivityKind
    groups: Collection[str]
    local: Collection[str]
    partly: Collection[str] = ()
    activities: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Gathering:
    """What an organiser held at a place in a year. `place` is a `Place`; its unit is there if it is one.

    First-timers: `known` from approved reports, `told` from all; `not_asked` are the visits of lines that did not ask.
    """

    organiser: int
    place: str
    place_unit: int | None
    year: int
    events: Events
    known: int
    told: int
    not_asked: int


_FACT, _LINE = t.activity.c, t.activity_line.c
_SUMS = ("women", "men", "unsorted")
_LONG = timedelta(days=60)
"""Of a longer period most reports are wanted: then they are read in the order of their lines, without an index."""


def gatherings(
    db: Connection, wanted: Wanted, period: Period, organisers: Collection[int] | None = None
) -> list[Gathering]:
    """All that counts in a period, whoever organised it unless that is said."""
    one = _one_by_one(wanted, period, organisers)
    approved = one.c.state == ReportState.APPROVED.value
    largest = [func.max(case((approved, one.c[name]), else_=0)) for name in (*_of("sure"), *_of("local"))]
    sums = [func.sum(one.c[name]) for name in _SUMS]
    first = (func.sum(case((approved, one.c.known), else_=0)), func.sum(one.c.told), func.sum(one.c.not_asked))
    key = [one.c[name] for name in ("organiser", "place", "place_unit_id", "year")]
    return [
        Gathering(
            *row[:3],
            int(row[3]),
            Events(_ends(row[4:7]), _ends(row[7:10]), Visits(*map(int, row[10:13]))),
            *map(int, row[13:16]),
        )
        for row in db.execute(select(*key, *largest, *sums, *first).group_by(*key))
    ]


def _of(which: str) -> tuple[str, str, str]:
    return f"{which}_women", f"{which}_men", f"{which}_total"


def _ends(numbers: Sequence[int]) -> Ends:
    return Ends(*map(int, numbers))


def _one_by_one(wanted: Wanted, period: Period, organisers: Collection[int] | None) -> Subquery:
    """A row for each report: its lines added up."""
    lines = _lines(wanted)
    line = lines.c
    sums = [func.sum(line[name]).label(name) for name in (*_SUMS, "told", "not_asked")]
    sums.append(func.sum(line.told * line.sure).label("known"))
    for which in ("sure", "local"):
        for name, value in zip(_of(which), (line.women, line.men, line.total), strict=True):
            sums.append(func.sum(value * line[which]).label(name))
    organiser = func.coalesce(_FACT.organiser_unit_id, _FACT.unit_id)
    of_report = (
        organiser.label("organiser"),
        _FACT.place,
        _FACT.place_unit_id,
        _FACT.state,
        extract("year", _FACT.last_day).label("year"),
    )
    is_long = period.last - period.first > _LONG
    day = func.coalesce(_FACT.last_day, _FACT.last_day) if is_long else _FACT.last_day
    query = (
        select(*of_report, *sums)
        .select_from(t.activity)
        .join(lines, lines.c.submission_id == _FACT.submission_id)
        .where(_FACT.counts, _FACT.kind == wanted.kind.value, day.between(period.first, period.last))
        .group_by(_FACT.submission_id)
    )
    if wanted.activities is not None:
        query = query.where(_FACT.activity.in_(wanted.activities))
    if organisers is not None:
        query = query.where(organiser.in_(organisers))
    return query.subquery("one")


def _lines(wanted: Wanted) -> Subquery:
    """The wanted lines, with 1 or 0 for whether they count for sure, and whether they are of a local group."""
    sure = case((_LINE.target_group.in_(wanted.partly), 0), else_=1)
    local = case((_LINE.target_group.in_([code for code in wanted.local if code not in wanted.partly]), 1), else_=0)
    everybody = _LINE.women + _LINE.men + _LINE.unsorted
    asked = _LINE.first_women.is_not(None) | _LINE.first_men.is_not(None)
    first = func.coalesce(_LINE.first_women, 0) + func.coalesce(_LINE.first_men, 0)
    columns = (_LINE.submission_id, _LINE.women, _LINE.men, _LINE.unsorted, everybody.label("total"))
    flags = (sure.label("sure"), local.label("local"), first.label("told"))
    not_asked = case((asked, 0), else_=everybody).label("not_asked")
    return select(*columns, *flags, not_asked).where(_LINE.target_group.in_(wanted.groups)).subquery("line")
