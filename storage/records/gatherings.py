"""Reads who came to events, or was helped, as bounds on people need it: the largest event of each place, all visits.

One statement reads the lines event by event and hands out a row for each organiser, place and year: a district has few
of these, however many events there are.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Subquery, and_, case, extract, false, func, select

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
_ALL = _LINE.women + _LINE.men + _LINE.unsorted
_FIRST = func.coalesce(_LINE.first_women, 0) + func.coalesce(_LINE.first_men, 0)
_ASKED = _LINE.first_women.is_not(None) | _LINE.first_men.is_not(None)
_SUMS = ("women", "men", "unsorted")


def gatherings(db: Connection, wanted: Wanted, period: Period) -> list[Gathering]:
    """All that counts in a period, whoever organised it."""
    sure = _LINE.target_group.not_in(wanted.partly)
    local = and_(sure, _LINE.target_group.in_(wanted.local)) if wanted.local else false()
    one = _one_by_one(wanted, period, sure, local)
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


def _one_by_one(wanted: Wanted, period: Period, sure: ColumnElement[bool], local: ColumnElement[bool]) -> Subquery:
    """A row for each report: its lines added up."""
    sums = [func.sum(_LINE[name]).label(name) for name in _SUMS]
    for which, rows in (("sure", sure), ("local", local)):
        for name, value in zip(_of(which), (_LINE.women, _LINE.men, _ALL), strict=True):
            sums.append(func.sum(case((rows, value), else_=0)).label(name))
    sums += [
        func.sum(case((sure, _FIRST), else_=0)).label("known"),
        func.sum(_FIRST).label("told"),
        func.sum(case((_ASKED, 0), else_=_ALL)).label("not_asked"),
    ]
    key = (
        func.coalesce(_FACT.organiser_unit_id, _FACT.unit_id).label("organiser"),
        _FACT.place,
        _FACT.place_unit_id,
        _FACT.state,
        extract("year", _FACT.last_day).label("year"),
    )
    query = (
        select(*key, *sums)
        .join_from(t.activity, t.activity_line, _LINE.submission_id == _FACT.submission_id)
        .where(_FACT.counts, _FACT.kind == wanted.kind.value, _FACT.last_day.between(period.first, period.last))
        .where(_LINE.target_group.in_(wanted.groups))
        .group_by(_FACT.submission_id, *key)
    )
    if wanted.activities is not None:
        query = query.where(_FACT.activity.in_(wanted.activities))
    return query.subquery("one")
