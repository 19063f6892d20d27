"""The menus one tap behind a summary: what it can be broken down by, its pictures and tables, its files.

None of them reads figures: they only say what can be looked at.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from handlers import menu
from handlers.context import Replies, Turn
from handlers.figures.breakdowns import WAYS, narrowed
from handlers.figures.offers import FILES, PICTURES, offered
from locales import Say
from messages import Choice, Outgoing
from messages.actions import Breakdown, Details, Files, Pictures, ShowTargets, Summary, UnitReports, choice
from periods.period import Period
from reports.narrowed_texts import narrowed_text
from reports.wording import period_text
from rules.roles import Role
from services.access import may_see_figures, may_see_reports
from services.figures import period_for
from services.narrowing import filter_of

MORE = "more"
"""The ways to break figures down that are asked for less."""


def first_buttons(turn: Turn, unit: str, period: Period, only: str = "") -> Iterator[Choice]:
    """Make the buttons that open these menus, of those in which there is something for this person.

    Pictures and files are of all reports: where figures are narrowed to some, they are not offered.
    """
    say = turn.say
    yield choice(Details(unit, period, only), say("Details…"))
    if only:
        return
    if next(offered(turn, PICTURES, unit, period), None):
        yield choice(Pictures(unit, period), say("Pictures, tables…"))
    if next(offered(turn, FILES, unit, period), None):
        yield choice(Files(unit, period), say("Files…"))


def show_details(turn: Turn, pressed: Details) -> Replies:
    """Offer what the figures can be broken down by, and what lies behind them."""
    return _menu(turn, pressed, partial(_details, pressed), lambda say: say("What would you like to see in detail?"))


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
    only = pressed.only if isinstance(pressed, Details) else ""
    back = choice(Summary(unit, period, only), say("Summary"))
    if what := narrowed_text(turn.plan, turn.viewer.tree, filter_of(only), turn.language):
        head = f"{head} {say('Only: {what}', what=what)}.\n"
    return [Outgoing(f"{head} {question(say)}", (*offering(turn, unit, period), back, *menu.back_to_menu(turn)))]


def _details(pressed: Details, turn: Turn, unit: str, period: Period) -> Iterator[Choice]:
    """What is asked for most; the rest stands behind "Further ways…"."""
    say, only = turn.say, pressed.only
    has_parts = turn.viewer.tree[unit].role == Role.WARD_CHAIR or unit == turn.viewer.tree.root.code
    for by, way in WAYS.items():
        is_one = (way.letter and f"{way.letter}=" in only) or (way.of_all and only)
        if way.is_further == bool(pressed.more) and (has_parts or not way.by_parts) and not is_one:
            yield choice(Breakdown(unit, period, by, 0, only), way.label(turn, unit))
    if pressed.more:
        approved = narrowed(unit, period, replace(filter_of(only), approved_only=True))
        if approved and not filter_of(only).approved_only:
            yield choice(approved, say("Approved reports only"))
        return
    if may_see_reports(turn.viewer, unit):
        yield choice(UnitReports(unit, period, 0, only), say("The reports"))
    if not only:
        yield choice(ShowTargets(unit), say("Progress to the targets"))
    yield choice(Details(unit, period, only, MORE), say("Further ways…"))
