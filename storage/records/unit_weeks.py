"""What units did about their weeks: written down with every change of a report or a nil report, and judged.

`unit_week` is a cache of two histories, `report_week` and `nil_word`. Code that stores or changes an activity report
calls `keep` in the same transaction. Rows are locked in the order of their weeks before anything is read, so that two
PostgreSQL transactions neither wait for one another nor miss what the other wrote.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from sqlalchemy import Connection, String, bindparam, case, column, func, insert, or_, select, update, values

from periods.weeks import sunday_of, touched
from rules.states import COUNTED, ReportState
from rules.timeliness import timely_until
from rules.weeks import NOTHING, History, Judged, Nil, NilWord, WeekState, judge, lineage
from storage import tables as t
from storage.db.prepared import Prepared
from storage.db.types import UtcDateTime
from storage.db.upsert import insert_or_change
from storage.directory.units import unit_tree
from storage.records import free_weeks

_REPORT, _WEEK, _WORD = t.report_week.c, t.unit_week.c, t.nil_word.c
STANDING = (*COUNTED, ReportState.RETURNED)
GONE = ""
"""The state of a report in a week in which it lies no more."""

_KEY = ("week", "unit_id")
_LOCK = insert_or_change(t.unit_week, _KEY, ["unit_id"]).prepared((*_KEY, "reported", "returned", "nil_revision"))
_FACT = t.activity.c
_FACTS = Prepared(
    select(_FACT.unit_id, _FACT.first_day, _FACT.last_day, _FACT.state).where(
        _FACT.submission_id == bindparam("report")
    )
)
_TOUCHED = Prepared(select(_REPORT.week).where(_REPORT.submission_id == bindparam("report")))
_LIE = insert_or_change(t.report_week, ("submission_id", "week"), ["state"]).prepared(
    ("submission_id", "week", "unit_id", "since", "state")
)
_LEAVE = Prepared(
    update(t.report_week)
    .where(_REPORT.submission_id == bindparam("report"), _REPORT.week == bindparam("of_week"))
    .values(state=GONE)
)
_HERE = (_REPORT.unit_id == bindparam("unit"), _REPORT.week == bindparam("of_week"))
_COUNTS = or_(*(_REPORT.state == state for state in COUNTED))
_IS_RETURNED = _REPORT.state == ReportState.RETURNED
_RECOUNT = Prepared(
    update(t.unit_week)
    .where(_WEEK.unit_id == bindparam("unit"), _WEEK.week == bindparam("of_week"))
    .values(
        reported=select(func.count()).where(*_HERE, _COUNTS).scalar_subquery(),
        returned=select(func.count()).where(*_HERE, _IS_RETURNED).scalar_subquery(),
        first_at=select(func.min(_REPORT.since)).where(*_HERE, or_(_COUNTS, _IS_RETURNED)).scalar_subquery(),
    )
)
_COLUMNS = (_WEEK.reported, _WEEK.returned, _WEEK.first_at, _WEEK.nil_since, _WEEK.nil_said_at)
_FIND = Prepared(
    select(*_COLUMNS, _WEEK.nil_revision).where(_WEEK.unit_id == bindparam("unit"), _WEEK.week == bindparam("of_week"))
)


@dataclass(frozen=True, slots=True)
class HeldWeek:
    """A unit's week, and what its own history says; `nil_revision` counts what was said of it."""

    unit_id: int
    week: str
    history: History
    nil_revision: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many weeks were owed, how many of them were on time or came after a nil report, and how many are how."""

    expected: int = 0
    on_time: int = 0
    after_nil: int = 0
    states: Counter[WeekState] = field(default_factory=Counter)

    @classmethod
    def of(cls, judged: Judged) -> Self:
        """A single week."""
        return cls(1, int(judged.on_time), int(judged.after_nil), Counter([judged.state]))

    def __add__(self, other: "Tally") -> "Tally":
        counts = (self.expected + other.expected, self.on_time + other.on_time, self.after_nil + other.after_nil)
        return Tally(*counts, self.states + other.states)


def keep(db: Connection, submission_id: int, now: datetime) -> None:
    """Note in which weeks a report lies from now on and how it stands; to be called after its facts have changed.

    Nothing happens if the submission has no typed facts: other forms fulfil no week.
    """
    facts = _FACTS.first(db, report=submission_id)
    if facts is None:
        return
    unit_id, first, last, state = facts
    lies = set(touched(first, last))
    weeks = sorted(lies.union(row[0] for row in _TOUCHED.all(db, report=submission_id)))
    for week in weeks:
        _lock(db, unit_id, week)
    for week in weeks:
        if week in lies:
            _LIE.run(db, submission_id=submission_id, week=week, unit_id=unit_id, since=now, state=state)
        else:
            _LEAVE.run(db, report=submission_id, of_week=week)
        _RECOUNT.run(db, unit=unit_id, of_week=week)


def hold(db: Connection, unit_id: int, week: str) -> HeldWeek:
    """Lock a unit's week, so that nothing about it changes until this transaction is committed."""
    _lock(db, unit_id, week)
    held = find(db, unit_id, week)
    assert held is not None  # noqa: S101 (the lock is its row)
    return held


