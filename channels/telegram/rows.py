"""The channel's own rows: which menu each account shows, and which files Telegram already has."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from channels.telegram.reading import CHANNEL
from storage import tables as t
from storage.db import settings
from storage.db.upsert import insert_or_change

_MENU_KEYS = "telegram.menu."
_REMEMBER = insert_or_change(t.channel_file, ["channel", "bot", "content_hash"], ["external_id"])


@dataclass(frozen=True, slots=True)
class Owner:
    """An account with all that its menu depends on; `shown` is the mark of the menu that was set last."""

    account_id: int
    chat: str
    language: str
    roles: frozenset[str]
    shown: str


def owners(db: Connection, bot: str, now: datetime) -> list[Owner]:
    """Every account of a bot that can be reached."""
    accounts = db.execute(
        select(t.account.c.id, t.account.c.external_id, t.person.c.id.label("person"), t.person.c.language)
        .join(t.person, t.person.c.id == t.account.c.person_id)
        .where(t.account.c.channel == CHANNEL, t.account.c.bot == bot, t.account.c.usable)
        .order_by(t.account.c.id)
    ).all()
    roles = _roles(db, now)
    kept = select(t.setting.c.key, t.setting.c.value).where(t.setting.c.key.startswith(_MENU_KEYS))
    marks = {row.key: row.value for row in db.execute(kept)}
    return [
        Owner(row.id, row.external_id, row.language, roles[row.person], marks.get(f"{_MENU_KEYS}{row.id}", ""))
        for row in accounts
    ]


def _roles(db: Connection, now: datetime) -> defaultdict[int, frozenset[str]]:
    held: defaultdict[int, frozenset[str]] = defaultdict(frozenset)
    current = (t.assignment.c.since <= now, (t.assignment.c.until.is_(None)) | (t.assignment.c.until > now))
    for person, role in db.execute(select(t.assignment.c.person_id, t.assignment.c.role).where(*current)):
        held[person] |= {role}
    return held


def mark_menu(db: Connection, account_id: int, mark: str) -> None:
    """Remember which menu an account shows."""
    settings.keep(db, f"{_MENU_KEYS}{account_id}", mark)


def known_files(db: Connection, bot: str, content_hashes: Collection[str]) -> dict[str, str]:
    """Telegram's ids of those files that were uploaded before, by their hashes."""
    file = t.channel_file.c
    mine = (file.channel == CHANNEL, file.bot == bot, file.content_hash.in_(content_hashes))
    return {row.content_hash: row.external_id for row in db.execute(select(t.channel_file).where(*mine))}


def remember_files(db: Connection, bot: str, ids: Mapping[str, str]) -> None:
    """Keep the ids of uploaded files, by their hashes."""
    for content_hash, external_id in sorted(ids.items()):
        row = {"channel": CHANNEL, "bot": bot, "content_hash": content_hash, "external_id": external_id}
        db.execute(_REMEMBER.on(db).values(row))
