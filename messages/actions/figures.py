"""What is looked at: a period's figures, who owes its reports, what is due."""

from dataclasses import dataclass
from datetime import date

from messages.actions.base import Action, OfUnit
from periods.period import Period


@dataclass(frozen=True, slots=True)
class Summary(OfUnit):
    """A unit's figures of a period; without one of this week."""

    NAME = "summary"
    unit: str | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Missing(OfUnit):
    """Who has not reported a week, of all that owe it in a unit, a page at a time."""

    NAME = "missing"
    unit: str | None = None
    week: Period | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class Wards(Action):
    """The wards, to look into one of them for a period."""

    NAME = "wards"
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Due(Action):
    """What a person's units owe now."""

    NAME = "due"


@dataclass(frozen=True, slots=True)
class Owing(Action):
    """Who has not handed in what is owed by a day, a page at a time."""

    NAME = "owing"
    kind: str = ""
    due_on: date | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class Done(Action):
    """What was owed has been handed in."""

    NAME = "done"
    obligation: int = 0
    seen: int = 0
