"""Returns a report for correction: the chair marks the questions concerned, and says why by a tap or in own words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from handlers import menu
from handlers.closing.asking import asked
from handlers.context import Replies, Turn
from handlers.reports import private, queue
from handlers.reports.differing import answer_lines
from handlers.reports.digested import digest, form_of_report
from handlers.reports.notices import tell
from handlers.reports.reasons import REASONS
from handlers.reports.showing import counted_instead, refused, the_list
from handlers.wording import answer_text, shortened
from interview.steps import Kind, ReviewLine
from messages import Choice, Outgoing
from messages.actions import YES, Approve, Invite, Return, View, choice
from services import review
from services.results import Refusal, Refused, Requested
from storage.directory.staff import Member
from storage.records.submissions import Report

WITHOUT_REASON = YES
MOST_MARKED = 12
"""Answers that can be marked: more buttons hide the text, and whoever has more to say says it in words."""
MEANT: Mapping[str, Kind] = {"day": Kind.DATE}
"""The questions that are to be looked at for a reason where none is marked, by their kind."""
LABEL = 60
"""Characters of an answer on a button."""


def send_back(turn: Turn, pressed: Return) -> Replies:
    """Ask for the questions and the reason; with a reason, return the report, which does not count until mended."""
    if pressed.reason == WITHOUT_REASON:
        return send_back_because(turn, replace(pressed, reason=""))
    if pressed.reason in REASONS:
        return send_back_because(turn, pressed)
    held = review.hold_to_return(turn.db, turn.viewer, pressed.report, pressed.seen)
    if isinstance(held, Refused):
        return _not_returned(turn, held, pressed.seen)
    return _ask(turn, held.report, pressed.marked)


def send_back_because(turn: Turn, pressed: Return) -> Replies:
    """Return the report for a reason, be it a code or somebody's own words, as far as those may be kept."""
    return private.with_reason(turn, pressed.reason, lambda kept: _send_back(turn, replace(pressed, reason=kept)))


def _send_back(turn: Turn, pressed: Return) -> Replies:
    held = review.hold_to_return(turn.db, turn.viewer, pressed.report, pressed.seen)
    if isinstance(held, Refused):
        return _not_returned(turn, held, pressed.seen)
    markable = _markable(turn, held.report)
    meant = _marked(markable, pressed.marked) or _meant(turn, held.report, pressed, markable)
    concerns = [line.path for line in meant]
    result = review.send_back(
        turn.db, turn.viewer, pressed.report, pressed.seen, pressed.reason, turn.now, concerns=concerns
    )
    if isinstance(result, Refused):
        return _not_returned(turn, result, pressed.seen)
    if isinstance(result, Requested):
        return asked(turn, result)
    tell(turn, result.notices)
    if result.asked:
        text = turn.say("Returned. {person} has been asked to correct it.", person=_names(result.asked))
    else:
        text = turn.say(
            "Returned, but I can reach none of those who could correct it: {person}. Please tell them yourself; until "
            "it is corrected the report does not count.",
            person=_names(result.members),
        )
    lines = [text, *counted_instead(turn, result)]
    offers = (*queue.next_one(turn), the_list(turn, result.report), *menu.back_to_menu(turn))
    return [Outgoing("\n".join(lines), offers)]


def _not_returned(turn: Turn, refusal: Refused, seen: int) -> Replies:
    if refusal.why is Refusal.NOBODY_THERE and refusal.report is not None:
        return _nobody_there(turn, refusal.report)
    return refused(turn, refusal, seen)


def _names(members: Sequence[Member]) -> str:
    return ", ".join(dict.fromkeys(member.name for member in members))


def _ask(turn: Turn, report: Report, marked: int) -> Replies:
    say, what, lines = turn.say, digest(turn, report), _markable(turn, report)
    text = say(
        "Return the report of {unit} of {day} ({measure})? It does not count until it is corrected.",
        unit=turn.viewer.title_of(report),
        day=what.day,
        measure=what.short,
    )
    how = say("Press what is to be looked at, then the reason; or write the reason in your own words.")
    concerned = [answer_text(line) for line in _marked(lines, marked)]
    chosen = [say("To be looked at: {answers}", answers=" · ".join(concerned))] if concerned else []
    back = Return(report.id, report.revision, marked=marked)
    steps = (tuple(_marks(turn, back, lines)), tuple(_reasons(turn, back, has_facts=report.facts is not None)))
    first, then = reversed(steps) if marked else steps  # what is to be done next stands first
    return [Outgoing("\n".join([text, *chosen, how]), (*first, *then, choice(View(report.id), say("No, keep it"))))]


def _reasons(turn: Turn, back: Return, *, has_facts: bool) -> Iterator[Choice]:
    """Offer reasons by a tap; what has no facts, as a draft plan, is of no day and needs no photo."""
    yield choice(replace(back, reason=WITHOUT_REASON), turn.say("Yes, return it"))
    for code, words in (REASONS if has_facts else {"numbers": REASONS["numbers"]}).items():
        yield choice(replace(back, reason=code), turn.say("Yes: {reason}", reason=words(turn.say)))


def _marks(turn: Turn, back: Return, lines: Sequence[ReviewLine]) -> Iterator[Choice]:
    """Offer each answer to be marked, or not."""
    for place, line in enumerate(lines):
        said, is_marked = answer_text(line), bool(back.marked >> place & 1)
        label = shortened(said, LABEL)
        wording = turn.say("✓ to be looked at “{answer}”") if is_marked else turn.say("Look at “{answer}”")
        yield choice(replace(back, marked=back.marked ^ 1 << place), wording.format(answer=label))


def _markable(turn: Turn, report: Report) -> list[ReviewLine]:
    return list(answer_lines(turn, report))[:MOST_MARKED]


def _meant(turn: Turn, report: Report, pressed: Return, lines: Sequence[ReviewLine]) -> list[ReviewLine]:
    """The answers that a reason by a tap means by itself."""
    form, kind = form_of_report(turn, report), MEANT.get(pressed.reason)
    spots = ((line, form.spot_at(line.path)) for line in lines if kind is not None)
    return [line for line, spot in spots if spot is not None and getattr(spot[0], "kind", None) is kind]


def _marked(lines: Sequence[ReviewLine], marked: int) -> list[ReviewLine]:
    return [line for place, line in enumerate(lines) if marked >> place & 1]


def _nobody_there(turn: Turn, report: Report) -> Replies:
    say = turn.say
    text = say(
        "Nobody reports for {unit} now, so nobody could correct this report, and it would no longer count. Shall it "
        "count as approved? Or invite somebody there first.",
        unit=turn.viewer.title_of(report),
    )
    offers = (
        choice(Approve(report.id, report.revision), say("Approve ✓")),
        choice(Invite(), say("Invite someone")),
        the_list(turn, report),
    )
    return [Outgoing(text, (*offers, *menu.back_to_menu(turn)))]
