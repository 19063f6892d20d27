"""Lets the secretariat admit or decline what was asked for in a closed period, and its author take it back.

What is admitted is done exactly as it was asked for, in its author's name, if the reports are still as they were seen.
A request that was decided stays so, so that its state is its revision.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from rules.states import Deed, ReportState
from services import access, in_figures, nil, reports, review
from services.events import deeds
from services.results import Changed, Notice, Refusal, Refused, RequestNews, RequestNotice
from services.viewer import Viewer
from storage.conversation import interviews
from storage.records import change_requests, event_sets, linking, submissions
from storage.records.change_requests import ChangeRequest
from storage.records.submissions import Report, Why
from storage.tables.states import InterviewStatus, RequestKind, RequestState

OVERTAKEN = "overtaken"
"""The reason of a request that could not be admitted, since its reports had changed."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A request as it is after a decision, and whom to tell: of the request, and of the reports that it changed."""

    request: ChangeRequest
    notices: tuple[RequestNotice, ...] = ()
    report_notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Undecided:
    """Nothing was done. `request` is the request as it is; `report` is the one that stands in the way."""

    why: Refusal
    request: ChangeRequest | None = None
    report: Report | None = None


def admit(db: Connection, viewer: Viewer, request_id: int, now: datetime) -> Decided | Undecided:
    """Do what was asked for. If its reports have changed since, nothing is done and the draft goes back."""
    request = _hold(db, viewer, request_id)
    if isinstance(request, Undecided):
        return request
    if not _is_as_seen(db, request):
        return _end(db, viewer, request, RequestState.DECLINED, OVERTAKEN, now)
    done = DEEDS[request.kind](db, request, now)
    if isinstance(done, Refused):
        return Undecided(done.why, request, done.report)
    change_requests.decide(db, request.id, RequestState.ADMITTED, viewer.person_id, "", now)
    if request.interview_id is not None:
        interviews.set_status(db, request.interview_id, InterviewStatus.DONE, now)
    notices = _to_author(viewer, _known(db, request.id), RequestNews.ADMITTED)
    return Decided(_known(db, request.id), notices, done.notices if done else ())


def decline(db: Connection, viewer: Viewer, request_id: int, reason: str, now: datetime) -> Decided | Undecided:
    """Leave everything as it is, for a reason, of which the author hears; their answers are a draft again."""
    request = _hold(db, viewer, request_id)
    if isinstance(request, Undecided):
        return request
    return _end(db, viewer, request, RequestState.DECLINED, reason, now)


def take_back(db: Connection, viewer: Viewer, request_id: int, now: datetime) -> Decided | Undecided:
    """Let the author ask for it no longer; their answers are a draft again."""
    change_requests.lock(db, request_id)
    request = change_requests.find(db, request_id)
    if request is None or not viewer.agreed or request.person_id != viewer.person_id:
        return Undecided(Refusal.UNKNOWN)
    if request.state is not RequestState.OPEN:
        return Undecided(Refusal.MOVED_ON, request)
    return _end(db, viewer, request, RequestState.TAKEN_BACK, "", now)


def reports_of(db: Connection, viewer: Viewer, request: ChangeRequest) -> list[Report]:
    """Read the reports that a request is about, as they are now."""
    if not access.may_see_request(viewer, request.person_id):
        return []
    return [reports.known(db, report_id) for report_id, _ in request.records]


def _hold(db: Connection, viewer: Viewer, request_id: int) -> ChangeRequest | Undecided:
    """Lock an open request, for a person who decides it."""
    if not access.may_close(viewer):
        return Undecided(Refusal.UNKNOWN)
    change_requests.lock(db, request_id)
    request = change_requests.find(db, request_id)
    if request is None:
        return Undecided(Refusal.UNKNOWN)
    return request if request.state is RequestState.OPEN else Undecided(Refusal.MOVED_ON, request)


def _is_as_seen(db: Connection, request: ChangeRequest) -> bool:
    """Lock its reports and compare. Approving is free, so it stands in the way of a return only.

    They must still be all reports of their events: with another one, something else would be done than was asked for.
    """
    harmless = () if request.kind is RequestKind.RETURN else (Deed.APPROVE,)
    known = {report_id for report_id, _ in request.records}
    linking.lock(db, known)
    if any(submissions.is_changed_since(db, report, seen, but=harmless) for report, seen in request.records):
        return False
    return known >= event_sets.companions(db, known)


