"""Counts senders whom nobody invited, by a hash, and answers them once a day. Counts everybody's wrong codes, too.

Guessing is slowed down by account before joining, and by person afterwards. Joining resets no count: otherwise two
accounts of one person could take turns at guessing. Wrong codes from the browser are only counted here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, case, func, insert, select, update

from storage import tables as t
from storage.db.upsert import NewRow, insert_or_change
from storage.directory import accounts

FREE_TRIES = 5
"""Wrong codes that cost nothing: a typing slip or two, in bad light."""
FIRST_BAR = timedelta(minutes=5)
LONGEST_BAR = timedelta(hours=12)
_BROWSERS = "browsers"
"""The key under which wrong codes from browsers are counted, a day at a time; no hash is so short."""


def _counting(more: NewRow) -> Mapping[str, Any]:
    row = t.stranger.c
    total = case((row.seen_on == more.seen_on, row.wrong_codes + more.wrong_codes), else_=more.wrong_codes)
    return {"seen_on": more.seen_on, "wrong_codes": total}


_COUNT = insert_or_change(t.stranger, ["key"], _counting)


@dataclass(frozen=True, slots=True)
class StrangerRecord:
    """The counts and times known of a stranger."""

    key: str
    answered_on: date | None
    wrong_codes: int
    barred_until: datetime | None

    def is_barred(self, now: datetime) -> bool:
        """Whether the stranger's codes are not looked at yet. A bar beyond the longest was set by a wrong clock."""
        return self.barred_until is not None and now < self.barred_until <= now + LONGEST_BAR


def see(db: Connection, key: str, day: date) -> StrangerRecord:
    """Count a message of the stranger with this hash, sent on `day`."""
    row = db.execute(
        select(t.stranger.c.key, t.stranger.c.answered_on, t.stranger.c.wrong_codes, t.stranger.c.barred_until).where(
            t.stranger.c.key == key
        )
    ).first()
    if row is None:
        db.execute(insert(t.stranger).values(key=key, seen=1, seen_on=day, wrong_codes=0))
        return StrangerRecord(key, None, 0, None)
    db.execute(update(t.stranger).where(t.stranger.c.key == key).values(seen=t.stranger.c.seen + 1, seen_on=day))
    return StrangerRecord(*row)


def note_answer(db: Connection, key: str, day: date) -> None:
    """Remember that today's one answer was given."""
    db.execute(update(t.stranger).where(t.stranger.c.key == key).values(answered_on=day))


def note_wrong_code(db: Connection, stranger: StrangerRecord, now: datetime) -> datetime | None:
    """Count a wrong code; return until when no other is looked at. The wait doubles from the sixth on."""
    wrong = stranger.wrong_codes + 1
    barred = now + min(FIRST_BAR * 2 ** min(wrong - FREE_TRIES - 1, 10), LONGEST_BAR) if wrong > FREE_TRIES else None
    db.execute(
        update(t.stranger).where(t.stranger.c.key == stranger.key).values(wrong_codes=wrong, barred_until=barred)
    )
    return barred


def count_guesses(db: Connection, count: int, day: date) -> None:
    """Add wrong codes that were tried in browsers on `day`."""
    db.execute(_COUNT.on(db).values(key=_BROWSERS, seen=0, seen_on=day, wrong_codes=count))


def guesses(db: Connection, since: date) -> int:
    """Sum up the wrong codes of all who have tried one, or written, since that day."""
    query = select(func.coalesce(func.sum(t.stranger.c.wrong_codes), 0)).where(t.stranger.c.seen_on >= since)
    return int(db.execute(query).scalar_one())


def account_for_answer(db: Connection, channel: str, bot: str, external_id: str, now: datetime) -> int:
    """Return an account without a person: the address of a stranger's one answer."""
    known = accounts.account_id(db, channel, bot, external_id)
    return known if known is not None else accounts.add_account(db, None, channel, bot, external_id, now)
