"""The ways around that everybody may take, whatever their roles: the menu, help, their language, their data."""

from dataclasses import dataclass

from messages.actions.base import Action

FIRST_CONSENT = "2026-11"
"""The text that buttons without a version were shown under."""


@dataclass(frozen=True, slots=True)
class Menu(Action):
    """What a person can do now."""

    NAME = "menu"


@dataclass(frozen=True, slots=True)
class Help(Action):
    """How to use the bot."""

    NAME = "help"


@dataclass(frozen=True, slots=True)
class Language(Action):
    """Speak this language from now on; without one it is asked for."""

    NAME = "language"
    code: str = ""


@dataclass(frozen=True, slots=True)
class Agree(Action):
    """The consent to a version of the text; `then` says what was promised to be told next."""

    NAME = "agree"
    then: str = ""
    version: str = FIRST_CONSENT


@dataclass(frozen=True, slots=True)
class Me(Action):
    """What is kept about a person."""

    NAME = "me"


@dataclass(frozen=True, slots=True)
class Connect(Action):
    """A code for one more account of the same person."""

    NAME = "connect"


@dataclass(frozen=True, slots=True)
class Release(Action):
    """An account of the person's own no longer speaks for them."""

    NAME = "release"
    account: int = 0


@dataclass(frozen=True, slots=True)
class Forget(Action):
    """Everything about a person goes; asked about first. Who joins anew in the same chat is another person."""

    NAME = "forget"
    person: int = 0
