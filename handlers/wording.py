"""Small pieces of text that several handlers share: answers, states of reports."""

import re

from interview.steps import ReviewLine, Took
from locales import Say
from rules.states import ReportState

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


def value_text(answer: Took | ReviewLine) -> str:
    """The answer without its question's name, which only a number needs."""
    return answer_text(answer) if _NUMBER.fullmatch(answer.shown) or PLACE in answer.label else answer.shown


def shortened(text: str, most: int) -> str:
    """The text, or as much of it as fits in so many letters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def state_text(say: Say, state: str) -> str:
    """Name a report's review state."""
    names = {
        ReportState.SENT: say("sent"),
        ReportState.APPROVED: say("approved ✓"),
        ReportState.RETURNED: say("returned, please correct"),
        ReportState.WITHDRAWN: say("withdrawn"),
    }
    return names[ReportState(state)]
