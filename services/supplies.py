"""Numbers of people that units supply for the targets: a unit says them, the secretariat confirms them, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from rules.roles import Role
from services import access
from services.viewer import Viewer
from storage.directory.holders import holders
from storage.records import supplies
from storage.records.supplies import Number, Supply


@dataclass(frozen=True, slots=True)
class Supplied:
    """What became of supplied numbers: they stand at once if the secretariat said them; else it is `told` of them."""

    supply: Supply
    stands: bool
    told: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DecidedSupply:
    """Numbers as they are now; `is_new` if this very tap decided about them, and then their author is `told`."""

    supply: Supply
    is_new: bool
    told: tuple[int, ...] = ()


def supply(db: Connection, viewer: Viewer, unit: str, numbers: Sequence[Number], now: datetime) -> Supplied | None:
    """Take a unit's numbers. `None` if the person may not supply them."""
    if not access.may_supply(viewer, unit):
        return None
    unit_id = viewer.tree[unit].id
    number = supplies.supply(db, numbers, now, unit_id=unit_id, person_id=viewer.person_id)
    stands = access.may_confirm_supplies(viewer) and supplies.confirm(db, number, viewer.person_id, now)
    found = supplies.find(db, number)
    assert found is not None  # noqa: S101 (just written)
    people = () if stands else (each.person_id for each in holders(db, [Role.SECRETARIAT], now, now))
    return Supplied(found, stands, tuple(sorted({person for person in people if person})))


def decide(db: Connection, viewer: Viewer, supply_id: int, now: datetime, *, confirm: bool) -> DecidedSupply | None:
    """Let numbers stand, or leave everything as it was. `None` if there are none, or the person may not."""
    if not access.may_confirm_supplies(viewer):
        return None
    done = (supplies.confirm if confirm else supplies.decline)(db, supply_id, viewer.person_id, now)
    found = supplies.find(db, supply_id)
    if found is None:
        return None
    author = (found.person_id,) if found.person_id and found.person_id != viewer.person_id and done else ()
    return DecidedSupply(found, done, author)


def find(db: Connection, viewer: Viewer, supply_id: int) -> Supply | None:
    """Find numbers, if this person may see them: their author, and the secretariat."""
    found = supplies.find(db, supply_id)
    return found if found is not None and access.may_see_supply(viewer, found.person_id) else None


def waiting(db: Connection, viewer: Viewer, *, offset: int, limit: int) -> list[Supply]:
    """List what waits to be confirmed, the oldest first."""
    return supplies.waiting(db, offset=offset, limit=limit) if access.may_confirm_supplies(viewer) else []


def count_waiting(db: Connection, viewer: Viewer) -> int:
    """Count the same."""
    return supplies.count_waiting(db) if access.may_confirm_supplies(viewer) else 0
