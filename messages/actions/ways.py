"""Actions that are open to everybody, whatever their roles: the menu, help, their language, their data."""

from dataclasses import dataclass

from messages.actions.base import Action

FIRST_CONSENT = "2026-11"
"""The version of the consent text that buttons without a version mean."""


@dataclass(frozen=True, slots=True)
class Menu(Action):
    """Shows what a person can do now."""

    NAME = "menu"


@dataclass(frozen=True, slots=True)
class Help(Action):
    """Explains how to use the bot."""

    NAME = "help"


@dataclass(frozen=True, slots=True)
class Language(Action):
    """Changes the language; without a code, asks for it."""

    NAME = "language"
    code: str = ""


@dataclass(frozen=True, slots=True)
class Agree(Action):
    """Consents to a version of the text; `then` says what the bot promised to tell next."""

    NAME = "agree"
    then: str = ""
    version: str = FIRST_CONSENT


@dataclass(frozen=True, slots=True)
class Me(Action):
    """Shows what is kept about a person."""

    NAME = "me"


@dataclass(frozen=True, slots=True)
class Connect(Action):
    """Makes a code for one more account of the same person."""

    NAME = "connect"


@dataclass(frozen=True, slots=True)
class Release(Action):
    """Removes one of the person's own accounts: it no longer speaks for them."""

    NAME = "release"
    account: int = 0


@dataclass(frozen=True, slots=True)
class Forget(Action):
    """Deletes everything about a person, after asking once. A later join in the same chat makes a new person."""

    NAME = "forget"
    person: int = 0
