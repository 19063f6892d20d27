"""Actions on weeks: say that nothing took place, take that back, and declare weeks free of reports."""

from dataclasses import dataclass

from messages.actions.base import Action, OfUnit
from periods.period import Period


@dataclass(frozen=True, slots=True)
class Nil(OfUnit):
    """Says that nothing took place in a neighbourhood in a week: by default in the person's own, this week."""

    NAME = "nil"
    unit: str | None = None
    week: Period | None = None


@dataclass(frozen=True, slots=True)
class TakeBackNil(OfUnit):
    """Takes back that nothing took place: by default what the person could take back this week, else last week."""

    NAME = "unnil"
    unit: str | None = None
    week: Period | None = None
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Hotline(Action):
    """Shows the number that people are given where somebody needs help against violence."""

    NAME = "hotline"


@dataclass(frozen=True, slots=True)
class FreeWeeks(Action):
    """Lists the weeks of which nobody owes a report, a page at a time."""

    NAME = "free_weeks"
    page: int = 0


@dataclass(frozen=True, slots=True)
class ComingWeeks(Action):
    """Lists the weeks from this one on, so that one can be declared free, a page at a time."""

    NAME = "coming_weeks"
    page: int = 0


@dataclass(frozen=True, slots=True)
class DeclareFree(Action):
    """Declares a week free of reports."""

    NAME = "free"
    week: Period | None = None


@dataclass(frozen=True, slots=True)
class RevokeFree(Action):
    """Lets a week be owed again."""

    NAME = "unfree"
    week: Period | None = None
