"""A period's figures for a unit, with a picture, and the way to other periods and other units."""

from itertools import groupby

from handlers import menu
from handlers.context import Replies, Turn, choice, number_at, period_at, week_at
from messages import Choice, Outgoing
from periods.period import Length, Period, after, before, week_period
from reports.figures import Figures
from reports.pictures import attendance_bars
from reports.reckoning import figures_of
from reports.texts import summary_text
from reports.wording import week_text
from rules.levels import Level
from rules.roles import ABOVE, Role

MISSING_PAGE = 40
"""Neighbourhoods on a page: about a thousand characters."""


def show_summary(turn: Turn, arguments: tuple[str, ...] = ()) -> Replies:
    """ "summary:<unit>:<period>"; without arguments the person's own unit, this week."""
    home = turn.viewer.home
    if home is None:
        return menu.show_menu(turn)
    unit = arguments[0] if arguments else home.unit
    figures = figures_of(turn.db, turn.plan, unit, period_at(turn, arguments, 1), turn.now, turn.language)
    pictures = (attendance_bars(figures),) if figures.reports else ()
    return [Outgoing(summary_text(figures), _choices(turn, figures), pictures)]


def _choices(turn: Turn, figures: Figures) -> tuple[Choice, ...]:
    say, unit, period, level = turn.say, figures.unit, figures.period, figures.unit_level
    offers = _nearby(turn, unit, period)
    if turn.viewer.sees_unit(unit, ABOVE):
        offers.append(choice(f"reports:{unit}:{period.code}", say("The reports")))
        if missing := figures.completeness.missing:
            label = say("Who has not reported ({count})", count=len(missing))
            offers.append(choice(f"missing:{unit}:{period.code}", label))
    if level == Level.DISTRICT:
        offers.append(choice(f"wards:{period.code}", say("By ward")))
    elif level == Level.WARD and turn.viewer.holds(Role.SECRETARIAT):
        offers.append(choice(f"summary:{turn.viewer.tree.root.code}:{period.code}", say("The whole district")))
    return (*offers, *menu.back_to_menu(turn))


def _nearby(turn: Turn, unit: str, period: Period) -> list[Choice]:
    """The period before, and the one after if it has begun."""
    say, is_week = turn.say, period.length is Length.WEEK
    label = say("← Week before") if is_week else say("← Period before")
    offers = [choice(f"summary:{unit}:{before(period).code}", label)]
    following = after(period)
    if following.first <= turn.today:
        label = say("Week after →") if is_week else say("Period after →")
        offers.append(choice(f"summary:{unit}:{following.code}", label))
    return offers


def choose_ward(turn: Turn, arguments: tuple[str, ...]) -> Replies:
    """ "wards:<period>": the district's wards to look into."""
    period = period_at(turn, arguments).code
    offers = tuple(choice(f"summary:{ward.code}:{period}", ward.name) for ward in turn.viewer.tree.of_level(Level.WARD))
    return [Outgoing(turn.say("Which ward?"), (*offers, *menu.back_to_menu(turn)))]


def show_missing(turn: Turn, arguments: tuple[str, ...]) -> Replies:
    """ "missing:<unit>:<week>:<page>": everybody who owes the week, ward by ward, a page at a time."""
    home = turn.viewer.home
    assert home is not None  # noqa: S101 (its roles are checked before a handler runs)
    unit, week, page = arguments[0] if arguments else home.unit, week_at(turn, arguments, 1), number_at(arguments, 2)
    say, figures = turn.say, figures_of(turn.db, turn.plan, unit, week_period(week), turn.now, turn.language)
    missing = figures.completeness.missing or ()
    shown = missing[page * MISSING_PAGE : (page + 1) * MISSING_PAGE]
    head = say(
        "{unit}, {week}, not reported: {count}",
        unit=figures.unit_name,
        week=week_text(say, week),
        count=len(missing),
    )
    wards = groupby(shown, key=lambda each: each.ward)
    lines = [f"• {ward}: {', '.join(each.name for each in units)}" for ward, units in wards]
    offers = [choice(f"summary:{unit}:{week}", say("Summary")), *menu.back_to_menu(turn)]
    if len(missing) > (page + 1) * MISSING_PAGE:
        offers.insert(0, choice(f"missing:{unit}:{week}:{page + 1}", say("More →")))
    return [Outgoing("\n".join([head, *lines]), tuple(offers))]
