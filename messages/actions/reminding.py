"""What people do about a reminder: `rule` and `about` name the occurrence that it spoke of."""

from dataclasses import dataclass
from datetime import date

from messages.actions.base import Action


@dataclass(frozen=True, slots=True)
class Known(Action):
    """Says that the person knows what a reminder told them of others: the same is not told again."""

    NAME = "known"
    rule: str = ""
    about: date | None = None


@dataclass(frozen=True, slots=True)
class PutOff(Action):
    """Wants to hear of it again the next day."""

    NAME = "put_off"
    rule: str = ""
    about: date | None = None


@dataclass(frozen=True, slots=True)
class SetTheme(Action):
    """Asks for the theme of the Action Month that begins in a year, or shows it."""

    NAME = "theme"
    year: int = 0


@dataclass(frozen=True, slots=True)
class Deliveries(Action):
    """Shows what became of the last reminders, a page at a time."""

    NAME = "told"
    page: int = 0


@dataclass(frozen=True, slots=True)
class Delivered(Action):
    """Shows what became of one reminder, person by person, a page at a time."""

    NAME = "told_whom"
    rule: str = ""
    about: date | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class Upcoming(Action):
    """Shows what will be sent in the days to come, a page at a time."""

    NAME = "upcoming"
    page: int = 0