def find(db: Connection, unit_id: int, week: str) -> HeldWeek | None:
    """Look at a unit's week without locking it; `None` if nothing was done about it."""
    row = _FIND.first(db, unit=unit_id, of_week=week)
    return None if row is None else HeldWeek(unit_id, week, _history(*row[:-1]), row[-1])


def say_nil(db: Connection, held: HeldWeek, person_id: int, now: datetime) -> int:
    """Write down that nothing took place; return the word's number. A word that stands already keeps its time."""
    stands = held.history.nil
    return _write_word(db, held, person_id, now, Nil(stands.since if stands else now, now))


def take_back_nil(db: Connection, held: HeldWeek, person_id: int, now: datetime) -> int:
    """Write down that a nil report is taken back; return the word's number."""
    return _write_word(db, held, person_id, now, None)


def owed(db: Connection, weeks: Collection[str], unit_ids: Collection[int]) -> dict[tuple[str, int], Judged]:
    """Judge what some neighbourhoods did about those of some weeks that they owe, since they exist on their Sundays."""
    tree = unit_tree(db)
    sundays = {week: sunday_of(week) for week in weeks}
    there = [(week, unit) for week, day in sundays.items() for unit in unit_ids if tree.as_of(unit, day).valid_on(day)]
    return judged(db, there)


def judged(db: Connection, owing: Collection[tuple[str, int]]) -> dict[tuple[str, int], Judged]:
    """Judge weeks of neighbourhoods that exist on their Sundays, by their histories and those of all they come from.

    Weeks that were declared free are left out: nobody owes them.
    """
    if not owing:
        return {}
    origins, free = unit_tree(db).origins, free_weeks.among(db, {week for week, _ in owing})
    expected = [(week, unit) for week, unit in owing if week not in free]
    units = {one for week, unit in expected for one in lineage(week, unit, origins)}
    histories = of_units(db, {week for week, _ in expected}, units)
    return {pair: judge(*pair, histories.get(pair[0], {}), origins) for pair in expected}


def tallied(db: Connection, owing: Mapping[str, Collection[int]]) -> dict[str, Tally]:
    """Count what neighbourhoods did about each week that they owe; `owing` are those that exist on a week's Sunday.

    It says what `judged` would: that is asked of units that come from others in the week itself.
    """
    origins, free = unit_tree(db).origins, free_weeks.among(db, owing)
    found, alike = {week: Tally() for week in owing}, defaultdict[frozenset[int], list[str]](list)
    changed: list[tuple[str, int]] = []
    for week, units in owing.items():
        if week not in free:
            alone = frozenset(unit for unit in units if not origins(unit) or len(lineage(week, unit, origins)) == 1)
            alike[alone].append(week)
            changed += ((week, unit) for unit in units if unit not in alone)
    for units, weeks in alike.items():
        for week, tally in _count(db, units, weeks):
            found[week] += tally
    for (week, _), done in judged(db, changed).items():
        found[week] += Tally.of(done)
    return found


