"""Asks, before a report is sent, whether it is of the same event as one that looks like it.

Others' names and figures are told only within the ward; elsewhere unit, activity and day have to do.
"""

from handlers.context import Replies, Turn
from handlers.reports.digested import digest, form_of_report
from handlers.reports.digests import days, details_of
from handlers.reports.showing import reported_by
from interview import from_json
from messages import Choice, Outgoing
from messages.actions import Glance, OtherEvent, SameEvent, choice
from services.events.alike import Seen
from storage.conversation.turns import OpenInterview
from storage.records.submissions import Report


def ask(turn: Turn, opened: OpenInterview, seen: Seen, intro: str = "") -> Replies:
    """Ask once; the open report waits at its review meanwhile."""
    question = f"{_question(turn, seen)} {turn.say('Is yours the same one?')}"
    return [Outgoing(f"{intro}\n\n{question}".strip(), _answers(turn, opened, seen.report, glances=True))]


def glance(turn: Turn, opened: OpenInterview, seen: Seen) -> Replies:
    """Show what was reported, with the same answers."""
    lines = [*about(turn, seen), "", turn.say("Is yours the same one?")]
    return [Outgoing("\n".join(lines), _answers(turn, opened, seen.report, glances=False))]


def about(turn: Turn, seen: Seen) -> list[str]:
    """What a person may see of a report that may be of the same event, a line each."""
    report, what = seen.report, digest(turn, seen.report)
    title = f"{turn.viewer.title_of(report)} · {what.title}"
    if not seen.is_open:
        return [title, days(report, turn.today)]
    details = details_of(turn.say, turn.viewer.tree_of(report), form_of_report(turn, report), report)
    return [title, f"{days(report, turn.today)} · {what.measure}", *details, reported_by(turn, report)]


def _question(turn: Turn, seen: Seen) -> str:
    say, report, what = turn.say, seen.report, digest(turn, seen.report)
    if not seen.is_open:
        return say(
            "{unit} has reported “{activity}” of {day}.",
            unit=turn.viewer.title_of(report),
            activity=what.title,
            day=days(report, turn.today),
        )
    said = {"day": days(report, turn.today), "measure": what.short}
    if report.person_id == turn.person_id:
        return say("You have reported one like this of {day} already ({measure}).", **said)
    if turn.viewer.holds_in(report.unit_id):
        return say(
            "{person} of your unit has reported one like this of {day} ({measure}).", person=report.person, **said
        )
    units = turn.viewer.tree_of(report)
    ward = units.ward_around(units.unit(report.unit_id))
    name = units.name_in(units.unit(report.unit_id), ward.code if ward else "")
    return say("{unit} has reported one like this of {day} ({measure}).", unit=name, **said)


def _answers(turn: Turn, opened: OpenInterview, other: Report, *, glances: bool) -> tuple[Choice, ...]:
    say, at = turn.say, (opened.id, from_json(opened.state).revision)
    answers = (
        choice(SameEvent(*at, other.id, other.revision), say("The same")),
        choice(OtherEvent(*at), say("No, another one")),
    )
    return (*answers, choice(Glance(*at), say("Look at it"))) if glances else answers
