"""Roles that go from one person to another: whose is to go, to whom, and what goes with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, exists, func, insert, or_, select, update

from storage import tables as t
from storage.directory.consents import REPORTING
from storage.directory.staff import Member
from storage.tables.states import UNFINISHED, InterviewStatus

_ROW, _HELD = t.handover.c, t.assignment.c


@dataclass(frozen=True, slots=True)
class Waiting:
    """A role that goes to whoever has come by an invitation: to `to_person_id`."""

    id: int
    assignment_id: int
    by_person_id: int
    to_person_id: int


def add(
    db: Connection,
    assignment_id: int,
    by: int,
    now: datetime,
    *,
    invitation: int | None = None,
    to: int | None = None,
) -> None:
    """Write down that a role goes to somebody now, or to whoever comes by an invitation."""
    when = {"at": now, "done_at": now if to else None}
    db.execute(
        insert(t.handover).values(
            assignment_id=assignment_id, by_person_id=by, invitation_id=invitation, to_person_id=to, **when
        )
    )


def waiting_invitations(db: Connection, assignment_id: int) -> list[int]:
    """List the invitations by which a successor may still come."""
    mine = (_ROW.assignment_id == assignment_id, _ROW.done_at.is_(None), _ROW.invitation_id.is_not(None))
    return list(db.scalars(select(_ROW.invitation_id).where(*mine)))


def arrived(db: Connection, after: int, most: int) -> Sequence[int]:
    """Find the next handovers (by id) whose successor has come by the invitation and agreed."""
    waits = select(_ROW.id).where(_ROW.done_at.is_(None), _ROW.id > after)
    if db.scalar(waits.limit(1)) is None:  # nobody else is looked at while no code waits
        return ()
    came = (_HELD.invitation_id == _ROW.invitation_id, t.consent.c.person_id == _HELD.person_id)
    agreed = (t.consent.c.purpose == REPORTING, t.consent.c.withdrawn_at.is_(None))
    here = exists().where(*came, *agreed)
    return list(db.scalars(waits.where(here).order_by(_ROW.id).limit(most)))


def take(db: Connection, ids: Collection[int], now: datetime) -> list[Waiting]:
    """Note of some handovers that the successor has come, once, and return them."""
    came = select(func.min(_HELD.person_id)).where(_HELD.invitation_id == _ROW.invitation_id).scalar_subquery()
    here = (_ROW.id.in_(ids), _ROW.done_at.is_(None), came.is_not(None))
    done = update(t.handover).where(*here).values(done_at=now, to_person_id=came)
    columns = (_ROW.id, _ROW.assignment_id, _ROW.by_person_id, _ROW.to_person_id)
    return sorted((Waiting(*row) for row in db.execute(done.returning(*columns))), key=lambda row: row.id)


def role_of(db: Connection, assignment_id: int, now: datetime, kept: timedelta) -> Member | None:
    """Find a role that somebody holds, or held until lately: no longer ago than `kept`."""
    held_lately = (_HELD.since <= now, or_(_HELD.until.is_(None), _HELD.until > now - kept))
    who = (_HELD.id, t.person.c.id, t.person.c.name, _HELD.role, t.unit.c.id, t.unit.c.code, _HELD.since)
    rows = select(*who).join(t.person, t.person.c.id == _HELD.person_id).join(t.unit, t.unit.c.id == _HELD.unit_id)
    row = db.execute(rows.where(_HELD.id == assignment_id, *held_lately)).first()
    return Member(*row, last_used_at=None, channel=None) if row else None


def is_done(db: Connection, assignment_id: int) -> bool:
    """Whether a role has gone to somebody already."""
    return bool(db.scalar(select(exists().where(_ROW.assignment_id == assignment_id, _ROW.done_at.is_not(None)))))


def of_person(db: Connection, person_id: int, now: datetime) -> list[int]:
    """List the assignments of the roles that a person holds, the oldest first."""
    mine = (_HELD.person_id == person_id, _HELD.since <= now, or_(_HELD.until.is_(None), _HELD.until > now))
    return list(db.scalars(select(_HELD.id).where(*mine).order_by(_HELD.id)))


def before(db: Connection, unit_ids: Collection[int]) -> frozenset[tuple[int, int]]:
    """Name the people who have handed over a role in some units, each with the unit."""
    rows = select(_HELD.person_id, _HELD.unit_id).join(t.handover, _ROW.assignment_id == _HELD.id)
    there = rows.where(_HELD.unit_id.in_(unit_ids), _ROW.done_at.is_not(None))
    return frozenset((person, unit) for person, unit in db.execute(there))


def pass_on_drafts(db: Connection, unit_id: int, giver: int, taker: int, now: datetime) -> int:
    """Give all that a person has begun for a unit to another, as drafts, with the photos in them; return how many."""
    row, photo = t.interview.c, t.attachment.c
    theirs = (row.person_id == giver, row.unit_id == unit_id, row.status.in_(UNFINISHED))
    given = update(t.interview).where(*theirs).values(person_id=taker, status=InterviewStatus.DRAFT, updated_at=now)
    count = db.execute(given).rowcount
    others = exists().where(row.person_id == giver, row.status.in_(UNFINISHED))
    unsent = (photo.person_id == giver, photo.submission_id.is_(None), ~others)
    db.execute(update(t.attachment).where(*unsent).values(person_id=taker))
    return count
