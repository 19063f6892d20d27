"""Lists who has not handed in what, reminds a unit with one tap, and shows how much came in time."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from handlers import menu
from handlers.context import Replies, Turn
from handlers.obligations.due import show_due
from handlers.obligations.wording import days_left, short, what
from locales import Say
from messages import Choice, Outgoing
from messages.actions import (
    AskFor,
    DueNow,
    HandIn,
    MarkDone,
    OnPaper,
    Outstanding,
    Papers,
    Rates,
    RemindNow,
    RemindShown,
    ViewOwed,
    choice,
)
from messages.actions.base import number
from reports.wording import deadline
from rules.times_of_day import is_decent
from services import access, outstanding
from services.nudging import NudgeOutcome
from services.outstanding import NotReminded, Reminded
from storage.records.obligations import Owed

PAGE = 5
"""Obligations on a page: each has two buttons."""
PAGE_OF_PAPERS = 8
"""Obligations on a page where each has one."""


def show(turn: Turn, pressed: Outstanding, *, intro: str = "") -> Replies:
    """List what units have not handed in, what was due first first."""
    say, page = turn.say, pressed.page
    found = outstanding.listed(turn.db, turn.viewer, offset=page * PAGE, limit=PAGE + 1)
    head = say("Not handed in, the oldest first:") if found else say("Everything that was asked for is handed in. ✓")
    own = len(outstanding.own(turn.db, turn.viewer))
    told = outstanding.reminded_today(turn.db, found, turn.now)
    lines = [_line(turn, owed, reminded=owed.id in told) for owed in found[:PAGE]]
    here = Counter(owed.unit_id for owed in found[:PAGE])
    to_remind = [owed.id for owed in found[:PAGE] if _may_remind(turn, owed) and owed.id not in told]
    offers = [
        offer
        for owed in found[:PAGE]
        for offer in _offers(turn, owed, page, reminds=owed.id in to_remind, alone=here[owed.unit_id] == 1)
    ]
    if len(to_remind) > 1:
        shown = RemindShown(".".join(map(str, to_remind)), page)
        offers.insert(0, choice(shown, say("Remind all {n} shown", n=len(to_remind))))
    if len(found) > PAGE:
        offers.append(choice(Outstanding(page + 1), say("More →")))
    if access.may_ask_for(turn.viewer):
        offers.append(choice(AskFor(), say("Ask units for something")))
    if found and access.may_take_paper(turn.viewer):
        offers.append(choice(Papers(), say("Came on paper…")))
    offers.append(choice(Rates(), say("In time, late, missing")))
    if own:
        lines.append(say.plural("You have {n} thing to hand in yourself.", "You have {n} things to hand in.", own))
        offers.append(choice(DueNow(), say("What is due")))
    offers += menu.back_to_menu(turn)
    text = "\n".join(filter(None, [intro, head, *lines]))
    return [Outgoing(text, tuple(offers))]


def papers(turn: Turn, pressed: Papers) -> Replies:
    """List the same with one button each: it came on paper."""
    say, page = turn.say, pressed.page
    found = outstanding.listed(turn.db, turn.viewer, offset=page * PAGE_OF_PAPERS, limit=PAGE_OF_PAPERS + 1)
    if not found:
        return show(turn, Outstanding())
    offers = [
        choice(OnPaper(owed.id, owed.revision), f"{turn.viewer.tree.title_of(owed.unit_id)} · {short(turn, owed)}")
        for owed in found[:PAGE_OF_PAPERS]
    ]
    if len(found) > PAGE_OF_PAPERS:
        offers.append(choice(Papers(page + 1), say("More →")))
    offers += [choice(Outstanding(), say("Who has not handed in")), *menu.back_to_menu(turn)]
    return [Outgoing(say("Which of these came on paper?"), tuple(offers))]


def _line(turn: Turn, owed: Owed, *, reminded: bool) -> str:
    left = days_left(turn.say, owed.due_on, turn.today)
    said = f" · {turn.say('reminded today')}" if reminded else ""
    return f"• {turn.viewer.tree.title_of(owed.unit_id)}: {short(turn, owed)} – {left}{said}"


def _offers(turn: Turn, owed: Owed, page: int, *, reminds: bool, alone: bool) -> list[Choice]:
    """Short labels, since there are two a line: the unit `alone` where the page names it once."""
    unit = turn.viewer.tree.title_of(owed.unit_id)
    named = unit if alone else f"{unit} · {short(turn, owed)}"
    offers = [choice(ViewOwed(owed.id), turn.say("See: {unit}", unit=named))]
    if reminds:
        offers.insert(0, choice(RemindNow(owed.id, page), turn.say("Remind: {unit}", unit=named)))
    return offers


def _may_remind(turn: Turn, owed: Owed) -> bool:
    return access.may_chase(turn.viewer, owed) and is_decent(turn.now)


def remind(turn: Turn, pressed: RemindNow) -> Replies:
    """Remind a unit's people now, and go on with the list."""
    (result,) = _remind(turn, [pressed.obligation])
    if result is NotReminded.UNKNOWN:
        return show_due(turn)
    if result is NotReminded.DONE:
        intro = turn.say("It was handed in meanwhile, so I reminded nobody.")
    else:
        assert isinstance(result, Reminded)  # noqa: S101 (the other two are said above)
        intro = _told(turn, result)
    return show(turn, Outstanding(pressed.page), intro=intro)


