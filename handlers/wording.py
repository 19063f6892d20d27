"""Small pieces of text that several handlers share: counts of people, states of reports."""

import re

from interview.steps import ReviewLine, Took
from locales import Say, number
from reports.wording import helped_text
from rules.states import ReportState
from storage.records.submissions import Facts

PLACE = "…"
_NUMBER = re.compile(r"[0-9][0-9.,]*")


def answer_text(answer: Took | ReviewLine) -> str:
    """Write "Ngày: 21/11/2026", but "Nữ 30": a number belongs to its name, and a question has its own mark.

    In a name like "… người (chưa phân nam nữ)" the answer has a place of its own.
    """
    if PLACE in answer.label:
        return answer.label.replace(PLACE, answer.shown)
    joint = " " if answer.label.endswith(("?", ":")) or _NUMBER.fullmatch(answer.shown) else ": "
    return f"{answer.label}{joint}{answer.shown}"


def people_text(say: Say, women: int, men: int) -> str:
    """Write "45 lượt người: 30 nữ, 15 nam"."""
    return say(
        "{total} visits: {women} women, {men} men",
        total=number(women + men, say.language),
        women=number(women, say.language),
        men=number(men, say.language),
    )


def measure_text(say: Say, facts: Facts) -> str:
    """Say what a report counts, in the words of its kind."""
    if facts.kind == "event":
        return people_text(say, facts.women, facts.men)
    if facts.kind == "service":
        return helped_text(say, facts.women, facts.men)
    if facts.kind == "inspection":
        return say(
            "{inspected} inspected, {violations} violations, {handled} handled",
            inspected=facts.quantity,
            violations=facts.violations,
            handled=facts.handled,
        )
    return say("quantity: {count}", count=number(facts.quantity, say.language))


def short_measure(say: Say, facts: Facts) -> str:
    """Write the one number that a button has room for, with what it counts."""
    if facts.kind == "event":
        return say("{count} visits", count=number(facts.women + facts.men, say.language))
    if facts.kind == "service":
        return say("{count} helped", count=number(facts.women + facts.men, say.language))
    return say("quantity {count}", count=number(facts.quantity, say.language))


def state_text(say: Say, state: str) -> str:
    """Name a report's review state."""
    names = {
        ReportState.SENT: say("sent"),
        ReportState.APPROVED: say("approved ✓"),
        ReportState.RETURNED: say("returned, please correct"),
        ReportState.WITHDRAWN: say("withdrawn"),
    }
    return names[ReportState(state)]
