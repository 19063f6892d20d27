"""Small pieces of text that several handlers say alike: counts of people, states of reports."""

from locales import Say, number
from rules.states import ReportState
from storage.records.submissions import Stored


def people_text(say: Say, women: int, men: int) -> str:
    """ "45 lượt người: 30 nữ, 15 nam"."""
    return say(
        "{total} visits: {women} women, {men} men",
        total=number(women + men, say.language),
        women=number(women, say.language),
        men=number(men, say.language),
    )


def helped_text(say: Say, women: int, men: int) -> str:
    """ "giúp được 4 người: 3 nữ, 1 nam"."""
    return say(
        "{total} people helped: {women} women, {men} men",
        total=number(women + men, say.language),
        women=number(women, say.language),
        men=number(men, say.language),
    )


def measure_text(say: Say, report: Stored) -> str:
    """What a report counts, in the words of its kind."""
    if report.kind == "event":
        return people_text(say, report.women, report.men)
    if report.kind == "service":
        return helped_text(say, report.women, report.men)
    if report.kind == "inspection":
        return say(
            "{inspected} inspected, {violations} violations, {handled} handled",
            inspected=report.quantity,
            violations=report.violations,
            handled=report.handled,
        )
    return say("quantity: {count}", count=number(report.quantity, say.language))


def short_measure(say: Say, report: Stored) -> str:
    """The one number that a button has room for, with what it counts."""
    if report.kind == "event":
        return say("{count} visits", count=number(report.women + report.men, say.language))
    if report.kind == "service":
        return say("{count} helped", count=number(report.women + report.men, say.language))
    return say("quantity {count}", count=number(report.quantity, say.language))


def state_text(say: Say, state: str) -> str:
    """A report's review state in a word."""
    names = {
        ReportState.SENT: say("sent"),
        ReportState.APPROVED: say("approved ✓"),
        ReportState.RETURNED: say("returned, please correct"),
        ReportState.WITHDRAWN: say("withdrawn"),
    }
    return names[ReportState(state)]