def remind_shown(turn: Turn, pressed: RemindShown) -> Replies:
    """Remind of all that a page shows, each person once, and go on with the list; say whose people have not joined."""
    say, results = turn.say, _remind(turn, [number(each) for each in pressed.shown.split(".")[:PAGE]])
    known = [result for result in results if isinstance(result, Reminded)]
    if not known:
        return show(turn, Outstanding(pressed.page))
    people = {person for result in known for person in result.nudged.told}
    nobody = [result.owed for result in known if result.nudged.outcome is NudgeOutcome.NOBODY]
    said = [say.plural("Reminded: {n} person.", "Reminded: {n} people.", len(people))] if people else []
    if nobody:
        units = ", ".join(dict.fromkeys(turn.viewer.tree.title_of(owed.unit_id) for owed in nobody))
        said.append(say("Nobody has joined yet: {units}.", units=units))
    intro = " ".join(said) or _WHY[known[0].nudged.outcome](say)
    return show(turn, Outstanding(pressed.page), intro=intro)


def _remind(turn: Turn, obligations: Sequence[int]) -> Sequence[Reminded | NotReminded]:
    def worded(owed: Sequence[Owed], say: Say) -> Outgoing:
        return reminder(turn.speaking(say.language), owed)

    return outstanding.remind(turn.db, turn.viewer, obligations, worded, turn.now)


def _told(turn: Turn, result: Reminded) -> str:
    if result.nudged.outcome is not NudgeOutcome.SENT:
        return _WHY[result.nudged.outcome](turn.say)
    unit, people = turn.viewer.tree.title_of(result.owed.unit_id), result.nudged.people
    return turn.say.plural("Reminded: {unit}, {n} person.", "Reminded: {unit}, {n} people.", people, unit=unit)


_WHY: Mapping[NudgeOutcome, Callable[[Say], str]] = {
    NudgeOutcome.TODAY_ALREADY: lambda say: say("It was reminded of that today already; once a day is enough."),
    NudgeOutcome.AT_NIGHT: lambda say: say("It is late: people are reminded between 7:00 and 20:30."),
    NudgeOutcome.NOBODY: lambda say: say("Nobody of that unit has joined yet, so there is nobody to remind."),
}


def reminder(theirs: Turn, owed: Sequence[Owed]) -> Outgoing:
    """What somebody is told who is reminded by hand of one thing, or of several."""
    say = theirs.say
    if len(owed) == 1:
        text = say(
            "A reminder for {unit}: please hand in {what}.", unit=_unit(theirs, owed[0]), what=_until(theirs, owed[0])
        )
        return Outgoing(text, to_hand_in(theirs, owed), lasting=True)
    units = dict.fromkeys(_unit(theirs, each) for each in owed)
    named = len(units) > 1
    lines = (
        f"• {_unit(theirs, each)}: {_until(theirs, each)}" if named else f"• {_until(theirs, each)}" for each in owed
    )
    head = say("A reminder for {units}: please hand in:", units=", ".join(units))
    return Outgoing("\n".join([head, *lines]), to_hand_in(theirs, owed), lasting=True)


def _unit(theirs: Turn, owed: Owed) -> str:
    return theirs.viewer.tree.title_of(owed.unit_id)


def _until(theirs: Turn, owed: Owed) -> str:
    say = theirs.say
    left = days_left(say, owed.due_on, theirs.today)
    return say("{what} {when}, {left}", what=what(theirs, owed), when=deadline(say, owed.due_on), left=left)


def to_hand_in(theirs: Turn, owed: Sequence[Owed]) -> tuple[Choice, ...]:
    """The buttons with which a unit's people act on what it owes; each is named where there are several."""
    say, units = theirs.say, {each.unit_id for each in owed}

    def named(each: Owed) -> str:
        what = short(theirs, each)
        return f"{what} ({_unit(theirs, each)})" if len(units) > 1 else what

    on_paper = (
        say("Handed in on paper already") if len(owed) == 1 else say("Handed in on paper: {what}", what=named(each))
        for each in owed
    )
    return (
        *(choice(HandIn(each.id), say("Hand in: {what}", what=named(each))) for each in owed),
        *(choice(MarkDone(each.id, each.revision), label) for each, label in zip(owed, on_paper, strict=True)),
        choice(DueNow(), say("What is due")),
    )
