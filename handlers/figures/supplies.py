"""Takes the numbers of people that a unit types, and lets the secretariat confirm them with one tap."""

from collections.abc import Callable, Mapping

from handlers import menu
from handlers.context import Replies, Turn
from locales import Say, number
from messages import Outgoing
from messages.actions import ConfirmSupply, DeclineSupply, ShowTargets, Supplies, ViewSupply, choice
from plan.typed_numbers import Lacks, TypedNumbers
from reports.wording import day_text
from rules.kinds import Measure, Sex
from services import access, supplies
from services.supplies import DecidedSupply
from storage.delivery.notices import notify
from storage.records.supplies import Number, Supply
from storage.tables.states import SupplyState

PAGE = 6


def show(turn: Turn, pressed: Supplies, *, intro: str = "") -> Replies:
    """Show the secretariat what waits; tell everybody how numbers are sent."""
    say, page = turn.say, pressed.page
    found = supplies.waiting(turn.db, turn.viewer, offset=page * PAGE, limit=PAGE + 1)
    head = []
    if access.may_confirm_supplies(turn.viewer):
        head = [say("Numbers to confirm, the oldest first:") if found else say("No numbers wait to be confirmed.")]
    offers = [choice(ViewSupply(each.id), _title(turn, each)) for each in found[:PAGE]]
    if len(found) > PAGE:
        offers.append(choice(Supplies(page + 1), say("More →")))
    offers.append(choice(ShowTargets(), say("All targets")))
    text = "\n\n".join(filter(None, [intro, *head, _how(say)]))
    return [Outgoing(text, (*offers, *menu.back_to_menu(turn)))]


def _how(say: Say) -> str:
    examples = (
        say("numbers residents women 12000 men 11500, source: statistics office, day 31/12/2019"),
        say("numbers trained gender officers women 9 men 4, source: list of 2020, day 31/12/2019"),
        say("numbers women leaders knowledge 30 skills 28, source: list of 2020, day 31/12/2019"),
    )
    head = say("To send how many people there are, or whom your list shows, write for example:")
    return "\n".join([head, *(f"• {example}" for example in examples)])


def take(turn: Turn, unit: str, typed: TypedNumbers) -> Replies:
    """Take numbers that were typed for a unit, or say what is missing."""
    say = turn.say
    if typed.lacks:
        missing = ", ".join(_LACKS[each](say) for each in typed.lacks)
        return show(turn, Supplies(), intro=say("I could not take that yet. Please add: {missing}.", missing=missing))
    result = supplies.supply(turn.db, turn.viewer, unit, typed.numbers, turn.now)
    if result is None:
        return show(turn, Supplies(), intro=say("Only the unit itself or the secretariat can send these numbers."))
    for person in result.told:
        theirs = turn.speaking_to(person)
        notify(turn.db, person, _to_confirm(theirs, result.supply), turn.now)
    lines = _lines(turn, result.supply)
    done = say("Saved; the targets count with it at once.")
    passed_on = say("Passed on to the secretariat; it counts once they have confirmed it.")
    text = "\n".join([done if result.stands else passed_on, *lines])
    offers = (choice(ShowTargets(unit), say("All targets")), *menu.back_to_menu(turn))
    return [Outgoing(text, offers, lasting=True)]


_LACKS: Mapping[Lacks, Callable[[Say], str]] = {
    Lacks.GROUP: lambda say: say("which target group"),
    Lacks.NUMBERS: lambda say: say("how many (women, men or total)"),
    Lacks.SOURCE: lambda say: say("the source"),
    Lacks.DAY: lambda say: say("the day of the figures"),
    Lacks.FUTURE: lambda say: say("a day that has come"),
}


def view(turn: Turn, pressed: ViewSupply) -> Replies:
    """Show numbers that wait, with what can be done about them."""
    found = supplies.find(turn.db, turn.viewer, pressed.supply)
    if found is None:
        return show(turn, Supplies(), intro=turn.say("I do not find these numbers."))
    return [_to_confirm(turn, found)]


