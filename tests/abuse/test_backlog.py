"""However much waits in the outbox, and why ever it does: a look at it costs the same, and takes what may go."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, Table, and_, exists, insert, or_, select, text, update

from messages import Outgoing, encode
from scheduler.delivery import Delivery
from scheduler.outcomes import MAX_ATTEMPTS
from scheduler.reachability import lose
from storage import tables as t
from storage.conversation.turns import known_sender, mark_used
from storage.db.database import Database
from storage.delivery import chat_queue, claims, outbox, pulled
from storage.delivery.chat_queue import QUEUED_AT_ONCE
from storage.delivery.claims import Claimed
from storage.directory import accounts
from tests.integration.scheduler.test_delivery import Recorder, delivery, running
from tests.integration.scheduler.test_delivery import queue as queue_in_chat
from tests.integration.scheduler.town import LANE, Town, at
from tests.waiting import until

NOW = "2020-11-06 15:00"
FEW = 100
MANY = {"sqlite": 10_000, "postgresql": 1_000}
A_FEW_ROWS = 10
AT_MOST = 1.5
"""Times as much work for a look at many waiting messages as for one at few."""


@pytest.fixture
def town(db: Connection) -> Town:
    return Town(db)


def message(account: int, **values: Any) -> dict[str, Any]:
    fixed = {"kind": "notice", "priority": 1, "state": "pending", "body": encode(Outgoing("x")), "token": ""}
    more = {"attempts": 0, "external_id": "", "error": "", "created_at": at(NOW)}
    return {"account_id": account, **fixed, **more, **values}


def insert_all(db: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    db.execute(insert(table), rows)


def chats(town: Town, number: int, *, usable: bool = True) -> list[int]:
    fixed = {"channel": LANE[0], "bot": LANE[1], "created_at": at(NOW), "last_used_at": at(NOW), "usable": usable}
    insert_all(town.db, t.account, [{**fixed, "external_id": f"{usable}-{each}"} for each in range(number)])
    mine = t.account.c.usable if usable else ~t.account.c.usable
    return list(town.db.scalars(select(t.account.c.id).where(mine).order_by(t.account.c.id)))


def to_everybody(town: Town, number: int) -> None:
    insert_all(town.db, t.outbox, [message(chat) for chat in chats(town, number)])


def to_one_chat(town: Town, number: int) -> None:
    first, *others = chats(town, FEW)
    insert_all(town.db, t.outbox, [message(chat, state="sent") for chat in others])
    insert_all(town.db, t.outbox, [message(first) for _ in range(number)])


def in_back_off(town: Town, number: int) -> None:
    later = town.machine + timedelta(minutes=4)
    insert_all(town.db, t.outbox, [message(chat, next_at=later, attempts=9) for chat in chats(town, number)])


def to_lost_accounts(town: Town, number: int) -> None:
    insert_all(town.db, t.outbox, [message(chat) for chat in chats(town, number, usable=False)])


def uncertain(town: Town, number: int) -> None:
    insert_all(town.db, t.outbox, [message(chat, state="uncertain") for chat in chats(town, number)])


def to_pages(town: Town, number: int) -> None:
    to_everybody(town, number)
    town.db.execute(update(t.account).values(channel="web"))


BACKLOGS = [to_everybody, to_one_chat, in_back_off, to_lost_accounts, uncertain, to_pages]


def settle_in(town: Town) -> None:
    """Let looks put all in line and out of the way, and the planner know."""
    step = 0
    while chat_queue.is_behind(town.db) or step < 60:
        step += 1
        for row in town.claim(NOW, 1):
            town.finish([row], NOW)
    if town.db.dialect.name == "postgresql":
        town.db.execute(text("ANALYZE"))
        town.db.execute(text("SET LOCAL enable_seqscan = off"))  # which it prefers while a table is small


def work(db: Connection, job: Callable[[], object]) -> int:
    """What a job has the database do: SQLite's virtual machine counts steps, PostgreSQL the rows that it visits."""
    if db.dialect.name == "postgresql":
        before = _visited(db)
        job()
        return _visited(db) - before
    steps: list[None] = []
    driver: Any = db.connection.driver_connection
    driver.set_progress_handler(lambda: steps.append(None), 10)
    job()
    driver.set_progress_handler(None, 0)
    return len(steps)


