"""The units of the tables: the one truth about which units exist, their names, and which lies in which.

`unit_tree` gives the whole tree (`storage.directory.tree`), read once for each version of the directory. The version is
a counter. Code that changes a unit calls `directory_changed` in the same transaction, and every process sees the change
at its next turn.
"""

from sqlalchemy import Connection, bindparam, select

from rules.changes import ChangeKind
from rules.levels import Level
from storage import tables as t
from storage.db.prepared import Prepared
from storage.db.settings import count_up
from storage.db.writer import STEP
from storage.directory.lineage import Lineage, UnitChange
from storage.directory.tree import Unit, UnitsOfDay, UnitTree

__all__ = ["VERSION", "Unit", "UnitTree", "UnitsOfDay", "directory_changed", "unit_id", "unit_tree"]

VERSION = "directory_version"

_KNOWN = Prepared(select(t.setting.c.value).where(t.setting.c.key == bindparam("key")))
_VERSIONS = select(
    t.unit.c.id,
    t.unit.c.code,
    t.unit_version.c.name,
    t.unit.c.level,
    t.unit_version.c.parent_id,
    t.unit.c.valid_from,
    t.unit.c.valid_to,
    t.unit.c.sample,
    t.unit_version.c.valid_from.label("since"),
).join_from(t.unit, t.unit_version, t.unit_version.c.unit_id == t.unit.c.id)
_CHANGES = select(
    t.unit_change.c.kind,
    t.unit_change.c.from_unit_id,
    t.unit_change.c.to_unit_id,
    t.unit_change.c.on_date,
    t.unit_change.c.resolution,
).order_by(t.unit_change.c.id)


def unit_tree(db: Connection) -> UnitTree:
    """Return the tree; it is read again only if the directory has changed since this connection read it last.

    Whether it has is looked up once a turn: a turn that changes it says so (`directory_changed`).
    """
    known: tuple[str, UnitTree, object] | None = db.info.get("unit_tree")
    step = db.info.get(STEP)
    if known is not None and step is not None and known[2] is step:
        return known[1]
    row = _KNOWN.first(db, key=VERSION)
    version = row[0] if row else ""
    tree = known[1] if known is not None and known[0] == version else _read(db)
    db.info["unit_tree"] = version, tree, step
    return tree


def _read(db: Connection) -> UnitTree:
    rows = db.execute(_VERSIONS).all()
    versions = (Unit(unit_id, code, name, Level(level), *rest) for unit_id, code, name, level, *rest in rows)
    changes = (UnitChange(ChangeKind(kind), *rest) for kind, *rest in db.execute(_CHANGES))
    return UnitTree(versions, Lineage(changes))


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
