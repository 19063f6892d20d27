"""Sends, corrects and withdraws reports of any form. A person changes a report only as they have seen it.

Several people may be correcting one report. The first one sent counts; the others keep their answers as a draft.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from periods.days import local_day
from rules.changes import is_over
from rules.states import COUNTED, Deed, ReportState
from rules.warnings import NO_REMARKS, Remarks
from services import access, closing, handing, in_figures, requests
from services.events import following
from services.requests import Wish
from services.results import Changed, News, Notice, Refusal, Refused, Requested
from services.viewer import Viewer
from storage.conversation import interviews
from storage.conversation.turns import OpenInterview
from storage.records import amendments, attachments, submissions
from storage.records.change_requests import ChangeRequest
from storage.records.submissions import Projected, Report, Why
from storage.tables.states import InterviewStatus, RequestKind

Answers = Mapping[str, Any]
FILES = ("file_1", "file_2", "file_3")
"""The questions of forms that take a file."""


def find(db: Connection, viewer: Viewer, report_id: int) -> Report | None:
    """Find a report, if this person may see it."""
    report = submissions.find(db, report_id)
    return report if report is not None and access.may_see(viewer, report) else None


def hold(db: Connection, viewer: Viewer, report_id: int) -> Report | None:
    """Find and lock a report: nobody else changes it until this transaction is committed."""
    submissions.lock(db, report_id)
    return find(db, viewer, report_id)


def hold_to_change(db: Connection, viewer: Viewer, report_id: int, seen: int) -> Report | Refused:
    """Lock a report for a person who may correct or withdraw it and saw it as it is."""
    report = hold(db, viewer, report_id)
    if report is None:
        return Refused(Refusal.UNKNOWN)
    if refused := _not_as_seen(viewer, report, seen):
        return refused
    if access.may_change(viewer, report):
        return report
    return Refused(Refusal.APPROVED if access.may_ask_leave(viewer, report) else Refusal.UNKNOWN, report)


def hold_to_complete(db: Connection, viewer: Viewer, report_id: int, seen: int) -> Report | Refused:
    """Lock a report for a person who may complete it, though it be approved, and saw it as it is."""
    report = hold(db, viewer, report_id)
    if report is None:
        return Refused(Refusal.UNKNOWN)
    if refused := _not_as_seen(viewer, report, seen):
        return refused
    return report if access.may_complete(viewer, report) else Refused(Refusal.UNKNOWN)


def _not_as_seen(viewer: Viewer, report: Report, seen: int) -> Refused | None:
    """Refuse whoever has nothing to do with a report's unit, or saw another version."""
    may_mend = access.may_mend(viewer, report.unit_id) or access.may_amend(viewer, report)
    if not (access.may_report(viewer, report.unit_id) or may_mend):
        is_own = report.person_id == viewer.person_id
        return Refused(Refusal.LEFT, report) if is_own else Refused(Refusal.UNKNOWN)
    return Refused(Refusal.MOVED_ON, report) if report.revision != seen else None


@dataclass(frozen=True, slots=True)
class Sending:
    """A finished report, as it is sent. `sent` is its day of sending, which some forms are about.

    `by_unit_id` is the unit whose chair reports in this one's place, `same_as` the report of the same event.
    """

    form: tuple[str, str]
    person_id: int
    unit_id: int
    interview_id: int | None
    answers: Answers
    sent: date
    by_unit_id: int | None = None
    same_as: int | None = None
    remarks: Remarks = NO_REMARKS

    def projected(self, db: Connection) -> Projected:
        """What figures read out of it."""
        return in_figures.projected(db, self.form[0], self.answers, self.unit_id, self.sent)

    @classmethod
    def of_request(cls, request: ChangeRequest) -> "Sending":
        """The report that a request wants stored."""
        form_id, version = request.deed["form"]
        sent = local_day(request.asked_at)
        answers = request.deed["answers"]
        of_event = (request.deed.get("by_unit"), request.deed.get("same_as"))
        form, remarks = (form_id, version), remarks_of(request)
        return cls(form, request.person_id, request.unit_id, request.interview_id, answers, sent, *of_event, remarks)

    @property
    def deed(self) -> Mapping[str, Any]:
        """What a request keeps of it, beside who asks and for which unit."""
        of_event = {"by_unit": self.by_unit_id, "same_as": self.same_as}
        named = {name: row for name, row in of_event.items() if row}
        return {"form": self.form, "answers": self.answers, **named, **_kept(self.remarks)}


def remarks_of(request: ChangeRequest) -> Remarks:
    """What deserves a look in the report that a request wants stored or corrected."""
    kept = request.deed.get("remarks")
    return Remarks.of_json(kept) if kept else NO_REMARKS


def _kept(remarks: Remarks) -> dict[str, Any]:
    return {"remarks": remarks.as_json()} if remarks.warnings else {}


def _with_warnings(remarks: Remarks) -> Remarks:
    """The remarks as they are kept: a reason without a warning is about nothing."""
    return remarks if remarks.warnings else NO_REMARKS


