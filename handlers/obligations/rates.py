"""Shows how much of what was expected by the end of a period came, and how much in time, by ward and agency."""

from collections.abc import Iterator

from handlers import menu
from handlers.context import Replies, Turn
from locales import Say
from messages import Choice, Outgoing
from messages.actions import Outstanding, Rates, choice, fitting
from periods.neighbours import narrower, wider
from periods.period import Length, Period, around, before
from reports.wording import period_title
from rules.handing import Completeness
from services import outstanding

PAGE = 20
"""Units on a page, one on a line."""
MOST_SHORTER = 4
"""Shorter periods that get a button: the quarters of a year."""


def show(turn: Turn, pressed: Rates) -> Replies:
    """Show it unit by unit; any other period can be pressed or typed."""
    say, page = turn.say, pressed.page
    period = pressed.period or around(Length.YEAR, turn.today)
    listed = outstanding.rates(turn.db, turn.viewer, period)
    found = [each for each in listed if each.rates.expected]
    whole = sum((each.rates for each in found), start=Completeness())
    lines = [_whole(say, period, whole)]
    lines += [_line(turn, each.unit, each.rates) for each in found[page * PAGE : (page + 1) * PAGE]]
    if whole.expected:
        lines.append(say("Complete: handed in out of what was expected. In time: by the last day."))
    lines.append(say("Another period? Write it, for example: tháng 11, quý 4, từ 1/10 đến 15/11."))
    return [Outgoing("\n".join(lines), fitting(_offers(turn, period, page, len(found))))]


def _whole(say: Say, period: Period, whole: Completeness) -> str:
    named = period_title(say, period)
    if not whole.expected:
        return say("{period}: nothing was due yet.", period=named)
    return say(
        "{period}: {expected} expected, {on_time} in time, {late} late, {missing} missing; complete {complete} %, "
        "in time {timely} %.",
        period=named,
        expected=whole.expected,
        on_time=whole.on_time,
        late=whole.late,
        missing=whole.missing,
        complete=whole.complete_percent,
        timely=whole.timely_percent,
    )


def _line(turn: Turn, unit: str, rates: Completeness) -> str:
    """What a unit did; what there is none of is left out."""
    say, tree = turn.say, turn.viewer.tree
    parts = [
        say("{on_time}/{expected} in time", on_time=rates.on_time, expected=rates.expected),
        say("{late} late", late=rates.late) if rates.late else "",
        say("{missing} missing", missing=rates.missing) if rates.missing else "",
    ]
    return f"• {tree.title(unit) if unit in tree else unit}: {', '.join(part for part in parts if part)}"


def _offers(turn: Turn, period: Period, page: int, count: int) -> Iterator[Choice]:
    """More units, the period before, the shorter ones in it and the longer one around it."""
    say = turn.say
    if count > (page + 1) * PAGE:
        yield choice(Rates(period, page + 1), say("More →"))
    shorter = [part for part in narrower(period) if part.first <= turn.today]
    beside = [before(period), wider(period), *shorter[-MOST_SHORTER:]]
    for other in dict.fromkeys(filter(None, beside)):
        yield choice(Rates(other), period_title(say, other))
    yield choice(Outstanding(), say("Who has not handed in"))
    yield from menu.back_to_menu(turn)
