"""Answers an operator's questions: is the database whole, what was set aside, what waits, what did not go out. It only
reads.

No personal text comes out of here: counts, times, channels and kinds of errors.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, and_, create_engine, exists, func, literal_column, or_, select, text
from sqlalchemy.pool import NullPool

from messages.channels import Ability, able
from storage import tables as t
from storage.db import engines
from storage.db.sqlite_file import file_of, open_read_only
from storage.delivery.chat_queue import OPEN_INDEX, is_open, is_pending
from storage.tables.states import InboxState, OutboxState

DEAD_SHOWN = timedelta(days=7)
"""A message that was given up longer ago is history."""
LOOKS_FOR_OTHERS = 20
"""A tenth of a second apart: a server is slower to end a connection than a client is to close it."""
_IS_PUSHED = and_(t.account.c.channel.in_(able(Ability.PUSH)), t.account.c.usable)


@dataclass(frozen=True, slots=True)
class Parked:
    """The updates that broke their turns, and the newest of them."""

    count: int
    row: int
    at: datetime
    channel: str
    error: str


@dataclass(frozen=True, slots=True)
class Post:
    """The messages on their way to pushed channels, the oldest one's time, and those that did not arrive lately."""

    waiting: int
    oldest: datetime | None
    uncertain: int
    dead: int


@contextmanager
def looking(at: str | Path) -> Iterator[Connection]:
    """Open a connection that cannot write, to a database by its URL or to a SQLite file."""
    file = file_of(at) if isinstance(at, str) else at
    if file is None:
        engine = engines.postgres(str(at))
    else:
        engine = create_engine("sqlite://", creator=lambda: open_read_only(file), poolclass=NullPool)
    try:
        with engine.connect() as db:
            yield db.execution_options(postgresql_readonly=True)
    finally:
        engine.dispose()


def damage(db: Connection) -> str | None:
    """Return what SQLite's quick check finds wrong; PostgreSQL has no such check."""
    if db.dialect.name != "sqlite":
        return None
    answer = str(db.execute(text("PRAGMA quick_check(1)")).scalar())
    return None if answer == "ok" else answer


def size(db: Connection) -> int:
    """The database's size in bytes."""
    if db.dialect.name == "sqlite":
        pages = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        return int(db.execute(text(pages)).scalar_one())
    return int(db.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def has_others(db: Connection) -> bool:
    """Whether anybody else is, and stays, connected to this PostgreSQL database."""
    others = "datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    count = text(f"SELECT count(*) FROM pg_stat_activity WHERE {others}")  # noqa: S608 (a condition from here)
    for _ in range(LOOKS_FOR_OTHERS):
        if not db.execute(count).scalar():
            return False
        db.execute(text("SELECT pg_stat_clear_snapshot(), pg_sleep(0.1)"))
    return True


def sample_units(db: Connection, today: date) -> int:
    """Count today's units that are still those of the sample spread."""
    valid = t.unit.c.sample & or_(t.unit.c.valid_to.is_(None), t.unit.c.valid_to >= today)
    return int(db.execute(select(func.count()).where(valid)).scalar_one())


def parked(db: Connection) -> Parked | None:
    """Count the updates that were set aside, and describe the newest."""
    kept = t.inbox.c
    of_them = kept.state == InboxState.PARKED
    newest = select(kept.id, kept.received_at, kept.channel, kept.error).where(of_them).order_by(kept.id.desc())
    row = db.execute(newest.limit(1)).first()
    return Parked(db.execute(select(func.count()).where(of_them)).scalar_one(), *row) if row else None


def post(db: Connection, now: datetime) -> Post:
    """Describe the state of the outbox."""
    rows, lately = t.outbox.c, now - DEAD_SHOWN
    pushed = select(t.account.c.id).where(_IS_PUSHED)
    on_its_way = select(func.count(), func.min(rows.created_at)).where(is_open(t.outbox), rows.account_id.in_(pushed))
    waiting, oldest = db.execute(on_its_way.with_hint(t.outbox, OPEN_INDEX, "sqlite")).one()

    def count(state: OutboxState) -> int:
        lost = select(func.count()).where(rows.state == literal_column(f"'{state}'"), rows.created_at >= lately)
        return int(db.execute(lost.with_hint(t.outbox, "INDEXED BY ix_outbox_lost", "sqlite")).scalar_one())

    return Post(waiting, oldest, count(OutboxState.UNCERTAIN), count(OutboxState.DEAD))


def stranded(db: Connection) -> int:
    """Count messages that were put in line but stand in no chat's queue: no look would ever find them."""
    rows, queue = t.outbox.c, t.chat_queue.c
    in_line = select(func.count()).join_from(t.outbox, t.account).where(is_open(t.outbox), is_pending(t.outbox))
    has_queue = exists().where(queue.account_id == rows.account_id, queue.priority == rows.priority)
    lost = in_line.where(rows.queued, _IS_PUSHED, ~has_queue).with_hint(t.outbox, OPEN_INDEX, "sqlite")
    return int(db.execute(lost).scalar_one())


def last_message(db: Connection) -> datetime | None:
    """Tell when the newest update was taken; a clock that was ahead for a while may have dated earlier ones later."""
    return db.execute(select(t.inbox.c.received_at).order_by(t.inbox.c.id.desc()).limit(1)).scalar()


def last_due(db: Connection) -> datetime | None:
    """Tell when the reminders last had something to note; a look that finds nothing leaves no trace."""
    return db.execute(select(t.due.c.created_at).order_by(t.due.c.id.desc()).limit(1)).scalar()
