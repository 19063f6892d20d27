"""Asks units for something besides what the plan asks ("đột xuất", V.2): the secretariat does, with one yes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from rules.handing import Takes, ad_hoc_kind
from rules.levels import Level
from rules.roles import Role
from services import access
from services.viewer import Viewer
from storage.directory.holders import holders
from storage.directory.units import Unit
from storage.records import obligations
from storage.records.obligations import Owed

AD_HOC = "ad_hoc"
"""The form by which it is asked for."""


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What was asked for: its units' obligations, and the people to tell, each with what their unit owes."""

    title: str
    due_on: date
    owed: tuple[Owed, ...]
    told: tuple[tuple[int, Owed], ...]

    @property
    def unreached(self) -> int:
        """The number of units of which nobody has joined."""
        return len(self.owed) - len({owed.id for _, owed in self.told})


def ask(db: Connection, viewer: Viewer, answers: Mapping[str, Any], now: datetime) -> AskedFor | None:
    """Let units owe what the answers of the form say; `None` if the person may not, or no unit is meant."""
    units = [*meant(viewer, answers)]
    if not access.may_ask_for(viewer) or not units:
        return None
    title, due_on = str(answers["title"]), date.fromisoformat(answers["due_on"])
    row = obligations.ask(db, title, Takes(answers["takes"]), due_on, viewer.person_id, now)
    ids = [unit.id for unit in units]
    obligations.write_down_ad_hoc(db, row, ids, due_on)
    kind = ad_hoc_kind(row)
    owed = tuple(each for each in obligations.of_units(db, ids, due_on) if each.kind == kind)
    by_unit = {each.unit_id: each for each in owed}
    told = [(person, by_unit[unit]) for person, unit in people_of(db, set(ids), now)]
    return AskedFor(title, due_on, owed, tuple(told))


def meant(viewer: Viewer, answers: Mapping[str, Any]) -> Iterator[Unit]:
    """The units that the answers mean, each once."""
    tree, audience = viewer.tree, answers.get("audience")
    roles = {"wards": (Role.WARD_CHAIR,), "agencies": (Role.AGENCY,), "all": (Role.WARD_CHAIR, Role.AGENCY)}
    if audience in roles:
        yield from tree.with_role(*roles[audience])
    elif audience == "chosen":
        yield from (unit for code in answers.get("bodies") or () if (unit := tree.find(code)))
    elif audience == "neighbourhoods":
        wards = set(answers.get("wards") or ())
        for unit in tree.of_level(Level.NEIGHBOURHOOD):
            if (ward := tree.ward_of(unit.code)) and ward.code in wards:
                yield unit


def people_of(db: Connection, unit_ids: set[int], now: datetime) -> list[tuple[int, int]]:
    """The people who answer for some units, each with the unit."""
    found = holders(db, tuple(Role), now, now, unit_ids=unit_ids)
    return sorted({(each.person_id, each.unit_id) for each in found if each.person_id is not None})
