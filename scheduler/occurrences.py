"""Works out what was due between two moments: pure arithmetic on rules, without database or clock.

There is no watermark: the caller says since when, and a unique key on each occurrence keeps it from being done twice.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from periods.days import local_day
from plan.calendar import Rule

_STEP = timedelta(days=31)
_FURTHEST = timedelta(days=400)
"""Every rule recurs within a year."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A rule's moment (aware). With the rule, `about` names it for good: a week's Monday, a year's first day, a day."""

    rule: Rule
    about: date
    at: datetime


def occurrences(rules: Iterable[Rule], since: datetime, until: datetime) -> list[Occurrence]:
    """List what falls due after `since` and not after `until`, in order of time, then of the rules."""
    due = [occurrence for rule in rules for occurrence in _of_rule(rule, since, until)]
    return sorted(due, key=lambda occurrence: occurrence.at)


def next_occurrence(rules: Iterable[Rule], after: datetime) -> Occurrence | None:
    """Find the first to fall due after a moment."""
    rules, begin = list(rules), after
    while begin < after + _FURTHEST:
        upcoming = occurrences(rules, begin, begin + _STEP)
        if upcoming:
            return upcoming[0]
        begin += _STEP
    return None


def ticks_between(rules: Iterable[Rule], since: datetime, until: datetime) -> list[datetime]:
    """List when to tick as a clock jumps from `since` to `until`: each occurrence on the way, then the arrival."""
    return sorted({occurrence.at for occurrence in occurrences(rules, since, until)} | {until})


def _of_rule(rule: Rule, since: datetime, until: datetime) -> Iterator[Occurrence]:
    for about, at in rule.moments(local_day(since), local_day(until)):
        if since < at <= until:
            yield Occurrence(rule, about, at)