def _count(db: Connection, unit_ids: Collection[int], weeks: Sequence[str]) -> Iterator[tuple[str, Tally]]:
    """The same for units of which each week is their own alone; `rules.weeks.judge` says what is counted here."""
    columns = column("week", String), column("until", UtcDateTime)
    until = values(*columns).data([(week, timely_until(week)) for week in weeks]).cte("deadline")
    stands, has_nil = _WEEK.first_at.is_not(None), _WEEK.nil_since.is_not(None)
    conditions = (
        func.coalesce(_WEEK.first_at, _WEEK.nil_since) < until.c.until,
        stands & (_WEEK.first_at >= until.c.until) & has_nil & (_WEEK.nil_since < until.c.until),
        stands & (_WEEK.reported > 0),
        stands & (_WEEK.reported == 0),
        ~stands & has_nil,
    )
    query = (
        select(_WEEK.week, *(func.sum(case((condition, 1), else_=0)) for condition in conditions))
        .join_from(t.unit_week, until, until.c.week == _WEEK.week)
        .where(_WEEK.week.in_(weeks), _WEEK.unit_id.in_(unit_ids))
        .group_by(_WEEK.week)
    )
    known = {week: tuple(map(int, counts)) for week, *counts in db.execute(query)}
    for week in weeks:
        on_time, after_nil, reported, mending, nil = known.get(week, (0,) * len(conditions))
        states = Counter({WeekState.REPORTED: reported, WeekState.MENDING: mending, WeekState.NIL: nil})
        states[WeekState.MISSING] = len(unit_ids) - reported - mending - nil
        yield week, Tally(len(unit_ids), on_time, after_nil, states)


def of_units(db: Connection, weeks: Collection[str], unit_ids: Collection[int]) -> dict[str, dict[int, History]]:
    """What the units' own histories say, by week and unit; a unit of which a week knows nothing is left out."""
    query = select(_WEEK.week, _WEEK.unit_id, *_COLUMNS).where(_WEEK.week.in_(weeks), _WEEK.unit_id.in_(unit_ids))
    found: dict[str, dict[int, History]] = {}
    for row in db.execute(query):
        if (said := _history(*row[2:])) != NOTHING:
            found.setdefault(row.week, {})[row.unit_id] = said
    return found


def everything(db: Connection) -> dict[tuple[int, str], History]:
    """What all units' own histories say, by unit and week; reads the whole cache."""
    rows = db.execute(select(_WEEK.unit_id, _WEEK.week, *_COLUMNS))
    return {(row.unit_id, row.week): _history(*row[2:]) for row in rows}


def words(db: Connection) -> Iterator[tuple[int, str, NilWord]]:
    """All that was said of weeks, by unit and week, in order."""
    columns = (_WORD.unit_id, _WORD.week, _WORD.at, _WORD.given)
    for row in db.execute(select(*columns).order_by(_WORD.unit_id, _WORD.week, _WORD.revision)):
        yield row.unit_id, row.week, NilWord(row.at, row.given)


def standing_in(db: Connection, unit_ids: Iterable[int], week: str) -> list[int]:
    """The reports of some units that stand in a week, by their ids, the newest first."""
    inside = (_REPORT.unit_id.in_(list(unit_ids)), _REPORT.week == week, _REPORT.state.in_(STANDING))
    return list(db.scalars(select(_REPORT.submission_id).where(*inside).order_by(_REPORT.submission_id.desc())))


def _lock(db: Connection, unit_id: int, week: str) -> None:
    _LOCK.run(db, week=week, unit_id=unit_id, reported=0, returned=0, nil_revision=0)


def _write_word(db: Connection, held: HeldWeek, person_id: int, now: datetime, nil: Nil | None) -> int:
    revision = held.nil_revision + 1
    word = {"week": held.week, "unit_id": held.unit_id, "revision": revision, "given": nil is not None}
    db.execute(insert(t.nil_word).values(**word, person_id=person_id, at=now))
    values = (nil.since, nil.said_at, person_id) if nil else (None, None, None)
    kept = dict(zip(("nil_since", "nil_said_at", "nil_by"), values, strict=True), nil_revision=revision)
    mine = (_WEEK.unit_id == held.unit_id, _WEEK.week == held.week)
    db.execute(update(t.unit_week).where(*mine).values(**kept))
    return revision


def _history(
    reported: int, returned: int, first_at: datetime | None, since: datetime | None, said_at: datetime | None
) -> History:
    return History(reported, returned, first_at, Nil(since, said_at) if since and said_at else None)
