"""Senders whom nobody invited: counted by a hash, answered once a day, slowed down when they guess codes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from storage import people
from storage import tables as t

FREE_TRIES = 5
"""Wrong codes that cost nothing: a typing slip or two, in bad light."""
FIRST_BAR = timedelta(minutes=5)
LONGEST_BAR = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Stranger:
    """What is known of a stranger."""

    key: str
    answered_on: date | None
    wrong_codes: int
    barred_until: datetime | None


def see(db: Connection, key: str, day: date) -> Stranger:
    """Count a message of the stranger with this hash, sent on `day`."""
    row = db.execute(
        select(t.stranger.c.key, t.stranger.c.answered_on, t.stranger.c.wrong_codes, t.stranger.c.barred_until).where(
            t.stranger.c.key == key
        )
    ).first()
    if row is None:
        db.execute(insert(t.stranger).values(key=key, seen=1, seen_on=day, wrong_codes=0))
        return Stranger(key, None, 0, None)
    db.execute(update(t.stranger).where(t.stranger.c.key == key).values(seen=t.stranger.c.seen + 1, seen_on=day))
    return Stranger(*row)


def note_answer(db: Connection, key: str, day: date) -> None:
    """Remember that today's one answer was given."""
    db.execute(update(t.stranger).where(t.stranger.c.key == key).values(answered_on=day))


def note_wrong_code(db: Connection, stranger: Stranger, now: datetime) -> datetime | None:
    """Count a wrong code; the time until which no further one is looked at, doubling from the sixth on."""
    wrong = stranger.wrong_codes + 1
    barred = now + min(FIRST_BAR * 2 ** min(wrong - FREE_TRIES - 1, 10), LONGEST_BAR) if wrong > FREE_TRIES else None
    db.execute(
        update(t.stranger).where(t.stranger.c.key == stranger.key).values(wrong_codes=wrong, barred_until=barred)
    )
    return barred


def forget(db: Connection, key: str) -> None:
    """A stranger who joined starts with a clean slate."""
    db.execute(update(t.stranger).where(t.stranger.c.key == key).values(wrong_codes=0, barred_until=None))


def account_for_answer(db: Connection, channel: str, bot: str, external_id: str, now: datetime) -> int:
    """The address of a stranger's one answer: an account without a person."""
    found = people.account_id(db, channel, bot, external_id)
    return found if found is not None else people.add_account(db, None, channel, bot, external_id, now)
