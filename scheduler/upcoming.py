"""Counts what will be sent in the days to come, as things stand: by day and reminder, how many people and messages."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from periods.days import local_day
from plan.calendar import Calendar
from scheduler.preview import Concern, concerns


@dataclass(frozen=True, slots=True)
class Planned:
    """A day's reminders: how many people hear of each rule, and how many units nobody has joined to hear it for."""

    day: date
    people: dict[str, int]
    vacant: int
    messages: int
    """Messages: all that a person is told on a day is one, and what rides along is none of its own."""


def planned(
    db: Connection, calendar: Calendar, since: datetime, until: datetime, units: Collection[int] | None = None
) -> list[Planned]:
    """Count what falls due after `since` and not after `until`, for some units only if they are given."""
    by_day: defaultdict[date, list[Concern]] = defaultdict(list)
    for concern in concerns(db, calendar, since, until, units):
        by_day[local_day(concern.occurrence.at)].append(concern)
    return [_of_day(day, found) for day, found in sorted(by_day.items())]


def _of_day(day: date, found: Collection[Concern]) -> Planned:
    people: defaultdict[str, set[int]] = defaultdict(set)
    vacant, told = set(), set()
    for concern in found:
        person, rule = concern.holder.person_id, concern.occurrence.rule
        if person is None:
            vacant.add((concern.holder.unit_id, concern.holder.role))
            continue
        people[rule.id].add(person)
        if not rule.rides:
            told.add(person)
    return Planned(day, {rule: len(persons) for rule, persons in people.items()}, len(vacant), len(told))
