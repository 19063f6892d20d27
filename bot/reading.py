"""What the bot makes of a text, without a database: a colleague sees which rule read what, and why it was not sure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time

from handlers.beginnings import beginning_of
from handlers.reports.reporting import FORM, SURE_FACTS, facts_in
from interview import prefill_from
from interview.lines.telling import Told, told_at_review, told_of_line, told_to_question
from interview.reading.keyed import as_meant
from interview.steps import Json
from messages.actions import NewReport
from periods.days import ZONE
from plan.model import Plan
from rules.levels import Level

QUESTION = "question"
REVIEW = "review"


def read_text(plan: Plan, text: str, unit: str, today: date, state: str) -> Told:
    """What a text says at this point of a conversation: `idle`, `question NAME` or `review`.

    Raises `KeyError` for a unit or a question that does not exist.
    """
    text = as_meant(text)
    now, place = datetime.combine(today, time(12), ZONE), _place(plan, unit)
    where, _, name = state.partition(" ")
    if where == QUESTION:
        return told_to_question(plan.forms[FORM], name, text, place, now)
    if where == REVIEW:
        return told_at_review(plan.forms[FORM], text, place, now)
    return _idle(plan, text, place, now)


def _idle(plan: Plan, text: str, place: Mapping[str, Json], now: datetime) -> Told:
    begun = beginning_of(text)
    is_asked_for = begun.action == NewReport()
    report = begun.rest if is_asked_for else text
    line = prefill_from(plan.forms[FORM], report, place, now)
    told = told_of_line(plan.forms[FORM], line, place, now)
    if not is_asked_for and facts_in(line) < SURE_FACTS:
        told = Told({}, topic=line.topic, readings=line.readings)
    shift = text.index(report.strip()) if report.strip() in text else 0
    readings = (replace(one, span=(one.span[0] + shift, one.span[1] + shift)) for one in told.readings)
    return replace(told, readings=tuple(readings))


def _place(plan: Plan, code: str) -> dict[str, Json]:
    """The hidden questions about who reports."""
    unit = plan.shipped_units[code]
    level = unit.level
    ward = unit.parent if level is Level.NEIGHBOURHOOD else code if level is Level.WARD else ""
    return {"level": str(level), "unit": code, "ward": ward or ""}
