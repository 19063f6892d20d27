"""Keeps who asked for leave to change a report, and who has it. It ends with its use, or with the next approval."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from storage import tables as t
from storage.db.upsert import insert_or_keep
from storage.tables.states import AmendmentState, written_out

_ROW = t.amendment.c
STANDING = (AmendmentState.OPEN, AmendmentState.GRANTED)


@dataclass(frozen=True, slots=True)
class Amendment:
    """Leave to change a report, asked for or granted. `seen` is the revision for which it was asked."""

    id: int
    submission_id: int
    person_id: int
    person: str
    seen: int
    asked_at: datetime
    reason: str
    state: AmendmentState


@dataclass(frozen=True, slots=True)
class Asked:
    """That somebody asked for leave, and what was answered by whom, if anything was."""

    person: str
    asked_at: datetime
    decider: str
    decided_at: datetime | None
    granted: bool


_AMENDMENTS = select(
    _ROW.id, _ROW.submission_id, _ROW.person_id, t.person.c.name, _ROW.seen, _ROW.asked_at, _ROW.reason, _ROW.state
).join(t.person, t.person.c.id == _ROW.person_id)
_DECIDER = t.person.alias("decider")
_ASKED = (
    select(t.person.c.name, _ROW.asked_at, _DECIDER.c.name, _ROW.decided_at, _ROW.state)
    .join(t.person, t.person.c.id == _ROW.person_id)
    .outerjoin(_DECIDER, _DECIDER.c.id == _ROW.decided_by)
    .where(_ROW.reason == "")
    .order_by(_ROW.id)
)
_ADD = insert_or_keep(t.amendment, ["open_key"])


def add(db: Connection, submission_id: int, person_id: int, seen: int, now: datetime, *, reason: str = "") -> Amendment:
    """Ask for leave; whoever asks again, or has it already, gets the one that stands."""
    key = f"{submission_id}:{person_id}"
    values = {"submission_id": submission_id, "person_id": person_id, "seen": seen, "asked_at": now, "open_key": key}
    db.execute(_ADD.on(db).values(state=AmendmentState.OPEN, reason=reason, **values))
    return _read(db.execute(_AMENDMENTS.where(_ROW.open_key == key)).one())


def find(db: Connection, amendment_id: int) -> Amendment | None:
    """Find one, however it stands."""
    row = db.execute(_AMENDMENTS.where(_ROW.id == amendment_id)).first()
    return _read(row) if row else None


def standing(db: Connection, submission_id: int, person_id: int) -> Amendment | None:
    """Find a person's leave for a report, asked for or granted."""
    row = db.execute(_AMENDMENTS.where(_ROW.open_key == f"{submission_id}:{person_id}")).first()
    return _read(row) if row else None


def has_leave(db: Connection, submission_id: int, person_id: int) -> bool:
    """Whether a person may change a report now that they might not otherwise."""
    found = standing(db, submission_id, person_id)
    return found is not None and found.state is AmendmentState.GRANTED


def open_for(db: Connection, submission_id: int) -> list[Amendment]:
    """List what is asked for on a report."""
    query = _AMENDMENTS.where(_ROW.submission_id == submission_id, _IS_OPEN).order_by(_ROW.id)
    return [_read(row) for row in db.execute(query)]


def asked_for(db: Connection, submission_id: int) -> list[Asked]:
    """List how often leave was asked for on a report; not what the secretariat took, whose reason stands elsewhere."""
    rows = db.execute(_ASKED.where(_ROW.submission_id == submission_id))
    return [Asked(person, at, by or "", on, state != AmendmentState.DECLINED) for person, at, by, on, state in rows]


def decide(db: Connection, amendment_id: int, state: AmendmentState, person_id: int, now: datetime) -> None:
    """Grant or decline one that is open; who declines frees the way for another wish."""
    key = {} if state is AmendmentState.GRANTED else {"open_key": None}
    made = {"state": state, "decided_by": person_id, "decided_at": now, **key}
    db.execute(update(t.amendment).where(_ROW.id == amendment_id, _IS_OPEN).values(**made))


def end(db: Connection, submission_id: int, person_id: int | None = None) -> None:
    """End the leave that people (or one of them) have for a report, or asked for."""
    mine = () if person_id is None else (_ROW.person_id == person_id,)
    theirs = (_ROW.submission_id == submission_id, _ROW.state.in_(STANDING), *mine)
    db.execute(update(t.amendment).where(*theirs).values(state=AmendmentState.OVER, open_key=None))


_IS_OPEN = _ROW.state == written_out(AmendmentState.OPEN)


def _read(row: Any) -> Amendment:
    amendment_id, submission_id, person_id, person, seen, asked_at, reason, state = row
    stands = AmendmentState(state)
    return Amendment(amendment_id, submission_id, person_id, person, seen, asked_at, reason, stands)
