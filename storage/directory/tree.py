"""The units as values: which exist, what they are called, and which lies in which, as of any day.

A unit keeps its id while it exists, whatever it is called and wherever it lies: its name and its parent are those of a
day. So whoever wants a name, a title or a parent asks the tree `on` a day, and an old report reads as it always did.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise

from rules.changes import ChangeKind, is_over
from rules.levels import Level
from rules.roles import Role, role_in
from rules.weeks import Origin
from storage.directory.lineage import Lineage

A_DAY = timedelta(days=1)
DAYS_KEPT = 16
"""Days for which a tree is kept ready: today, the weeks that people look back to, the days of changes."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with the name and the parent that it has had from the day `since` on.

    A code may have several units, one after another. `valid_to` is the unit's last day.
    """

    id: int
    code: str
    name: str
    level: Level
    parent_id: int | None
    valid_from: date
    valid_to: date | None
    sample: bool
    since: date

    def valid_on(self, day: date) -> bool:
        return self.valid_within(day, day)

    def valid_within(self, first: date, last: date) -> bool:
        """A condition: the unit existed on at least one of these days."""
        return self.valid_from <= last and (self.valid_to is None or self.valid_to >= first)

    @property
    def role(self) -> Role | None:
        """The role that its people have."""
        return role_in(self.level, is_root=self.parent_id is None)


class UnitTree:
    """Every unit that is or was, under each name and parent that it has had."""

    def __init__(self, versions: Iterable[Unit], lineage: Lineage | None = None) -> None:
        self.lineage = lineage or Lineage()
        """Who was before and after each unit."""
        self._versions: dict[int, list[Unit]] = defaultdict(list)
        for version in sorted(versions, key=lambda unit: unit.since):
            self._versions[version.id].append(version)
        self.on = lru_cache(DAYS_KEPT)(lambda day: UnitsOfDay(self, day))
        """The tree as of a day."""

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Every unit under its newest name and parent, in the order of their ids."""
        return tuple(self._versions[key][-1] for key in sorted(self._versions))

    def versions(self, unit_id: int) -> tuple[Unit, ...]:
        """A unit under each name and parent that it has had, the oldest first."""
        return tuple(self._versions[unit_id])

    def as_of(self, unit_id: int, day: date) -> Unit:
        """A unit as it is on a day, or was at its end, or will be at its beginning. Raises `KeyError` for no unit."""
        versions = self._versions.get(unit_id)
        if versions is None:
            raise KeyError(unit_id)
        if len(versions) == 1:
            return versions[0]
        begun = [version for version in versions if version.since <= day]
        return begun[-1] if begun else versions[0]

    def changed_within(self, first: date, last: date, units: Iterable[int]) -> list[date]:
        """The days after `first`, up to `last`, from which some of these units have had another name or parent."""
        days = {version.since for unit in units for version in self._versions[unit][1:]}
        return sorted(day for day in days if first < day <= last)

    @cached_property
    def change_days(self) -> Sequence[date]:
        """The days from which some unit has had another name or parent, in order."""
        return self.changed_within(date.min, date.max, self._versions)

    def moved_within(self, first: date, last: date, units: Iterable[int]) -> list[date]:
        """The days after `first`, up to `last`, from which some of these units have had another parent."""
        days = {
            version.since
            for unit in units
            for before, version in pairwise(self._versions[unit])
            if before.parent_id != version.parent_id
        }
        return sorted(day for day in days if first < day <= last)

    def origins(self, unit_id: int) -> Sequence[Origin]:
        """The units that a unit comes from, as `rules.weeks` asks for them."""
        return self._origins.get(unit_id, ())

    @cached_property
    def _origins(self) -> Mapping[int, Sequence[Origin]]:
        bearers = {(unit.code, unit.valid_to + A_DAY): unit.id for unit in self.units if unit.valid_to}
        return {unit.id: found for unit in self.units if (found := tuple(self._origins_of(unit, bearers)))}

    def _origins_of(self, unit: Unit, bearers: Mapping[tuple[str, date], int]) -> Iterator[Origin]:
        """By the ledger; without it, the unit that bore the same code until the day before."""
        changes = self.lineage.into(unit.id)
        yield from (Origin(change.before, change.on_date) for change in changes)
        merged = {change.on_date for change in changes if change.kind is ChangeKind.MERGE}
        yield from (Origin(unit.id, day) for day in sorted(merged) if unit.valid_from < day)
        if not changes and (before := bearers.get((unit.code, unit.valid_from))):
            yield Origin(before, unit.valid_from)

    def bearers(self, first: date, last: date) -> dict[str, Unit]:
        """Find, for each code, the unit that bore it between two days, or else the latest that did, as of `last`."""
        ordered = sorted(self.units, key=lambda unit: (unit.valid_within(first, last), unit.valid_from))
        return {unit.code: self.as_of(unit.id, last) for unit in ordered}

    def inside(self, code: str) -> list[int]:
        """The ids of all units that bore a code, and of all that ever lay in them."""
        ids = [unit.id for unit in self.units if unit.code == code]
        for unit_id in ids:
            ids.extend(sorted(self._children[unit_id].difference(ids)))
        return ids

    @cached_property
    def _children(self) -> Mapping[int, set[int]]:
        """By parent whoever ever lay straight in it."""
        children: dict[int, set[int]] = defaultdict(set)
        for versions in self._versions.values():
            for unit in versions:
                if unit.parent_id is not None:
                    children[unit.parent_id].add(unit.id)
        return children


