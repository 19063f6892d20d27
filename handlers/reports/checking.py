"""What those above do to a report: approve it, or return it to whoever can correct it.

A returned report does not count until it is sent again. So it is returned only where somebody can do that, and whoever
returns it reads who has been asked, or that nobody could be reached.
"""

from collections.abc import Callable, Mapping, Sequence

from handlers import menu
from handlers.context import Replies, Turn, choice
from handlers.reports.showing import in_hand, moved_on, not_yours, supervises, the_list
from handlers.wording import measure_text
from locales import Say
from messages import Outgoing
from messages.actions import YES, Approve, Correct, Return
from reports.wording import day_text
from rules.states import Deed, ReportState
from storage.delivery.notices import notify
from storage.directory import people, staff
from storage.directory.staff import Member
from storage.records import submissions
from storage.records.submissions import Stored

MOST_ASKED = 10
"""Officers of one unit who are asked at once; most units have one."""
WITHOUT_REASON = YES
REASONS: Mapping[str, Callable[[Say], str]] = {
    "numbers": lambda say: say("the numbers do not look right"),
    "day": lambda say: say("the day does not look right"),
    "photo": lambda say: say("a photo is missing"),
}
"""What a report is returned for, when one tap says it."""


def approve(turn: Turn, arguments: tuple[str, ...]) -> Replies:
    """The chair has looked at it."""
    pressed = Approve.read(arguments)
    report = _supervised(turn, pressed.report)
    if report is None:
        return not_yours(turn)
    overtaken = moved_on(turn, report, pressed.seen)
    if overtaken:
        return overtaken
    submissions.set_state(
        turn.db, report, state=ReportState.APPROVED, person_id=turn.person_id, deed=Deed.APPROVE, now=turn.now
    )
    return _done(turn, report, turn.say("Approved."))


def send_back(turn: Turn, arguments: tuple[str, ...]) -> Replies:
    """Without a reason it asks, with one it does it; until the report is corrected it does not count."""
    pressed = Return.read(arguments)
    report = _supervised(turn, pressed.report)
    if report is None:
        return not_yours(turn)
    overtaken = moved_on(turn, report, pressed.seen)
    if overtaken:
        return overtaken
    there = staff.in_units(turn.db, [report.unit_id], turn.now, offset=0, limit=MOST_ASKED)
    others = [each for each in there if each.person_id != turn.person_id]
    if not others:
        return _nobody_there(turn, report)
    if pressed.reason != WITHOUT_REASON and pressed.reason not in REASONS:
        return _ask(turn, report)
    submissions.set_state(
        turn.db, report, state=ReportState.RETURNED, person_id=turn.person_id, deed=Deed.RETURN, now=turn.now
    )
    asked = _ask_to_correct(turn, report, pressed.reason, others)
    if asked:
        return _done(turn, report, turn.say("Returned. {person} has been asked to correct it.", person=_names(asked)))
    text = turn.say(
        "Returned, but I can reach none of those who could correct it: {person}. Please tell them yourself; until it "
        "is corrected the report does not count.",
        person=_names(others),
    )
    return _done(turn, report, text)


def _supervised(turn: Turn, report_id: int) -> Stored | None:
    report = in_hand(turn, report_id)
    if report is None or report.person_id == turn.person_id:
        return None
    return report if supervises(turn, report) else None


def _done(turn: Turn, report: Stored, text: str) -> Replies:
    return [Outgoing(text, (the_list(turn, report), *menu.back_to_menu(turn)))]


def _names(members: Sequence[Member]) -> str:
    return ", ".join(dict.fromkeys(each.name for each in members))


def _ask(turn: Turn, report: Stored) -> Replies:
    say = turn.say
    text = say(
        "Return the report of {unit} of {day} ({measure})? It does not count until it is corrected.",
        unit=turn.viewer.tree.title(report.unit),
        day=day_text(report.event_date),
        measure=measure_text(say, report),
    )
    reasons = (
        choice(Return(report.id, report.revision, code), say("Yes: {reason}", reason=words(say)))
        for code, words in REASONS.items()
    )
    offers = (
        choice(Return(report.id, report.revision, WITHOUT_REASON), say("Yes, return it")),
        *reasons,
        choice(f"view:{report.id}", say("No, keep it")),
    )
    return [Outgoing(text, offers)]


def _nobody_there(turn: Turn, report: Stored) -> Replies:
    say = turn.say
    text = say(
        "Nobody reports for {unit} now, so nobody could correct this report, and it would no longer count. Shall it "
        "count as approved? Or invite somebody there first.",
        unit=turn.viewer.tree.title(report.unit),
    )
    offers = (
        choice(Approve(report.id, report.revision), say("Approve ✓")),
        choice("invite", say("Invite someone")),
        the_list(turn, report),
    )
    return [Outgoing(text, (*offers, *menu.back_to_menu(turn)))]


def _ask_to_correct(turn: Turn, report: Stored, reason: str, there: Sequence[Member]) -> list[Member]:
    """Tell the author while they are in the unit and can be reached, else everybody there; who has been told."""
    author = [each for each in there if each.person_id == report.person_id]
    return [each for each in author[:1] if _told(turn, report, reason, each)] or [
        each for each in there if each not in author and _told(turn, report, reason, each)
    ]


def _told(turn: Turn, report: Stored, reason: str, member: Member) -> bool:
    say = turn.speaking(people.find_person(turn.db, member.person_id).language).say
    facts = {"who": turn.name, "day": day_text(report.event_date), "measure": measure_text(say, report)}
    if member.person_id == report.person_id:
        text = say(
            "{who} asks you to look at your report of {day} once more ({measure}). It counts again once you have sent "
            "it.",
            **facts,
        )
    else:
        text = say(
            "{who} asks {unit} to look at the report of {day} by {author} once more ({measure}). It counts again once "
            "you have sent it.",
            **facts,
            unit=report.unit_name,
            author=report.person,
        )
    if reason in REASONS:
        text += "\n" + say("Why: {reason}", reason=REASONS[reason](say))
    returned = Correct(report.id, submissions.revision_of(turn.db, report.id))
    message = Outgoing(text, (choice(returned, say("Correct it")),))
    return notify(turn.db, member.person_id, message, turn.now)
