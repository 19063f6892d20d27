"""What a reminder offered of which nobody knows whether it arrived: a press on any of it proves that it did (R6)."""

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
    """Keep what some reminders (by id, with their bodies) offered, whose sending is uncertain."""
    for row, body in reminders:
        with suppress(ValueError, KeyError, TypeError):  # what cannot be read offered nothing
            choices = {choice.id for choice in decode(body).choices}
            _NOTE.run_each(db, [{"outbox_id": row, "choice": choice} for choice in sorted(choices)])


def proved(db: Connection, person_id: int, choice: str, now: datetime) -> None:
    """A choice was pressed: the reminder that offered it is no longer uncertain."""
    _PROVE.run(db, person=person_id, pressed=choice, now=now)
