"""Changes sets of reports of one event: joins reports, lets one go, keeps what was decided. All of it is audited.

Reports are locked before sets, and each in the order of their ids, so that two turns never wait for one another.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from rules.states import ReportState
from storage import tables as t
from storage.records import activities, submissions, trail

_FACT, _SET = t.activity.c, t.event_set.c
_UNDECIDED: Mapping[str, Any] = {"chosen_id": None, "reason": "", "decided_by": None, "decided_at": None}


def lock(db: Connection, submission_ids: Collection[int]) -> None:
    """Lock reports that are to be linked, the same ones in the same order whoever links them."""
    for submission_id in sorted(set(submission_ids)):
        submissions.lock(db, submission_id)


def join(db: Connection, one: int, other: int, person_id: int, now: datetime) -> bool:
    """Make two locked reports members of one set, with all that they were in sets with; False if they were already.

    What was decided about one of the sets stands; if both had their decision, it has to be made again.
    """
    known = sorted(_lock_sets_of(db, (one, other)))
    if len(known) == 1 and _size(db, known[0], (one, other)) == 2:
        return False
    target = known[0] if known else _new_set(db, person_id, now)
    for emptied in known[1:]:
        _move(db, emptied, target)
    db.execute(update(t.activity).where(_FACT.submission_id.in_((one, other))).values(event_set_id=target))
    activities.recount(db, target)
    _note(db, "link", one, person_id, now, {"with": other, "set": target})
    return True


def leave(db: Connection, submission_id: int, person_id: int, now: datetime) -> None:
    """Take a locked report out of its set; a set of one report is none."""
    for set_id in _lock_sets_of(db, (submission_id,)):
        _release(db, [submission_id])
        left = list(db.scalars(_standing(set_id)))
        if len(left) < 2:
            _release(db, left)
        for column, empty in ((_SET.chosen_id, _UNDECIDED), (_SET.parted_id, {"parted_id": None})):
            db.execute(update(t.event_set).where(_SET.id == set_id, column == submission_id).values(empty))
        activities.recount(db, set_id)
        _note(db, "unlink", submission_id, person_id, now, {"set": set_id})


def choose(db: Connection, set_id: int, submission_id: int, person_id: int, reason: str, now: datetime) -> None:
    """Let a report of a set count, as somebody decided; that settles what its reports differed in."""
    lock_sets(db, [set_id])
    decided = {"chosen_id": submission_id, "reason": reason, "decided_by": person_id, "decided_at": now}
    db.execute(update(t.event_set).where(_SET.id == set_id).values(**decided, parted_id=None))
    activities.recount(db, set_id)
    _note(db, "decide", submission_id, person_id, now, {"set": set_id, "reason": reason})


def organise(db: Connection, set_id: int, unit_id: int, person_id: int, now: datetime) -> None:
    """Note which unit held the event."""
    lock_sets(db, [set_id])
    db.execute(update(t.activity).where(_FACT.event_set_id == set_id).values(organiser_unit_id=unit_id))
    activities.recount(db, set_id)
    _note(db, "organise", 0, person_id, now, {"set": set_id, "unit": unit_id})


def part(db: Connection, set_id: int, submission_id: int, person_id: int, now: datetime) -> None:
    """Note that a correction made a report differ from the others of its set: somebody has to decide once more."""
    lock_sets(db, [set_id])
    db.execute(update(t.event_set).where(_SET.id == set_id).values(parted_id=submission_id))
    activities.recount(db, set_id)
    _note(db, "part", submission_id, person_id, now, {"set": set_id})


def _lock_sets_of(db: Connection, submission_ids: Collection[int]) -> set[int]:
    """Lock the sets that reports are in. Another turn may have joined sets meanwhile: it looks until none has."""
    known: set[int] = set()
    while (now := _sets_of(db, submission_ids)) != known:
        lock_sets(db, sorted(now))
        known = now
    return known


def _sets_of(db: Connection, submission_ids: Collection[int]) -> set[int]:
    mine = (_FACT.submission_id.in_(submission_ids), _FACT.event_set_id.is_not(None))
    return set(db.scalars(select(_FACT.event_set_id).where(*mine)))


def lock_sets(db: Connection, set_ids: Collection[int]) -> None:
    """Lock sets, the same ones in the same order whoever changes them."""
    db.execute(select(_SET.id).where(_SET.id.in_(set_ids)).order_by(_SET.id).with_for_update()).all()


def _size(db: Connection, set_id: int, of: Collection[int]) -> int:
    mine = select(func.count()).where(_FACT.event_set_id == set_id, _FACT.submission_id.in_(of))
    return int(db.execute(mine).scalar_one())


def _new_set(db: Connection, person_id: int, now: datetime) -> int:
    row = insert(t.event_set).values(reason="", created_by=person_id, created_at=now).returning(_SET.id)
    return int(db.execute(row).scalar_one())


def _move(db: Connection, emptied: int, target: int) -> None:
    """Move the members of a set, and its decision unless the other set has its own: then none stands."""
    decisions = {row.id: row for row in db.execute(select(t.event_set).where(_SET.id.in_((emptied, target))))}
    gone, kept = decisions[emptied], decisions[target]
    if gone.chosen_id is not None:
        decided = {name: getattr(gone, name) for name in _UNDECIDED} if kept.chosen_id is None else _UNDECIDED
        db.execute(update(t.event_set).where(_SET.id == target).values(decided))
    if gone.parted_id is not None:
        db.execute(update(t.event_set).where(_SET.id == target).values(parted_id=gone.parted_id))
    db.execute(update(t.activity).where(_FACT.event_set_id == emptied).values(event_set_id=target))
    db.execute(delete(t.event_set).where(_SET.id == emptied))


def _standing(set_id: int) -> Any:
    return select(_FACT.submission_id).where(_FACT.event_set_id == set_id, _FACT.state != ReportState.WITHDRAWN)


def _release(db: Connection, submission_ids: Collection[int]) -> None:
    """Let reports count by themselves again."""
    for submission_id in submission_ids:
        activities.leave_set(db, submission_id)


def _note(
    db: Connection, action: str, submission_id: int, person_id: int, now: datetime, detail: Mapping[str, Any]
) -> None:
    subject = f"submission:{submission_id}" if submission_id else f"event_set:{detail['set']}"
    trail.note(db, subject, action, person_id, now, detail)
