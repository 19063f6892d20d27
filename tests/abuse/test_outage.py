"""While the database takes nothing, nobody is left without a word because somebody else wrote first."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from channels.telegram import polling
from storage.db.database import Database, open_database
from tests.channels.telegram.support import Recorder, polled
from tests.fakes.telegram import FakeTelegram, Someone, serving
from tests.waiting import until

NOT_STORED = "không cần gửi lại"


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with serving(repeat_pause=0.2) as server:
        yield server


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    (tmp_path / "bot.db").write_bytes(sqlite_template.read_bytes())
    with open_database(f"sqlite:///{tmp_path / 'bot.db'}") as opened:
        yield opened


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "LOOK_AHEAD_SECONDS", 0.05)


@pytest.mark.usefixtures("hurried")
async def test_whoever_writes_while_the_first_message_is_in_hand_is_told_once_and_taken_later(
    fake: FakeTelegram, store: Database, recorder: Recorder
) -> None:
    people = [Someone(fake.world, number) for number in range(1, 7)]
    recorder.down = True
    async with polled(fake, store, recorder):
        people[0].says("một")
        await people[0].sees(NOT_STORED)
        for person in people[1:]:
            person.says("một")
            person.says("hai")
        for person in people[1:]:
            await person.sees(NOT_STORED)
        asked = calls_of(fake)
        await until(lambda: calls_of(fake) > asked + 2)
        assert [len(person.seen()) for person in people] == [1] * 6
        assert len(fake.world.updates) == 11
        recorder.down = False
        await recorder.holds(11)
        await until(lambda: not fake.world.updates)
    assert [len(person.seen()) for person in people] == [1] * 6


def calls_of(fake: FakeTelegram) -> int:
    return sum(method == "getupdates" for method, _ in fake.world.calls)


@pytest.mark.usefixtures("hurried")
async def test_a_stop_in_an_outage_leaves_everything_with_telegram(
    fake: FakeTelegram, store: Database, recorder: Recorder
) -> None:
    people = [Someone(fake.world, number) for number in range(1, 4)]
    recorder.down = True
    async with polled(fake, store, recorder):
        for person in people:
            person.says("một")
            await person.sees(NOT_STORED)
            await asyncio.sleep(0)
    assert len(fake.world.updates) == 3
    recorder.down = False
    async with polled(fake, store, recorder):
        await recorder.holds(3)
