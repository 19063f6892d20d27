"""What people do about their reminders: "I know" (of what others owe), "tomorrow", and the Action Month's theme."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from periods.days import ZONE, local_day
from plan.calendar import Calendar, Moves
from rules import working_days
from rules.times_of_day import EVENING
from scheduler import themes
from scheduler.sections import Moment
from scheduler.topics import TOPICS
from services import access
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.delivery import due, knowns
from storage.directory.holders import holders
from storage.records import trail

LONGEST_THEME = 300
"""Characters of an Action Month's theme: a sentence or two."""


def know(
    db: Connection, viewer: Viewer, calendar: Calendar, rule_id: str, about: date | None, now: datetime
) -> int | Refused:
    """Note that the person knows of what a reminder named, as far as it still stands; return how many things."""
    rule = calendar.get(rule_id)
    matters = TOPICS[rule.topic].matters if rule else None
    at = rule.moment_of(about) if rule and about else None
    if rule is None or about is None or matters is None or at is None or not viewer.agreed:
        return Refused(Refusal.UNKNOWN)
    moment = Moment(rule, about, at, now)
    mine = holders(db, rule.roles, at, now, viewer.person_id)
    abouts = matters(db, moment, mine) if mine else []
    knowns.know(db, viewer.person_id, abouts, now)
    return len(abouts)


def put_off(
    db: Connection, viewer: Viewer, calendar: Calendar, rule_id: str, about: date | None, now: datetime
) -> bool:
    """Let a reminder that was said come again with the next digest; false if there is no such reminder.

    What moves to working days waits for the next of these.
    """
    rule = calendar.get(rule_id)
    if rule is None or about is None:
        return False
    tomorrow = local_day(now) + timedelta(days=1)
    next_day = working_days.on_or_after(tomorrow) if rule.moves is Moves.AFTER else tomorrow
    until = datetime.combine(next_day, time(), ZONE) + _LATEST
    return due.put_off(db, viewer.person_id, rule_id, about, until)


_LATEST = timedelta(hours=EVENING.hour, minutes=EVENING.minute)


def set_theme(db: Connection, viewer: Viewer, year: int, words: str, now: datetime) -> str | Refused:
    """Set the theme of the Action Month that begins in a year, as the opening says it. Returns it as it is kept."""
    if not access.may_announce_to_all(viewer):
        return Refused(Refusal.UNKNOWN)
    theme = " ".join(words.split())[:LONGEST_THEME]
    themes.keep(db, year, theme)
    trail.note(db, str(year), "theme", viewer.person_id, now, {"theme": theme})
    return theme
