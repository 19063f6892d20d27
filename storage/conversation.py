"""The statements that every turn runs, prebuilt: they are most of what a turn costs.

Each returns or takes plain values; what they mean is the turn's business.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage import tables as t
from storage.writer import touch

USED_STEP = timedelta(minutes=10)
"""`account.last_used_at` moves in steps, so that an ordinary turn need not write it."""

_KEY = ("channel", "bot", "account", "message_id")
_TAKE = {
    "sqlite": sqlite.insert(t.inbox).on_conflict_do_nothing(index_elements=_KEY).returning(t.inbox.c.id),
    "postgresql": postgresql.insert(t.inbox).on_conflict_do_nothing(index_elements=_KEY).returning(t.inbox.c.id),
}
_PARK = update(t.inbox).where(t.inbox.c.id == bindparam("row"))
_KNOWN = (
    select(
        t.account.c.id,
        t.account.c.person_id,
        t.account.c.last_used_at,
        t.account.c.usable,
        t.person.c.name,
        t.person.c.language,
        t.interview.c.id.label("interview_id"),
        t.interview.c.form_id,
        t.interview.c.form_version,
        t.interview.c.unit_id,
        t.interview.c.corrects,
        t.interview.c.state,
    )
    .join(t.person, t.person.c.id == t.account.c.person_id)
    .outerjoin(t.interview, (t.interview.c.person_id == t.person.c.id) & (t.interview.c.status == "open"))
    .where(
        t.account.c.channel == bindparam("channel"),
        t.account.c.bot == bindparam("bot"),
        t.account.c.external_id == bindparam("account"),
    )
)
# Turns of one person exclude each other across replicas; on SQLite the one writer does.
_KNOWN_LOCKED = _KNOWN.with_for_update(of=t.person)
_USED = update(t.account).where(t.account.c.id == bindparam("row")).values(last_used_at=bindparam("now"), usable=True)
_ANSWER = insert(t.outbox)
_SET_MENU_SQLITE = sqlite.insert(t.chat_menu)
_SET_MENU_POSTGRES = postgresql.insert(t.chat_menu)
_SET_MENU = {
    "sqlite": _SET_MENU_SQLITE.on_conflict_do_update(
        index_elements=["account_id"], set_={"choices": _SET_MENU_SQLITE.excluded.choices}
    ),
    "postgresql": _SET_MENU_POSTGRES.on_conflict_do_update(
        index_elements=["account_id"], set_={"choices": _SET_MENU_POSTGRES.excluded.choices}
    ),
}
_GET_MENU = select(t.chat_menu.c.choices).where(t.chat_menu.c.account_id == bindparam("account_id"))
_STEP = (
    update(t.interview)
    .where(t.interview.c.id == bindparam("row"))
    .values(state=bindparam("new_state"), revision=bindparam("new_revision"), updated_at=bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class OpenInterview:
    """A person's open interview as stored; `state` is the interview package's JSON."""

    id: int
    form_id: str
    form_version: str
    unit_id: int
    corrects: int | None
    state: str


@dataclass(frozen=True, slots=True)
class Known:
    """Who sent an update, by its account."""

    account_id: int
    person_id: int
    name: str
    language: str
    last_used_at: datetime
    usable: bool
    interview: OpenInterview | None


def take_key(db: Connection, key: Mapping[str, str], now: datetime) -> int | None:
    """Store an update's identity; its row id, or `None` if it was taken before (reliability R1)."""
    row: int | None = db.execute(
        _TAKE[db.dialect.name], {**key, "received_at": now, "state": "taken", "error": ""}
    ).scalar()
    return row


def park(db: Connection, row: int, body: str, error: str) -> None:
    """Keep the raw body of an update whose turn failed."""
    db.execute(_PARK.values(state="parked", body=body, error=error), {"row": row})


def known_sender(db: Connection, channel: str, bot: str, account: str) -> Known | None:
    """The account's person with the open interview, in one query; `None` for a stranger."""
    query = _KNOWN if db.dialect.name == "sqlite" else _KNOWN_LOCKED
    row = db.execute(query, {"channel": channel, "bot": bot, "account": account}).first()
    if row is None:
        return None
    found = (
        OpenInterview(row.interview_id, row.form_id, row.form_version, row.unit_id, row.corrects, row.state)
        if row.interview_id is not None
        else None
    )
    return Known(row.id, row.person_id, row.name, row.language, row.last_used_at, row.usable, found)


def mark_used(db: Connection, known: Known, now: datetime) -> None:
    """Remember the account as the one used last, and as reachable."""
    if not known.usable or now - known.last_used_at >= USED_STEP:
        db.execute(_USED, {"row": known.account_id, "now": now})


def queue_answers(
    db: Connection, account_id: int, person_id: int | None, inbox_id: int, bodies: Sequence[str], now: datetime
) -> None:
    """Queue a turn's replies in their order."""
    touch(db, account_id)
    db.execute(
        _ANSWER,
        [
            {"account_id": account_id, "person_id": person_id, "inbox_id": inbox_id, "body": body, "created_at": now}
            | _FRESH
            for body in bodies
        ],
    )


_FRESH = {
    "kind": "answer",
    "priority": 0,
    "state": "pending",
    "token": "",
    "attempts": 0,
    "external_id": "",
    "error": "",
}


def set_menu(db: Connection, account_id: int, choices: str) -> None:
    """Make `choices` (JSON) the chat's latest menu: typed numbers and words mean these."""
    db.execute(_SET_MENU[db.dialect.name], {"account_id": account_id, "choices": choices})


def get_menu(db: Connection, account_id: int) -> str:
    """The chat's latest menu (JSON), "[]" if it had none."""
    found: str | None = db.execute(_GET_MENU, {"account_id": account_id}).scalar()
    return found or "[]"


def save_step(db: Connection, interview_id: int, state: str, revision: int, now: datetime) -> None:
    """Store an open interview's new state."""
    db.execute(_STEP, {"row": interview_id, "new_state": state, "new_revision": revision, "now": now})
