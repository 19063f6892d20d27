"""Buttons that are not an answer by themselves."""

from functools import cache

from interview.steps import Option, WalkCommand

DEFAULT_TOKEN = "default"  # noqa: S105 - the token of a button


@cache
def command_option(command: WalkCommand, *, answers: bool = False) -> Option:
    """A button for a command; the caller has its words."""
    return Option(str(command), command=command, answers=answers)
