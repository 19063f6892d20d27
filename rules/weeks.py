"""Who owes a week, and what a unit has done about it: the one rule that figures, reminders, lists and services ask.

A unit's week is reported, being mended, without activity, or missing, in this order. A report lies in every week that
its days touch. It does not matter here whether a report counts in figures: one that is linked to another report of
the same event fulfils its own unit's week all the same.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from periods.days import local_day
from periods.weeks import monday_of, sunday_of, touched
from rules.states import COUNTED, ReportState
from rules.timeliness import timely_until


class WeekState(StrEnum):
    """What a unit has done about a week."""

    REPORTED = "reported"
    """A report of it is sent or approved."""
    MENDING = "mending"
    """It has only returned reports."""
    NIL = "nil"
    """The unit said that nothing took place, and no report of it stands."""
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Version:
    """The days that a version of a report says, and when it was written."""

    at: datetime
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Lying:
    """A report in one of the weeks that its days touch now, and since when it first lay in that week."""

    state: ReportState
    since: datetime


@dataclass(frozen=True, slots=True)
class NilWord:
    """Somebody said that nothing took place, or took that back."""

    at: datetime
    given: bool


@dataclass(frozen=True, slots=True)
class Nil:
    """A word that nothing took place, which nobody took back: since when it stands, and when it was last said."""

    since: datetime
    said_at: datetime


@dataclass(frozen=True, slots=True)
class History:
    """What a unit's own history says of a week.

    `reported` counts the reports that are sent or approved, `returned` those that were returned; `first_at` is when
    the first of these lay in the week.
    """

    reported: int = 0
    returned: int = 0
    first_at: datetime | None = None
    nil: Nil | None = None

    @property
    def stands(self) -> bool:
        """Whether a report stands: one that was not withdrawn."""
        return self.first_at is not None


NOTHING = History()


@dataclass(frozen=True, slots=True)
class Origin:
    """A unit that became another one, or a part of it, on a day: it was merged, renamed, moved or split."""

    unit: int
    day: date


Origins: TypeAlias = Callable[[int], Sequence[Origin]]
"""The units that a unit comes from, by its id. A unit that others were merged into names itself beside them."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a unit has done about a week. `on_time` is part of what was received; `at` is when that was."""

    state: WeekState
    at: datetime | None = None
    on_time: bool = False
    after_nil: bool = False
    """The report came after the deadline, by which the unit had said that nothing took place."""
    said_at: datetime | None = None
    """When a nil report that holds was last said."""

    @property
    def received(self) -> bool:
        return self.state is not WeekState.MISSING


def since(versions: Iterable[Version]) -> dict[str, datetime]:
    """Since when a report first lay in each week that any of its versions touches."""
    first: dict[str, datetime] = {}
    for version in versions:
        for week in touched(version.first, version.last):
            first[week] = min(version.at, first.get(week, version.at))
    return first


def standing_nil(words: Iterable[NilWord]) -> Nil | None:
    """The word that stands after all that was said of a week, in order."""
    nil: Nil | None = None
    for word in words:
        if not word.given:
            nil = None
        else:
            nil = Nil(nil.since if nil else word.at, word.at)
    return nil


def history(reports: Iterable[Lying], words: Iterable[NilWord]) -> History:
    """What a unit's reports in a week, and its words about it, come to."""
    standing = [report for report in reports if report.state is not ReportState.WITHDRAWN]
    return History(
        reported=sum(report.state in COUNTED for report in standing),
        returned=sum(report.state is ReportState.RETURNED for report in standing),
        first_at=min((report.since for report in standing), default=None),
        nil=standing_nil(words),
    )


def judge(week: str, unit: int, histories: Mapping[int, History], origins: Origins) -> Judged:
    """What a unit has done about a week, with all units that it comes from."""
    deadline, nil = timely_until(week), _nil(week, unit, histories, origins)
    lying = [histories.get(one, NOTHING) for one in lineage(week, unit, origins)]
    if first := min((one.first_at for one in lying if one.first_at), default=None):
        state = WeekState.REPORTED if any(one.reported for one in lying) else WeekState.MENDING
        is_late = first >= deadline
        return Judged(state, first, not is_late, is_late and nil is not None and nil.since < deadline)
    if nil:
        return Judged(WeekState.NIL, nil.since, nil.since < deadline, said_at=nil.said_at)
    return Judged(WeekState.MISSING)


def lineage(week: str, unit: int, origins: Origins) -> set[int]:
    """The unit, and all whose reports of a week count for it: those that it comes from by a change in that week."""
    known, new = {unit}, [unit]
    while new:
        before = {origin.unit for origin in _parts(week, new.pop(), origins)}
        new += before - known
        known |= before
    return known


def _nil(week: str, unit: int, histories: Mapping[int, History], origins: Origins) -> Nil | None:
    """The word that holds for the whole unit: its own, given since it is what it is, or those of all its parts."""
    own = histories.get(unit, NOTHING).nil
    parts = _parts(week, unit, origins)
    if not parts or (own and local_day(own.said_at) >= max(part.day for part in parts)):
        return own
    words = [own if part.unit == unit else _nil(week, part.unit, histories, origins) for part in parts]
    said = [word for word in words if word]
    if len(said) < len(words):
        return None
    return Nil(max(word.since for word in said), max(word.said_at for word in said))


def _parts(week: str, unit: int, origins: Origins) -> list[Origin]:
    """The units that a unit comes from and that still existed on a day of the week."""
    before = origins(unit)
    if not before:
        return []
    monday, sunday = monday_of(week), sunday_of(week)
    return [origin for origin in before if monday < origin.day <= sunday]
