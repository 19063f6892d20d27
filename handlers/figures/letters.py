"""Offers the letters of a period as Word files, and takes what people write into them, a part at a time."""

from collections.abc import Callable, Mapping

from handlers import menu
from handlers.context import Replies, Turn
from handlers.figures import issuing
from handlers.figures.asked import asked_of
from handlers.filing import order_file
from handlers.wording import shortened
from locales import Say
from messages import Choice, Outgoing
from messages.actions import (
    FillPart,
    Issue,
    LetterParts,
    Letters,
    MakeLetter,
    ShowPart,
    Summary,
    choice,
)
from messages.actions.letters import BELOW
from periods.days import local_day
from reports.wording import day_text, period_text
from services import access, letters
from services.letters import OpenLetter, Outcome, PartState

SHOWN = 1_500
"""Characters of a part that are shown: the rest stands in the file."""
ADDS = "+"
"""A text that begins so is added to what stands."""


def choose(turn: Turn, pressed: Letters) -> Replies:
    """Offer the letters that fit a unit and a period."""
    asked = asked_of(turn, pressed.unit, pressed.period)
    kinds = letters.kinds_for(turn.viewer, turn.plan, *asked) if asked else []
    if asked is None or not kinds:
        return menu.show_menu(turn)
    unit, period = asked
    say, tree = turn.say, turn.viewer.tree
    text = say(
        "Which letter of {unit}, {period}? It is a draft in the official form: number, day and signature stay blank.",
        unit=tree.title_of(tree[unit].id),
        period=period_text(say, period),
    )
    offers = [choice(MakeLetter(unit, period, kind.id), kind.name(turn.language)) for kind in kinds]
    return [Outgoing(text, (*offers, choice(Summary(unit, period), say("Summary")), *menu.back_to_menu(turn)))]


def make(turn: Turn, pressed: MakeLetter) -> Replies:
    """Have a letter made as a Word file."""
    asked = asked_of(turn, pressed.unit, pressed.period)
    found = letters.letter_file(turn.viewer, turn.plan, *asked, pressed.kind, turn.language) if asked else None
    if asked is None or found is None:
        return choose(turn, Letters(pressed.unit, pressed.period))
    unit, period = asked
    issue = issuing.offer(turn, unit, Issue(unit, period, pressed.kind), found)
    after = [*issue, choice(Letters(unit, period), turn.say("Other letters"))]
    if access.may_write_letter(turn.viewer, unit):
        after.insert(0, choice(LetterParts(unit, period, pressed.kind), turn.say("Write into it")))
    return order_file(turn, found, again=MakeLetter(unit, period, pressed.kind), after=after)


def show_parts(turn: Turn, pressed: LetterParts) -> Replies:
    """List the parts of a letter that people write."""
    asked = asked_of(turn, pressed.unit, pressed.period)
    if asked is None:
        return menu.show_menu(turn)
    unit, period = asked
    letter = letters.open_letter(
        turn.db, turn.viewer, turn.plan, unit=unit, period=period, kind=pressed.kind, now=turn.now
    )
    return [_parts(turn, letter)] if letter else menu.show_menu(turn)


def _parts(turn: Turn, letter: OpenLetter, intro: str = "") -> Outgoing:
    say = turn.say
    head = say(
        "{letter}, {period}: what figures cannot say. Choose a part and write it.",
        letter=letter.kind.name(turn.language),
        period=period_text(say, letter.period),
    )
    lines = [f"• {state.part.name(turn.language)}: {_state_text(turn, state)}" for state in letter.parts]
    if letter.empty:
        lines.append(say("An empty part prints “…”, and the letter can be issued once none is empty."))
    offers = [choice(ShowPart(letter.id, state.place), state.part.name(turn.language)) for state in letter.parts]
    text = "\n".join(filter(None, [intro, head, *lines]))
    return Outgoing(text, (*offers, _file(turn, letter), *menu.back_to_menu(turn)))


def _file(turn: Turn, letter: OpenLetter) -> Choice:
    return choice(MakeLetter(letter.unit.code, letter.period, letter.kind.id), turn.say("The Word file"))


