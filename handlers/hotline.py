"""Shows and sets the number that people are given where somebody needs help against violence."""

from handlers import menu
from handlers.context import Replies, Turn
from messages import Outgoing
from services.hotline import hotline, set_hotline
from services.results import Refused


def show(turn: Turn) -> Replies:
    """Say which number is given, and how to set another one."""
    say, number = turn.say, hotline(turn.db)
    now = (
        say("The hotline that people are given: {hotline}", hotline=number) if number else say("No hotline is set yet.")
    )
    how = say("To set it, write: /duongdaynong and the number. To take it away: /duongdaynong xóa")
    return [Outgoing(f"{now}\n{how}", menu.back_to_menu(turn))]


def take(turn: Turn, text: str) -> Replies:
    """Set the number that was typed."""
    result = set_hotline(turn.db, turn.viewer, text)
    return menu.show_menu(turn) if isinstance(result, Refused) else show(turn)
