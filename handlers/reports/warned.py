"""Words what deserves a second look in a report: to its author while it is typed, to whoever approves it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from handlers.context import Replies, Turn
from handlers.reports import asking
from handlers.reports.reasons import reason_words
from interview import from_json, known
from interview.steps import WalkCommand
from locales import Say, number
from messages import Choice, Outgoing
from messages.actions import Choose, SayWhy, SendAsIs, choice
from reports.wording import day_text, span
from rules.kinds import ActivityKind
from rules.warnings import ReportWarning, WarningRule
from storage.conversation.turns import OpenInterview
from storage.records import revisions
from storage.records.submissions import Report

_Arguments = Mapping[str, Any]


def warning_lines(turn: Turn, report: Report) -> list[str]:
    """List what deserves a look in a report, a line each, and then what its author said about it."""
    lines = [f"⚠ {warning_text(turn, warning)}" for warning in report.warnings]
    said = reason_line(turn, report) if lines else ""
    return [*lines, said] if said else lines


def reason_line(turn: Turn, report: Report) -> str:
    """Say why its author holds a report for right; empty if they did not."""
    said = revisions.last_written(turn.db, report.id)
    reason = reason_words(turn.say, said.reason)
    return turn.say("{person}'s reason: {reason}", person=said.person, reason=reason) if reason else ""


def ask(turn: Turn, opened: OpenInterview, warning: ReportWarning) -> Replies:
    """Ask about one warning before the report is sent; the open report waits at its review meanwhile."""
    say, at = turn.say, (opened.id, from_json(opened.state).revision)
    answers = (
        choice(SendAsIs(*at), say("It is right, send it")),
        choice(SayWhy(*at), say("It is right, with a reason")),
        choice(Choose(*at, _correcting(turn, opened, warning.question)), say("Correct it here")),
        offer_review(turn, opened),
    )
    return [Outgoing(say("{warning}. Is that right?", warning=warning_text(turn, warning)), answers)]


def offer_review(turn: Turn, opened: OpenInterview) -> Choice:
    """Offer the way back to all answers of the open report."""
    at = opened.id, from_json(opened.state).revision
    return choice(Choose(*at, asking.PRESENT), *asking.COMMANDS[WalkCommand.REVIEW](turn.say))


def _correcting(turn: Turn, opened: OpenInterview, question: str) -> str:
    """The token that asks a question again; if the review does not show it, all answers are offered."""
    form = turn.world.forms.get(turn.db, opened.form_id, opened.form_version)
    lines = known(form, from_json(opened.state), turn.now)
    return next((line.token for line in lines if question in line.path.split("/")), asking.EDIT_LIST)


def warning_text(turn: Turn, warning: ReportWarning) -> str:
    """Say a warning in a sentence."""
    return _TEXTS[warning.rule](turn, warning.arguments)


def _part(turn: Turn, said: _Arguments) -> str:
    numbers = {name: number(said[name], turn.language) for name in ("part", "whole")}
    return _PARTS[said["of"]](turn.say).format(**numbers)


_PARTS: Mapping[str, Callable[[Say], str]] = {
    "first_time": lambda say: say("{part} people are said to come for the first time, but only {whole} came"),
    "violations": lambda say: say("{part} violations were found, but only {whole} were inspected"),
    "handled": lambda say: say("{part} were handled, but only {whole} were violations"),
}
"""Texts for a part that contradicts the whole, by what it is a part of."""


def _residents(turn: Turn, said: _Arguments) -> str:
    return turn.say(
        "{count} visits of {group}, more than live there ({residents} on {day})",
        count=number(said["count"], turn.language),
        group=turn.plan.short(said["group"], turn.language),
        residents=number(said["residents"], turn.language),
        day=day_text(date.fromisoformat(said["as_of"])),
    )


def _same_figures(turn: Turn, said: _Arguments) -> str:
    return turn.say("The very figures of the report of {day}", day=day_text(date.fromisoformat(said["day"])))


def _same_photo(turn: Turn, said: _Arguments) -> str:
    return turn.say(
        "This photo stands in the report of {unit} of {day} already",
        unit=turn.viewer.tree.title(said["unit"]),
        day=day_text(date.fromisoformat(said["day"])),
    )


def _action_month(turn: Turn, said: _Arguments) -> str:
    first, last = (date.fromisoformat(said[name]) for name in ("first", "last"))
    return turn.say("An activity of the Action Month, but on a day outside it ({days})", days=span(first, last))


def _history(turn: Turn, said: _Arguments) -> str:
    low, high, count = (number(said[name], turn.language) for name in ("low", "high", "count"))
    usual = {"count": count, "usual": low if low == high else f"{low}–{high}", "n": said["of"]}
    return _USUAL.get(said["kind"], _usual_number)(turn.say).format(**usual)


def _usual_number(say: Say) -> str:
    return say("{count} here; usually {usual} in {n} earlier reports")


_USUAL: Mapping[str, Callable[[Say], str]] = {
    ActivityKind.EVENT: lambda say: say("{count} visits; here it is usually {usual} people ({n} earlier reports)"),
    ActivityKind.SERVICE: lambda say: say("{count} visits helped; here it is usually {usual} ({n} earlier reports)"),
}
"""Texts for a number far from what is usual, by the kind of activity."""

_TEXTS: Mapping[WarningRule, Callable[[Turn, _Arguments], str]] = {
    WarningRule.PART: _part,
    WarningRule.RESIDENTS: _residents,
    WarningRule.SAME_FIGURES: _same_figures,
    WarningRule.SAME_PHOTO: _same_photo,
    WarningRule.ACTION_MONTH: _action_month,
    WarningRule.HISTORY: _history,
}
