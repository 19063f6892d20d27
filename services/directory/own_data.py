"""What a person may ask of their data at any time: the name corrected, everything deleted (Law 91/2025/QH15).

It happens at once, before the consent as well, and nobody else has to be asked. What was reported stays, as the unit's,
without the reporter's name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from locales import LANGUAGES
from messages import MAX_NAME
from rules.roles import Role
from services.viewer import Viewer
from storage.directory import holders, personal, persons
from storage.directory.roles import HeldRole


@dataclass(frozen=True, slots=True)
class OfficerLeft:
    """A chair is to be told that an officer of a neighbourhood has left; whose name it was is gone."""

    person_id: int
    role: HeldRole


def rename(db: Connection, viewer: Viewer, name: str) -> str | None:
    """How the person is called from now on; `None`, and nothing changes, for what is no name."""
    plain = " ".join(name.split())
    if not _is_name(plain):
        return None
    persons.set_name(db, viewer.person_id, plain)
    return plain


def _is_name(text: str) -> bool:
    return len(text) <= MAX_NAME and any(letter.isalpha() for letter in text) and not any(map(str.isdigit, text))


def speak(db: Connection, viewer: Viewer, language: str) -> bool:
    """The language that the person is spoken to in from now on; false for one that the texts are not in."""
    if language not in LANGUAGES:
        return False
    persons.set_language(db, viewer.person_id, language)
    return True


def forget(db: Connection, viewer: Viewer, now: datetime) -> tuple[OfficerLeft, ...]:
    """Delete everything about the person; whom to tell."""
    left = tuple(_left(db, viewer, now))
    personal.forget(db, viewer.person_id, now)
    return left


def _left(db: Connection, viewer: Viewer, now: datetime) -> Iterator[OfficerLeft]:
    """A neighbourhood that is left without an officer is its chair's to fill."""
    left = {held.parent: held for held in viewer.roles if held.role == Role.PROPAGANDIST}
    for chair in holders.holders(db, (Role.WARD_CHAIR,), now, now):
        role = left.get(chair.unit)
        if role is not None and chair.person_id is not None and chair.person_id != viewer.person_id:
            yield OfficerLeft(chair.person_id, role)
