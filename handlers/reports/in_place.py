"""Lets a chair report in the place of a neighbourhood of the ward, for a day on which nobody there has a phone."""

from handlers import menu
from handlers.context import Replies, Turn
from messages import Outgoing
from messages.actions import InPlace, NewReport, choice
from periods.period import week_around
from rules.levels import Level
from services import access
from services.figures import missing
from services.results import Refused

PAGE = 12


def choose(turn: Turn, pressed: InPlace) -> Replies:
    """Offer the neighbourhoods of the ward, those first that have not reported this week."""
    home = turn.viewer.home
    unit = pressed.unit or (home.unit if home else "")
    week = week_around(turn.today)
    figures = missing(turn.db, turn.viewer, turn.plan, unit=unit, week=week, language=turn.language)
    if isinstance(figures, Refused):
        return menu.show_menu(turn)
    say, page, owing = turn.say, pressed.page, set(figures.completeness.missing.codes or ())
    inside = [
        one
        for one in turn.viewer.tree.of_level(Level.NEIGHBOURHOOD)
        if (held := access.in_place_of(turn.viewer, one.id)) is not None and held.unit == unit
    ]
    ordered = sorted(inside, key=lambda one: one.code not in owing)
    offers = [
        choice(NewReport(one.code), f"{one.name} · {say('not reported')}" if one.code in owing else one.name)
        for one in ordered[page * PAGE : (page + 1) * PAGE]
    ]
    if len(ordered) > (page + 1) * PAGE:
        offers.append(choice(InPlace(unit, page + 1), say("More →")))
    text = say("In whose place do you report? Your name will stand beside theirs.")
    if not inside:
        text = say("There is nobody in whose place you could report.")
    return [Outgoing(text, (*offers, *menu.back_to_menu(turn)))]
