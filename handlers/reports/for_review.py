"""What stands beside a report for those who review it, and for its author while something is asked about it."""

from collections.abc import Iterator, Sequence

from handlers.context import Turn
from handlers.reports.differing import answer_lines, differences
from handlers.reports.digested import digest
from handlers.reports.digests import days
from handlers.reports.reasons import reason_words
from handlers.wording import answer_text
from messages import Choice
from messages.actions import CORRECTING, WITHDRAWING, Amend, AskLeave, DeclineLeave, GrantLeave, History, choice
from rules.states import ReportState
from services import access
from storage.records import review_queue, revisions
from storage.records.amendments import Amendment
from storage.records.submissions import Report

EARLIER = 3
"""What was reported there before: enough to see what is usual."""
LONG = 7
"""Days after which it is said how long a report has waited for its approval."""


def beside(turn: Turn, report: Report, wishes: Sequence[Amendment]) -> Iterator[str]:
    """Say why it was returned or what was mended, how long it has waited, who asks for leave, and what was before."""
    if report.state == ReportState.RETURNED:
        yield from why_returned(turn, report)
    is_reviewer = access.is_reviewer(turn.viewer, report)
    if report.state == ReportState.SENT and is_reviewer and (changed := since_return(turn, report)):
        yield turn.say("Mended: {changes}", changes=changed)
    waited = days_waited(turn, report)
    if waited >= LONG:
        yield turn.say("Not approved for {n} days.", n=waited)
    for wish in wishes:
        yield turn.say("{person} asks for leave to correct this report.", person=wish.person)
    if is_reviewer and (before := review_queue.earlier(turn.db, report, EARLIER)):
        lines = (_before(turn, report, one) for one in before)
        yield turn.say("Reported there before: {reports}", reports="; ".join(lines))


def _before(turn: Turn, report: Report, one: Report) -> str:
    """An earlier report beside a later one: its days, its activity if that is another, and how many."""
    what, later = digest(turn, one), digest(turn, report)
    return " · ".join([days(one, turn.today), *([what.title] if what.title != later.title else []), what.short])


def why_returned(turn: Turn, report: Report) -> Iterator[str]:
    """Say which questions a report was returned for, with their answers, and why."""
    returned = revisions.last_return(turn.db, report.id)
    if returned is None:
        return
    concerned = [answer_text(line) for line in answer_lines(turn, report) if line.path in returned.concerns]
    if concerned:
        yield turn.say("To be looked at: {answers}", answers=" · ".join(concerned))
    if returned.reason:
        yield turn.say("Why: {reason}", reason=reason_words(turn.say, returned.reason))


def since_return(turn: Turn, report: Report) -> str:
    """Say what was changed since a report was returned last, be it nothing; empty if it never was."""
    returned = revisions.last_return(turn.db, report.id)
    if returned is None:
        return ""
    return " · ".join(differences(turn, report, returned.answers, report.answers)) or turn.say("sent again as it was")


def days_waited(turn: Turn, report: Report) -> int:
    """Count the days since a report that waits for its approval was sent, or sent again."""
    if report.state != ReportState.SENT:
        return 0
    return (turn.now - revisions.since(turn.db, report.id)).days


def wish_choices(turn: Turn, report: Report, wishes: Sequence[Amendment]) -> Iterator[Choice]:
    """Offer those who decide about it to give the leave that is asked for, or not."""
    say = turn.say
    for wish in wishes if access.may_review(turn.viewer, report) else ():
        yield choice(GrantLeave(wish.id), say("Let {person} correct it ✓", person=wish.person))
        yield choice(DeclineLeave(wish.id), say("No, it stays as it is"))


def leave_choices(turn: Turn, report: Report, wishes: Sequence[Amendment]) -> Iterator[Choice]:
    """Offer what needs leave: to ask for it, and for the secretariat to change the report."""
    say, viewer, at = turn.say, turn.viewer, (report.id, report.revision)
    if access.may_ask_leave(viewer, report) and not wishes:
        yield choice(AskLeave(*at), say("Ask to correct it"))
    if access.may_amend(viewer, report) and not access.may_change(viewer, report):
        yield choice(Amend(*at, CORRECTING), say("Correct it for them"))
        yield choice(Amend(*at, WITHDRAWING), say("Withdraw it for them"))


def history_choice(turn: Turn, report: Report) -> Iterator[Choice]:
    """Offer what became of a report, once anything did."""
    if report.revision > 1 and access.may_see_history(turn.viewer, report):
        yield choice(History(report.id), turn.say("History"))