class UnitsOfDay:
    """The tree as of a day. A code that no unit bears that day means the latest unit that did: its reports stay."""

    def __init__(self, tree: UnitTree, day: date) -> None:
        self._tree = tree
        self._day = day
        self._above = dict[int, list[str]]()

    @cached_property
    def _bearers(self) -> dict[str, Unit]:
        return self._tree.bearers(self._day, self._day)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Every unit that is, was or will be, as of the day."""
        return tuple(self.unit(unit.id) for unit in self._tree.units)

    @cached_property
    def standing(self) -> tuple[Unit, ...]:
        """The units that exist."""
        return tuple(unit for unit in self.units if unit.valid_on(self._day))

    def __contains__(self, code: object) -> bool:
        """Whether the code is or was a unit's."""
        return code in self._bearers

    def unit(self, unit_id: int) -> Unit:
        """Return the unit of an id, which may have ended. Raises `KeyError` if there is none."""
        return self._tree.as_of(unit_id, self._day)

    def find(self, code: str) -> Unit | None:
        return self._bearers.get(code)

    def __getitem__(self, code: str) -> Unit:
        """Find the unit of a code. Raises `KeyError` if no unit ever had it."""
        return self._bearers[code]

    @property
    def root(self) -> Unit:
        """The unit that all others lie in: of those without a parent the one that exists, else the latest."""
        tops = (unit for unit in self.units if unit.parent_id is None)
        return max(tops, key=lambda unit: (unit.valid_on(self._day), unit.valid_from))

    def of_level(self, *levels: Level) -> list[Unit]:
        """The units of some levels that exist."""
        return [unit for unit in self.standing if unit.level in levels]

    def with_role(self, *roles: str) -> list[Unit]:
        """The units that exist and whose people have one of these roles."""
        return [unit for unit in self.standing if unit.role in roles]

    def chaired(self, code: str) -> list[Unit]:
        """The units with a chair of their own that lie directly in a unit."""
        return [unit for unit in self.with_role(Role.WARD_CHAIR) if (above := self.above(unit)) and above.code == code]

    def above(self, unit: Unit) -> Unit | None:
        """The unit in which a unit of this day lies."""
        return None if unit.parent_id is None else self.unit(unit.parent_id)

    def upwards(self, unit: Unit) -> list[Unit]:
        """The unit, the one in which it lies, and so on."""
        line, above = [unit], self.above(unit)
        while above is not None:
            line.append(above)
            above = self.above(above)
        return line

    def successors(self, unit_id: int) -> list[Unit]:
        """The units as which one that has ended goes on: one after a merger, several after a split, or none."""
        unit = self.unit(unit_id)
        if not is_over(unit.valid_to, self._day):
            return []
        found: dict[int, Unit] = {}
        for change in self._tree.lineage.out_of(unit_id):
            after = self.unit(change.after)
            later = self.successors(after.id) if is_over(after.valid_to, self._day) else [after]
            found.update((unit.id, unit) for unit in later)
        return list(found.values())

    def predecessors(self, unit_id: int) -> list[int]:
        """The ids of the units that go on as this one, by the day."""
        return [change.before for change in self._tree.lineage.all_into(unit_id) if change.on_date <= self._day]

    def parent(self, code: str) -> Unit | None:
        return self.above(self._bearers[code])

    def codes_above(self, code: str) -> list[str]:
        """The codes of all units that a unit lies in, the nearest first; of one that has ended, those after it too."""
        unit = self.find(code)
        return [*self._codes_above(unit)] if unit else []

    def _codes_above(self, unit: Unit) -> list[str]:
        """The same, worked out once for each unit: who may do what asks for it again and again."""
        if unit.id not in self._above:
            self._above[unit.id] = self._find_above(unit)
        return self._above[unit.id]

    def _find_above(self, unit: Unit) -> list[str]:
        waiting, codes = [unit], dict[str, None]()
        for here in waiting:
            above = self.above(here)
            nearest = [*([above] if above else ()), *self.successors(here.id)]
            waiting.extend(found for found in nearest if found.code not in codes)
            codes.update(dict.fromkeys(found.code for found in nearest))
        return list(codes)

    def ward_of(self, code: str) -> Unit | None:
        """Find the ward that a unit is or lies in; `None` for units above the wards, beside them, and unknown codes."""
        unit = self.find(code)
        return self.ward_around(unit) if unit else None

    def ward_around(self, unit: Unit) -> Unit | None:
        """The same for a unit of this day."""
        return next((above for above in self.upwards(unit) if above.level is Level.WARD), None)

    def name(self, code: str) -> str:
        """Return a unit's name, or the code itself if it is no unit's."""
        unit = self.find(code)
        return unit.name if unit else code

    def title(self, code: str) -> str:
        """A unit as people read it: with all that it lies in but the root, "Khu phố 5, Phường 10"."""
        unit = self.find(code)
        return self._title(unit) if unit else code

    def name_in(self, unit: Unit, listed: str) -> str:
        """The same in the list of the unit `listed` (a code): in a ward's own, the ward need not be said."""
        above = self.above(unit)
        return unit.name if above and above.code == listed else self._title(unit)

    def title_of(self, unit_id: int) -> str:
        """The same of a unit by its id, whoever bears its code now."""
        return self._title(self.unit(unit_id))

    def _title(self, unit: Unit) -> str:
        line = self.upwards(unit)
        return ", ".join(above.name for above in (line[:-1] or line))

    def inside(self, code: str) -> list[int]:
        """The ids of a unit and of all that lie in it, with those that have ended and go on there.

        What moved elsewhere is not among them, with all that it ever reported: it is its new neighbours' now.
        """
        return [unit.id for unit in self.units if code in (unit.code, *self._codes_above(unit))]
