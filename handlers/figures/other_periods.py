"""Offers other periods of a unit's figures: around the one that is shown, and those that people ask for most."""

from collections.abc import Iterable, Iterator
from datetime import date

from handlers import menu
from handlers.context import Replies, Turn
from messages import Choice, Outgoing
from messages.actions import OtherPeriods, Summary, choice
from periods.cuts import Cuts
from periods.neighbours import at_cutoffs, last_action_month, narrower, since_january, wider, year_earlier
from periods.period import Length, Period, around, before, span_period
from reports.wording import period_text, period_title
from services.access import may_see_figures
from services.figures import period_for

INSIDE = "inside"
"""The shorter periods that make up the one that is shown."""
MOST = 12
"""Periods in a row: the months of a year. Of longer spans the last ones are offered."""


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
    listed = _inside(turn, unit, shown, pressed) if pressed.which == INSIDE else _around(turn, unit, shown, pressed)
    back = choice(Summary(unit, shown, pressed.only), say("Summary"))
    return [Outgoing(text, (*listed, back, *menu.back_to_menu(turn)))]


def _inside(turn: Turn, unit: str, shown: Period, pressed: OtherPeriods) -> Iterator[Choice]:
    begun = [part for part in narrower(shown) if part.first <= turn.today]
    for part in begun[-MOST:]:
        yield choice(Summary(unit, part, pressed.only), period_title(turn.say, part))


def _around(turn: Turn, unit: str, shown: Period, pressed: OtherPeriods) -> Iterator[Choice]:
    """A year earlier, the longer and the shorter ones, and then the usual ones."""
    say, earlier, above = turn.say, year_earlier(shown), wider(shown)
    yield choice(Summary(unit, earlier, pressed.only), say("A year earlier: {period}", period=_short(turn, earlier)))
    if above:
        yield choice(Summary(unit, above, pressed.only), say("Longer: {period}", period=_short(turn, above)))
    if narrower(shown):
        yield choice(OtherPeriods(unit, shown, INSIDE, pressed.only), say("Shorter ones in it…"))
    beside = {shown, earlier, above}
    for period in dict.fromkeys(usual(turn.today, turn.plan.periods)):
        if period not in beside:
            yield choice(Summary(unit, period, pressed.only), _title(turn, period))


def _title(turn: Turn, period: Period) -> str:
    """A period without its days, for a button."""
    if period.length is Length.ACTION_MONTH:
        return turn.say("Action Month {year}", year=period.year)
    return period_title(turn.say, period).partition(" (")[0]


def _short(turn: Turn, period: Period) -> str:
    title = _title(turn, period)
    return title[:1].lower() + title[1:]


def usual(today: date, cuts: Cuts) -> Iterator[Period]:
    """The periods that people ask for most, those that have begun."""
    for length in (Length.WEEK, Length.MONTH, Length.QUARTER):
        now = around(length, today)
        yield now
        yield before(now)
    yield since_january(span_period(today, today))
    year = around(Length.YEAR, today)
    yield year
    yield from _official(today, cuts)


def _official(today: date, cuts: Cuts) -> Iterator[Period]:
    """The Action Month and the official report's month that began last."""
    if month := last_action_month(cuts, today):
        yield month
    if official := at_cutoffs(around(Length.MONTH, today), cuts):
        yield official


def ask(turn: Turn, unit: str, periods: Iterable[Period], text: str) -> Replies:
    """Offer some periods of a unit's figures under a text."""
    offers = (choice(Summary(unit, period), period_title(turn.say, period)) for period in dict.fromkeys(periods))
    other = choice(OtherPeriods(unit), turn.say("Other period…"))
    return [Outgoing(text, (*offers, other, *menu.back_to_menu(turn)))]
