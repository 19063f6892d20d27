"""Keeps what is asked for in closed periods: by whom, on which reports as they were seen, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, insert, select, update

from periods.period import Period, written_down
from storage import tables as t
from storage.db.upsert import insert_or_keep
from storage.tables.states import RequestKind, RequestState, written_out

Records = tuple[tuple[int, int], ...]
"""Reports, each at the revision that was seen."""


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """A request as people see it. `period` is the closed one that it would change."""

    id: int
    kind: RequestKind
    unit_id: int
    unit: str
    person_id: int
    person: str
    asked_at: datetime
    period: Period
    interview_id: int | None
    deed: Mapping[str, Any]
    state: RequestState
    reason: str
    records: Records


_ROW, _PERIOD = t.change_request.c, t.closed_period.c
_IS_OPEN = _ROW.state == written_out(RequestState.OPEN)
_REQUESTS = (
    select(
        _ROW.id,
        _ROW.kind,
        _ROW.unit_id,
        t.unit.c.code,
        _ROW.person_id,
        t.person.c.name,
        _ROW.asked_at,
        _PERIOD.code,
        _PERIOD.first_day,
        _PERIOD.last_day,
        _ROW.interview_id,
        _ROW.deed,
        _ROW.state,
        _ROW.reason,
    )
    .join(t.unit, t.unit.c.id == _ROW.unit_id)
    .join(t.person, t.person.c.id == _ROW.person_id)
    .join(t.closed_period, t.closed_period.c.id == _ROW.period_id)
)
_ADD = insert_or_keep(t.change_request, ["open_key"])


def add(db: Connection, values: Mapping[str, Any], records: Records) -> int | None:
    """Add a request. `None` if the same is asked for already, by its `open_key`."""
    row = _ADD.on(db).values(state=RequestState.OPEN, reason="", **values)
    request_id: int | None = db.scalar(row.returning(_ROW.id))
    if request_id is not None and records:
        rows = [{"request_id": request_id, "submission_id": one, "revision": seen} for one, seen in records]
        db.execute(insert(t.requested_record), rows)
    return request_id


def find(db: Connection, request_id: int) -> ChangeRequest | None:
    """Find a request."""
    return next(iter(_read(db, _ROW.id == request_id)), None)


def find_open(db: Connection, open_key: str) -> ChangeRequest | None:
    """Find the open request for something."""
    return next(iter(_read(db, _ROW.open_key == open_key)), None)


def lock(db: Connection, request_id: int) -> None:
    """Let nobody else decide a request until this transaction is committed."""
    if db.dialect.name == "postgresql":
        db.execute(select(_ROW.id).where(_ROW.id == request_id).with_for_update(key_share=True))


def decide(db: Connection, request_id: int, state: RequestState, person_id: int, reason: str, now: datetime) -> bool:
    """Decide an open request. False, and nothing happens, if it was decided before."""
    made = {"state": state, "decided_by": person_id, "decided_at": now, "reason": reason}
    over = {"open_key": None, "interview_id": None}
    decided = update(t.change_request).where(_ROW.id == request_id, _IS_OPEN).values(**made, **over)
    return db.execute(decided).rowcount == 1


def waiting(db: Connection, *, offset: int, limit: int) -> list[ChangeRequest]:
    """List the open requests, the oldest first."""
    return _read(db, _IS_OPEN, offset=offset, limit=limit)


def count_waiting(db: Connection) -> int:
    """Count the open requests."""
    return int(db.execute(select(func.count()).select_from(t.change_request).where(_IS_OPEN)).scalar_one())


def are_waiting() -> ColumnElement[bool]:
    """A condition: there is an open request."""
    return exists(select(_ROW.id).where(_IS_OPEN))


def of_person(db: Connection, person_id: int, *, offset: int, limit: int) -> list[ChangeRequest]:
    """List what a person asked for, the newest first."""
    return _read(db, _ROW.person_id == person_id, offset=offset, limit=limit, newest=True)


def on_report(db: Connection, submission_id: int) -> list[ChangeRequest]:
    """List the open requests that are about a report, the oldest first."""
    about = select(t.requested_record.c.request_id).where(t.requested_record.c.submission_id == submission_id)
    return _read(db, _IS_OPEN, _ROW.id.in_(about))


def _read(
    db: Connection, *conditions: ColumnElement[bool], offset: int = 0, limit: int | None = None, newest: bool = False
) -> list[ChangeRequest]:
    order = _ROW.id.desc() if newest else _ROW.id
    rows = db.execute(_REQUESTS.where(*conditions).order_by(order).offset(offset).limit(limit)).all()
    records = _records(db, [row[0] for row in rows])
    return [_request(row, records.get(row[0], ())) for row in rows]


def _request(row: Sequence[Any], records: Records) -> ChangeRequest:
    request_id, kind, unit_id, unit, person_id, person, asked_at, code, first, last, interview, deed, state, why = row
    return ChangeRequest(
        id=request_id,
        kind=RequestKind(kind),
        unit_id=unit_id,
        unit=unit,
        person_id=person_id,
        person=person,
        asked_at=asked_at,
        period=written_down(code, first, last),
        interview_id=interview,
        deed=deed,
        state=RequestState(state),
        reason=why,
        records=records,
    )


def _records(db: Connection, request_ids: Sequence[int]) -> dict[int, Records]:
    row = t.requested_record.c
    found: dict[int, Records] = {}
    mine = select(row.request_id, row.submission_id, row.revision).where(row.request_id.in_(request_ids))
    for request_id, submission_id, revision in db.execute(mine.order_by(row.submission_id)):
        found[request_id] = (*found.get(request_id, ()), (submission_id, revision))
    return found
