"""Does to sets of reports what somebody may do, be it at once or when the secretariat admits it in a closed period."""

from datetime import datetime

from sqlalchemy import Connection

from services.events import following
from services.events.following import set_of
from services.results import Changed
from storage.records import linking, submissions
from storage.records.submissions import Report


def link(db: Connection, report_id: int, other_id: int, by: int, now: datetime) -> Changed:
    """Make two locked reports members of one set."""
    linking.join(db, report_id, other_id, by, now)
    return Changed(_known(db, report_id))


def unlink(db: Connection, report_id: int, by: int, now: datetime) -> Changed:
    """Take a locked report out of its set."""
    linking.leave(db, report_id, by, now)
    return Changed(_known(db, report_id))


def decide(db: Connection, report_id: int, by: int, reason: str, now: datetime) -> Changed:
    """Let a locked report of a set count; nothing happens if it is in none any more."""
    report = _known(db, report_id)
    watched, set_id = following.watch(db, report), set_of(report)
    if set_id is not None:
        linking.choose(db, set_id, report_id, by, reason, now)
    return _followed(db, report_id, watched, by, now)


def organise(db: Connection, report_id: int, by: int, unit_id: int, now: datetime) -> Changed:
    """Note which unit held the event of a locked report; nothing happens if it is in no set any more."""
    report = _known(db, report_id)
    watched, set_id = following.watch(db, report), set_of(report)
    if set_id is not None:
        linking.organise(db, set_id, unit_id, by, now)
    return _followed(db, report_id, watched, by, now)


def _followed(db: Connection, report_id: int, watched: following.Watched | None, by: int, now: datetime) -> Changed:
    followed = following.follow(db, watched, by, now)
    return Changed(_known(db, report_id), followed.notices, followed.counted)


def _known(db: Connection, report_id: int) -> Report:
    report = submissions.find(db, report_id)
    assert report is not None  # noqa: S101 (it is locked, and nothing deletes submissions)
    return report
