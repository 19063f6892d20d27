"""What is announced to many: it waits for its time, is addressed to its people, and goes to them in slices.

A person is addressed once (a unique key), however often it is tried; a receipt gets one message, under the lock of its
announcement. What was not taken in hand yet can be stopped.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from storage import tables as t
from storage.db.upsert import insert_or_keep
from storage.delivery.outbox import queue_notices
from storage.delivery.told import Fate, ToldPerson
from storage.directory.accounts import BotIds, best_account
from storage.directory.holders import held_at
from storage.tables.states import AnnouncementState, AttachmentState, OutboxState

ADDRESSED_AT_ONCE = 500
"""People of one slice: they are found and written down in a few hundredths of a second."""
LONGEST_HELD = timedelta(hours=12)
"""The longest until an announcement goes: a night. A time further ahead was written by a clock that was wrong."""
UNREACHABLE = "unreachable"
TAKEN_BACK = "taken_back"
_ROW, _RECEIPT = t.announcement.c, t.announcement_receipt.c
_ADDRESS = insert_or_keep(t.announcement_receipt, ("announcement_id", "person_id"))
_IS_OPEN = and_(_RECEIPT.outbox_id.is_(None), _RECEIPT.reason == "")
_MESSAGED = update(t.announcement_receipt).where(_RECEIPT.id == bindparam("receipt"))
_MESSAGED = _MESSAGED.values(outbox_id=bindparam("row"))


@dataclass(frozen=True, slots=True)
class StoredAnnouncement:
    """An announcement; `units` are codes. `sha256` is empty until its file is here, if it has one."""

    id: int
    person_id: int
    unit_id: int
    audience: str
    units: str
    words: str
    attachment_id: int | None
    sha256: str
    file_name: str
    is_image: bool
    urgent: bool
    goes_at: datetime
    state: AnnouncementState
    created_at: datetime


@dataclass(frozen=True, slots=True)
class People:
    """Whom it is for: those who hold one of `roles`, in `unit_ids` if given, except its author."""

    roles: Collection[str]
    unit_ids: Collection[int] | None
    but: int

    def holding(self, now: datetime) -> ColumnElement[bool]:
        """A condition on assignments and their units."""
        held = and_(held_at(self.roles, now, now), t.assignment.c.person_id != self.but)
        return held if self.unit_ids is None else and_(held, t.assignment.c.unit_id.in_(self.unit_ids))


@dataclass(frozen=True, slots=True)
class OpenReceipt:
    """Somebody to whom an announcement is still to go, by an account if any reaches them."""

    id: int
    announcement_id: int
    person_id: int
    language: str
    account_id: int | None


_COLUMNS = [_ROW[name] for name in StoredAnnouncement.__slots__]


def _stored(row: Any) -> StoredAnnouncement:
    return StoredAnnouncement(**{**row._mapping, "state": AnnouncementState(row.state)})


def add(db: Connection, values: Mapping[str, Any]) -> int:
    """Keep a new one, and return its id."""
    return int(db.execute(insert(t.announcement).values(values).returning(_ROW.id)).scalar_one())


def find(db: Connection, number: int, *, hold: bool = False) -> StoredAnnouncement | None:
    """Find one; with `hold` nobody else stops it or sends it before the commit."""
    query = select(*_COLUMNS).where(_ROW.id == number)
    row = db.execute(query.with_for_update() if hold else query).first()
    return _stored(row) if row else None


def of_units_or_waiting(unit_ids: Collection[int], author: int) -> ColumnElement[bool]:
    """A condition: in the name of one of some units, or written by somebody and still waiting."""
    waits = _ROW.state == AnnouncementState.WAITING.value
    return or_(_ROW.unit_id.in_(unit_ids), and_(_ROW.person_id == author, waits))


def page(
    db: Connection, condition: ColumnElement[bool] | None = None, *, offset: int, limit: int
) -> list[StoredAnnouncement]:
    """List those of a condition, or all, the latest first."""
    rows = select(*_COLUMNS) if condition is None else select(*_COLUMNS).where(condition)
    return [_stored(row) for row in db.execute(rows.order_by(_ROW.id.desc()).offset(offset).limit(limit))]


def set_state(db: Connection, number: int, state: AnnouncementState) -> None:
    """Note how it stands."""
    db.execute(update(t.announcement).where(_ROW.id == number).values(state=state.value))


def count(db: Connection, people: People, spent: BotIds, now: datetime) -> dict[tuple[str, str] | None, int]:
    """Count the people by the bot (channel and id) that would reach them; under None those whom nothing reaches."""
    mine = _people(people, now).subquery("mine")
    best = best_account(mine.c.person_id, spent).correlate(mine).scalar_subquery()
    rows = select(t.account.c.channel, t.account.c.bot, func.count())
    rows = rows.select_from(mine.outerjoin(t.account, t.account.c.id == best))
    grouped = db.execute(rows.group_by(t.account.c.channel, t.account.c.bot))
    return {(str(channel), str(bot)) if channel else None: int(number) for channel, bot, number in grouped}


def _people(people: People, now: datetime) -> Any:
    held = select(t.assignment.c.person_id).join(t.unit, t.unit.c.id == t.assignment.c.unit_id)
    return held.where(people.holding(now)).distinct()


def address(db: Connection, number: int, people: People, now: datetime) -> bool:
    """Write down to whom it goes, the next of them: whoever it is for at this moment, each once. False at the end."""
    last = select(func.max(_RECEIPT.person_id)).where(_RECEIPT.announcement_id == number)
    further = t.assignment.c.person_id > (db.scalar(last) or 0)
    mine = _people(people, now).where(further).order_by(t.assignment.c.person_id).limit(ADDRESSED_AT_ONCE)
    rows = [{"announcement_id": number, "person_id": person, "reason": ""} for person in db.scalars(mine)]
    if rows:
        db.execute(_ADDRESS.on(db), rows)
    return len(rows) == ADDRESSED_AT_ONCE


def settle_file(db: Connection, announcement: StoredAnnouncement) -> AttachmentState:
    """Note what its file is, once that is here; say how the file stands."""
    kept = t.attachment.c
    query = select(kept.state, kept.sha256, kept.name, kept.is_image).where(kept.id == announcement.attachment_id)
    row = db.execute(query).first()
    if row is None:
        return AttachmentState.LOST
    if row.state == AttachmentState.STORED:
        known = {"sha256": row.sha256, "file_name": row.name, "is_image": row.is_image}
        db.execute(update(t.announcement).where(_ROW.id == announcement.id).values(known))
    return AttachmentState(row.state)


def ripe(db: Connection, now: datetime, *, urgent_only: bool) -> int | None:
    """Find an announcement to address: its time has come, and its file is here, or never will be."""
    file = t.attachment.c
    is_on_its_way = exists().where(file.id == _ROW.attachment_id, file.state == AttachmentState.PENDING)
    has_come = or_(_ROW.goes_at <= now, _ROW.goes_at > now + LONGEST_HELD)
    waits = and_(_ROW.state == AnnouncementState.WAITING, has_come, ~is_on_its_way)
    rows = select(_ROW.id).where(waits, *([_ROW.urgent] if urgent_only else ()))
    number: int | None = db.scalar(rows.order_by(_ROW.id).limit(1))
    return number


def to_send(db: Connection, after: int, most: int, *, urgent_only: bool) -> Sequence[int]:
    """Find the next receipts (by id) without a message."""
    is_going = and_(_ROW.id == _RECEIPT.announcement_id, _ROW.state == AnnouncementState.GOING)
    going = exists().where(is_going, *([_ROW.urgent] if urgent_only else ()))
    rows = select(_RECEIPT.id).where(_IS_OPEN, _RECEIPT.id > after, going)
    return list(db.scalars(rows.order_by(_RECEIPT.id).limit(most)))


def take_open(
    db: Connection, ids: Sequence[int], spent: BotIds
) -> tuple[dict[int, StoredAnnouncement], list[OpenReceipt]]:
    """Lock the announcements of some receipts, and read which of these are still open, each with its account."""
    of_these = select(_RECEIPT.announcement_id).where(_RECEIPT.id.in_(ids))
    query = select(*_COLUMNS).where(_ROW.id.in_(of_these), _ROW.state == AnnouncementState.GOING)
    going = {row.id: _stored(row) for row in db.execute(query.order_by(_ROW.id).with_for_update())}
    best = best_account(t.person.c.id, spent).correlate(t.person).scalar_subquery()
    columns = (_RECEIPT.id, _RECEIPT.announcement_id, _RECEIPT.person_id, t.person.c.language, best)
    rows = select(*columns).join(t.person, t.person.c.id == _RECEIPT.person_id)
    mine = rows.where(_RECEIPT.id.in_(ids), _IS_OPEN, _RECEIPT.announcement_id.in_(going))
    return going, [OpenReceipt(*row) for row in db.execute(mine.order_by(_RECEIPT.id))]


def message(db: Connection, receipts: Mapping[OpenReceipt, str], now: datetime) -> None:
    """Queue a message, by its body, for each receipt; who has no account is noted as unreachable."""
    unreached = [receipt.id for receipt in receipts if receipt.account_id is None]
    if unreached:
        told = update(t.announcement_receipt).where(_RECEIPT.id.in_(unreached))
        db.execute(told.values(reason=UNREACHABLE))
    reached = [(one, one.account_id, body) for one, body in receipts.items() if one.account_id is not None]
    rows = queue_notices(db, [(account_id, one.person_id, body) for one, account_id, body in reached], now)
    if rows:
        db.execute(_MESSAGED, [{"receipt": one.id, "row": row} for (one, _, _), row in zip(reached, rows, strict=True)])


def stop(db: Connection, number: int) -> int:
    """Take back what has not gone yet, and say how many people it would have gone to."""
    mine = _RECEIPT.announcement_id == number
    open_ones = update(t.announcement_receipt).where(mine, _IS_OPEN).values(reason=TAKEN_BACK)
    stopped = db.execute(open_ones).rowcount
    rows = select(_RECEIPT.outbox_id).where(mine, _RECEIPT.outbox_id.is_not(None))
    waiting = and_(t.outbox.c.id.in_(rows), t.outbox.c.state == OutboxState.PENDING, t.outbox.c.token == "")
    taken = update(t.outbox).where(waiting).values(state=OutboxState.SKIPPED, error=TAKEN_BACK)
    return stopped + db.execute(taken).rowcount


_OUT = t.outbox.alias("announced")
_FATE: ColumnElement[Any] = case(
    (or_(_RECEIPT.reason == TAKEN_BACK, _OUT.c.state == OutboxState.SKIPPED), Fate.STOPPED.value),
    (or_(_RECEIPT.reason != "", _OUT.c.state == OutboxState.DEAD), Fate.FAILED.value),
    (_RECEIPT.outbox_id.is_(None), Fate.WAITING.value),
    (_OUT.c.state.in_((OutboxState.PENDING, OutboxState.SENDING)), Fate.WAITING.value),
    (_OUT.c.state == OutboxState.UNCERTAIN, Fate.UNCERTAIN.value),
    else_=Fate.SENT.value,
)
"""A message that was swept from the outbox after its time was sent."""
_JOINED = t.announcement_receipt.outerjoin(_OUT, _OUT.c.id == _RECEIPT.outbox_id)


def fates(db: Connection, number: int) -> dict[Fate, int]:
    """Count its people by what became of it."""
    fate = _FATE.label("fate")
    rows = select(fate, func.count()).select_from(_JOINED).where(_RECEIPT.announcement_id == number).group_by(fate)
    return {Fate(its): int(many) for its, many in db.execute(rows)}


def people_of(db: Connection, number: int, *, offset: int, limit: int) -> list[ToldPerson]:
    """List its people: whom it failed to reach first, then for whom it waits, then the rest."""
    places = {Fate.FAILED.value: 0, Fate.WAITING.value: 1, Fate.UNCERTAIN.value: 2, Fate.STOPPED.value: 3}
    reason = func.coalesce(func.nullif(_RECEIPT.reason, ""), _OUT.c.error, "")
    rows = select(func.coalesce(t.person.c.name, ""), _FATE, reason)
    rows = rows.select_from(_JOINED.join(t.person, t.person.c.id == _RECEIPT.person_id))
    mine = rows.where(_RECEIPT.announcement_id == number)
    ordered = mine.order_by(case(places, value=_FATE, else_=4), _RECEIPT.id).offset(offset).limit(limit)
    return [ToldPerson(str(name), Fate(str(fate)), str(why)) for name, fate, why in db.execute(ordered)]
