"""Reads which week's and unit's summary is asked for in words ("tuần trước", "2026-W47", "phường 10", "P10-KP05")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from conversation.readings import NO_READING, Meaning, Reading, Said, sure
from handlers import menu
from handlers.access import act
from handlers.context import Replies, Turn
from interview import fold
from messages import Outgoing
from messages.actions import Summary
from periods.period import week_around, week_period
from periods.weeks import monday_of, shift, week_of
from rules.levels import Level
from services.access import may_see_figures
from storage.directory.units import Unit

_NEAR_WEEKS = {"tuan nay": 0, "this week": 0, "tuan truoc": -1, "tuan roi": -1, "tuan qua": -1, "last week": -1}
_NEXT_WEEK = re.compile("tuan sau|tuan toi|next week")
_NEAR_WEEK = re.compile("|".join(_NEAR_WEEKS))
_WEEK = re.compile(r"\b(?:([0-9]{4})-?w|(?:tuan|week) (?:so )?)([0-9]{1,2})\b")
_SHORT = re.compile(r"(q|p|f|kp) ?0?([1-9][0-9]?)")
_LEVELS = {"q": Level.DISTRICT, "p": Level.WARD, "f": Level.WARD, "kp": Level.NEIGHBOURHOOD}
_LONGEST = 200
"""Characters of a text that names a week and a unit, and nothing else."""
_FILLER = re.compile(r"\b(?:cua|o|tai|cho|trong|of|for|the)\b|[,;:()]")


@dataclass(frozen=True, slots=True)
class Asked:
    """The unit's code and the week that a whole text names; empty for the one that it leaves out."""

    unit: str = ""
    week: str = ""


NOTHING_ASKED = Asked()


def after_command(said: Said) -> Reading:
    """Read "tóm tắt …" or "/tomtat …", or say what can be written there."""
    begun = said.beginning
    if begun.action != Summary() or not begun.rest:
        return NO_READING
    return sure(Meaning.SUMMARY, partial(_after_command, said.turn, begun.rest))


def _after_command(turn: Turn, text: str) -> Replies:
    if not turn.agreed or not turn.viewer.roles:
        return act(turn, Summary())
    asked = _read(turn, text)
    if asked == NOTHING_ASKED:
        return [Outgoing(_what_can_be_written(turn), menu.back_to_menu(turn))]
    return _show(turn, asked)


def in_passing(said: Said) -> Reading:
    """Read a text that names only another week, or a unit that the person may see."""
    turn, asked = said.turn, _read(said.turn, said.text)
    if asked in (NOTHING_ASKED, Asked(week=week_of(turn.today))):
        return NO_READING
    is_theirs = may_see_figures(turn.viewer, asked.unit or _home(turn))
    return sure(Meaning.SUMMARY, partial(_show, turn, asked)) if is_theirs else NO_READING


def _show(turn: Turn, asked: Asked) -> Replies:
    week = week_period(asked.week) if asked.week else week_around(turn.today)
    return act(turn, Summary(asked.unit or _home(turn), week))


def _home(turn: Turn) -> str:
    return turn.viewer.home.unit if turn.viewer.home else ""


def _read(turn: Turn, text: str) -> Asked:
    if len(text) > _LONGEST:
        return NOTHING_ASKED
    said, week = week_in(fold(text).strip(" .!?"), week_of(turn.today))
    said = " ".join(_FILLER.sub(" ", said).split())
    unit = _unit(turn, said) if said else ""
    return Asked(unit, week) if unit or not said else NOTHING_ASKED


def week_in(said: str, this_week: str, *, ahead: bool = False) -> tuple[str, str]:
    """Split a folded text into the rest and the week that it names.

    A number without a year is the latest such week that has begun; with `ahead`, the next that has not ended.
    """
    near = _NEAR_WEEK.search(said)
    if near:
        return said.replace(near[0], " ", 1), shift(this_week, _NEAR_WEEKS[near[0]])
    if ahead and (following := _NEXT_WEEK.search(said)):
        return said.replace(following[0], " ", 1), shift(this_week, 1)
    match = _WEEK.search(said)
    if match is None:
        return said, ""
    year = int(match[1] or this_week[:4])
    week = f"{year}-W{int(match[2]):02}"
    if not match[1] and (week < this_week if ahead else week > this_week):
        week = f"{year + 1 if ahead else year - 1}{week[4:]}"
    try:
        monday_of(week)
    except ValueError:
        return said, ""
    return said.replace(match[0], " ", 1), week


def _unit(turn: Turn, said: str) -> str:
    """Find the code of the one unit with that name, else empty; of several, the one in the person's own ward."""
    called = _SHORT.sub(lambda short: f"{fold(turn.plan.levels.name(_LEVELS[short[1]], 'vi'))} {short[2]}", said)
    bearers = [unit for unit in turn.viewer.tree.standing if {said, called} & set(_names(turn, unit))]
    home = turn.viewer.tree.ward_of(turn.viewer.home.unit) if turn.viewer.home else None
    near = [unit for unit in bearers if home and unit.parent_id == home.id] if len(bearers) > 1 else bearers
    return near[0].code if len(near) == 1 else ""


def _names(turn: Turn, unit: Unit) -> Iterator[str]:
    yield fold(unit.code)
    yield fold(unit.name)
    if unit.code == turn.viewer.tree.root.code:
        yield from _words_for_everything(turn, unit)
    parent = turn.viewer.tree.parent(unit.code)
    if parent:
        yield fold(f"{unit.name} {parent.name}")


def _words_for_everything(turn: Turn, root: Unit) -> Iterator[str]:
    """What the root is called without its name: "quận", "toàn quận", "the district"."""
    vietnamese, english = (fold(turn.plan.levels.name(root.level, language)) for language in ("vi", "en"))
    yield from (vietnamese, f"ca {vietnamese}", f"toan {vietnamese}", english, f"the {english}")


def _what_can_be_written(turn: Turn) -> str:
    home = turn.viewer.home
    assert home is not None  # noqa: S101 (who has no role is shown the menu)
    return turn.say(
        "I did not find that week or unit. You can write, for example: tóm tắt tuần trước · tóm tắt tuần 45 · "
        "tóm tắt {unit} · tóm tắt {code} tuần trước.",
        unit=home.unit_name,
        code=home.unit,
    )
