"""Sends, corrects and withdraws reports of any form. A person changes a report only as they have seen it.

Several people may be correcting one report. The first one sent counts; the others keep their answers as a draft.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from rules.states import Deed, ReportState
from services import access
from services.projections import project
from services.results import Changed, News, Notice, Refusal, Refused
from services.viewer import Viewer
from storage.conversation import interviews
from storage.conversation.turns import OpenInterview
from storage.directory.units import unit_tree
from storage.records import attachments, submissions
from storage.records.submissions import Projected, Report
from storage.tables.states import InterviewStatus

Answers = Mapping[str, Any]


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
    if not viewer.holds_in(report.unit_id):
        is_own = report.person_id == viewer.person_id
        return Refused(Refusal.LEFT, report) if is_own else Refused(Refusal.UNKNOWN)
    if report.revision != seen:
        return Refused(Refusal.MOVED_ON, report)
    return report if access.may_change(viewer, report) else Refused(Refusal.UNKNOWN)


def submit(db: Connection, viewer: Viewer, opened: OpenInterview, answers: Answers, now: datetime) -> Changed | Refused:
    """Store an interview's answers, once, as a new report or in the place of the report that it corrects.

    A person who no longer holds the unit sends nothing for it and keeps a draft.
    """
    if not access.may_report(viewer, opened.unit_id):
        interviews.set_status(db, opened.id, InterviewStatus.DRAFT, now)
        return Refused(Refusal.LEFT)
    if opened.corrects is not None:
        return _correct(db, viewer, opened, opened.corrects, answers, now)
    report_id = submissions.store(
        db,
        form=(opened.form_id, opened.form_version),
        person_id=viewer.person_id,
        unit_id=opened.unit_id,
        interview_id=opened.id,
        answers=answers,
        projected=_projected(db, opened.form_id, answers, opened.unit_id, viewer.today),
        now=now,
    )
    interviews.set_status(db, opened.id, InterviewStatus.DONE, now)
    if photos := _photos(answers):
        attachments.attach(db, report_id, photos)
    return Changed(_known(db, report_id))


def _correct(
    db: Connection, viewer: Viewer, opened: OpenInterview, report_id: int, answers: Answers, now: datetime
) -> Changed | Refused:
    """Replace the answers, if they are those that the correction began with; else it stays a draft."""
    submissions.lock(db, report_id)
    before = _known(db, report_id)
    if is_overtaken(db, viewer, opened, before):
        interviews.set_status(db, opened.id, InterviewStatus.DRAFT, now)
        return Refused(Refusal.OVERTAKEN, before)
    submissions.correct(
        db,
        before,
        person_id=viewer.person_id,
        answers=answers,
        projected=_projected(db, before.form_id, answers, before.unit_id, before.day),
        now=now,
    )
    interviews.set_status(db, opened.id, InterviewStatus.DONE, now)
    attachments.attach(db, report_id, _photos(answers))
    report = _known(db, report_id)
    return Changed(report, tuple(_overtake(db, viewer, report, now, keep=opened.id)))


def withdraw(db: Connection, viewer: Viewer, report_id: int, seen: int, now: datetime) -> Changed | Refused:
    """Withdraw a report: it no longer counts, but its versions stay."""
    report = hold_to_change(db, viewer, report_id, seen)
    if isinstance(report, Refused):
        return report
    submissions.set_state(
        db, report, state=ReportState.WITHDRAWN, person_id=viewer.person_id, deed=Deed.WITHDRAW, now=now
    )
    report = _known(db, report_id)
    return Changed(report, tuple(_overtake(db, viewer, report, now)))


def is_overtaken(db: Connection, viewer: Viewer, opened: OpenInterview, report: Report) -> bool:
    """Whether a correction can no longer replace its report."""
    stands = access.may_change(viewer, report) and not has_other_answers(db, opened)
    return not stands or not interviews.is_open(db, opened.id)


def has_other_answers(db: Connection, opened: OpenInterview) -> bool:
    """Whether the report has been corrected since this correction of it began."""
    return submissions.is_corrected_since(db, opened.corrects or 0, opened.corrects_revision)


def _overtake(db: Connection, viewer: Viewer, report: Report, now: datetime, keep: int = 0) -> Iterator[Notice]:
    """End or put aside the other corrections of a changed report; return the notices to their authors."""
    interviews.end_corrections(db, report.id, now, viewer.person_id, keep)
    for person_id, interview_id in interviews.put_aside_corrections(db, report.id, now, viewer.person_id):
        yield Notice(person_id, News.CORRECTION_OVERTAKEN, report, interview_id)


def _projected(db: Connection, form_id: str, answers: Answers, unit_id: int, sent: date) -> Projected:
    tree = unit_tree(db)
    return project(form_id, answers, tree.by_id[unit_id], tree, sent)


def _known(db: Connection, report_id: int) -> Report:
    report = submissions.find(db, report_id)
    assert report is not None  # noqa: S101 (stored in this turn, or corrected, and nothing deletes submissions)
    return report


def _photos(answers: Answers) -> list[int]:
    """List the attachments that the answers hold."""
    return [int(ref) for ref in answers.get("photos") or ()]
