"""Works out what was due between two moments: pure arithmetic on rules, without database or clock.

There is no watermark: the caller says since when, and a unique key on each occurrence keeps it from being done twice.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from plan.calendar import Rule

_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A rule's moment (aware)."""

    rule: Rule
    at: datetime


def occurrences(rules: Iterable[Rule], since: datetime, until: datetime) -> list[Occurrence]:
    """List what falls due after `since` and not after `until`, in order of time, then of the rules."""
    due = [Occurrence(rule, at) for rule in rules for at in _moments(rule, since, until)]
    return sorted(due, key=lambda occurrence: occurrence.at)


def next_occurrence(rules: Iterable[Rule], after: datetime) -> Occurrence | None:
    """Find the first to fall due after a moment."""
    upcoming = [Occurrence(rule, at) for rule in rules if (at := _next(rule, after))]
    return min(upcoming, key=lambda occurrence: occurrence.at, default=None)


def ticks_between(rules: Iterable[Rule], since: datetime, until: datetime) -> list[datetime]:
    """List when to tick as a clock jumps from `since` to `until`: each occurrence on the way, then the arrival."""
    return sorted({occurrence.at for occurrence in occurrences(rules, since, until)} | {until})


def _moments(rule: Rule, since: datetime, until: datetime) -> Iterator[datetime]:
    at = _next(rule, since)
    while at is not None and at <= until:
        yield at
        at = _next(rule, at)


def _next(rule: Rule, after: datetime) -> datetime | None:
    return rule.trigger.get_next_fire_time(None, after + _INSTANT)
