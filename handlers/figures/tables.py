"""Shows figures, who owes a week and the targets as tables, or as pages of lines where no table can be shown."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from handlers import menu
from handlers.context import Replies, Turn
from handlers.figures.asked import asked_of
from handlers.figures.missing import asked_for, show_missing
from handlers.figures.targets import show_targets
from locales import Say
from messages import Choice, Outgoing, Table
from messages.actions import (
    BY_ACTIVITY,
    BY_GROUP,
    BY_HELP,
    BY_PLACE,
    BY_UNIT,
    Action,
    FigureTable,
    Missing,
    MissingTable,
    ShowTargets,
    Summary,
    TargetTable,
    choice,
)
from messages.channels import Ability, can
from messages.table_lines import cut, table_lines
from periods.period import Period
from reports.figures import FigureRow, Figures
from reports.tables import by_activity, by_group, by_help, by_place, by_unit, who_owes
from reports.target_tables import targets_table
from reports.wording import period_title
from services.figures import Overview, overview, rows_of
from services.results import Refused
from services.targets import targets

PAGE = 1_300
"""Units of a page's lines: one message of any channel with its head and numbered choices."""


def show_table(turn: Turn, pressed: FigureTable) -> Replies:
    """Show a unit's figures of a period, broken down in one way."""
    wanted = asked_of(turn, pressed.unit, pressed.period)
    if wanted is None:
        return menu.show_menu(turn)
    unit, period = wanted
    seen = _seen(turn, unit, period)
    if seen is None:
        return menu.show_menu(turn)
    kinds = list(_kinds(seen))
    by = pressed.by if pressed.by in kinds else kinds[0]
    others = (choice(FigureTable(unit, period, other), _LABELS[other](turn.say)) for other in kinds if other != by)
    offers = (*others, choice(Summary(unit, period), turn.say("Summary")))
    head, asked = _head(turn, seen.figures, period), FigureTable(unit, period, by, pressed.page)
    if not can(turn.channel, Ability.TABLES) or pressed.page:
        return [_page(turn, asked, head, _table(turn, seen, by, is_whole=False), offers)]
    as_text = [choice(replace(asked, page=1), turn.say("As text"))] if can(turn.channel, Ability.OLD_APPS) else []
    table = _table(turn, seen, by, is_whole=True)
    return [Outgoing(head, (*offers, *as_text, *menu.back_to_menu(turn)), table=table)]


def _page(turn: Turn, pressed: FigureTable, head: str, table: Table, offers: Iterable[Choice]) -> Outgoing:
    """A page of the table as lines, and the way to the next one."""
    pages = cut(table, PAGE)
    at = min(max(pressed.page, 1), len(pages))
    more = [choice(replace(pressed, page=at + 1), turn.say("More →"))] if at < len(pages) else []
    text = "\n\n".join((head, "\n".join(table_lines(pages[at - 1]))))
    return Outgoing(text, (*more, *offers, *menu.back_to_menu(turn)))


_LABELS: Mapping[str, Callable[[Say], str]] = {
    BY_UNIT: lambda say: say("Table by unit"),
    BY_ACTIVITY: lambda say: say("Table by activity"),
    BY_GROUP: lambda say: say("Table by target group"),
    BY_PLACE: lambda say: say("Table by place"),
    BY_HELP: lambda say: say("Table of people helped"),
}


def _kinds(seen: Overview) -> Iterator[str]:
    """The tables in which there is something."""
    if seen.figures.parts:
        yield BY_UNIT
    yield from (BY_ACTIVITY, BY_GROUP)
    if seen.figures.by_place:
        yield BY_PLACE
    if seen.services and seen.services.by_help:
        yield BY_HELP


def _table(turn: Turn, seen: Overview, by: str, *, is_whole: bool) -> Table:
    """The table; by unit, where a table can be shown, each unit with those in it."""
    if by == BY_HELP and seen.services:
        return by_help(seen.services, turn.language)
    if by in _BREAKDOWNS:
        return _BREAKDOWNS[by](seen.figures)
    unit, period = seen.figures.unit, seen.figures.period
    chaired = turn.viewer.tree.chaired(unit) if is_whole else []
    inside = {there.name: _rows(turn, there.code, period) for there in chaired}
    return by_unit(seen.figures, inside, _open(turn, unit, lambda code: Summary(code, period)))


_BREAKDOWNS: Mapping[str, Callable[[Figures], Table]] = {
    BY_ACTIVITY: by_activity,
    BY_GROUP: by_group,
    BY_PLACE: by_place,
}


def _seen(turn: Turn, unit: str, period: Period) -> Overview | None:
    seen = overview(turn.db, turn.viewer, turn.plan, unit=unit, period=period, language=turn.language)
    return None if isinstance(seen, Refused) else seen


def _rows(turn: Turn, unit: str, period: Period) -> tuple[FigureRow, ...]:
    rows = rows_of(turn.db, turn.viewer, turn.plan, unit=unit, period=period, language=turn.language)
    return () if isinstance(rows, Refused) else rows


def _open(turn: Turn, unit: str, action: Callable[[str], Action]) -> Mapping[str, Choice]:
    """The choices that open the units with chairs in this one, by their names."""
    return {
        there.name: choice(action(there.code), turn.say("Open {unit}", unit=there.name))
        for there in turn.viewer.tree.chaired(unit)
    }


def _head(turn: Turn, figures: Figures, period: Period) -> str:
    say = turn.say
    sample = say("SAMPLE DATA: made up to try the bot, not real reports.") if figures.sample else ""
    return "\n".join(filter(None, (f"{period_title(say, period)} – {figures.title}", sample)))


def show_missing_table(turn: Turn, pressed: MissingTable) -> Replies:
    """Show who owes a week, and who is mending it; as text where there are no tables."""
    if not can(turn.channel, Ability.TABLES):
        return show_missing(turn, Missing(pressed.unit, pressed.week))
    figures = asked_for(turn, pressed)
    if isinstance(figures, Refused):
        return menu.show_menu(turn)
    unit, week = figures.unit, figures.period
    say, table = turn.say, who_owes(figures, _open(turn, unit, lambda code: Missing(code, week)))
    offers = (choice(Missing(unit, week), say("Who has not reported")), choice(Summary(unit, week), say("Summary")))
    return [Outgoing(_head(turn, figures, week), (*offers, *menu.back_to_menu(turn)), table=table)]


def show_target_table(turn: Turn, pressed: TargetTable) -> Replies:
    """Show how far the targets are; as text where there are no tables."""
    home = turn.viewer.home
    if home is None or not can(turn.channel, Ability.TABLES):
        return show_targets(turn, ShowTargets(pressed.unit, pressed.period))
    unit = pressed.unit or home.unit
    found = targets(turn.db, turn.viewer, turn.plan, unit=unit, period=pressed.period, language=turn.language)
    if isinstance(found, Refused):
        return menu.show_menu(turn)
    offers = (choice(ShowTargets(unit, pressed.period), turn.say("All targets")), *menu.back_to_menu(turn))
    return [Outgoing(_head(turn, found.figures, found.period), offers, table=targets_table(found))]
