"""What a builder of files is given and gives, whatever kind of file it makes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import Connection

from plan.model import Plan

Data: TypeAlias = Mapping[str, Any]
Tell: TypeAlias = Callable[[int, int], None]
"""Told how much is done, of how much; it may be called as often as one likes."""


@dataclass(frozen=True, slots=True)
class Material:
    """What a file is made of: a snapshot of the database, the plan with its folder, and the moment that it is as of.

    All of a file is read from the one snapshot, so that its pages and its message agree.
    """

    db: Connection
    plan: Plan
    folder: Path
    now: datetime
    tell: Tell
    file_of: Callable[[str], Path] | None = None
    """Where a file lies that somebody sent, by its content's hash; only where such files are read."""


Builder: TypeAlias = Callable[[Material, Data, Path], str]
"""Writes the file of a recipe's data to a path, and returns the text of the message that brings it, in the reader's
language: what is in it, and as of when."""


class UnknownFileError(LookupError):
    """A recipe of a kind that nothing here makes."""
