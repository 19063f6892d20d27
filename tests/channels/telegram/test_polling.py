"""Updates fetched by polling: each taken once, none confirmed before it is."""

import asyncio
import logging
import time

import pytest
from sqlalchemy import select

from channels.telegram.client import Client
from channels.telegram.polling import QUIET_SECONDS, Polling
from messages import Text
from storage import tables as t
from storage.db.database import Database
from tests.channels.telegram.support import PATIENCE, Recorder, make_intake, polled
from tests.fakes.telegram import FakeTelegram, Mishap, Someone
from tests.waiting import until


async def test_updates_are_taken_in_order_and_then_confirmed(
    fake: FakeTelegram, store: Database, recorder: Recorder
) -> None:
    people = [Someone(fake.world, number) for number in range(1, 8)]
    for turn in range(30):
        people[turn % 7].says(f"{turn}")
    async with polled(fake, store, recorder):
        await recorder.holds(30)
        await until(lambda: not fake.world.updates)
    for person in people:
        own = [each.content for each in recorder.offered if each.account == str(person.number)]
        assert own == sorted(own, key=lambda content: int(content.text) if isinstance(content, Text) else 0)


async def test_a_slow_turn_holds_up_its_own_person_only(
    fake: FakeTelegram, store: Database, recorder: Recorder
) -> None:
    slow, quick = Someone(fake.world, 1), Someone(fake.world, 2)
    goes_on = asyncio.Event()
    recorder.held = {"1": goes_on}
    slow.says("a")
    slow.says("b")
    quick.says("c")
    async with polled(fake, store, recorder):
        await recorder.holds(1)
        goes_on.set()
        await recorder.holds(3)
    assert [content.text for content in recorder.contents if isinstance(content, Text)] == ["c", "a", "b"]


