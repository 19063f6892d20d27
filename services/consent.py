"""The consent that all work rests on: to the present version of the text, given and not withdrawn."""

from datetime import datetime

from sqlalchemy import Connection

from storage.directory import consents

VERSION = "2026-11"
"""Of the text in `handlers.people.joining`; a changed text gets a new version, and everybody is asked again."""


def stands(db: Connection, person_id: int) -> bool:
    """Whether a person agreed to what is kept about them."""
    return consents.has_agreed(db, person_id, consents.REPORTING, VERSION)


def give(db: Connection, person_id: int, version: str, now: datetime) -> bool:
    """Note that a person agrees; false, and nothing is noted, to a text that has changed since they read it."""
    if version != VERSION:
        return False
    consents.agree(db, person_id, consents.REPORTING, VERSION, now)
    return True
