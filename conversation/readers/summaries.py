"""Reads that figures are asked for: after the command, in one's own words, or by a period or a unit alone."""

from collections.abc import Iterator
from functools import partial

from conversation.readers.figure_words import FILE, MISSING, PICTURE
from conversation.readers.figures_asked import NOTHING_ASKED, Asked, asked_in, names_figures
from conversation.readers.saying import begun_with
from conversation.readings import NO_READING, Meaning, Reading, Said, SaidAfterSlash, sure
from handlers import menu
from handlers.access import act
from handlers.context import Replies, Turn
from handlers.figures import offers, other_periods
from handlers.tables import BY_SLASH
from interview.reading.period_rules import BARE
from interview.reading.periods import LAST_YEAR, NO_SUCH, SEVERAL
from messages import Outgoing
from messages.actions import (
    Action,
    Breakdown,
    Details,
    FigureTable,
    Files,
    Missing,
    OtherPeriods,
    Pictures,
    Summary,
    Supplies,
)
from periods.neighbours import year_earlier
from periods.period import Length, Period, after, around, before, period_of, week_around
from reports.wording import period_text, period_title
from services.access import may_see_figures

_FORMS = {
    PICTURE: Pictures,
    "calendar": Pictures,
    "trend": Pictures,
    "table": Pictures,
    FILE: Files,
    "excel": Files,
    "csv": Files,
    "word": Files,
}
"""Where one chooses among what a word stands for, if it does not name one thing."""


_BESIDE_FIGURES = frozenset({"sex", "product"})
"""Ways to break figures down whose words mean other things where no figures are shown."""
_AROUND = frozenset({Length.WEEK, Length.MONTH, Length.QUARTER, Length.HALF, Length.YEAR})
"""Lengths of which every day lies in one period."""


def after_command(said: Said) -> Reading:
    """Read "tóm tắt …" or "/tomtat …", or say what can be written there."""
    begun = said.beginning
    if begun.action != Summary() or not begun.rest:
        return NO_READING
    return sure(Meaning.SUMMARY, partial(_after_command, said.turn, begun.rest))


def _after_command(turn: Turn, text: str) -> Replies:
    if not turn.agreed or not turn.viewer.roles:
        return act(turn, Summary())
    asked = asked_in(turn, text)
    if asked is None or asked == NOTHING_ASKED:
        return [Outgoing(_what_can_be_written(turn), menu.back_to_menu(turn))]
    return _show(turn, asked)


def after_slash(said: SaidAfterSlash) -> Reading:
    """Read "/solieu tháng này": the command that takes numbers of people stands before a period, too."""
    if BY_SLASH.get(said.name) != Supplies() or not said.rest:
        return NO_READING
    return _asked_for(said.turn, said.rest)


def in_words(said: Said) -> Reading:
    """Read "cho em xin số liệu tháng 10", "xuất excel quý 3 phường 10": and nothing else."""
    return _asked_for(said.turn, said.text) if names_figures(said.text) else NO_READING


def _asked_for(turn: Turn, text: str) -> Reading:
    asked = asked_in(turn, text) if turn.agreed and turn.viewer.roles else None
    return NO_READING if asked is None else sure(Meaning.SUMMARY, partial(_show, turn, asked))


def in_passing(said: Said) -> Reading:
    """Read a text that names only another period, or a unit that the person may see.

    After figures, what is left out is theirs: "tháng 10" goes on with the unit, "biểu đồ" with unit and period.
    """
    turn, asked = said.turn, asked_in(said.turn, said.text)
    shown = shown_last(turn)
    if asked is None or asked == NOTHING_ASKED or not _may_stand_alone(turn, asked, shown is not None):
        return NO_READING
    is_theirs = may_see_figures(turn.viewer, asked.unit or (shown[0] if shown else _home(turn)))
    return sure(Meaning.SUMMARY, partial(_show, turn, asked, shown)) if is_theirs else NO_READING


def _may_stand_alone(turn: Turn, asked: Asked, is_about_figures: bool) -> bool:
    """Whether the words mean figures where nobody has named any: 10/11 is a day of a report more often."""
    if asked.period is None:
        needs_figures = asked.wanted or asked.by in _BESIDE_FIGURES or asked.earlier or asked.steps is not None
        return is_about_figures if needs_figures else bool(asked.unit or asked.by)
    is_this_week = asked.period.value == week_around(turn.today).code and not (asked.unit or asked.wanted)
    is_known = asked.period.value is not None or asked.period.why == SEVERAL
    return is_known and asked.period.rule not in BARE and not is_this_week


