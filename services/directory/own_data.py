"""Lets people correct their name or delete all their data at any time (Law 91/2025/QH15).

It happens at once, even before the consent, and nobody else has to be asked. Reports stay as the unit's, without the
reporter's name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from locales import LANGUAGES
from messages import MAX_NAME
from rules.roles import ABOVE, Role
from services.viewer import Viewer
from storage.directory import holders, personal, persons
from storage.directory.roles import HeldRole


@dataclass(frozen=True, slots=True)
class OfficerLeft:
    """A chair is to be told that an officer of a neighbourhood has left; the officer's name is gone."""

    person_id: int
    role: HeldRole


def rename(db: Connection, viewer: Viewer, name: str) -> str | None:
    """Change the person's name. `None`, and nothing changes, if it is no name."""
    plain = " ".join(name.split())
    if not _is_name(plain):
        return None
    persons.set_name(db, viewer.person_id, plain)
    return plain


def _is_name(text: str) -> bool:
    return len(text) <= MAX_NAME and any(letter.isalpha() for letter in text) and not any(map(str.isdigit, text))


def speak(db: Connection, viewer: Viewer, language: str) -> bool:
    """Change the language in which the person is spoken to. False if there are no texts in it."""
    if language not in LANGUAGES:
        return False
    persons.set_language(db, viewer.person_id, language)
    return True


def forget(db: Connection, viewer: Viewer, now: datetime) -> tuple[OfficerLeft, ...]:
    """Delete everything about the person, and return whom to tell."""
    left = tuple(_left(db, viewer, now))
    personal.forget(db, viewer.person_id, now)
    return left


def _left(db: Connection, viewer: Viewer, now: datetime) -> Iterator[OfficerLeft]:
    """Find neighbourhoods left without an officer, whose chairs must find new ones."""
    left = {held.parent: held for held in viewer.roles if held.role == Role.PROPAGANDIST}
    for chair in holders.holders(db, ABOVE, now, now):
        role = left.get(chair.unit)
        if role is not None and chair.person_id is not None and chair.person_id != viewer.person_id:
            yield OfficerLeft(chair.person_id, role)
