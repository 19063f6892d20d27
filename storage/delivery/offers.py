"""Remembers the choices of reminders that may not have arrived: a press on one proves that the reminder did (R6)."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, exists, update

from messages import decode
from storage import tables as t
from storage.db.prepared import Prepared
from storage.db.upsert import insert_or_keep
from storage.tables.states import OutboxKind, OutboxState, written_out

_NOTE = insert_or_keep(t.offered_choice).prepared(("outbox_id", "choice"))
_OFFERED = exists().where(
    t.offered_choice.c.outbox_id == t.outbox.c.id, t.offered_choice.c.choice == bindparam("pressed")
)
_UNCERTAIN = and_(
    t.outbox.c.person_id == bindparam("person"),
    t.outbox.c.kind == written_out(OutboxKind.DIGEST),
    t.outbox.c.state == OutboxState.UNCERTAIN,
)
_PROVE = Prepared(update(t.outbox).where(_UNCERTAIN, _OFFERED).values(state=OutboxState.SENT, sent_at=bindparam("now")))


def note(db: Connection, reminders: Sequence[tuple[int, str]]) -> None:
    """Keep the choices of some reminders (by id, with their bodies) whose sending is uncertain."""
    for row, body in reminders:
        with suppress(ValueError, KeyError, TypeError):  # what cannot be read offered nothing
            choices = {choice.id for choice in decode(body).choices}
            _NOTE.run_each(db, [{"outbox_id": row, "choice": choice} for choice in sorted(choices)])


def proved(db: Connection, person_id: int, choice: str, now: datetime) -> None:
    """Note that a choice was pressed: the reminder that offered it is no longer uncertain."""
    _PROVE.run(db, person=person_id, pressed=choice, now=now)
