"""What figures see of a report, and which closed period a change of it would touch."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from rules import amending
from rules.amending import Said
from rules.closing import Standing
from rules.states import ReportState
from services import closing
from services.projections import project
from storage.directory.units import unit_tree
from storage.records import event_sets
from storage.records.change_requests import Records
from storage.records.closed_periods import Closed
from storage.records.submissions import Projected, Report

Answers = Mapping[str, Any]


def projected(db: Connection, form_id: str, answers: Answers, unit_id: int, sent: date) -> Projected:
    """Read what figures would count of a unit's answers."""
    tree = unit_tree(db)
    return project(form_id, answers, tree.as_of(unit_id, sent), tree, sent)


def corrected(db: Connection, report: Report, answers: Answers) -> Projected:
    """Read the same of other answers in the place of a report's."""
    return projected(db, report.form_id, answers, report.unit_id, report.day)


def needs_leave(db: Connection, report: Report, answers: Answers, after: Projected) -> bool:
    """Whether other answers change an approved report rather than complete it."""
    before = corrected(db, report, report.answers)
    if before.activity is None or after.activity is None:
        return True
    return amending.needs_leave(
        Said(report.answers, before.activity.facts, before.activity.lines),
        Said(answers, after.activity.facts, after.activity.lines),
    )


def seen(read: Projected, state: str = ReportState.SENT) -> Standing | None:
    """What figures see of it in a state; nothing, if its form has no facts."""
    if read.activity is None:
        return None
    facts = read.activity.facts
    return Standing(state, facts["first_day"], facts["last_day"], read.activity)


def days_of(report: Report) -> frozenset[date]:
    """The days in whose figures a report with facts shows."""
    facts = report.facts
    assert facts is not None  # noqa: S101 (its caller asks only about such reports)
    return Standing(report.state, facts.first_day, facts.last_day, None).days


def refusing(db: Connection, report: Report, after: Projected | ReportState) -> tuple[Closed, Records] | None:
    """Find the closed period whose figures other answers or another state of a locked report would touch.

    With it come all reports that would change, as they are now: this one, and those of the same event, of which
    another one may count then.
    """
    before = corrected(db, report, report.answers)
    becomes = seen(before, after) if isinstance(after, ReportState) else seen(after)
    set_id = report.facts.event_set_id if report.facts else None
    members = event_sets.members(db, set_id) if set_id is not None else []
    others = [member for member in members if member.id != report.id]
    days = (days_of(other) for other in others)
    closed = closing.refusing(db, seen(before, report.state), becomes, frozenset().union(*days))
    if closed is None:
        return None
    return closed, ((report.id, report.revision), *((other.id, other.revision) for other in others))
