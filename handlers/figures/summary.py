"""The week's figures for a unit, with a picture, and the way to other weeks and other units."""

from itertools import groupby

from handlers import menu
from handlers.context import ABOVE, SECRETARIAT, Replies, Turn, choice, number_at, week_at
from messages import Choice, Outgoing
from periods.weeks import shift, week_of
from plan.model import Level
from reports.figures import week_summary
from reports.pictures import week_bars
from reports.texts import summary_text
from reports.wording import week_text

MISSING_PAGE = 40
"""Neighbourhoods on a page: about a thousand characters."""


def show_summary(turn: Turn, arguments: tuple[str, ...] = ()) -> Replies:
    """ "summary:<unit>:<week>"; without arguments the person's own unit, this week."""
    home = turn.home
    if home is None:
        return menu.show_menu(turn)
    unit = arguments[0] if arguments else home.unit
    week = week_at(turn, arguments, 1)
    summary = week_summary(turn.db, turn.plan, unit, week, turn.now, turn.language)
    pictures = (week_bars(summary),) if summary.reports else ()
    return [Outgoing(summary_text(summary), _choices(turn, unit, week, len(summary.missing)), pictures)]


def _choices(turn: Turn, unit: str, week: str, missing: int) -> tuple[Choice, ...]:
    say = turn.say
    offers = [choice(f"summary:{unit}:{shift(week, -1)}", say("← Week before"))]
    if week < week_of(turn.today):
        offers.append(choice(f"summary:{unit}:{shift(week, 1)}", say("Week after →")))
    level = turn.plan.units[unit].level if unit in turn.plan.units else ""
    if turn.sees_unit(unit, ABOVE):
        offers.append(choice(f"reports:{unit}:{week}", say("The reports")))
        if missing:
            offers.append(choice(f"missing:{unit}:{week}", say("Who has not reported ({count})", count=missing)))
    if level == Level.DISTRICT:
        offers.append(choice(f"wards:{week}", say("By ward")))
    elif level == Level.WARD and turn.holds(SECRETARIAT):
        offers.append(choice(f"summary:{turn.plan.units[unit].parent}:{week}", say("The whole district")))
    return (*offers, *menu.back_to_menu(turn))


def choose_ward(turn: Turn, arguments: tuple[str, ...]) -> Replies:
    """ "wards:<week>": the district's wards to look into."""
    week = week_at(turn, arguments)
    wards = [unit for unit in turn.plan.children(turn.plan.district.code) if unit.level is Level.WARD]
    offers = tuple(choice(f"summary:{ward.code}:{week}", ward.name) for ward in wards)
    return [Outgoing(turn.say("Which ward?"), (*offers, *menu.back_to_menu(turn)))]


def show_missing(turn: Turn, arguments: tuple[str, ...]) -> Replies:
    """ "missing:<unit>:<week>:<page>": everybody who owes the week, ward by ward, a page at a time."""
    home = turn.home
    assert home is not None  # noqa: S101 (its roles are checked before a handler runs)
    unit, week, page = arguments[0] if arguments else home.unit, week_at(turn, arguments, 1), number_at(arguments, 2)
    say, summary = turn.say, week_summary(turn.db, turn.plan, unit, week, turn.now, turn.language)
    shown = summary.missing[page * MISSING_PAGE : (page + 1) * MISSING_PAGE]
    head = say(
        "{unit}, {week}, not reported: {count}",
        unit=summary.unit_name,
        week=week_text(say, week),
        count=len(summary.missing),
    )
    wards = groupby(shown, key=lambda each: each.ward)
    lines = [f"• {ward}: {', '.join(each.name for each in units)}" for ward, units in wards]
    offers = [choice(f"summary:{unit}:{week}", say("Summary")), *menu.back_to_menu(turn)]
    if len(summary.missing) > (page + 1) * MISSING_PAGE:
        offers.insert(0, choice(f"missing:{unit}:{week}:{page + 1}", say("More →")))
    return [Outgoing("\n".join([head, *lines]), tuple(offers))]
