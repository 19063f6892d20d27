"""Offers other periods of a unit's figures: around the one that is shown, and those that people ask for most."""

from collections.abc import Iterable, Iterator
from datetime import date

from handlers import menu
from handlers.context import Replies, Turn
from messages import Outgoing
from messages.actions import OtherPeriods, Summary, choice
from periods.period import Length, Period, around, before
from reports.wording import period_text, period_title
from services.access import may_see_figures
from services.figures import period_for


def show_other_periods(turn: Turn, pressed: OtherPeriods) -> Replies:
    """Offer the periods around one, and the usual ones; every other one can be typed."""
    home = turn.viewer.home
    unit = pressed.unit or (home.unit if home else "")
    if not may_see_figures(turn.viewer, unit):
        return menu.show_menu(turn)
    say, shown = turn.say, period_for(turn.viewer, pressed.period)
    text = say(
        "{unit}, {period}: which other period? You can also write it, for example: tháng 10 · quý 3 · "
        "6 tháng đầu năm · từ 1/10 đến 15/10 · năm ngoái.",
        unit=turn.viewer.tree.title(unit),
        period=period_text(say, shown),
    )
    periods = dict.fromkeys(period for period in usual(turn.today) if period != shown)
    offers = (choice(Summary(unit, period), period_title(say, period)) for period in periods)
    back = choice(Summary(unit, shown), say("Summary"))
    return [Outgoing(text, (*offers, back, *menu.back_to_menu(turn)))]


def usual(today: date) -> Iterator[Period]:
    """The periods that people ask for most, those that have begun."""
    for length in (Length.WEEK, Length.MONTH, Length.QUARTER):
        now = around(length, today)
        yield now
        yield before(now)
    yield around(Length.YEAR, today)


def ask(turn: Turn, unit: str, periods: Iterable[Period], text: str) -> Replies:
    """Offer some periods of a unit's figures under a text."""
    offers = (choice(Summary(unit, period), period_title(turn.say, period)) for period in dict.fromkeys(periods))
    other = choice(OtherPeriods(unit), turn.say("Other period…"))
    return [Outgoing(text, (*offers, other, *menu.back_to_menu(turn)))]
