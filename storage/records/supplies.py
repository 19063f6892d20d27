"""Keeps what units know of people: how many there are, whom their lists show, what a survey found.

What is supplied together is confirmed together. Of each number (unit, group, measure, sex, day) one stands; a new one
replaces it, and every row says who supplied it, when, and what replaced it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, and_, func, insert, literal, select, update

from rules.kinds import Measure, Sex
from storage import tables as t
from storage.tables.states import SupplyState


@dataclass(frozen=True, slots=True)
class Number:
    """One number with its source and day: `value` is people, or of a survey tenths of a percent.

    `about` is the code of a target group, of a survey that of a target; only a survey has a sample and a method.
    """

    measure: Measure
    unit_id: int
    about: str
    sex: Sex
    value: int
    source: str
    as_of: date
    sample_size: int = 0
    method: str = ""

    @property
    def key(self) -> tuple[Measure, int, str, Sex, date]:
        """What it is a number of: one number of a key stands."""
        return self.measure, self.unit_id, self.about, self.sex, self.as_of


@dataclass(frozen=True, slots=True)
class Supply:
    """Numbers that were supplied together, by whom and when, and whether they were confirmed."""

    id: int
    unit_id: int | None
    person_id: int | None
    person: str
    at: datetime
    file: str
    state: SupplyState
    numbers: tuple[Number, ...]


_TABLES: Mapping[Measure, Table] = {
    Measure.PEOPLE: t.denominator,
    Measure.REACHED: t.roster_count,
    Measure.TRAINED: t.roster_count,
    Measure.KNOWLEDGE: t.roster_count,
    Measure.SKILLS: t.roster_count,
    Measure.SURVEY: t.survey_share,
}
_EACH = (t.denominator, t.roster_count, t.survey_share)


def _about(table: Table) -> str:
    return "target" if table is t.survey_share else "target_group"


def _numbers(table: Table) -> Select[Any]:
    """A table's rows as the fields of a `Number`, with their supply first."""
    column = table.c
    constant = {t.denominator: Measure.PEOPLE, t.survey_share: Measure.SURVEY}
    return select(
        column.supply_id,
        literal(constant[table].value) if table in constant else column.measure,
        column.unit_id,
        column[_about(table)],
        literal(Sex.ALL.value) if table is t.survey_share else column.sex,
        column.value,
        column.source,
        column.as_of,
        column.sample_size if table is t.survey_share else literal(0),
        column.method if table is t.survey_share else literal(""),
    )


def _number(measure: str, unit_id: int, about: str, sex: str, *rest: Any) -> Number:
    return Number(Measure(measure), unit_id, about, Sex(sex), *rest)


def standing(db: Connection) -> list[Number]:
    """All numbers that stand."""
    rows = (row for table in _EACH for row in db.execute(_numbers(table).where(table.c.stands)))
    return [_number(*values) for _, *values in rows]


def supply(
    db: Connection,
    numbers: Iterable[Number],
    now: datetime,
    *,
    unit_id: int | None = None,
    person_id: int | None = None,
    file: str = "",
) -> int:
    """Note numbers that wait to be confirmed, and return their common id."""
    row = {"unit_id": unit_id, "person_id": person_id, "at": now, "file": file, "state": SupplyState.OPEN.value}
    supply_id = int(db.execute(insert(t.supply).values(row).returning(t.supply.c.id)).scalar_one())
    for number in numbers:
        table = _TABLES[number.measure]
        values = {
            "supply_id": supply_id,
            "unit_id": number.unit_id,
            _about(table): number.about,
            "measure": number.measure.value,
            "sex": number.sex.value,
            "value": number.value,
            "source": number.source,
            "as_of": number.as_of,
            "sample_size": number.sample_size,
            "method": number.method,
            "stands": False,
        }
        db.execute(insert(table).values({name: value for name, value in values.items() if name in table.c}))
    return supply_id


def confirm(db: Connection, supply_id: int, person_id: int | None, now: datetime) -> bool:
    """Let the numbers of a supply stand in the place of those that stood. False if it is decided already."""
    if not _decide(db, supply_id, SupplyState.CONFIRMED, person_id, now):
        return False
    for table in _EACH:
        new = table.alias("new")
        same = and_(*(column == new.c[column.name] for column in _key(table)))
        mine = select(new.c.id).where(new.c.supply_id == supply_id, same).exists()
        db.execute(update(table).where(table.c.stands, mine).values(stands=False, replaced_by=supply_id))
        db.execute(update(table).where(table.c.supply_id == supply_id).values(stands=True))
    return True


def _key(table: Table) -> Sequence[Column[Any]]:
    """The columns of which one row stands."""
    return next(tuple(index.columns) for index in table.indexes if index.unique)


def decline(db: Connection, supply_id: int, person_id: int | None, now: datetime) -> bool:
    """Leave the numbers that stand as they are. False if it is decided already."""
    return _decide(db, supply_id, SupplyState.DECLINED, person_id, now)


def _decide(db: Connection, supply_id: int, state: SupplyState, person_id: int | None, now: datetime) -> bool:
    row = t.supply.c
    waiting = (row.id == supply_id, row.state == SupplyState.OPEN.value)
    decided = {"state": state.value, "decided_by": person_id, "decided_at": now}
    return db.execute(update(t.supply).where(*waiting).values(decided)).rowcount == 1


def find(db: Connection, supply_id: int) -> Supply | None:
    """Find what was supplied together."""
    found = _supplies(db, t.supply.c.id == supply_id)
    return found[0] if found else None


def waiting(db: Connection, *, offset: int, limit: int) -> list[Supply]:
    """List what waits to be confirmed, the oldest first."""
    return _supplies(db, t.supply.c.state == SupplyState.OPEN.value, offset=offset, limit=limit)


def count_waiting(db: Connection) -> int:
    """Count the same."""
    waits = t.supply.c.state == SupplyState.OPEN.value
    return int(db.execute(select(func.count()).select_from(t.supply).where(waits)).scalar_one())


def _supplies(db: Connection, which: ColumnElement[bool], *, offset: int = 0, limit: int = 1) -> list[Supply]:
    row = t.supply.c
    query = (
        select(row.id, row.unit_id, row.person_id, t.person.c.name, row.at, row.file, row.state)
        .join_from(t.supply, t.person, t.person.c.id == row.person_id, isouter=True)
        .where(which)
        .order_by(row.id)
        .offset(offset)
        .limit(limit)
    )
    heads = db.execute(query).all()
    numbers: dict[int, list[Number]] = {head.id: [] for head in heads}
    for table in _EACH:
        for supply_id, *values in db.execute(
            _numbers(table).where(table.c.supply_id.in_(numbers)).order_by(table.c.id)
        ):
            numbers[supply_id].append(_number(*values))
    return [
        Supply(*head[:3], head.name or "", head.at, head.file, SupplyState(head.state), tuple(numbers[head.id]))
        for head in heads
    ]
