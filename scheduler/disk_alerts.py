"""Tells the secretariat, without being asked and at most once a day, that the disk is full."""

from datetime import datetime

from sqlalchemy import Connection

from locales import texts
from messages import Outgoing
from periods.days import local_day
from storage.db import settings
from storage.delivery.notices import notify
from storage.directory.holders import holders
from storage.directory.persons import find_person

_TOLD_ON = "disk.full"


def warn_of_full_disk(db: Connection, now: datetime) -> None:
    """Queue a notice to the secretariat, unless they had one today."""
    today = local_day(now).isoformat()
    if settings.kept(db, _TOLD_ON) == today:
        return
    settings.keep(db, _TOLD_ON, today)
    for person in {holder.person_id for holder in holders(db, ["secretariat"], now, now)}:
        if person is not None:
            say = texts(find_person(db, person).language)
            text = say(
                "The bot's disk is full: photos and files are refused for now. Messages and reports still arrive. "
                "Please ask whoever runs the bot to make room; “python -m bot doctor” says where."
            )
            notify(db, person, Outgoing(text), now)
