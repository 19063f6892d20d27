"""Small pieces of text that several handlers share: counts of people, states of reports."""

import re

from interview.steps import ReviewLine, Took
from locales import Say, number
from reports.figures import People
from reports.wording import helped_text, sexes
from rules.states import ReportState
from storage.records.activities import Facts

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


def people_of(facts: Facts) -> People:
    """Add up who came, or who was helped, over all lines of a report."""
    return People(facts.women, facts.men, facts.unsorted)


def people_text(say: Say, people: People) -> str:
    """Write "45 lượt người: 30 nữ, 15 nam"."""
    return say("{total} visits: {sexes}", total=number(people.total, say.language), sexes=sexes(say, people))


def measure_text(say: Say, facts: Facts) -> str:
    """Say what a report counts, in the words of its kind."""
    if facts.kind == "event":
        return people_text(say, people_of(facts))
    if facts.kind == "service":
        return helped_text(say, people_of(facts))
    if facts.kind == "inspection":
        (line,) = facts.lines
        return say(
            "{inspected} inspected, {violations} violations, {handled} handled",
            inspected=line.quantity,
            violations=line.violations,
            handled=line.handled,
        )
    return say("quantity: {count}", count=number(facts.quantity, say.language))


def short_measure(say: Say, facts: Facts) -> str:
    """Write the one number that a button has room for, with what it counts."""
    if facts.kind == "event":
        return say("{count} visits", count=number(people_of(facts).total, say.language))
    if facts.kind == "service":
        return say("{count} helped", count=number(people_of(facts).total, say.language))
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
