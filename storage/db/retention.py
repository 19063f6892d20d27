"""Says how long everything is kept. Deleting is a rule here, never a side effect elsewhere.

Each sweep is two functions, so that the writer is held for a slice at a time. One finds, by an index, the next rows
that have outlived their purpose; the other checks again and deletes them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    Table,
    and_,
    cast,
    delete,
    exists,
    literal,
    literal_column,
    or_,
    select,
    union_all,
    update,
)

from messages.channels import Ability, able
from periods.days import local_day
from rules.documents import DocumentState
from storage import tables as t
from storage.conversation.interviews import DRAFT_KEPT
from storage.tables.states import MAY_BE_SENT, InterviewStatus, OutboxState, written_out

KEYS_KEPT = timedelta(days=30)
"""Updates' identities: a platform repeats an update for a day or two, a person's phone for a few days more."""
STRANGER_KEPT = timedelta(days=1)
"""The address of a person who never joined: it was kept for one answer."""
NO_ADDRESS = "gone:"
"""The new address of an account that is kept only for its reports' photos; no platform has such addresses."""
NAMES_KEPT = timedelta(days=30)
"""Whom a list invited, after the code has expired: so long the list can be sent again and finds them."""
COUNTS_KEPT = timedelta(days=30)
PUSHED_KEPT = timedelta(days=90)
"""Messages sent through a platform: they stand in its chat, and here they only explain what became of them."""
FILES_KEPT = timedelta(days=30)
"""Files that somebody asked for: longer than a link to one lives; whoever wants it later asks for it again."""
SHOWN_KEPT = timedelta(days=365)
"""Messages of the browser and the terminal: there they are the chat itself."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """One kind of rows to delete: `find(db, after, most)` gives the next ids, `drop(db, ids)` deletes them."""

    find: Callable[[Connection, int, int], Sequence[int]]
    drop: Callable[[Connection, Sequence[int]], None]


def sweeps(now: datetime) -> Iterator[Sweep]:
    """List the sweeps in the order in which they are done."""
    yield _of(t.inbox, t.inbox.c.received_at < now - KEYS_KEPT, "ix_inbox_received_at")
    yield _of(t.interview, _is_old_draft(now), "ix_interview_unsent")
    yield _of(t.attachment, _is_unused(now), "ix_attachment_unused")
    yield _of(t.outbox, _is_history(now), "ix_outbox_created_at")
    yield _of(t.nudge, t.nudge.c.at < now - PUSHED_KEPT, "ix_nudge_at")
    yield _of(t.file_order, t.file_order.c.asked_at < now - FILES_KEPT, "ix_file_order_asked_at")
    yield _of(t.announcement, t.announcement.c.created_at < now - SHOWN_KEPT, "ix_announcement_created_at")
    yield _of(t.issued_document, _is_never_issued(now), "ix_issued_document_draft")
    nobodys = t.outbox.c.account_id.in_(select(t.account.c.id).where(_is_nobodys(now)))
    yield _of(t.outbox, nobodys, "ix_outbox_history")
    yield Sweep(partial(_find, t.account, _is_nobodys(now), "ix_account_person_id"), partial(_let_go, now))
    yield Sweep(partial(_find, t.invitation, _never_came(now), "ix_invitation_readable"), partial(_unname, now))
    last_day = local_day(now - COUNTS_KEPT)
    yield Sweep(partial(_strangers, last_day), partial(_forget, last_day))


def _of(table: Table, outlived: ColumnElement[bool], index: str) -> Sweep:
    def drop(db: Connection, ids: Sequence[int]) -> None:
        db.execute(delete(table).where(table.c.id.in_(ids), outlived))

    return Sweep(partial(_find, table, outlived, index), drop)


def _find(table: Table, outlived: ColumnElement[bool], index: str, db: Connection, after: int, most: int) -> list[int]:
    rows = select(table.c.id).where(outlived, table.c.id > after).with_hint(table, f"INDEXED BY {index}", "sqlite")
    return list(db.scalars(rows.order_by(table.c.id).limit(most)))


def _is_old_draft(now: datetime) -> ColumnElement[bool]:
    """A condition: the draft is no longer offered. Written out, as in the partial index."""
    over = t.interview.c.status.in_([written_out(InterviewStatus.DRAFT), written_out(InterviewStatus.CANCELLED)])
    return and_(over, t.interview.c.updated_at < now - DRAFT_KEPT)


def _is_never_issued(now: datetime) -> ColumnElement[bool]:
    """A condition: somebody began to issue a document and left it. Written out, as in the partial index."""
    row = t.issued_document.c
    return and_(row.state == written_out(DocumentState.DRAFT), row.entered_at < now - DRAFT_KEPT)


def _is_unused(now: datetime) -> ColumnElement[bool]:
    """A condition: the photo's report was never sent, nor will be. Files go once no row names them."""
    row, interview = t.attachment.c, t.interview.c
    may_be_sent = exists().where(interview.person_id == row.person_id, interview.status.in_(MAY_BE_SENT))
    return and_(row.submission_id.is_(None), row.created_at < now - DRAFT_KEPT, ~may_be_sent)


