"""Says in which answers two versions of a report differ: "Nữ 30 → 13"."""

from collections.abc import Mapping
from typing import Any

from handlers.context import Turn
from handlers.reports.digested import form_of_report
from interview import known, start
from interview.steps import NOTHING, ReviewLine
from storage.records.submissions import Report

_Answers = Mapping[str, Any]


def answer_lines(turn: Turn, report: Report, answers: _Answers | None = None) -> tuple[ReviewLine, ...]:
    """List a report's answers (or others by its form) as its review says them."""
    form = form_of_report(turn, report)
    said = report.answers if answers is None else answers
    return known(form, start(form, said, report.sent_at, language=turn.language).interview, report.sent_at)


def differences(turn: Turn, report: Report, before: _Answers, after: _Answers) -> list[str]:
    """List the answers that differ, each with the old and the new one."""
    old, new = (answer_lines(turn, report, answers) for answers in (before, after))
    was, now = ({line.path: line.shown for line in lines} for lines in (old, new))
    labels = {line.path: line.label for line in (*old, *new)}
    return [
        f"{label} {was.get(path, NOTHING)} → {now.get(path, NOTHING)}"
        for path, label in labels.items()
        if was.get(path) != now.get(path)
    ]
