"""The menus one tap behind a summary: what it can be broken down by, its pictures and tables, its files.

None of them reads figures: they only say what can be looked at.
"""

from collections.abc import Callable, Iterator

from handlers import menu
from handlers.context import Replies, Turn
from handlers.figures.offers import FILES, PICTURES, offered
from locales import Say
from messages import Choice, Outgoing
from messages.actions import Details, Files, Pictures, ShowTargets, Summary, UnitReports, Wards, choice
from periods.period import Period
from reports.wording import period_text
from services.access import may_see_figures, may_see_reports
from services.figures import period_for


def first_buttons(turn: Turn, unit: str, period: Period) -> Iterator[Choice]:
    """Make the buttons that open these menus, of those in which there is something for this person."""
    say = turn.say
    yield choice(Details(unit, period), say("Details…"))
    if next(offered(turn, PICTURES, unit, period), None):
        yield choice(Pictures(unit, period), say("Pictures, tables…"))
    if next(offered(turn, FILES, unit, period), None):
        yield choice(Files(unit, period), say("Files…"))


def show_details(turn: Turn, pressed: Details) -> Replies:
    """Offer what the figures can be broken down by, and what lies behind them."""
    return _menu(turn, pressed, _details, lambda say: say("What would you like to see in detail?"))


def show_pictures(turn: Turn, pressed: Pictures) -> Replies:
    """Offer pictures and tables."""
    return _menu(turn, pressed, _pictures, lambda say: say("Which picture or table would you like?"))


def show_files(turn: Turn, pressed: Files) -> Replies:
    """Offer files."""
    return _menu(turn, pressed, _files, lambda say: say("Which file would you like?"))


_Offering = Callable[[Turn, str, Period], Iterator[Choice]]


def _pictures(turn: Turn, unit: str, period: Period) -> Iterator[Choice]:
    return offered(turn, PICTURES, unit, period)


def _files(turn: Turn, unit: str, period: Period) -> Iterator[Choice]:
    return offered(turn, FILES, unit, period)


def _menu(
    turn: Turn, pressed: Details | Pictures | Files, offering: _Offering, question: Callable[[Say], str]
) -> Replies:
    home = turn.viewer.home
    unit = pressed.unit or (home.unit if home else "")
    if not may_see_figures(turn.viewer, unit):
        return menu.show_menu(turn)
    say, period = turn.say, period_for(turn.viewer, pressed.period)
    head = say("{unit}, {period}:", unit=turn.viewer.tree.title(unit), period=period_text(say, period))
    back = choice(Summary(unit, period), say("Summary"))
    return [Outgoing(f"{head} {question(say)}", (*offering(turn, unit, period), back, *menu.back_to_menu(turn)))]


def _details(turn: Turn, unit: str, period: Period) -> Iterator[Choice]:
    say = turn.say
    yield from _inside(turn, unit, period)
    if may_see_reports(turn.viewer, unit):
        yield choice(UnitReports(unit, period), say("The reports"))
    yield choice(ShowTargets(unit), say("Progress to the targets"))


def _inside(turn: Turn, unit: str, period: Period) -> Iterator[Choice]:
    """Offer the units with chairs in this one, if there are any: "Theo phường"."""
    if chaired := turn.viewer.tree.chaired(unit):
        level = turn.plan.levels.name(chaired[0].level, turn.language)
        yield choice(Wards(period, unit), turn.say("By {level}", level=level))