def _is_history(now: datetime) -> ColumnElement[bool]:
    row = t.outbox.c
    is_pushed = exists().where(t.account.c.id == row.account_id, t.account.c.channel.in_(able(Ability.PUSH)))
    old = and_(row.created_at < now - PUSHED_KEPT, or_(row.created_at < now - SHOWN_KEPT, is_pushed))
    return and_(old, row.state != OutboxState.SENDING)


def _is_nobodys(now: datetime) -> ColumnElement[bool]:
    """A condition: nobody needs the account's address any more."""
    old = and_(t.account.c.person_id.is_(None), t.account.c.last_used_at < now - STRANGER_KEPT)
    return and_(old, t.account.c.external_id.not_like(f"{NO_ADDRESS}%"))


def _let_go(now: datetime, db: Connection, ids: Sequence[int]) -> None:
    """Let an account go. If a report still has photos from it, the account stays without its address."""
    gone = select(t.account.c.id).where(t.account.c.id.in_(ids), _is_nobodys(now))
    for table in (t.outbox, t.chat_menu, t.chat_queue, t.file_order, t.push_subscription):
        db.execute(delete(table).where(table.c.account_id.in_(gone)))
    has_files = exists().where(t.attachment.c.account_id == t.account.c.id)
    db.execute(delete(t.account).where(t.account.c.id.in_(gone), ~has_files))
    address = literal(NO_ADDRESS) + cast(t.account.c.id, String)
    db.execute(update(t.account).where(t.account.c.id.in_(gone)).values(external_id=address))


def _never_came(now: datetime) -> ColumnElement[bool]:
    """A condition: somebody was invited, by name or by a code that can be read, and never came.

    Written out, as in the partial index.
    """
    row = t.invitation.c
    tells = or_(row.name != literal_column("''"), row.sealed != literal_column("''"))
    return and_(tells, row.expires_at < now - NAMES_KEPT)


def _unname(now: datetime, db: Connection, ids: Sequence[int]) -> None:
    db.execute(update(t.invitation).where(t.invitation.c.id.in_(ids), _never_came(now)).values(name="", sealed=""))


def _strangers(last_day: date, db: Connection, after: int, most: int) -> range:
    """Find as many numbers as there are strangers to forget, who have no ids."""
    rows = select(t.stranger.c.key).where(t.stranger.c.seen_on < last_day).limit(most)
    return range(after + 1, after + 1 + len(db.scalars(rows).all()))


def _forget(last_day: date, db: Connection, numbers: Sequence[int]) -> None:
    some = select(t.stranger.c.key).where(t.stranger.c.seen_on < last_day).limit(len(numbers))
    db.execute(delete(t.stranger).where(t.stranger.c.key.in_(some)))


def named_files(db: Connection) -> frozenset[str]:
    """Return the hashes of all files that a row names."""
    tables = (t.attachment, t.file_order, t.issued_document, t.announcement)
    named = [select(table.c.sha256).where(table.c.sha256 != "") for table in tables]
    return frozenset(db.scalars(union_all(*named)))
