"""Shows the reports of one event, and lets those above link them, take them apart and decide whose figures count."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers import menu
from handlers.closing.asking import asked
from handlers.context import Replies, Turn
from handlers.reports import private
from handlers.reports.digested import digest
from handlers.reports.digests import days
from handlers.reports.notices import tell
from handlers.reports.showing import not_yours, offer_link, refused
from locales import Say, capital
from messages import Choice, Outgoing
from messages.actions import YES, Decide, Disputes, Link, Organised, Summary, Together, Unlink, View, choice
from rules.states import COUNTED
from services import access, reports
from services.events import sets, viewing
from services.events.alike import Seen
from services.results import Refusal, Refused, Requested
from storage.records.submissions import Report

PAGE = 6
REASONS: Mapping[str, Callable[[Say], str]] = {
    "held": lambda say: say("this unit held the event"),
    "complete": lambda say: say("these figures are more complete"),
    "checked": lambda say: say("these figures were checked"),
}
"""The reasons for a decision that one tap says."""


def show(turn: Turn, pressed: Together) -> Replies:
    """Show all reports of the event of a report."""
    known = viewing.together(turn.db, turn.viewer, pressed.report)
    return [_shown(turn, known)] if known else not_yours(turn)


def _shown(turn: Turn, known: viewing.Together, intro: str = "") -> Outgoing:
    head = turn.say("{count} reports of one event; it is counted once:", count=len(known.members))
    lines = [head, *(f"• {line_of(turn, member)}" for member in known.members), *_decision(turn, known)]
    text = "\n".join(lines)
    return Outgoing(f"{intro}\n\n{text}".strip(), (*_choices(turn, known), *menu.back_to_menu(turn)))


def line_of(turn: Turn, member: Seen) -> str:
    """A report of an event in a line: whose, of which days; within the ward also how many and by whom."""
    report = member.report
    parts = [turn.viewer.title_of(report), days(report, turn.today)]
    if member.is_open:
        parts += [digest(turn, report).short, report.person]
    counts = report.facts is not None and report.facts.counts
    return " · ".join(parts) + (f" ({turn.say('counted')})" if counts else "")


def _decision(turn: Turn, known: viewing.Together) -> list[str]:
    say, of = turn.say, known.of
    unit = turn.viewer.tree.title(known.decides)
    if of.disputed:
        return [say("The figures do not agree; {unit} decides which ones count.", unit=unit)]
    if of.decider is None or of.decided_at is None:
        return []
    reason = REASONS[of.reason](say) if of.reason in REASONS else of.reason
    return [say("Decided by {person}: {reason}.", person=of.decider, reason=reason)]


def _choices(turn: Turn, known: viewing.Together) -> list[Choice]:
    say, offers = turn.say, []
    for member in known.members:
        report = member.report
        if known.may_decide and report.state in COUNTED and report.id != known.of.chosen_id:
            label = say("Count {unit} ({measure})", unit=_name(turn, known, report), measure=digest(turn, report).short)
            offers.append(choice(Decide(report.id, known.of.revision), label))
    for member in known.members:
        if access.may_see(turn.viewer, member.report):
            label = say("Look at {unit}", unit=_name(turn, known, member.report))
            offers.append(choice(View(member.report.id), label))
    for member in known.members:
        report = member.report
        if access.may_link(turn.viewer, report):
            label = say("Take {unit} out", unit=f"{_name(turn, known, report)} ({digest(turn, report).short})")
            offers.append(choice(Unlink(report.id, report.revision), label))
    return [*offers, *offer_link(turn, known.members[0].report)]


def _name(turn: Turn, known: viewing.Together, report: Report) -> str:
    """A report by its unit; colleagues of one unit are told apart by their names."""
    name = turn.viewer.tree_of(report).unit(report.unit_id).name
    return name if len(known.units) == len(known.members) else f"{name}, {report.person}"


def link(turn: Turn, pressed: Link) -> Replies:
    """List what a report may be linked with, or link it."""
    if not pressed.other:
        return _list(turn, pressed)
    result = sets.link(turn.db, turn.viewer, pressed.report, pressed.seen, pressed.other, turn.now)
    if isinstance(result, Refused) and result.why is Refusal.WITHDRAWN:
        return [Outgoing(turn.say("That report was withdrawn, so there is nothing to link."), menu.back_to_menu(turn))]
    return _done(turn, result, pressed.seen, turn.say("Linked."))


def _list(turn: Turn, pressed: Link) -> Replies:
    say, page = turn.say, pressed.page
    found = viewing.linkable(turn.db, turn.viewer, pressed.report, offset=page * PAGE, limit=PAGE + 1)
    if isinstance(found, Refused):
        return not_yours(turn)
    offers = [choice(Link(pressed.report, pressed.seen, other.id), _entry(turn, other)) for other in found[:PAGE]]
    if len(found) > PAGE:
        offers.append(choice(Link(pressed.report, pressed.seen, 0, page + 1), say("More →")))
    offers.append(choice(View(pressed.report), say("See the report")))
    text = say("Which report is of the same event?") if found else say("No other report is of that activity and day.")
    return [Outgoing(text, (*offers, *menu.back_to_menu(turn)))]


def _entry(turn: Turn, report: Report) -> str:
    return " · ".join(
        [days(report, turn.today), turn.viewer.title_of(report), digest(turn, report).short, report.person]
    )


def unlink(turn: Turn, pressed: Unlink) -> Replies:
    """Ask first; then the report counts by itself."""
    if pressed.sure != YES:
        report = reports.find(turn.db, turn.viewer, pressed.report)
        return _ask_unlink(turn, report) if report else not_yours(turn)
    result = sets.unlink(turn.db, turn.viewer, pressed.report, pressed.seen, turn.now)
    return _done(turn, result, pressed.seen, turn.say("Taken out: it is counted as an event of its own."))


def _ask_unlink(turn: Turn, report: Report) -> Replies:
    what = digest(turn, report)
    text = turn.say(
        "Take the report of {unit} of {day} ({measure}) out? It is then counted as an event of its own.",
        unit=turn.viewer.title_of(report),
        day=what.day,
        measure=what.measure,
    )
    yes = choice(Unlink(report.id, report.revision, YES), turn.say("Yes, take it out"))
    return [Outgoing(text, (yes, choice(Together(report.id), turn.say("No, keep it"))))]


def decide(turn: Turn, pressed: Decide) -> Replies:
    """Ask for the reason; with one, let the report count."""
    if pressed.reason in REASONS:
        return decide_because(turn, pressed)
    report = reports.find(turn.db, turn.viewer, pressed.report)
    return _ask_why(turn, report, pressed.seen) if report else not_yours(turn)


def decide_because(turn: Turn, pressed: Decide) -> Replies:
    """Let the report count for a reason, be it a code or somebody's own words, as far as those may be kept."""

    def decide_for(kept: str) -> Replies:
        decision = replace(pressed, reason=kept)
        return _decide(turn, decision) if kept else decide(turn, decision)

    return private.with_reason(turn, pressed.reason, decide_for)


