"""Looks a second time at a report that is about to be sent: what is unusual, and what contradicts itself.

It never keeps a report from being sent. The cost is a few statements on indexes, whatever was reported before.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection

from plan.model import Plan
from rules.second_look import Around, Told, second_look
from rules.warnings import Remarks, ReportWarning, WarningRule
from services import in_figures
from services.reports import Answers, known, may_send
from services.viewer import Viewer
from storage.conversation.turns import OpenInterview
from storage.records import activities, attachments, earlier, photo_looks, submissions
from storage.records.activities import Projection


def look(
    db: Connection, viewer: Viewer, plan: Plan, opened: OpenInterview, answers: Answers
) -> tuple[ReportWarning, ...]:
    """What deserves a look in answers that are about to be sent, the most pressing first."""
    if not may_send(db, viewer, opened):
        return ()
    said = in_figures.projected(db, opened.form_id, answers, opened.unit_id, viewer.today).activity
    return () if said is None else _look(db, plan, opened, answers, said)


def _look(
    db: Connection, plan: Plan, opened: OpenInterview, answers: Answers, said: Projection
) -> tuple[ReportWarning, ...]:
    unit_id, report = opened.unit_id, opened.corrects or 0
    facts: Any = said.facts
    days = (facts["first_day"], facts["last_day"])
    told = Told(report, facts["activity"], facts["kind"], *days, activities.as_lines(said))
    groups = {line.target_group for line in told.lines if line.target_group}
    photos = [int(ref) for ref in answers.get("photos") or ()]
    around = Around(
        earlier=earlier.earlier(db, unit_id, told.kind, report),
        residents=earlier.residents(db, unit_id, groups) if groups else (),
        photos=photo_looks.elsewhere(db, photos, report) if photos else (),
        action_months=tuple(_action_months(plan, told)),
    )
    return second_look(told, around)


def _action_months(plan: Plan, told: Told) -> Iterator[tuple[date, date]]:
    """The Action Months around a day that an activity belongs to."""
    year = told.first_day.year
    for begins in (year - 1, year, year + 1):
        month = plan.periods.action_month(begins)
        if month is not None and told.activity in month.activities:
            yield month.days.beginning_in(begins)


def unanswered(db: Connection, opened: OpenInterview, found: tuple[ReportWarning, ...]) -> tuple[ReportWarning, ...]:
    """Those that the author was not asked about yet: in a correction, those that the report did not have before."""
    if opened.corrects is None:
        return found
    asked = known(db, opened.corrects).warnings
    return tuple(warning for warning in found if warning not in asked)


def remarks(
    db: Connection,
    viewer: Viewer,
    plan: Plan,
    opened: OpenInterview,
    answers: Answers,
    *,
    reason: str = "",
    same_as: int = 0,
    found: tuple[ReportWarning, ...] | None = None,
) -> Remarks:
    """What is kept beside answers that are sent now: what deserves a look in them, and what their author says of it.

    What they share with the report `same_as`, of the same event, needs no look. A correction that leaves the warnings
    as they were leaves the reason, too. Whoever has just looked hands in what was `found`.
    """
    found = look(db, viewer, plan, opened, answers) if found is None else found
    kept = tuple(warning for warning in found if not same_as or warning.arguments.get("report") != same_as)
    if kept and not reason and opened.corrects is not None and not unanswered(db, opened, kept):
        reason = submissions.authors_reason(db, opened.corrects)
    return Remarks(kept, reason)


def photo_came(db: Connection, attachment_id: int) -> None:
    """Look at a photo that was fetched after its report had been sent; only whoever approves it is told."""
    report_id = attachments.report_of(db, attachment_id)
    if report_id is None:
        return
    submissions.lock(db, report_id)
    report = known(db, report_id)
    others = photo_looks.elsewhere(db, [attachment_id], report_id)
    if report.facts is None or not others or any(each.rule is WarningRule.SAME_PHOTO for each in report.warnings):
        return
    said = Told(report_id, report.facts.activity, report.facts.kind, report.day, report.day, ())
    warnings = (*report.warnings, *second_look(said, Around(photos=others)))
    submissions.remark(db, report_id, report.revision, Remarks(warnings, report.reason))
