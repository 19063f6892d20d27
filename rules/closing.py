"""The days whose figures a change touches: a period that was closed lets none of its days change in silence.

A report counts on its last day. It also fulfils the weeks that its days lie in, and a week belongs to its Sunday. So
two kinds of days decide, and never the days in between: an event from the last days of October to the first one of
November changes nothing in October, if the week ends in November as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from periods.weeks import sunday_of, week_of
from rules.states import COUNTED

_A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Standing:
    """What figures see of a report: its state, its days, and whatever is counted of it."""

    state: str
    first: date
    last: date
    counted: Any

    @property
    def counts(self) -> bool:
        return self.state in COUNTED

    @property
    def days(self) -> frozenset[date]:
        """The days in whose figures it shows."""
        return frozenset({self.last, *_sundays(self.first, self.last)})


def days_changed(before: Standing | None, after: Standing | None) -> frozenset[date]:
    """The days whose figures another version or state of a report changes; `None` where there is no report.

    Approving changes none, nor does a photo or a note.
    """
    if before is not None and after is not None and _look_alike(before, after):
        return frozenset()
    return frozenset(day for standing in (before, after) if standing is not None for day in standing.days)


def nil_days(week: str) -> frozenset[date]:
    """The day whose completeness a nil report of a week changes."""
    return frozenset({sunday_of(week)})


def _look_alike(one: Standing, other: Standing) -> bool:
    same = (one.first, one.last, one.counted) == (other.first, other.last, other.counted)
    return same and (one.state == other.state or (one.counts and other.counts))


def _sundays(first: date, last: date) -> Iterator[date]:
    sunday, end = sunday_of(week_of(first)), sunday_of(week_of(last))
    while sunday <= end:
        yield sunday
        sunday += _A_WEEK