def submit(
    db: Connection,
    viewer: Viewer,
    opened: OpenInterview,
    answers: Answers,
    now: datetime,
    *,
    same_as: int | None = None,
    remarks: Remarks = NO_REMARKS,
) -> Changed | Requested | Refused:
    """Store an interview's answers, once, as a new report or in the place of the report that it corrects.

    A person who no longer holds the unit sends nothing for it and keeps a draft. What would change the figures of a
    closed period is asked for instead; a request keeps that a new report is of the same event as `same_as`, which
    `services.events.sets` links otherwise.
    """
    if not may_send(db, viewer, opened):
        interviews.set_status(db, opened.id, InterviewStatus.DRAFT, now)
        return Refused(Refusal.LEFT)
    if _is_of_later_day(db, viewer, opened, answers):
        return Refused(Refusal.UNIT_ENDED)
    if opened.corrects is not None:
        return _correct(db, viewer, opened, (opened.corrects, answers, remarks), now)
    if first := handing.handed_in_before(db, answers, opened.unit_id):
        interviews.set_status(db, opened.id, InterviewStatus.DRAFT, now)
        return Refused(Refusal.OVERTAKEN, first)
    form = (opened.form_id, opened.form_version)
    in_place = access.in_place_of(viewer, opened.unit_id)
    by_unit = in_place.unit_id if in_place else None
    who = (viewer.person_id, opened.unit_id, opened.id)
    sending = Sending(form, *who, answers, viewer.today, by_unit, same_as, remarks)
    projected = sending.projected(db)
    closed = closing.refusing(db, None, in_figures.seen(projected))
    if closed is not None:
        interviews.set_status(db, opened.id, InterviewStatus.ASKED, now)
        wish = Wish(RequestKind.NEW, opened.unit_id, str(opened.id), sending.deed, (), opened.id)
        return requests.ask(db, viewer, wish, closed, now)
    interviews.set_status(db, opened.id, InterviewStatus.DONE, now)
    return Changed(store(db, sending, projected, now))


def may_send(db: Connection, viewer: Viewer, opened: OpenInterview) -> bool:
    """Whether a person may send anything for an interview's unit; `_correct` looks at the report that it corrects."""
    if access.may_report(viewer, opened.unit_id):
        return True
    if opened.corrects is None:
        return False
    return access.may_mend(viewer, opened.unit_id) or access.may_amend(viewer, known(db, opened.corrects))


def _is_of_later_day(db: Connection, viewer: Viewer, opened: OpenInterview, answers: Answers) -> bool:
    """Whether answers are about a day after the last one of their unit."""
    last_day = viewer.tree.unit(opened.unit_id).valid_to
    if last_day is None:
        return False
    sent = known(db, opened.corrects).day if opened.corrects is not None else viewer.today
    return is_over(last_day, in_figures.projected(db, opened.form_id, answers, opened.unit_id, sent).day)


def store(db: Connection, sending: Sending, projected: Projected, now: datetime) -> Report:
    """Store a new report, and what figures read out of it."""
    report_id = submissions.store(
        db,
        form=sending.form,
        person_id=sending.person_id,
        unit_id=sending.unit_id,
        interview_id=sending.interview_id,
        answers=sending.answers,
        projected=projected,
        now=now,
        remarks=_with_warnings(sending.remarks),
    )
    if sending.by_unit_id is not None:
        submissions.note_place_taken(db, report_id, sending.by_unit_id)
    if sent := files_of(sending.answers):
        attachments.attach(db, report_id, sent)
    report = known(db, report_id)
    handing.follow(db, report, sending.person_id, now)
    return report


def _correct(
    db: Connection, viewer: Viewer, opened: OpenInterview, said: tuple[int, Answers, Remarks], now: datetime
) -> Changed | Requested | Refused:
    """Replace the answers, if they are those that the correction began with; else it stays a draft.

    A report that counts is left as it is if nothing was changed, so an approval stays; a returned one is sent again.
    """
    report_id, answers, remarks = said
    submissions.lock(db, report_id)
    before = known(db, report_id)
    if is_overtaken(db, viewer, opened, before):
        interviews.set_status(db, opened.id, InterviewStatus.DRAFT, now)
        return Refused(Refusal.OVERTAKEN, before)
    if before.state in COUNTED and dict(before.answers) == dict(answers):
        interviews.set_status(db, opened.id, InterviewStatus.DONE, now)
        return Changed(before, before=before)
    if before.state not in COUNTED and (first := handing.handed_in_before(db, answers, before.unit_id, before.id)):
        interviews.set_status(db, opened.id, InterviewStatus.DRAFT, now)
        return Refused(Refusal.OVERTAKEN, first)
    projected = in_figures.corrected(db, before, answers)
    if not access.may_change(viewer, before) and in_figures.needs_leave(db, before, answers, projected):
        interviews.set_status(db, opened.id, InterviewStatus.DRAFT, now)
        return Refused(Refusal.APPROVED, before)
    if refused := in_figures.refusing(db, before, projected):
        closed, records = refused
        interviews.set_status(db, opened.id, InterviewStatus.ASKED, now)
        deed = {"report": report_id, "answers": answers, **_kept(remarks)}
        wish = Wish(RequestKind.CORRECT, before.unit_id, str(opened.id), deed, records, opened.id)
        return requests.ask(db, viewer, wish, closed, now)
    interviews.set_status(db, opened.id, InterviewStatus.DONE, now)
    return replace(db, before, viewer.person_id, answers, projected, now, remarks=remarks)


