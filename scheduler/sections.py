"""The parts of a reminder's topic: the moment that it speaks of, and its section of a digest."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from sqlalchemy import ColumnElement, Connection

from messages import Choice, Picture
from periods.days import local_day
from periods.weeks import week_of
from plan.calendar import Rule
from plan.model import Plan
from storage.delivery.owing import Unwritten
from storage.directory.holders import Holder


@dataclass(frozen=True, slots=True)
class Moment:
    """An occurrence of a rule, looked at (and spoken of) at `now`.

    `about` is what it is about: of a weekly rule the week's Monday, of a yearly one the year's first day, else its day.
    A preview looks ahead from `seen_from`: what the plan asks for from then on is written down by the moment itself.
    """

    rule: Rule
    about: date
    at: datetime
    now: datetime
    seen_from: datetime | None = None

    @property
    def day(self) -> date:
        """The local day on which it fell due; not that of the week that it is about, if that began with holidays."""
        return local_day(self.at)

    @property
    def week(self) -> str:
        """The week that it is about."""
        return week_of(self.about)

    def unwritten(self, last_days: Collection[date]) -> list[Unwritten]:
        """What the plan asks for by some days to come that may not be written down yet, but will be."""
        since = self.day if self.seen_from is None else local_day(self.seen_from)
        return [
            Unwritten(duty.id, day, duty.roles)
            for day in last_days
            if day >= since
            for duty in self.rule.duties
            if duty.falls_on(day)
        ]


@dataclass(frozen=True, slots=True)
class Section:
    """One topic's part of a digest; parts with a lower `urgency` come first. `why` says why it is sent at all."""

    urgency: int
    text: str
    why: str
    choices: tuple[Choice, ...] = ()
    picture: Picture | None = None


OwedCondition: TypeAlias = Callable[[Moment, ColumnElement[int]], ColumnElement[bool]]
"""A condition on a unit's id: whether there is still something to say about it."""

Kept: TypeAlias = Callable[[Connection, Moment, Sequence[Holder]], list[Holder]]
"""Keeps those of some holders for whom there is still something to say."""

Spoken: TypeAlias = Callable[[Connection, Plan, Moment, Sequence[Holder], str], Section]
"""Makes the section for one person, in a language, about the units (at least one) with something to say."""


Named: TypeAlias = Callable[[Connection, Moment, Sequence[Holder]], list[str]]
"""Names what these holders, all of one person, are told of others."""


Issues: TypeAlias = Callable[[Connection, Plan, Moment, Sequence[Holder]], None]
"""Issues what these holders, all of one person, are about to be told."""


def listed(names: Sequence[str]) -> str:
    return ", ".join(names)
