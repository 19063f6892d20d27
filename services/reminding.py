"""What people do about their reminders: "I know" (of what others owe), "tomorrow", and the Action Month's theme."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, insert

from periods.days import ZONE, local_day
from plan.calendar import Calendar
from rules.times_of_day import EVENING
from scheduler import themes
from scheduler.sections import Moment
from scheduler.topics import TOPICS
from services import access
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage import tables as t
from storage.delivery import due, knowns
from storage.directory.holders import holders

LONGEST_THEME = 300
"""Characters of an Action Month's theme: a sentence or two."""


def know(
    db: Connection, viewer: Viewer, calendar: Calendar, rule_id: str, about: date | None, now: datetime
) -> int | Refused:
    """Note that the person knows of what a reminder named, as far as it still stands; return how many things."""
    rule = calendar.get(rule_id)
    matters = TOPICS[rule.topic].matters if rule else None
    at = (
        next((at for named, at in rule.moments(about, about + _A_WEEK) if named == about), None)
        if rule and about
        else None
    )
    if rule is None or about is None or matters is None or at is None or not viewer.agreed:
        return Refused(Refusal.UNKNOWN)
    moment = Moment(rule, about, at, now)
    mine = holders(db, rule.roles, at, now, viewer.person_id)
    abouts = matters(db, moment, mine) if mine else []
    knowns.know(db, viewer.person_id, abouts, now)
    return len(abouts)


_A_WEEK = timedelta(days=13)
"""An occurrence falls due within so many days of what it is about, weekly rules and holidays included."""


def put_off(db: Connection, viewer: Viewer, rule_id: str, about: date | None, now: datetime) -> bool:
    """Let a reminder that was said come again with the next day's digest; false if there is no such reminder."""
    if about is None:
        return False
    until = datetime.combine(local_day(now) + timedelta(days=1), time(), ZONE) + _LATEST
    return due.put_off(db, viewer.person_id, rule_id, about, until)


_LATEST = timedelta(hours=EVENING.hour, minutes=EVENING.minute)


def set_theme(db: Connection, viewer: Viewer, year: int, words: str, now: datetime) -> str | Refused:
    """Set the theme of the Action Month that begins in a year, as the opening says it. Returns it as it is kept."""
    if not access.may_announce_to_all(viewer):
        return Refused(Refusal.UNKNOWN)
    theme = " ".join(words.split())[:LONGEST_THEME]
    themes.keep(db, year, theme)
    done = {
        "at": now,
        "person_id": viewer.person_id,
        "action": "theme",
        "subject": str(year),
        "detail": {"theme": theme},
    }
    db.execute(insert(t.audit).values(**done))
    return theme