def shown_last(turn: Turn) -> tuple[str, Period] | None:
    """The unit and period of the figures that the chat's latest menu is about."""
    for action in turn.offered_actions:
        if isinstance(action, OtherPeriods | Details | FigureTable) and action.unit and action.period:
            return action.unit, action.period
    return None


def _show(turn: Turn, asked: Asked, shown: tuple[str, Period] | None = None) -> Replies:
    """Show what is asked for; what is left out is that of the figures `shown` last, else the home's and this week's."""
    if shown is None and not (asked.unit or asked.period) and asked != NOTHING_ASKED:
        shown = shown_last(turn)  # "cùng kỳ", "biểu đồ": of what?
    unit = asked.unit or (shown[0] if shown else _home(turn))
    if asked.period and asked.period.value is None:
        return _ask(turn, unit, asked)
    period = _period(turn, asked, shown[1] if shown else week_around(turn.today))
    if period.first > turn.today:
        return _not_begun(turn, unit, period)
    wanted = Breakdown(unit, period, asked.by) if asked.by and not asked.wanted else None
    replies = act(turn, wanted or _wanted(turn, asked, unit, period))
    if asked.period and asked.period.why == LAST_YEAR:
        return begun_with(_last_years(turn, period), replies)
    return replies


def _home(turn: Turn) -> str:
    return turn.viewer.home.unit if turn.viewer.home else ""


def _period(turn: Turn, asked: Asked, shown: Period) -> Period:
    period = period_of(str(asked.period.value), turn.plan.periods) if asked.period else shown
    step = after if (asked.steps or 0) > 0 else before
    for _ in range(abs(asked.steps or 0)):
        period = step(period)
    return year_earlier(period) if asked.earlier else period


def _wanted(turn: Turn, asked: Asked, unit: str, period: Period) -> Action:
    """The action of what is wanted: one thing, the choice among several, or the figures themselves."""
    key, is_week = asked.wanted, period.length is Length.WEEK
    if asked.only:
        return Summary(unit, period, asked.only)
    if key == MISSING and is_week:
        return Missing(unit, period)
    key = "calendar" if key == MISSING else key  # of several weeks it says who missed which
    key = "months" if key == "trend" and asked.period and not is_week else key
    if found := offers.find(turn, key, unit, period):
        return found
    return _FORMS[key](unit, period) if key in _FORMS else Summary(unit, period)


def _ask(turn: Turn, unit: str, asked: Asked) -> Replies:
    """Ask which of several periods is meant, or say that there is no such period."""
    reading = asked.period
    assert reading is not None  # noqa: S101 (only a period is asked about)
    if reading.why == NO_SUCH:
        return [Outgoing(_what_can_be_written(turn), menu.back_to_menu(turn))]
    options = (period_of(str(code), turn.plan.periods) for code in reading.options)
    begun = [period if period.first <= turn.today else year_earlier(period) for period in options]
    return other_periods.ask(turn, unit, begun, turn.say("Which period do you mean?"))


def _not_begun(turn: Turn, unit: str, period: Period) -> Replies:
    """Say what was meant, and offer the nearest periods that have begun."""
    text = turn.say(
        "{period} has not begun, so there are no figures of it yet. The nearest are:",
        period=period_title(turn.say, period),
    )
    return other_periods.ask(turn, unit, list(_begun_near(turn, period)), text)


def _begun_near(turn: Turn, period: Period) -> Iterator[Period]:
    """The period of the same length that has begun last, and the same one of an earlier year."""
    if period.length in _AROUND and not period.is_cut_off:
        yield around(period.length, turn.today)
    while period.first > turn.today:
        period = year_earlier(period)
    yield period


def _last_years(turn: Turn, period: Period) -> str:
    return turn.say("This year's has not begun, so I show {period}.", period=period_text(turn.say, period))


def _what_can_be_written(turn: Turn) -> str:
    home = turn.viewer.home
    assert home is not None  # noqa: S101 (who has no role is shown the menu)
    return turn.say(
        "I did not find that period or unit. You can write, for example: số liệu tháng 10 · quý 3 · "
        "6 tháng đầu năm · từ 1/10 đến 15/10 · tóm tắt {unit} tuần trước · tóm tắt {code} năm ngoái.",
        unit=home.unit_name,
        code=home.unit,
    )