def replace(
    db: Connection,
    before: Report,
    person_id: int,
    answers: Answers,
    projected: Projected,
    now: datetime,
    *,
    remarks: Remarks = NO_REMARKS,
) -> Changed:
    """Put other answers, and what figures read out of them, in the place of a locked report's.

    Other people's corrections of it become drafts. Leave to do so is used up, and its reason kept.
    """
    watched, reason = following.watch(db, before), _used_leave(db, before, person_id)
    said = Remarks(remarks.warnings, reason or _with_warnings(remarks).reason)
    submissions.correct(db, before, person_id=person_id, answers=answers, projected=projected, now=now, remarks=said)
    attachments.attach(db, before.id, files_of(answers))
    report = known(db, before.id)
    handing.follow(db, report, person_id, now)
    followed = following.follow_correction(db, watched, report, person_id, now)
    notices = (*_overtake(db, person_id, report, now), *_amended(before, report, person_id, reason), *followed.notices)
    return Changed(report, notices, followed.counted, before)


def _used_leave(db: Connection, report: Report, person_id: int) -> str:
    """End all leave to change a report, as somebody changes it; return the reason that they gave when they took it."""
    leave = amendments.standing(db, report.id, person_id)
    amendments.end(db, report.id)
    return leave.reason if leave else ""


def _amended(before: Report, report: Report, by: int, reason: str) -> Iterator[Notice]:
    """Tell the author what the secretariat did to their report, and why."""
    if reason and by != before.person_id:
        yield Notice(before.person_id, News.AMENDED, report, reason=reason)


def withdraw(db: Connection, viewer: Viewer, report_id: int, seen: int, now: datetime) -> Changed | Requested | Refused:
    """Withdraw a report: it no longer counts, but its versions stay."""
    report = hold_to_change(db, viewer, report_id, seen)
    if isinstance(report, Refused):
        return report
    if refused := in_figures.refusing(db, report, ReportState.WITHDRAWN):
        closed, records = refused
        wish = Wish(RequestKind.WITHDRAW, report.unit_id, str(report.id), {"report": report.id}, records)
        return requests.ask(db, viewer, wish, closed, now)
    return take_out(db, report, viewer.person_id, now)


def take_out(db: Connection, report: Report, person_id: int, now: datetime) -> Changed:
    """Withdraw a locked report; unfinished corrections of it end or become drafts."""
    watched, reason = following.watch(db, report), _used_leave(db, report, person_id)
    state, why = ReportState.WITHDRAWN, Why(reason)
    submissions.set_state(db, report, state=state, person_id=person_id, deed=Deed.WITHDRAW, now=now, why=why)
    changed, followed = known(db, report.id), following.follow(db, watched, person_id, now)
    handing.follow(db, changed, person_id, now)
    notices = (*_overtake(db, person_id, changed, now), *_amended(report, changed, person_id, reason))
    return Changed(changed, (*notices, *followed.notices), followed.counted)


def is_overtaken(db: Connection, viewer: Viewer, opened: OpenInterview, report: Report) -> bool:
    """Whether a correction can no longer replace its report."""
    stands = access.may_complete(viewer, report) and not has_other_answers(db, opened)
    return not stands or not interviews.is_open(db, opened.id)


def has_other_answers(db: Connection, opened: OpenInterview) -> bool:
    """Whether the report has been corrected since this correction of it began."""
    return submissions.is_corrected_since(db, opened.corrects or 0, opened.corrects_revision)


def _overtake(db: Connection, by: int, report: Report, now: datetime) -> Iterator[Notice]:
    """End or put aside the unfinished corrections of a report that somebody changed; yield the notices to others."""
    interviews.end_corrections(db, report.id, now, by)
    for person_id, interview_id in interviews.put_aside_corrections(db, report.id, now, by):
        yield Notice(person_id, News.CORRECTION_OVERTAKEN, report, interview_id)


def known(db: Connection, report_id: int) -> Report:
    """Read a report that there is, whoever asks."""
    report = submissions.find(db, report_id)
    assert report is not None  # noqa: S101 (it was stored, and nothing deletes submissions)
    return report


def files_of(answers: Answers) -> list[int]:
    """List the attachments that the answers hold: photos, then files."""
    files = (answers.get(name) for name in FILES)
    return [*(int(ref) for ref in answers.get("photos") or ()), *(int(ref) for ref in files if ref)]
