"""A machine's clock that is wrong for a moment: nobody stays mute, and nothing waits for a time that nobody meant."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, insert, select

from messages import Outgoing
from scheduler.claiming import InHand, keep
from scheduler.outcomes import MAX_ATTEMPTS, NotSent
from scheduler.settling import Attempt, settle
from storage import tables as t
from storage.conversation.turns import known_sender, mark_used
from storage.db.database import Database, open_database
from storage.delivery import claims
from storage.delivery.claims import LEASE
from storage.directory import accounts, strangers
from storage.records import attachments
from storage.records.attachments import LONGEST_WAIT
from tests.integration.scheduler.test_delivery import Clock, Recorder, delivery, open_rows, queue, running
from tests.integration.scheduler.test_outbox import queue as queue_for
from tests.integration.scheduler.town import LANE, Town, at
from tests.waiting import until

NOW = "2020-11-06 15:00"
JUMPS = [timedelta(days=days) for days in (1, 365, -1, -365)]
MOMENT = timedelta(seconds=8)
"""How long the clock is wrong."""


@pytest.fixture
def town(db: Connection) -> Town:
    return Town(db)


@pytest.fixture
def lan(town: Town) -> int:
    return town.joins("Lan", "propagandist", "P10-KP01")


def fails(town: Town, times: int) -> None:
    for _ in range(times):
        for row in town.claim(NOW):
            attempt = Attempt(LANE, row, NotSent("500"))
            settle(town.db, [attempt], machine=town.machine, now=at(NOW), chance=1.0)
        town.waits(MOMENT.total_seconds() / times)


@pytest.mark.parametrize("jump", JUMPS)
def test_what_failed_while_the_clock_was_wrong_is_tried_again_when_it_is_right(
    town: Town, lan: int, jump: timedelta
) -> None:
    first = queue_for(town, lan, "1")
    town.machine += jump
    fails(town, 4)
    town.machine -= jump
    later = queue_for(town, lan, "2")
    rows = town.claim(NOW)
    assert [row.id for row in rows] == [first]
    town.finish(rows, NOW)
    assert [row.id for row in town.claim(NOW)] == [later]


@pytest.mark.parametrize("jump", JUMPS)
def test_what_failed_before_the_clock_went_wrong_waits_for_no_longer(town: Town, lan: int, jump: timedelta) -> None:
    first = queue_for(town, lan, "1")
    fails(town, 1)
    town.machine -= MOMENT
    assert town.claim(NOW) == []
    town.machine += jump
    assert [row.id for row in town.claim(NOW)] == [first]


@pytest.mark.parametrize("jump", JUMPS)
def test_a_lease_of_a_wrong_clock_lapses_when_it_is_right(town: Town, lan: int, jump: timedelta) -> None:
    row = queue_for(town, lan, "1")
    town.machine += jump
    assert [each.id for each in town.claim(NOW)] == [row]
    town.machine -= jump
    assert claims.reap(town.db, town.machine, MAX_ATTEMPTS) == 1
    assert [each.id for each in town.claim(NOW)] == [row]


def test_a_lease_of_another_replica_whose_clock_is_a_little_ahead_stands(town: Town, lan: int) -> None:
    queue_for(town, lan, "1")
    town.claim(NOW)
    town.machine -= LEASE / 4
    assert claims.reap(town.db, town.machine, MAX_ATTEMPTS) == 0


@pytest.mark.parametrize("jump", JUMPS)
def test_who_is_still_sending_keeps_it_when_the_clock_jumps(town: Town, lan: int, jump: timedelta) -> None:
    queue_for(town, lan, "1")
    hand = InHand()
    hand.add(town.claim(NOW), town.machine)
    town.machine += jump
    assert keep(town.db, hand.to_renew(town.machine), town.machine) == 0
    assert town.states() == ["sending"]


@pytest.mark.parametrize("jump", JUMPS)
async def test_delivery_goes_on_after_a_moment_of_wrong_clock_and_a_restart(
    database_url: str, jump: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.delivery.LOOK_SECONDS", 0.05)
    monkeypatch.setattr("scheduler.delivery.REAP_SECONDS", 0.05)
    clock = Clock()
    with open_database(database_url) as database:
        account = await database.awrite(_lans_account)
        failing = Recorder(lambda _address, _message: NotSent("500"))
        clock.now += jump
        async with running(delivery(database, failing, machine=clock)):
            await database.awrite(partial(queue, account=account, message=Outgoing("x")))
            await until(lambda: len(failing.sent) == 1 and _attempts(database) == [1])
        clock.now += MOMENT - jump
    with open_database(database_url) as database:
        await database.awrite(partial(queue, account=account, message=Outgoing("y")))
        sender = Recorder()
        async with running(delivery(database, sender, machine=clock)):
            await until(lambda: not open_rows(database))
    assert [text for _, text in sender.sent] == ["x", "y"]


def _lans_account(db: Connection) -> int:
    town = Town(db)
    return town.account(town.joins("Lan", "propagandist", "P10-KP01"))


def _attempts(database: Database) -> list[int]:
    return database.read(lambda db: list(db.scalars(select(t.outbox.c.attempts))))


def waiting_files(town: Town, who: int, times: Iterable[datetime]) -> None:
    fixed = {"person_id": who, "account_id": town.account(who), "state": "pending", "created_at": at(NOW)}
    more = {"sha256": "", "name": "", "mime": "", "size": 0, "is_image": True, "remote": "r", "attempts": 1}
    town.db.execute(insert(t.attachment), [{**fixed, **more, "next_at": each} for each in times])


def test_a_photo_is_fetched_whatever_a_wrong_clock_wrote(town: Town, lan: int) -> None:
    possible = town.machine + LONGEST_WAIT
    waiting_files(town, lan, [possible, possible + timedelta(seconds=1), town.machine + timedelta(days=365)])
    assert len(attachments.pending(town.db, *LANE, town.machine, 9)) == 2


def test_a_guesser_is_not_barred_for_longer_than_anybody(town: Town) -> None:
    now = at(NOW)
    stranger = strangers.see(town.db, "hash", now.date())
    for _ in range(strangers.FREE_TRIES + 1):
        stranger = strangers.see(town.db, "hash", now.date())
        strangers.note_wrong_code(town.db, stranger, now)
    assert strangers.see(town.db, "hash", now.date()).is_barred(now)
    for jump in (1, 365):
        assert not strangers.see(town.db, "hash", now.date()).is_barred(now - timedelta(days=jump))


def test_the_chat_that_is_used_now_gets_the_reminders_whatever_a_clock_ahead_said_of_another(
    town: Town, lan: int
) -> None:
    zalo = accounts.add_account(town.db, lan, "zalo", "7", "z", at("2021-11-06"))
    assert accounts.accounts_of(town.db, lan)[0].id == zalo
    for when in (NOW, "2020-11-06 15:30"):
        known = known_sender(town.db, *LANE, "telegram-Lan")
        assert known is not None
        mark_used(town.db, known, at(when))
    assert accounts.accounts_of(town.db, lan)[0].id == town.account(lan)