def _end(
    db: Connection, viewer: Viewer, request: ChangeRequest, state: RequestState, reason: str, now: datetime
) -> Decided:
    change_requests.decide(db, request.id, state, viewer.person_id, reason, now)
    if request.interview_id is not None:
        interviews.set_status(db, request.interview_id, InterviewStatus.DRAFT, now)
    news = RequestNews.OVERTAKEN if reason == OVERTAKEN else RequestNews.DECLINED
    return Decided(_known(db, request.id), _to_author(viewer, _known(db, request.id), news, request.interview_id or 0))


def _to_author(
    viewer: Viewer, request: ChangeRequest, news: RequestNews, interview: int = 0
) -> tuple[RequestNotice, ...]:
    """Tell the author, unless it is they who decided."""
    if request.person_id == viewer.person_id:
        return ()
    return (RequestNotice(request.person_id, news, request, interview),)


def _known(db: Connection, request_id: int) -> ChangeRequest:
    request = change_requests.find(db, request_id)
    assert request is not None  # noqa: S101 (nothing deletes requests)
    return request


def _new(db: Connection, request: ChangeRequest, now: datetime) -> Changed:
    sending = reports.Sending.of_request(request)
    report = reports.store(db, sending, sending.projected(db), now)
    if sending.same_as is None:
        return Changed(report)
    linking.lock(db, [sending.same_as])
    if reports.known(db, sending.same_as).state != ReportState.WITHDRAWN:
        linking.join(db, report.id, sending.same_as, request.person_id, now)
    return Changed(reports.known(db, report.id))


def _correct(db: Connection, request: ChangeRequest, now: datetime) -> Changed:
    report, answers = _report(db, request), request.deed["answers"]
    projected = in_figures.corrected(db, report, answers)
    return reports.replace(db, report, request.person_id, answers, projected, now, remarks=reports.remarks_of(request))


def _withdraw(db: Connection, request: ChangeRequest, now: datetime) -> Changed:
    return reports.take_out(db, _report(db, request), request.person_id, now)


def _return(db: Connection, request: ChangeRequest, now: datetime) -> Changed | Refused:
    why = Why(request.deed["reason"], tuple(request.deed.get("concerns", ())))
    return review.give_back(db, _report(db, request), request.person_id, why, now)


def _approve(db: Connection, request: ChangeRequest, now: datetime) -> Changed:
    return review.let_stand(db, _report(db, request), request.person_id, now)


def _nil(db: Connection, request: ChangeRequest, now: datetime) -> None:
    nil.note(db, request.unit_id, request.deed["week"], request.person_id, now)


def _take_back_nil(db: Connection, request: ChangeRequest, now: datetime) -> None:
    nil.note_taken_back(db, request.unit_id, request.deed["week"], request.person_id, now)


def _link(db: Connection, request: ChangeRequest, now: datetime) -> Changed:
    return deeds.link(db, request.deed["report"], request.deed["other"], request.person_id, now)


def _unlink(db: Connection, request: ChangeRequest, now: datetime) -> Changed:
    return deeds.unlink(db, request.deed["report"], request.person_id, now)


def _decide(db: Connection, request: ChangeRequest, now: datetime) -> Changed:
    return deeds.decide(db, request.deed["report"], request.person_id, request.deed["reason"], now)


def _organise(db: Connection, request: ChangeRequest, now: datetime) -> Changed:
    return deeds.organise(db, request.deed["report"], request.person_id, request.deed["unit"], now)


def _report(db: Connection, request: ChangeRequest) -> Report:
    return reports.known(db, request.deed["report"])


DEEDS: Mapping[RequestKind, Callable[[Connection, ChangeRequest, datetime], Changed | Refused | None]] = {
    RequestKind.NEW: _new,
    RequestKind.CORRECT: _correct,
    RequestKind.WITHDRAW: _withdraw,
    RequestKind.RETURN: _return,
    RequestKind.APPROVE: _approve,
    RequestKind.NIL: _nil,
    RequestKind.TAKE_BACK_NIL: _take_back_nil,
    RequestKind.LINK: _link,
    RequestKind.UNLINK: _unlink,
    RequestKind.DECIDE: _decide,
    RequestKind.ORGANISE: _organise,
}
"""How each kind of request is done."""
