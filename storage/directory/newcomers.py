"""People who came by a ward's code and are not in yet: which unit they say is theirs, and what the ward decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, exists, insert, select, update

from storage import tables as t
from storage.tables.states import NewcomerState, written_out

GATHERED = timedelta(minutes=10)
"""Who comes soon after others is told of together with those who come later: a meeting takes one message or two."""
_ROW = t.newcomer.c
_OPEN = (NewcomerState.ASKING, NewcomerState.WAITING)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody on their way in; `unit_id` is `None` until they have said which unit is theirs."""

    id: int
    person_id: int
    name: str
    language: str
    invitation_id: int
    ward_id: int
    unit_id: int | None
    state: str

    @property
    def is_waiting(self) -> bool:
        return self.state == NewcomerState.WAITING


def _newcomers() -> Select[Any]:
    what = [_ROW.id, _ROW.person_id, t.person.c.name, t.person.c.language, _ROW.invitation_id, _ROW.ward_id]
    return select(*what, _ROW.unit_id, _ROW.state).join(t.person, t.person.c.id == _ROW.person_id)


def add(db: Connection, person_id: int, invitation_id: int, ward_id: int, now: datetime) -> None:
    """Note that somebody came by a ward's code."""
    values = {"person_id": person_id, "invitation_id": invitation_id, "ward_id": ward_id, "came_at": now}
    db.execute(insert(t.newcomer).values(state=NewcomerState.ASKING, **values))


def of_person(db: Connection, person_id: int) -> Newcomer | None:
    """Find the way in that a person is on."""
    row = db.execute(_newcomers().where(_ROW.person_id == person_id, _ROW.state.in_(_OPEN))).first()
    return Newcomer(**row._mapping) if row else None


def find(db: Connection, newcomer_id: int) -> Newcomer | None:
    """Find somebody who waits, locked: two chairs may decide at once."""
    waits = (_ROW.id == newcomer_id, _ROW.state == NewcomerState.WAITING)
    row = db.execute(_newcomers().where(*waits).with_for_update(of=t.newcomer)).first()
    return Newcomer(**row._mapping) if row else None


def waiting(db: Connection, ward_ids: Sequence[int]) -> list[Newcomer]:
    """List who waits for some wards, the first first."""
    waits = (_ROW.ward_id.in_(ward_ids), _ROW.state == written_out(NewcomerState.WAITING))
    return [Newcomer(**row._mapping) for row in db.execute(_newcomers().where(*waits).order_by(_ROW.id))]


def choose(db: Connection, newcomer_id: int, unit_id: int) -> None:
    """Note which unit somebody says is theirs."""
    db.execute(update(t.newcomer).where(_ROW.id == newcomer_id, _ROW.state.in_(_OPEN)).values(unit_id=unit_id))


def wait(db: Connection, newcomer_id: int) -> None:
    """Note that somebody has said all that the ward needs to decide."""
    db.execute(update(t.newcomer).where(_ROW.id == newcomer_id).values(state=NewcomerState.WAITING))


def decide(db: Connection, newcomer_id: int, state: NewcomerState, by: int, now: datetime) -> None:
    """Note what the ward decided."""
    db.execute(update(t.newcomer).where(_ROW.id == newcomer_id).values(state=state, decided_by=by, decided_at=now))


def untold_wards(db: Connection, now: datetime, after: int = 0, most: int = 1_000) -> list[int]:
    """The wards, by id, where somebody waits of whom nobody was told, and where nobody was told of others just now."""
    row, other = t.newcomer.alias("untold").c, t.newcomer.alias("told").c
    is_waiting = row.state == written_out(NewcomerState.WAITING)
    just_told = exists().where(other.ward_id == row.ward_id, other.told_at > now - GATHERED, other.told_at <= now)
    query = select(row.ward_id).distinct().where(is_waiting, row.told_at.is_(None), row.ward_id > after, ~just_told)
    return list(db.scalars(query.order_by(row.ward_id).limit(most)))


def mark_told(db: Connection, ward_id: int, now: datetime) -> None:
    """Note that those who decide know of all who wait for a ward."""
    waits = (_ROW.ward_id == ward_id, _ROW.state == written_out(NewcomerState.WAITING), _ROW.told_at.is_(None))
    db.execute(update(t.newcomer).where(*waits).values(told_at=now))
