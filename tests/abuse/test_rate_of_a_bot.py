"""However many replicas send for a bot, the platform hears from it no faster than it allows."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count

import pytest
from sqlalchemy import Connection, insert

from messages import Outgoing
from scheduler.delivery import Delivery, Lane, Sources
from scheduler.places import take
from scheduler.rate import Rate
from storage import tables as t
from storage.db.database import Database, open_database
from storage.db.writer import call_followers
from storage.delivery import bot_rates
from storage.delivery.bot_rates import LONGEST_PAUSE
from tests.integration.scheduler.test_delivery import Recorder, file_of, queue, real_time, running
from tests.integration.scheduler.town import CALENDAR, LANE, PLAN, at
from tests.waiting import until

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

NOW = "2020-11-06 15:00"
PER_SECOND, BURST = 30.0, 30
REPLICAS = 4


class Time:
    """The database's clock and the processes' monotonic ones, moved by the test."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.start = datetime(2030, 1, 1, tzinfo=UTC)

    def monotonic(self) -> float:
        return self.seconds

    def of_database(self, _db: Connection) -> datetime:
        return self.start + timedelta(seconds=self.seconds)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    made = Time()
    monkeypatch.setattr("storage.delivery.bot_rates.clock", made.of_database)
    return made


@pytest.fixture
def replicas(database_url: str) -> Iterator[list[Database]]:
    with ExitStack() as stack:
        yield [stack.enter_context(open_database(database_url)) for _ in range(REPLICAS)]


def rates(time: Time) -> list[Rate]:
    return [Rate(PER_SECOND, BURST, time.monotonic) for _ in range(REPLICAS)]


def use(db: Connection, rate: Rate, most: int = 50) -> int:
    """As many places as there are, all of them needed."""
    places = take(db, LANE, rate, most)
    places.use(db, places.number)
    return places.number


def test_replicas_have_together_what_one_has_alone(db: Connection, time: Time) -> None:
    shared, alone = rates(time), Rate(PER_SECOND, BURST, time.monotonic)
    taken = expected = 0
    for step in range(1_000):
        time.seconds = step / 100
        taken += sum(use(db, rate) for rate in shared)
        expected += alone.take(50)
        assert taken <= BURST + PER_SECOND * time.seconds + 0.001
    assert taken >= expected - REPLICAS


def test_places_that_were_not_needed_stay_free(db: Connection, time: Time) -> None:
    first, second, *_ = rates(time)
    take(db, LANE, first, 30).use(db, 5)
    assert use(db, second) == 25
    assert use(db, first) == 0


def test_who_finds_no_place_comes_back_when_there_is_one(db: Connection, time: Time) -> None:
    first, second, *_ = rates(time)
    use(db, first)
    assert use(db, second) == 0
    assert second.delay() == pytest.approx(1 / PER_SECOND)
    time.seconds += second.delay() + 0.001
    assert use(db, second) == 1


def test_a_pause_that_the_platform_asks_one_for_is_kept_by_all(db: Connection, time: Time) -> None:
    first, second, *_ = rates(time)
    first.pause(60.0)
    assert use(db, first) == 0
    time.seconds = 59.0
    assert use(db, second) == 0
    time.seconds = 61.0
    assert 0 < use(db, second) <= PER_SECOND


def test_an_albums_pictures_count_for_all(db: Connection, time: Time) -> None:
    first, second, *_ = rates(time)
    assert use(db, first, 20) == 20
    first.spend(9)
    use(db, first, 0)
    assert use(db, second) == 1


@pytest.mark.parametrize("days", [1, 365])
def test_a_database_whose_clock_was_ahead_silences_nobody(db: Connection, time: Time, days: int) -> None:
    first, second, *_ = rates(time)
    time.start += timedelta(days=days)
    use(db, first)
    first.pause(10**9)
    use(db, first)
    time.start -= timedelta(days=days)
    assert use(db, second) == 0
    time.seconds += 1.0
    assert use(db, second) == BURST


def test_no_pause_is_longer_than_can_be_told_from_a_wrong_clock(db: Connection, time: Time) -> None:
    first, second, *_ = rates(time)
    first.pause(10**9)
    use(db, first)
    time.seconds = LONGEST_PAUSE.total_seconds() + 1.0
    assert use(db, second) > 0


async def test_four_processes_send_at_the_rate_of_one(replicas: list[Database], time: Time) -> None:
    sender, tokens = Recorder(), count()
    sources = Sources(
        now=lambda: at(NOW), machine=real_time, chance=lambda: 0.0, token=lambda: f"t{next(tokens)}", file_of=file_of
    )
    lanes = [Lane(sender, rate) for rate in rates(time)]
    deliveries = [
        Delivery(database, PLAN, CALENDAR, [lane], sources) for database, lane in zip(replicas, lanes, strict=True)
    ]
    for account in await replicas[0].awrite(_chats):
        await replicas[0].awrite(partial(queue, account=account, message=Outgoing("x")))
    async with running(*deliveries):
        for expected in (BURST, 2 * BURST, 3 * BURST):
            await until(lambda expected=expected: len(sender.sent) >= expected)  # type: ignore[misc]
            for _ in range(3):
                await asyncio.gather(*(database.awrite(call_followers) for database in replicas))
            assert len(sender.sent) == expected
            time.seconds += 1.0


def _chats(db: Connection) -> list[int]:
    fixed = {"channel": LANE[0], "bot": LANE[1], "created_at": at(NOW), "last_used_at": at(NOW), "usable": True}
    rows = [{**fixed, "external_id": f"chat {number}"} for number in range(5 * BURST)]
    return list(db.scalars(insert(t.account).returning(t.account.c.id), rows))


def test_the_databases_clock_goes_on_within_a_transaction(db: Connection) -> None:
    assert bot_rates.clock(db) < bot_rates.clock(db)
