"""The plan's levels: which there are, what people call them, which lies in which, and which owe a report each week.

Code knows levels by their words (`rules.levels`). A plan says which of them it has: a district with wards and
neighbourhoods, a ward alone with its neighbourhoods, a city with all of these.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from interview import fold
from locales import capital
from plan import cells
from plan.tables import Row
from rules.levels import Level
from rules.roles import ABOVE, role_in

COLUMNS = ("code", "name_vi", "name_en", "plural_en", "parents", "owes_week")


@dataclass(frozen=True, slots=True)
class PlannedLevel:
    """A level of the plan. Its units lie in units of one of the `parents`; the highest level has none."""

    code: Level
    name_vi: str
    name_en: str
    plural_en: str
    parents: tuple[Level, ...]
    owes_week: bool

    def name(self, language: str) -> str:
        """What one such unit is called: "khu phố", "neighbourhood"."""
        return self.name_en if language == "en" else self.name_vi

    def plural(self, language: str) -> str:
        """What several are called: "khu phố", "neighbourhoods"."""
        return self.plural_en if language == "en" else self.name_vi


@dataclass(frozen=True)
class Levels:
    """The levels of a plan, in its order."""

    by_code: Mapping[Level, PlannedLevel]

    @cached_property
    def owing(self) -> frozenset[Level]:
        """The levels whose units owe a report, or the word that there was nothing, each week."""
        return frozenset(code for code, level in self.by_code.items() if level.owes_week)

    @cached_property
    def called(self) -> Mapping[str, Level]:
        """The levels by what people call them, folded: "phường", "Khu phố", "WARD"."""
        named = (
            (each, level.code) for level in self.by_code.values() for each in (level.code, level.name_vi, level.name_en)
        )
        return {fold(name): code for name, code in named}

    @property
    def top(self) -> PlannedLevel:
        """The level of the unit that all others lie in."""
        return next(level for level in self.by_code.values() if not level.parents)

    def below(self, level: str) -> tuple[PlannedLevel, ...]:
        """The levels of the units that lie directly in units of a level."""
        return tuple(lower for lower in self.by_code.values() if level in lower.parents)

    def looking_after(self) -> list[PlannedLevel]:
        """The levels whose people look after the units in theirs, the lowest first."""
        chairs = (level for level in self.by_code.values() if role_in(level.code, is_root=not level.parents) in ABOVE)
        return sorted(chairs, key=lambda level: list(Level).index(level.code), reverse=True)

    def name(self, level: str, language: str) -> str:
        """What a unit of a level is called; the level's word itself once it has left the plan."""
        known = self.by_code.get(Level(level))
        return known.name(language) if known else level

    def title(self, level: str, language: str) -> str:
        """What units of a level are called at the beginning of a line."""
        known = self.by_code.get(Level(level))
        return capital(known.plural(language) if known else level)

    def of_owing(self, language: str) -> str:
        """What the units that owe a week are called together: "khu phố", "neighbourhoods"."""
        return ", ".join(self.by_code[level].plural(language) for level in self.by_code if level in self.owing)


def read_levels(rows: Mapping[str, Row]) -> Levels:
    """The levels of the rows by code; what is wrong is noted at its row, and the levels are then not to be used."""
    read = ((row, _level(row, rows)) for row in rows.values())
    levels = [(row, level) for row, level in read if level is not None]
    _check_top(levels)
    if len(levels) == len(rows) and not any(level.owes_week for _, level in levels):
        levels[-1][0].wrong("no_owing")
    return Levels({level.code: level for _, level in levels})


def _level(row: Row, listed: Mapping[str, Row]) -> PlannedLevel | None:
    code = cells.word(row, "code", Level)
    name_vi, name_en = cells.text(row, "name_vi"), cells.text(row, "name_en")
    plural_en, owes_week = cells.text(row, "plural_en"), cells.flag(row, "owes_week")
    if code is None or name_vi is None or name_en is None or plural_en is None or owes_week is None:
        return None
    parents = tuple(row.cells["parents"].split())
    higher = [level for level in Level if level in listed and list(Level).index(level) < list(Level).index(code)]
    for value in parents:
        if value not in higher:
            row.wrong("level_parent", value=value, level=code)
    return PlannedLevel(code, name_vi, name_en, plural_en, tuple(each for each in higher if each in parents), owes_week)


def _check_top(levels: Iterable[tuple[Row, PlannedLevel]]) -> None:
    """One level has no parents, so that one unit is the root; the order of levels sees to it that there is one."""
    tops = [row for row, _ in levels if not row.cells["parents"]]
    for row in tops[1:]:
        row.wrong("two_tops", value=row.cells["code"], other=tops[0].cells["code"], first=tops[0].number)