def _visited(db: Connection) -> int:
    rows = "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables"
    return int(db.execute(text(rows)).scalar_one())


def look(town: Town) -> None:
    """As delivery looks, with one place in its rate; then the leases, and an answer that thins out earlier ones."""
    town.claim(NOW, 1)
    claims.reap(town.db, town.machine, MAX_ATTEMPTS)
    outbox.thin_out(town.db, *LANE, "True-0")
    chat_queue.is_behind(town.db)


@pytest.mark.parametrize("backlog", BACKLOGS)
def test_a_look_at_many_waiting_messages_is_as_cheap_as_at_few(
    town: Town, backlog: Callable[[Town, int], None]
) -> None:
    costs = []
    for number in (FEW, MANY[town.db.dialect.name]):
        step = town.db.begin_nested()
        backlog(town, number)
        settle_in(town)
        costs.append(work(town.db, partial(look, town)))
        step.rollback()
    few, many = costs
    assert many <= max(few, A_FEW_ROWS) * AT_MOST


def test_messages_of_any_origin_are_put_in_line_a_hundred_a_look(town: Town) -> None:
    costs = []
    for number in (2 * QUEUED_AT_ONCE, MANY[town.db.dialect.name]):
        step = town.db.begin_nested()
        to_everybody(town, number)
        costs.append(work(town.db, partial(chat_queue.fill, town.db)))
        assert len(town.db.execute(select(t.chat_queue)).all()) == QUEUED_AT_ONCE
        step.rollback()
    few, many = costs
    assert many <= few * AT_MOST


def test_an_answer_goes_before_all_that_waits(town: Town) -> None:
    to_everybody(town, 1_000)
    settle_in(town)
    (last,) = town.db.scalars(select(t.account.c.id).order_by(t.account.c.id.desc()).limit(1))
    insert_all(town.db, t.outbox, [message(last, kind="answer", priority=0)])
    assert [row.kind for row in town.claim(NOW, 2)] == ["answer", "notice"]


def test_a_page_reads_what_is_new_and_not_its_history(town: Town) -> None:
    costs = []
    for number in (FEW, MANY[town.db.dialect.name]):
        step = town.db.begin_nested()
        (chat,) = chats(town, 1)
        insert_all(town.db, t.outbox, [message(chat, state="sent") for _ in range(number)])
        insert_all(town.db, t.outbox, [message(chat) for _ in range(3)])
        town.db.execute(update(t.account).values(channel="web"))
        settle_in(town)
        last = town.db.scalars(select(t.outbox.c.id).order_by(t.outbox.c.id.desc()).limit(1)).one()

        def read(chat: int = chat, last: int = last) -> None:
            assert len(pulled.since(town.db, chat, last, 10)) == 3
            pulled.cursor_that_misses_nothing(town.db, chat, last)

        costs.append(work(town.db, read))
        step.rollback()
    few, many = costs
    assert many <= few * AT_MOST


async def test_a_backlog_that_its_rate_holds_back_is_not_looked_at(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Any] = []
    real = claims.claim

    def counting(*where: Any, **how: Any) -> list[Claimed]:
        looks.append(where)
        return real(*where, **how)

    monkeypatch.setattr("storage.delivery.claims.claim", counting)

    def join(db: Connection) -> list[int]:
        place = Town(db)
        names = [f"L{number}" for number in range(20)]
        return [place.account(place.joins(name, "propagandist", "P10-KP01")) for name in names]

    accounts = await database.awrite(join)
    sender = Recorder()
    held: Delivery = delivery(database, sender, pace=(0.001, 1))
    async with running(held):
        for account in accounts:
            await database.awrite(partial(queue_in_chat, account=account, message=Outgoing("x")))
        await until(lambda: len(sender.sent) == 1)
        await database.awrite(lambda _: None)
        so_far = len(looks)
        for account in accounts:
            await database.awrite(partial(queue_in_chat, account=account, message=Outgoing("y")))
        assert len(looks) == so_far


