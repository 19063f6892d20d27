"""Shows a picture of a unit's figures, with its words beside it, and the way to the others."""

from handlers import menu
from handlers.context import Replies, Turn
from handlers.figures.asked import asked_of
from handlers.figures.offers import PICTURES, offered
from messages import Outgoing
from messages.actions import ShowPicture, Summary, choice
from reports.pictures.asked import PictureKind
from services.pictures import picture
from services.results import Refused


def show_picture(turn: Turn, pressed: ShowPicture) -> Replies:
    """Show a picture of a unit and a period."""
    asked = asked_of(turn, pressed.unit, pressed.period)
    if asked is None or pressed.kind not in set(PictureKind):
        return menu.show_menu(turn)
    (unit, period), kind = asked, PictureKind(pressed.kind)
    made = picture(turn.db, turn.viewer, turn.plan, kind, unit=unit, period=period, language=turn.language)
    if isinstance(made, Refused):
        return menu.show_menu(turn)
    back = choice(Summary(unit, period), turn.say("Summary"))
    offers = (*offered(turn, PICTURES, unit, period), back, *menu.back_to_menu(turn))
    if made is None:
        text = turn.say("There is no picture of this: too many units, or none at that time. Open a part of it.")
        return [Outgoing(text, offers)]
    return [Outgoing(f"{made.alt}.", offers, (made,))]
