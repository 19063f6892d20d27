"""The units of the table: the one truth about which units exist, their names, and which lies in which.

`unit_tree` gives the whole tree, read once for each version of the directory. The version is a counter. Code that
changes a unit calls `directory_changed` in the same transaction, and every process sees the change at its next turn.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from sqlalchemy import Connection, bindparam, select

from rules.levels import Level
from storage import tables as t
from storage.db.prepared import Prepared
from storage.db.settings import count_up

VERSION = "directory_version"
DAYS_KEPT = 8
"""Days for which a tree is kept ready: today, and the weeks that people look back to."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of the table `unit`; a code may have several, one after another. `valid_to` is its last day."""

    id: int
    code: str
    name: str
    level: Level
    parent_id: int | None
    valid_from: date
    valid_to: date | None
    sample: bool

    def valid_on(self, day: date) -> bool:
        return self.valid_within(day, day)

    def valid_within(self, first: date, last: date) -> bool:
        """A condition: the unit existed on at least one of these days."""
        return self.valid_from <= last and (self.valid_to is None or self.valid_to >= first)


def titled(name: str, ward: str | None) -> str:
    """A unit as people read it: a neighbourhood always with its ward, "Khu phố 5, Phường 10", others by their name."""
    return f"{name}, {ward}" if ward else name


class UnitTree:
    """Every unit that is or was."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = tuple(units)
        self.by_id: Mapping[int, Unit] = {unit.id: unit for unit in self.units}
        self.on = lru_cache(DAYS_KEPT)(lambda day: UnitsOfDay(self, day))
        """The tree as of a day."""

    def parent(self, unit: Unit) -> Unit | None:
        return None if unit.parent_id is None else self.by_id[unit.parent_id]

    @property
    def root(self) -> Unit:
        """The unit that all others lie in."""
        return max((unit for unit in self.units if unit.level is Level.DISTRICT), key=lambda unit: unit.valid_from)

    def ward_of(self, unit: Unit) -> Unit | None:
        """Find the ward that a unit is or lies in; `None` for agencies and the district."""
        return next((above for above in self.upwards(unit) if above.level is Level.WARD), None)

    def bearers(self, first: date, last: date) -> dict[str, Unit]:
        """Find, for each code, the unit that bore it between two days, or else the latest that did."""
        ordered = sorted(self.units, key=lambda unit: (unit.valid_within(first, last), unit.valid_from))
        return {unit.code: unit for unit in ordered}

    def inside(self, code: str) -> list[int]:
        """The ids of all units that bore a code, and of all that ever lay in them."""
        return [unit.id for unit in self.units if any(above.code == code for above in self.upwards(unit))]

    def upwards(self, unit: Unit) -> list[Unit]:
        """The unit, the one in which it lies, and so on."""
        line, above = [unit], self.parent(unit)
        while above is not None:
            line.append(above)
            above = self.parent(above)
        return line


class UnitsOfDay:
    """The tree as of a day. A code that no unit bears that day means the latest unit that did: its reports stay."""

    def __init__(self, tree: UnitTree, day: date) -> None:
        self._tree = tree
        self._day = day
        self._bearers = tree.bearers(day, day)

    @cached_property
    def standing(self) -> tuple[Unit, ...]:
        """The units that exist."""
        return tuple(unit for unit in self._tree.units if unit.valid_on(self._day))

    def __contains__(self, code: object) -> bool:
        """Whether the code is or was a unit's."""
        return code in self._bearers

    def find(self, code: str) -> Unit | None:
        return self._bearers.get(code)

    def __getitem__(self, code: str) -> Unit:
        """Find the unit of a code. Raises `KeyError` if no unit ever had it."""
        return self._bearers[code]

    @property
    def root(self) -> Unit:
        return self._tree.root

    def of_level(self, *levels: Level) -> list[Unit]:
        """The units of some levels that exist."""
        return [unit for unit in self.standing if unit.level in levels]

    def parent(self, code: str) -> Unit | None:
        return self._tree.parent(self._bearers[code])

    def ward_of(self, code: str) -> Unit | None:
        """Find the ward that a unit is or lies in; `None` for agencies, the district and unknown codes."""
        unit = self.find(code)
        return self._tree.ward_of(unit) if unit else None

    def name(self, code: str) -> str:
        """Return a unit's name, or the code itself if it is no unit's."""
        unit = self.find(code)
        return unit.name if unit else code

    def title(self, code: str) -> str:
        """A unit as people read it: "Khu phố 5, Phường 10"."""
        ward = self.ward_of(code)
        return titled(self.name(code), ward.name if ward and ward.code != code else None)

    def name_in(self, code: str, listed: str) -> str:
        """The same in the list of the unit `listed`: in a ward's own, the ward need not be said."""
        ward = self.ward_of(code)
        return self.name(code) if ward and ward.code == listed else self.title(code)

    def title_of(self, unit_id: int) -> str:
        """The same of a unit by its id, which may be an earlier one's."""
        return self.title(self._tree.by_id[unit_id].code)

    def inside(self, code: str) -> list[int]:
        """The ids of a unit and of all that ever lay in it."""
        return self._tree.inside(code)


_KNOWN = Prepared(select(t.setting.c.value).where(t.setting.c.key == bindparam("key")))
_ROWS = select(*(t.unit.c[name] for name in Unit.__slots__)).order_by(t.unit.c.id)


def unit_tree(db: Connection) -> UnitTree:
    """Return the tree; it is read again only if the directory has changed since this connection read it last."""
    row = _KNOWN.first(db, key=VERSION)
    version = row[0] if row else ""
    known: tuple[str, UnitTree] | None = db.info.get("unit_tree")
    if known is None or known[0] != version:
        rows = (Unit(**{**row._mapping, "level": Level(row.level)}) for row in db.execute(_ROWS))
        known = db.info["unit_tree"] = version, UnitTree(rows)
    return known[1]


def directory_changed(db: Connection) -> None:
    """Count the directory's version up; to be called in every transaction that changes a unit."""
    count_up(db, VERSION)
    db.info.pop("unit_tree", None)


def unit_id(db: Connection, code: str) -> int | None:
    """Find the id of the unit that bears `code` now (the one without an end, else the newest)."""
    bearer: int | None = db.execute(
        select(t.unit.c.id)
        .where(t.unit.c.code == code)
        .order_by(t.unit.c.valid_to.is_not(None), t.unit.c.valid_from.desc())
    ).scalar()
    return bearer
