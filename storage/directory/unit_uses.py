"""Counts what hangs on some units: told before they change."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, or_, select

from rules.states import ReportState
from storage import tables as t
from storage.tables.states import InterviewStatus


@dataclass(frozen=True, slots=True)
class Uses:
    """People who hold a role there, invitations that can be used, unfinished interviews, reports not withdrawn."""

    people: int
    invitations: int
    drafts: int
    reports: int


def uses(db: Connection, unit_ids: Collection[int], now: datetime) -> Uses:
    """Count what hangs on these units now."""
    held, invited, asked, report = t.assignment.c, t.invitation.c, t.interview.c, t.submission.c
    unfinished = asked.status.in_((InterviewStatus.OPEN, InterviewStatus.DRAFT))

    def count(number: ColumnElement[int], *conditions: ColumnElement[bool]) -> int:
        return int(db.execute(select(number).where(*conditions)).scalar_one())

    return Uses(
        people=count(
            func.count(held.person_id.distinct()),
            held.unit_id.in_(unit_ids),
            or_(held.until.is_(None), held.until > now),
        ),
        invitations=count(
            func.count(invited.id), invited.unit_id.in_(unit_ids), invited.uses_left > 0, invited.expires_at > now
        ),
        drafts=count(func.count(asked.id), asked.unit_id.in_(unit_ids), unfinished),
        reports=count(func.count(report.id), report.unit_id.in_(unit_ids), report.state != ReportState.WITHDRAWN),
    )
