"""One poller a bot, whatever the database."""

import asyncio

import pytest

from channels import poller_lock as lock
from channels.poller_lock import Lock, poller_lock, run_locked
from tests.waiting import until


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "ASK_EVERY_SECONDS", 0.02)


async def test_a_second_process_stands_by_until_the_first_is_gone(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    order: list[str] = []
    stops = {"first": asyncio.Event(), "second": asyncio.Event()}

    async def process(name: str) -> None:
        async def work(halt: asyncio.Event) -> None:
            order.append(f"{name} begins")
            await halt.wait()
            order.append(f"{name} ends")

        await run_locked(poller_lock(database_url, "telegram", "1"), stops[name], work)

    first = asyncio.create_task(process("first"))
    await until(lambda: order == ["first begins"])
    second = asyncio.create_task(process("second"))
    await until(lambda: "stands by" in caplog.text)
    assert order == ["first begins"]
    stops["first"].set()
    await first
    await until(lambda: order[2:] == ["second begins"])
    stops["second"].set()
    await second
    assert order == ["first begins", "first ends", "second begins", "second ends"]


def test_other_bots_are_not_held_up(database_url: str) -> None:
    one, two = poller_lock(database_url, "telegram", "1"), poller_lock(database_url, "telegram", "2")
    assert one.acquire()
    assert two.acquire()
    assert not poller_lock(database_url, "telegram", "1").acquire()
    one.release()
    assert not one.is_held()
    two.release()


class Slipping:
    """A lock that is lost once while it is held."""

    def __init__(self) -> None:
        self.taken = 0
        self.asked = 0

    def acquire(self) -> bool:
        self.taken += 1
        return True

    def is_held(self) -> bool:
        self.asked += 1
        return self.asked != 2

    def release(self) -> None:
        pass


async def test_a_lost_lock_stops_the_work_and_is_sought_again() -> None:
    slipping = Slipping()
    held: Lock = slipping
    stop = asyncio.Event()
    runs: list[int] = []

    async def work(halt: asyncio.Event) -> None:
        runs.append(1)
        await halt.wait()

    running = asyncio.create_task(run_locked(held, stop, work))
    await until(lambda: len(runs) == 2)
    stop.set()
    await running
    assert slipping.taken == 2