CHATS = ("a", "b", "c")


def claimable(db: Connection, machine: Any) -> set[int]:
    """Which rows may go, worked out from all that is open: the first of each chat, unless something holds it back."""
    row, other = t.outbox.alias("o"), t.outbox.alias("other")
    same = and_(other.c.account_id == row.c.account_id, other.c.state.in_(("pending", "sending")))
    earlier = and_(other.c.priority == row.c.priority, other.c.id < row.c.id)
    waits = and_(row.c.next_at > machine, row.c.next_at <= machine + claims.LONGEST_WAIT)
    query = (
        select(row.c.id, row.c.account_id, row.c.priority)
        .join(t.account, t.account.c.id == row.c.account_id)
        .where(row.c.state == "pending", t.account.c.usable, t.account.c.channel == LANE[0])
        .where(or_(row.c.next_at.is_(None), ~waits))
        .where(~exists(select(other.c.id).where(same, or_(other.c.state == "sending", earlier))))
        .order_by(row.c.priority, row.c.id)
    )
    first: dict[int, int] = {}
    for found in db.execute(query):
        first.setdefault(found.account_id, found.id)
    return set(first.values())


class Days:
    """Everything that happens to an outbox, at random."""

    def __init__(self, town: Town, seed: int) -> None:
        self.town, self.db, self.chance = town, town.db, Random(seed)
        self.person = [town.joins(name, "propagandist", "P10-KP01") for name in CHATS]
        self.chats = [town.account(person) for person in self.person]
        for person in self.person[:2]:
            accounts.add_account(self.db, person, *LANE, f"second {person}", at("2020-01-01"))
        self.in_hand: list[Claimed] = []
        self.updates = 0

    def happens(self) -> None:
        often = [self.says, self.says, self.ends, self.ends]
        self.chance.choice([*often, self.waits, self.dies, self.thins, self.moves])()

    def looks(self) -> None:
        expected = claimable(self.db, self.town.machine)
        rows = self.town.claim(NOW)
        assert {row.id for row in rows} == expected
        self.in_hand += rows

    def says(self) -> None:
        self.updates += 1
        place = self.chance.randrange(3)
        kind, priority = self.chance.choice([("answer", 0), ("notice", 1), ("notice", 2)])
        later = self.chance.choice([None, None, self.town.machine + timedelta(seconds=2)])
        who = {"person_id": self.person[place], "inbox_id": self.updates}
        row = message(self.chats[place], **who, kind=kind, priority=priority, next_at=later)
        insert_all(self.db, t.outbox, [row])

    def ends(self) -> None:
        if not self.in_hand:
            return
        row = self.in_hand.pop(self.chance.randrange(len(self.in_hand)))
        state = self.chance.choice(["sent", "pending", "dead"])
        waits = self.chance.choice([1, 60, 10**8]) if state == "pending" else 0
        self.town.finish([row], NOW, state, self.town.machine + timedelta(seconds=waits) if waits else None)

    def waits(self) -> None:
        self.town.waits(self.chance.choice([1, 30, 70]))

    def dies(self) -> None:
        claims.reap(self.db, self.town.machine, MAX_ATTEMPTS)

    def thins(self) -> None:
        place = self.chance.randrange(3)
        if self.chance.random() < 0.5:
            outbox.thin_out(self.db, *LANE, f"telegram-{CHATS[place]}")
        else:
            outbox.overtake(self.db, self.chats[place])

    def moves(self) -> None:
        place = self.chance.randrange(2)
        if self.chance.random() < 0.5:
            lose(self.db, self.chats[place], at(NOW))
            return
        known = known_sender(self.db, *LANE, f"telegram-{CHATS[place]}")
        assert known is not None
        mark_used(self.db, known, at(NOW))


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_a_look_finds_just_what_may_go(town: Town, seed: int) -> None:
    days = Days(town, seed)
    for _ in range(150):
        days.happens()
        if days.chance.random() < 0.5:
            days.looks()
