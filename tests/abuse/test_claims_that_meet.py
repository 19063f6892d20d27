"""Two workers claim at the same moment: nothing twice, nobody waits, and a chat has one message in flight."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, text

from messages import Outgoing, encode
from storage import tables as t
from storage.db import engines
from storage.delivery import claims
from storage.delivery.claims import Claimed, ClaimResult
from tests.integration.scheduler.town import LANE, Town, at

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
NOW = at("2020-11-06 15:00")
SHORT = "2s"
"""Who waits for the other's transaction gets an error instead."""


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = engines.postgres(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def first(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as db:
        yield db
        db.rollback()


@pytest.fixture
def second(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as db:
        db.execute(text(f"SET lock_timeout = '{SHORT}'"))
        yield db
        db.rollback()
        db.execute(text("RESET lock_timeout"))
        db.commit()


def chats(engine: Engine, count: int) -> list[int]:
    """So many chats with a person each."""
    with engine.begin() as db:
        town = Town(db)
        return [town.account(town.joins(f"Lan {number}", "propagandist", "P10-KP01")) for number in range(count)]


def queue(engine: Engine, account: int, kind: str = "answer", priority: int = 0) -> int:
    values = {"account_id": account, "kind": kind, "priority": priority, "body": encode(Outgoing("Chào"))}
    fixed = {"created_at": NOW, "state": "pending", "token": "", "attempts": 0, "external_id": "", "error": ""}
    with engine.begin() as db:
        return int(db.execute(t.outbox.insert().values(**values, **fixed).returning(t.outbox.c.id)).scalar_one())


def claim(db: Connection, who: str, most: int = 10) -> list[Claimed]:
    _begin(db)
    return claims.claim(db, *LANE, most, token=who, machine=NOW, lease_until=NOW + timedelta(seconds=20))


def _begin(db: Connection) -> None:
    """A transaction that `commit` knows of: prepared statements go past SQLAlchemy."""
    if not db.in_transaction():
        db.begin()


def ids(rows: list[Claimed]) -> set[int]:
    return {row.id for row in rows}


def test_the_second_takes_what_the_first_left_and_waits_for_nothing(
    engine: Engine, first: Connection, second: Connection
) -> None:
    rows = {queue(engine, chat) for chat in chats(engine, 5)}
    claim(first, "a look that finds whose turn it is", 0)
    first.commit()
    mine = ids(claim(first, "first", 2))
    theirs = ids(claim(second, "second"))
    assert (len(mine), len(theirs), mine | theirs) == (2, 3, rows)
    first.commit()
    second.commit()
    assert claim(second, "second") == []


def test_a_chat_that_another_is_claiming_gets_no_second_message(
    engine: Engine, first: Connection, second: Connection
) -> None:
    (chat,) = chats(engine, 1)
    reminder = queue(engine, chat, "notice", 1)
    rows = claim(first, "first")
    assert ids(rows) == {reminder}
    answer = queue(engine, chat)
    assert claim(second, "second") == []
    second.commit()
    first.commit()
    assert claim(second, "second") == []
    second.commit()
    _begin(first)
    claims.finish(first, [ClaimResult(row, "sent", "42") for row in rows], NOW)
    first.commit()
    assert ids(claim(second, "second")) == {answer}