def _state_text(turn: Turn, state: PartState) -> str:
    say = turn.say
    if state.text and state.own:
        by = {"person": state.own.person, "day": day_text(local_day(state.own.at))}
        return say("written by {person} on {day}", **by)
    if state.below and state.part.gathered:
        return say("from {count} units below", count=len(state.below))
    return say("empty")


def show_part(turn: Turn, pressed: ShowPart) -> Replies:
    """Show a part, and say how to write it."""
    letter = letters.find_letter(turn.db, turn.viewer, turn.plan, pressed.letter)
    if letter is None or not 0 <= pressed.part < len(letter.parts):
        return menu.show_menu(turn)
    return [_part(turn, letter, letter.parts[pressed.part])]


def _part(turn: Turn, letter: OpenLetter, state: PartState, intro: str = "") -> Outgoing:
    say = turn.say
    lines = [intro, f"{letter.kind.name(turn.language)} – {state.part.name(turn.language)}: {_state_text(turn, state)}"]
    if state.text:
        lines.append(shortened(state.text, SHOWN))
    lines += [shortened(f"{each.unit.name}: {' '.join(each.lines)}", SHOWN) for each in state.below]
    if hint := state.part.hint(turn.language):
        lines.append(hint)
    how = say("Your next message is written here in its place; begin it with + to add to it.")
    lines.append(how if state.text else say("Your next message is written here."))
    fill = FillPart(letter.id, state.place, state.version)
    offers = [choice(fill, say("Leave it empty"))]
    if state.below:
        label = say("Take over what the units below wrote")
        offers.append(choice(FillPart(letter.id, state.place, state.version, BELOW), label))
    following = next((each for each in letter.parts[state.place + 1 :] if each.is_empty), None)
    if following is not None:
        label = say("Next: {part}", part=following.part.name(turn.language))
        offers.append(choice(ShowPart(letter.id, following.place), label))
    back = choice(LetterParts(letter.unit.code, letter.period, letter.kind.id), say("All parts"))
    return Outgoing("\n".join(filter(None, lines)), (*offers, back, _file(turn, letter), *menu.back_to_menu(turn)))


def _shortened(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1].rstrip() + "…"


def fill(turn: Turn, pressed: FillPart) -> Replies:
    """Empty a part, or take over what the units below wrote."""
    return _write(turn, pressed, lambda state: _from_below(state) if pressed.how == BELOW else "")


def take_text(turn: Turn, offered: FillPart, text: str) -> Replies:
    """Write what was typed into the part that was offered."""

    def written(state: PartState) -> str:
        said = text.strip()
        return f"{state.text}\n{said[1:].strip()}".strip() if said.startswith(ADDS) else said

    return _write(turn, offered, written)


def _from_below(state: PartState) -> str:
    return "\n".join(f"{each.unit.name}: {line}" for each in state.below for line in each.lines)


def _write(turn: Turn, pressed: FillPart, text_of: Callable[[PartState], str]) -> Replies:
    letter = letters.find_letter(turn.db, turn.viewer, turn.plan, pressed.letter)
    if letter is None or not 0 <= pressed.part < len(letter.parts):
        return menu.show_menu(turn)
    state = letter.parts[pressed.part]
    outcome = letters.write_part(turn.db, turn.viewer, letter, state, text_of(state), seen=pressed.seen, now=turn.now)
    now = letters.find_letter(turn.db, turn.viewer, turn.plan, pressed.letter)
    assert now is not None  # noqa: S101 (it was found in this very turn)
    return [_part(turn, now, now.parts[pressed.part], _OUTCOMES[outcome](turn.say))]


_OUTCOMES: Mapping[Outcome, Callable[[Say], str]] = {
    Outcome.WRITTEN: lambda say: say("Saved in the letter. ✓"),
    Outcome.OVERTAKEN: lambda say: say("Somebody has written here since you looked. I have kept theirs; here it is:"),
    Outcome.TOO_LONG: lambda say: say("That is too long for one part of a letter. Please shorten it."),
}