def _decide(turn: Turn, pressed: Decide) -> Replies:
    result = sets.decide(turn.db, turn.viewer, pressed.report, pressed.seen, pressed.reason, turn.now)
    return _done(turn, result, pressed.seen, turn.say("Decided."))


def _ask_why(turn: Turn, report: Report, seen: int) -> Replies:
    say, what = turn.say, digest(turn, report)
    text = say(
        "Shall the figures of {unit} count ({measure})? Please press the reason, or write it in your own words.",
        unit=turn.viewer.title_of(report),
        measure=what.measure,
    )
    reasons = (choice(Decide(report.id, seen, code), capital(words(say))) for code, words in REASONS.items())
    return [Outgoing(text, (*reasons, choice(Together(report.id), say("Back to the reports of this event"))))]


def organised(turn: Turn, pressed: Organised) -> Replies:
    """Note which unit held the event."""
    result = sets.organise(turn.db, turn.viewer, pressed.report, pressed.seen, pressed.held_by, turn.now)
    return _done(turn, result, pressed.seen, turn.say("Noted."))


def _done(turn: Turn, result: sets.Linked | Requested | Refused, seen: int, text: str) -> Replies:
    """Say what was done, and how the event stands now."""
    if isinstance(result, Refused):
        return _refused(turn, result, seen)
    if isinstance(result, Requested):
        return asked(turn, result)
    tell(turn, result.notices)
    if result.together is not None:
        return [_shown(turn, result.together, text)]
    return [Outgoing(text, (choice(View(result.report.id), turn.say("See the report")), *menu.back_to_menu(turn)))]


def _refused(turn: Turn, refusal: Refused, seen: int) -> Replies:
    known = viewing.together(turn.db, turn.viewer, refusal.report.id) if refusal.report else None
    if refusal.why is not Refusal.MOVED_ON or known is None:
        return refused(turn, refusal, seen)
    text = turn.say("These reports have changed meanwhile, so I changed nothing. This is how they stand now:")
    return [_shown(turn, known, text)]


def disputes(turn: Turn, pressed: Disputes) -> Replies:
    """List the events about which somebody has to decide."""
    home, page = turn.viewer.home, pressed.page
    unit = pressed.unit or (home.unit if home else "")
    found = viewing.disputes(turn.db, turn.viewer, unit, offset=page * PAGE, limit=PAGE + 1)
    if isinstance(found, Refused):
        return menu.show_menu(turn)
    say, name = turn.say, turn.viewer.tree.title(unit)
    head = (
        say("{unit}: the figures of these events do not agree.", unit=name)
        if found
        else say("{unit}: no figures disagree.", unit=name)
    )
    offers = [choice(Together(_first(known).id), _dispute(turn, known)) for known in found[:PAGE]]
    if len(found) > PAGE:
        offers.append(choice(Disputes(unit, page + 1), say("More →")))
    offers.append(choice(Summary(unit), say("Summary")))
    return [Outgoing(head, (*offers, *menu.back_to_menu(turn)))]


def _first(known: viewing.Together) -> Report:
    return next((member.report for member in known.members if member.is_open), known.members[0].report)


def _dispute(turn: Turn, known: viewing.Together) -> str:
    """An event as a button: its day, and who said how many."""
    said = (_said(turn, member) for member in known.members)
    return f"{days(_first(known), turn.today)} · {' / '.join(said)}"


def _said(turn: Turn, member: Seen) -> str:
    name = turn.viewer.tree_of(member.report).unit(member.report.unit_id).name
    return f"{name}: {digest(turn, member.report).short}" if member.is_open else name
