"""Takes up or drops a person's own unsent reports, on whatever channel they were begun."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from interview import from_json
from services import access, reports
from services.viewer import Viewer
from storage.conversation import interviews
from storage.conversation.turns import OpenInterview
from storage.records.submissions import Report
from storage.tables.states import InterviewStatus


class Kept(StrEnum):
    """The reasons why a draft stays as it is."""

    OVER = "over"
    """It is no draft, or not this person's."""
    NOT_SEEN = "not_seen"
    """The person may no longer see the report that it corrects."""
    READ_ONLY = "read_only"
    """The person may no longer change the report that it corrects."""
    GOING_ON = "going_on"
    """It was taken up again: it is no draft."""
    MOVED_ON = "moved_on"
    """Its answers are not those that the person saw."""


@dataclass(frozen=True, slots=True)
class AsItWas:
    """Nothing was done to a draft. `report` is the one that it corrects, if the person may see it."""

    why: Kept
    draft: OpenInterview | None = None
    report: Report | None = None


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A draft is open again. `overtaken` is the report that others have corrected since: now it is corrected anew."""

    opened: OpenInterview
    overtaken: Report | None = None


def latest(db: Connection, viewer: Viewer) -> int | None:
    """Find the person's open or newest draft."""
    return next((draft.id for draft in interviews.unfinished(db, viewer.person_id, viewer.now)), None)


def listed(db: Connection, viewer: Viewer, *, offset: int, limit: int) -> list[interviews.Draft]:
    """List what the person has begun and not sent, newest first."""
    if not viewer.agreed:
        return []
    return interviews.unfinished(db, viewer.person_id, viewer.now, offset=offset, limit=limit)


def take_up(db: Connection, viewer: Viewer, interview_id: int, now: datetime) -> TakenUp | AsItWas:
    """Open a draft; the interview that was open becomes one."""
    draft, overtaken = _own(db, viewer, interview_id), None
    if draft is None:
        return AsItWas(Kept.OVER)
    if draft.corrects:
        report = reports.hold(db, viewer, draft.corrects)
        if report is None or not access.may_complete(viewer, report):
            return AsItWas(Kept.READ_ONLY if report else Kept.NOT_SEEN, draft, report)
        if reports.has_other_answers(db, draft):
            interviews.catch_up(db, draft.id, report.revision)
            overtaken = report
    opened = interviews.take_up(db, viewer.person_id, interview_id, now)
    return TakenUp(opened, overtaken) if opened else AsItWas(Kept.OVER)


def discard(db: Connection, viewer: Viewer, interview_id: int, seen: int, now: datetime) -> OpenInterview | AsItWas:
    """Drop a draft as the person saw it. If they have gone on with it since, it is not the draft that they meant."""
    draft = _own(db, viewer, interview_id)
    if draft is None:
        return AsItWas(Kept.OVER)
    if interviews.is_open(db, draft.id):
        return AsItWas(Kept.GOING_ON, draft)
    if from_json(draft.state).revision != seen:
        return AsItWas(Kept.MOVED_ON, draft)
    interviews.set_status(db, draft.id, InterviewStatus.CANCELLED, now)
    return draft


def _own(db: Connection, viewer: Viewer, interview_id: int) -> OpenInterview | None:
    return interviews.find_unfinished(db, viewer.person_id, interview_id) if viewer.agreed else None
