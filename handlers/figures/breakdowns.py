"""Breaks figures down, whole and a page at a time; what stands on a line can be opened."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from handlers import menu
from handlers.context import Replies, Turn
from handlers.figures.asked import asked_of
from locales import Say
from messages import MAX_CHOICE_ID_BYTES, Choice, Outgoing
from messages.actions import (
    BY_ACTIVITY,
    BY_GROUP,
    BY_PLACE,
    BY_UNIT,
    Action,
    Breakdown,
    Details,
    FigureTable,
    Missing,
    Summary,
    choice,
)
from messages.channels import Ability, can
from periods.period import Length, Period
from reports.breakdown_texts import PAGE, by_sex_lines, product_text, received_text, row_text
from reports.figures import FigureRow, Figures, People
from reports.filtering import Filter
from reports.narrowed_texts import narrowed_text
from reports.places import place_of_row
from reports.scope import natural
from reports.wording import period_title
from rules.levels import Level
from services.figures import Overview, overview
from services.narrowing import also, code_of, filter_of
from services.results import Refused

_PLACE = "p"
"""The letter of the filter by place."""
LAST_PAGE = 99
"""Of any breakdown: its number has two digits."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a breakdown, and the button's label and action that open it, if it can be opened."""

    text: str
    label: str = ""
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """A way to break figures down: what it is called, of which unit, and its lines."""

    label: Callable[[Turn, str], str]
    lines: Callable[[Turn, Overview], Sequence[Line]]
    is_further: bool = False
    by_parts: bool = False
    """Whether it needs units that lie in this one."""
    of_rows: bool = True
    """Whether each line has visits, and in brackets its activities."""
    letter: str = ""
    """Of the filter by which its lines are opened (`services.narrowing`): figures of one line have no other."""
    of_all: bool = False
    """Whether it is of all reports, whatever figures are narrowed to."""


def show_breakdown(turn: Turn, pressed: Breakdown) -> Replies:
    """Show one breakdown, a page at a time."""
    asked, way = asked_of(turn, pressed.unit, pressed.period), WAYS.get(pressed.by)
    if asked is None or way is None:
        return menu.show_menu(turn)
    (unit, period), only = asked, filter_of(pressed.only)
    seen = overview(turn.db, turn.viewer, turn.plan, unit=unit, period=period, language=turn.language, only=only)
    if isinstance(seen, Refused):
        return menu.show_menu(turn)
    say, lines = turn.say, way.lines(turn, seen)
    shown = lines[pressed.page * PAGE : (pressed.page + 1) * PAGE]
    head = f"{period_title(say, period)} – {seen.figures.title}"
    what = narrowed_text(turn.plan, turn.viewer.tree, only, turn.language)
    narrowed = say("Only: {what}", what=what) if what else ""
    sample = say("SAMPLE DATA: made up to try the bot, not real reports.") if seen.figures.sample else ""
    title = f"{way.label(turn, unit)}{_which(len(lines), pressed.page)}"
    if way.of_rows:
        title = say("{title}, activities in brackets", title=title)
    text = "\n".join(filter(None, (head, sample, narrowed, f"{title}:", *(line.text for line in shown))))
    offers = [choice(line.action, line.label) for line in shown if line.action]
    if len(lines) > (pressed.page + 1) * PAGE:
        offers.append(choice(replace(pressed, unit=unit, period=period, page=pressed.page + 1), say("More →")))
    return [Outgoing(text, (*offers, *_back(turn, pressed, seen.figures)))]


def _which(count: int, page: int) -> str:
    """ " (13–16/16)": which lines of so many stand on a page."""
    return f" ({page * PAGE + 1}–{min(count, (page + 1) * PAGE)}/{count})" if count > PAGE else ""


def _back(turn: Turn, pressed: Breakdown, figures: Figures) -> tuple[Choice, ...]:
    unit, period = figures.unit, figures.period
    has_table = pressed.by in _TABLES and not pressed.only and can(turn.channel, Ability.TABLES)
    as_table = [choice(FigureTable(unit, period, _TABLES[pressed.by]), turn.say("As a table"))] if has_table else []
    return (
        *as_table,
        choice(Details(unit, period, pressed.only), turn.say("Details…")),
        choice(Summary(unit, period, pressed.only), turn.say("Summary")),
        *menu.back_to_menu(turn),
    )


_TABLES: Mapping[str, str] = {"unit": BY_UNIT, "activity": BY_ACTIVITY, "group": BY_GROUP, "place": BY_PLACE}
"""The breakdowns of which there is a table, too, by their words."""


def _by_help(figures: Figures) -> Sequence[FigureRow]:
    return figures.by_help


def narrowed(unit: str, period: Period, only: Filter) -> Summary | None:
    """The figures of some reports as an action; `None` where the buttons behind it would be too long for a channel."""
    longest = Breakdown(unit, period, max(WAYS, key=len), LAST_PAGE, code_of(only))
    fits = len(str(longest).encode()) <= MAX_CHOICE_ID_BYTES
    return Summary(unit, period, code_of(only)) if fits else None


