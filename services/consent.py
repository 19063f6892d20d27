"""The consent that all work needs: to the present version of the text, given and not withdrawn."""

from datetime import datetime

from sqlalchemy import Connection

from storage.directory import consents

VERSION = "2026-11"
"""The version of the text in `handlers.people.joining`. A changed text gets a new one, and everybody is asked again."""


def stands(db: Connection, person_id: int) -> bool:
    """Whether a person agreed to what is kept about them."""
    return consents.has_agreed(db, person_id, consents.REPORTING, VERSION)


def give(db: Connection, person_id: int, version: str, now: datetime) -> bool:
    """Note that a person agrees. False, and nothing is noted, if the text has changed since they read it."""
    if version != VERSION:
        return False
    consents.agree(db, person_id, consents.REPORTING, VERSION, now)
    return True