async def test_while_the_database_fails_nothing_is_confirmed_and_each_person_is_told_once(
    fake: FakeTelegram, store: Database, recorder: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    lan, hoa = Someone(fake.world, 1), Someone(fake.world, 2, language="en")
    recorder.down = True
    lan.says("một")
    lan.says("hai")
    hoa.says("ba")
    async with polled(fake, store, recorder):
        await lan.sees("không cần gửi lại")
        await hoa.sees("no need to resend")
        await until(lambda: len(recorder.offered) >= 6)
        assert len(fake.world.updates) == 3
        assert [len(person.seen()) for person in (lan, hoa)] == [1, 1]
        recorder.down = False
        await recorder.holds(3)
    assert sum("24 hours" in record.message for record in caplog.records) == 1
    texts = [each.content for each in recorder.taken.values() if each.account == "1"]
    assert texts == [Text("một"), Text("hai")]


async def test_a_poller_that_dies_before_the_commit_leaves_everything_to_the_next(
    fake: FakeTelegram, store: Database, recorder: Recorder
) -> None:
    Someone(fake.world, 1).says("một")
    recorder.down = True
    async with polled(fake, store, recorder):
        await until(lambda: recorder.offered)
    recorder.down = False
    async with polled(fake, store, recorder):
        await recorder.holds(1)


async def test_updates_given_twice_and_out_of_order_are_taken_once_and_in_order(
    fake: FakeTelegram, store: Database, recorder: Recorder
) -> None:
    lan = Someone(fake.world, 1)
    fake.trouble.order("getUpdates", Mishap.REPEATED, Mishap.REPEATED)
    for text in "abc":
        lan.says(text)
    async with polled(fake, store, recorder):
        await recorder.holds(3)
    assert recorder.contents == [Text("a"), Text("b"), Text("c")]


@pytest.mark.parametrize(
    "mishap",
    [each for each in Mishap if each not in {Mishap.REPEATED, Mishap.SILENT_BEFORE}],
    ids=lambda each: each.name,
)
async def test_a_poll_that_goes_wrong_loses_nothing(
    fake: FakeTelegram, store: Database, recorder: Recorder, mishap: Mishap, patience: int
) -> None:
    lan = Someone(fake.world, 1)
    lan.says("a")
    fake.trouble.order("getUpdates", mishap)
    async with polled(fake, store, recorder, patience):
        await recorder.holds(1)
        lan.says("b")
        await recorder.holds(2)
    assert recorder.contents == [Text("a"), Text("b")]


async def test_an_update_that_cannot_be_read_is_parked_alone(
    fake: FakeTelegram, store: Database, recorder: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    lan = Someone(fake.world, 1)
    lan.says("trước")
    number = fake.world.updates.put_raw({"message": {"message_id": "none", "text": "riêng tư"}})
    lan.says("sau")
    async with polled(fake, store, recorder):
        await recorder.holds(2)
    with store._readers.connect() as db:
        rows = db.execute(select(t.inbox.c.message_id, t.inbox.c.state, t.inbox.c.body)).all()
    assert [(row.message_id, row.state) for row in rows] == [(f"update:{number}", "parked")]
    assert "message_id" in rows[0].body
    assert "riêng tư" not in caplog.text


async def test_after_a_quiet_week_numbers_may_begin_anew(
    fake: FakeTelegram, store: Database, recorder: Recorder
) -> None:
    lan = Someone(fake.world, 1)
    async with polled(fake, store, recorder):
        lan.says("a")
        await recorder.holds(1)
        await until(lambda: not fake.world.updates)
        fake.world.updates.next_id = 5_000
        lan.says("b")
        await recorder.holds(2)
        lan.says("c")
        await recorder.holds(3)
        await until(lambda: not fake.world.updates)


async def test_after_a_day_of_silence_no_offset_is_sent(
    fake: FakeTelegram, client: Client, store: Database, recorder: Recorder
) -> None:
    clock = [0.0]
    stop = asyncio.Event()
    polling = Polling(client, make_intake(client, store, recorder), lambda: clock[0], seconds=1)
    running = asyncio.create_task(polling.run(stop))
    Someone(fake.world, 1).says("a")

    def offsets() -> list[int | None]:
        return [params.get("offset") for method, params in fake.world.calls if method == "getupdates"]

    await until(lambda: len(offsets()) == 2)
    clock[0] += QUIET_SECONDS + 1
    await until(lambda: len(offsets()) == 3)
    stop.set()
    await running
    assert [offset is None for offset in offsets()[:3]] == [True, False, True]


@pytest.mark.parametrize(
    ("break_it", "advice"),
    [("token", "@BotFather"), ("webhook", "BOT_WEBHOOK=1")],
)
async def test_a_start_that_cannot_work_says_what_to_do(
    fake: FakeTelegram,
    store: Database,
    recorder: Recorder,
    caplog: pytest.LogCaptureFixture,
    break_it: str,
    advice: str,
) -> None:
    client = Client(fake.token, fake.url, PATIENCE)
    if break_it == "token":
        fake.token = "another"
    else:
        fake.pusher.set({"url": "http://127.0.0.1:9/"})
    stop = asyncio.Event()
    polling = Polling(client, make_intake(client, store, recorder), time.monotonic, seconds=1)
    running = asyncio.create_task(polling.run(stop))
    await until(lambda: caplog.records)
    stop.set()
    await running
    await client.close()
    assert caplog.records[0].levelno == logging.ERROR
    assert advice in caplog.text
    assert "canaryTOKEN" not in caplog.text


async def test_two_pollers_are_told_apart_and_nothing_is_lost(
    fake: FakeTelegram, store: Database, recorder: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    async with polled(fake, store, recorder), polled(fake, store, recorder):
        await until(lambda: "Another program fetches" in caplog.text)
        Someone(fake.world, 1).says("a")
        await recorder.holds(1)


async def test_a_stop_finishes_what_is_in_hand(fake: FakeTelegram, store: Database, recorder: Recorder) -> None:
    lan = Someone(fake.world, 1)
    lan.says("a")
    goes_on = asyncio.Event()
    recorder.held = {"1": goes_on}
    async with polled(fake, store, recorder):
        await until(lambda: recorder.offered)
        asyncio.get_running_loop().call_later(0.1, goes_on.set)  # when it was told to stop
    assert recorder.contents == [Text("a")]