def _to_confirm(turn: Turn, found: Supply) -> Outgoing:
    say = turn.say
    head = say("{unit} has sent numbers ({person}):", unit=_unit(turn, found), person=found.person)
    offers = [choice(Supplies(), say("Numbers to confirm"))]
    if found.state is SupplyState.OPEN:
        offers = [
            choice(ConfirmSupply(found.id), say("Confirm ✓")),
            choice(DeclineSupply(found.id), say("Do not take them")),
            *offers,
        ]
    return Outgoing("\n".join([head, *_lines(turn, found)]), tuple(offers))


def confirm(turn: Turn, pressed: ConfirmSupply) -> Replies:
    """Let numbers stand."""
    return _decided(turn, supplies.decide(turn.db, turn.viewer, pressed.supply, turn.now, confirm=True))


def decline(turn: Turn, pressed: DeclineSupply) -> Replies:
    """Leave the numbers as they were."""
    return _decided(turn, supplies.decide(turn.db, turn.viewer, pressed.supply, turn.now, confirm=False))


def _decided(turn: Turn, decided: DecidedSupply | None) -> Replies:
    say = turn.say
    if decided is None:
        return show(turn, Supplies(), intro=say("I do not find these numbers."))
    is_confirmed = decided.supply.state is SupplyState.CONFIRMED
    for person in decided.told:
        theirs = turn.speaking_to(person)
        notify(turn.db, person, _told(theirs, decided.supply, is_confirmed=is_confirmed), turn.now)
    said = say("Confirmed; the targets count with it.") if is_confirmed else say("Not taken; everything is as it was.")
    intro = said if decided.is_new else say("That has been decided already: {what}", what=said)
    return show(turn, Supplies(), intro=intro)


def _told(theirs: Turn, found: Supply, *, is_confirmed: bool) -> Outgoing:
    say = theirs.say
    yes = say("The secretariat has confirmed your numbers:")
    no = say("The secretariat has not taken your numbers; please check them and send them again:")
    return Outgoing("\n".join([yes if is_confirmed else no, *_lines(theirs, found)]))


def _title(turn: Turn, found: Supply) -> str:
    groups = ", ".join(dict.fromkeys(_about(turn, each) for each in found.numbers))
    return f"{_unit(turn, found)} · {groups}"


def _unit(turn: Turn, found: Supply) -> str:
    return turn.viewer.tree.title_of(found.unit_id) if found.unit_id is not None else found.file


def _lines(turn: Turn, found: Supply) -> list[str]:
    return [f"• {_line(turn, each)}" for each in found.numbers]


def _line(turn: Turn, each: Number) -> str:
    return turn.say(
        "{group}: {what} {value} ({source}, as of {day})",
        group=_about(turn, each),
        what=_whose(turn.say, each),
        value=number(each.value, turn.language),
        source=each.source,
        day=day_text(each.as_of),
    )


def _about(turn: Turn, each: Number) -> str:
    return turn.plan.name(each.about, turn.language)


def _whose(say: Say, each: Number) -> str:
    words = [_MEASURES[each.measure](say), _SEXES[each.sex](say)]
    return ", ".join(filter(None, words))


_MEASURES: Mapping[Measure, Callable[[Say], str]] = {
    Measure.PEOPLE: lambda _: "",
    Measure.REACHED: lambda say: say("reached earlier"),
    Measure.TRAINED: lambda say: say("trained"),
    Measure.KNOWLEDGE: lambda say: say("with the knowledge"),
    Measure.SKILLS: lambda say: say("with the skills"),
    Measure.SURVEY: lambda say: say("found by a survey"),
}
_SEXES: Mapping[Sex, Callable[[Say], str]] = {
    Sex.FEMALE: lambda say: say("women"),
    Sex.MALE: lambda say: say("men"),
    Sex.ALL: lambda say: say("in all"),
}