def _narrowing(letter: str) -> Callable[[Figures, str], Action | None]:
    """Open a line as the same figures, narrowed to it."""

    def opened(figures: Figures, code: str) -> Action | None:
        code = place_of_row(figures.unit, code) if letter == _PLACE else code
        return narrowed(figures.unit, figures.period, also(figures.only, letter, code))

    return opened


def _rows(
    rows: Callable[[Figures], Sequence[FigureRow]], letter: str = ""
) -> Callable[[Turn, Overview], Sequence[Line]]:
    """The lines of rows, those with most visits first; a row with a code can be opened where a filter knows it."""

    def lines(turn: Turn, seen: Overview) -> list[Line]:
        figures = seen.figures
        ordered = sorted(rows(figures), key=lambda row: (-row.attendance, -row.helped.total, -row.reports))
        return [
            _line(turn.say, row, _narrowing(letter)(figures, row.code) if letter and row.code else None)
            for row in ordered
        ]

    return lines


def _line(say: Say, row: FigureRow, action: Action | None) -> Line:
    return Line(row_text(say, row), row.short, action)


def _units(turn: Turn, seen: Overview) -> list[Line]:
    """All units in this one in their order, those without a report, too; each can be opened."""
    figures, tree = seen.figures, turn.viewer.tree
    rows = {row.code: row for row in figures.by_unit}
    below = (unit for unit in tree.standing if (above := tree.above(unit)) and above.code == figures.unit)
    quiet = {
        unit.code: FigureRow(unit.code, unit.name, unit.name, 0, People())
        for unit in below
        if unit.code not in rows and unit.level is not Level.AGENCY
    }
    of_parts = sorted((quiet | rows).values(), key=lambda row: (row.code == figures.unit, natural(row.code)))
    return [_line(turn.say, row, _opened(turn, figures, row.code)) for row in of_parts]


def _opened(turn: Turn, figures: Figures, code: str) -> Action | None:
    if code == figures.unit or code not in turn.viewer.tree:
        return None
    return narrowed(code, figures.period, figures.only)


def _products(turn: Turn, seen: Overview) -> list[Line]:
    opened = _narrowing("i")
    rows = sorted(seen.figures.media, key=lambda row: row.product)
    return [
        Line(product_text(turn.say, of_product), of_product[0].name, opened(seen.figures, product))
        for product, of_product in ((product, list(them)) for product, them in groupby(rows, lambda row: row.product))
    ]


def _sexes(turn: Turn, seen: Overview) -> list[Line]:
    return [Line(text) for text in by_sex_lines(turn.say, seen.figures)]


def _received(turn: Turn, seen: Overview) -> list[Line]:
    figures, say = seen.figures, turn.say
    lines = [Line(text) for text in received_text(say, figures.completeness).splitlines()]
    if figures.period.length is Length.WEEK and seen.is_above and figures.completeness.missing.count:
        label = say("Who has not reported ({count})", count=figures.completeness.missing.count)
        lines.append(Line("", label, Missing(figures.unit, figures.period)))
    return lines


def _by_part(turn: Turn, unit: str) -> str:
    """ "Theo phường": by what the units in this one are mostly called."""
    levels = turn.plan.levels.below(turn.viewer.tree[unit].level)
    return turn.say("By {level}", level=levels[0].name(turn.language) if levels else "")


WAYS: Mapping[str, Way] = {
    "unit": Way(_by_part, _units, by_parts=True),
    "activity": Way(
        lambda turn, _: turn.say("By activity"), _rows(lambda figures: figures.by_activity, "a"), letter="a"
    ),
    "group": Way(lambda turn, _: turn.say("By target group"), _rows(lambda figures: figures.by_group, "g"), letter="g"),
    "sex": Way(lambda turn, _: turn.say("Women and men"), _sexes, of_rows=False),
    "weeks": Way(lambda turn, _: turn.say("Weekly reports"), _received, of_all=True, of_rows=False),
    "kind": Way(
        lambda turn, _: turn.say("By kind"), _rows(lambda figures: figures.by_kind, "k"), letter="k", is_further=True
    ),
    "product": Way(lambda turn, _: turn.say("Media products"), _products, is_further=True, of_rows=False, letter="i"),
    "help": Way(lambda turn, _: turn.say("By kind of help"), _rows(_by_help, "i"), letter="i", is_further=True),
    "level": Way(
        lambda turn, _: turn.say("By level that reports"),
        _rows(lambda figures: figures.by_level, "l"),
        letter="l",
        is_further=True,
        by_parts=True,
    ),
    "place": Way(
        lambda turn, _: turn.say("By place (held in)"),
        _rows(lambda figures: figures.by_place, _PLACE),
        letter=_PLACE,
        is_further=True,
        by_parts=True,
    ),
}
"""The ways to break figures down, by the word in a button's id."""
