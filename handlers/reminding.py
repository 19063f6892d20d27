"""Answers what people do about a reminder ("I know", "tomorrow"), and asks the secretariat for the month's theme."""

from handlers import menu
from handlers.context import Replies, Turn
from messages import Choice, Outgoing
from messages.actions import DueNow, Known, PutOff, SetTheme, choice
from scheduler import themes
from services import reminding
from services.access import may_announce_to_all
from services.results import Refused

HOW_TO_SET = "/chude Chấm dứt bạo lực, vun đắp yêu thương"


def know(turn: Turn, pressed: Known) -> Replies:
    """Note that the person knows; the same is not told again."""
    result = reminding.know(turn.db, turn.viewer, turn.world.calendar, pressed.rule, pressed.about, turn.now)
    if isinstance(result, Refused):
        return menu.show_menu(turn)
    say = turn.say
    if result:
        text = say("Noted. I will not tell you the same again; if something new comes up, you hear of it.")
    else:
        text = say("Good news: that has been settled meanwhile.")
    return [Outgoing(text, (_due(turn), *menu.back_to_menu(turn)), lasting=True)]


def put_off(turn: Turn, pressed: PutOff) -> Replies:
    """Let it come again with the next day's digest."""
    say = turn.say
    if reminding.put_off(turn.db, turn.viewer, turn.world.calendar, pressed.rule, pressed.about, turn.now):
        text = say("All right, I will remind you with the next day's message, if it is still open then.")
    else:
        text = say("That reminder is from earlier. This is what you can do now:")
    return [Outgoing(text, (_due(turn), *menu.back_to_menu(turn)), lasting=True)]


def _due(turn: Turn) -> Choice:
    return choice(DueNow(), turn.say("What is due"))


def show_theme(turn: Turn, pressed: SetTheme) -> Replies:
    """Show the theme of a year's Action Month and how it is set."""
    say, year = turn.say, pressed.year or turn.today.year
    if not may_announce_to_all(turn.viewer):
        return menu.show_menu(turn)
    theme = themes.of_year(turn.db, year)
    known = say("Theme of the Action Month {year}: {theme}", year=year, theme=theme) if theme else ""
    how = say("To set it, write: {example}", example=HOW_TO_SET)
    return [Outgoing("\n".join(part for part in (known, how) if part), tuple(menu.back_to_menu(turn)))]


def set_theme(turn: Turn, words: str) -> Replies:
    """Set this year's theme, as it was typed."""
    kept = reminding.set_theme(turn.db, turn.viewer, turn.today.year, words, turn.now)
    if isinstance(kept, Refused):
        return menu.show_menu(turn)
    text = turn.say("Set. Theme of the Action Month {year}: {theme}", year=turn.today.year, theme=kept)
    return [Outgoing(text, tuple(menu.back_to_menu(turn)), lasting=True)]
