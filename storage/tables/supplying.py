"""Tables of what units know of people beyond their reports: how many there are, whom lists show, what a survey found.

Nothing is ever changed or taken out: a new number replaces the one that stood, which keeps its row.
"""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from storage.tables.columns import maybe_ref, maybe_time, new_id, ref, time
from storage.tables.states import SupplyState

_STANDS = text("stands")


def _one_stands(table: str, *columns: str) -> Index:
    return Index(f"ix_{table}_standing", *columns, unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS)


class Supply(SQLModel, table=True):
    """Numbers that were supplied together: by a person for a unit, or in a `file`. `state` is a `SupplyState`."""

    id: int | None = new_id()
    unit_id: int | None = maybe_ref("unit.id")
    person_id: int | None = maybe_ref("person.id")
    at: datetime = time()
    file: str = ""
    state: str = SupplyState.OPEN
    decided_by: int | None = maybe_ref("person.id")
    decided_at: datetime | None = maybe_time()


class Denominator(SQLModel, table=True):
    """How many people of a target group there are in a unit, with source and day; `sex` is a `Sex`."""

    __table_args__ = (_one_stands("denominator", "unit_id", "target_group", "sex", "as_of"),)
    id: int | None = new_id()
    supply_id: int = ref("supply.id", index=True)
    unit_id: int = ref("unit.id")
    target_group: str
    sex: str
    value: int
    source: str
    as_of: date
    stands: bool = False
    replaced_by: int | None = maybe_ref("supply.id")


class RosterCount(SQLModel, table=True):
    """How many people of a group a unit's own list shows as trained, with knowledge or with skills: its `measure`."""

    __tablename__ = "roster_count"
    __table_args__ = (_one_stands("roster_count", "unit_id", "target_group", "measure", "sex", "as_of"),)
    id: int | None = new_id()
    supply_id: int = ref("supply.id", index=True)
    unit_id: int = ref("unit.id")
    target_group: str
    measure: str
    sex: str
    value: int
    source: str
    as_of: date
    stands: bool = False
    replaced_by: int | None = maybe_ref("supply.id")


class SurveyShare(SQLModel, table=True):
    """The share of people reached (tenths of a percent) that a survey found for a target, and how it was made."""

    __tablename__ = "survey_share"
    __table_args__ = (_one_stands("survey_share", "unit_id", "target", "as_of"),)
    id: int | None = new_id()
    supply_id: int = ref("supply.id", index=True)
    unit_id: int = ref("unit.id")
    target: str
    value: int
    sample_size: int
    method: str
    source: str
    as_of: date
    stands: bool = False
    replaced_by: int | None = maybe_ref("supply.id")
