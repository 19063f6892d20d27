"""Buttons that are not an answer by themselves."""

from functools import cache

from interview.steps import Option, WalkCommand

DEFAULT_TOKEN = "default"  # noqa: S105 - the token of a button


WAY = "w"
"""The token of a button for one of several ways to understand numbers begins so, and ends with its place."""


@cache
def command_option(command: WalkCommand, *, answers: bool = False) -> Option:
    """A button for a command; the caller has its words."""
    return Option(str(command), command=command, answers=answers)
