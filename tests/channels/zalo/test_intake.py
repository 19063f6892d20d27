"""Polling and webhook: nothing is acknowledged before the commit, and nothing is taken twice."""

import asyncio
import contextlib
import errno
import io
import os
import stat
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from sqlalchemy import select

from channels.zalo import polling
from channels.zalo.client import ZaloClient
from channels.zalo.hand import Hand
from channels.zalo.intake import ZaloIntake
from channels.zalo.polling import Poller
from channels.zalo.webhook import ZaloWebhook, choose_intake, webhook_secret, webhook_url
from messages import File, Incoming, Text, Unsupported
from storage import tables as t
from storage.db.database import Database
from storage.db.writer import Unavailable
from storage.delivery import usage
from tests.channels.zalo.helpers import TOKEN, Recorder, now
from tests.fakes.zalo import FakeZalo, Rules, Trouble, updates
from tests.waiting import until

SECRET = b"k" * 32
QUICK = 0.1
"""Seconds, where the real pauses would make slow tests."""
BOTH_SIDES = [
    Rules(consume=True, wrapped=True, photo_field="photo"),
    Rules(consume=False, wrapped=False, photo_field="photo_url", repeats=1),
]


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    for pause in ("INSTANT_SECONDS", "FIRST_PAUSE"):
        monkeypatch.setattr(polling, pause, QUICK)


@pytest.fixture
def full_disk() -> Iterator[pytest.MonkeyPatch]:
    """A disk that takes nothing until this is undone."""

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "fsync", full)
        yield patched


@pytest.fixture
def submit() -> Recorder:
    return Recorder()


@pytest.fixture
def told() -> list[str]:
    """Who was told that their message is not stored yet."""
    return []


@pytest.fixture
def intake(submit: Recorder, database: Database, told: list[str]) -> ZaloIntake:
    async def notice(account: str) -> None:
        told.append(account)

    return ZaloIntake("100", submit=submit, database=database, now=now, notice=notice)


@contextlib.asynccontextmanager
async def running(client: ZaloClient, intake: ZaloIntake, folder: Path) -> AsyncIterator[None]:
    """A poller at work."""
    stop = asyncio.Event()
    poller = Poller(client, intake, Hand(folder / "100.json"), monotonic=asyncio.get_running_loop().time)
    task = asyncio.create_task(poller.run(stop))
    try:
        yield
    finally:
        stop.set()
        await task


@pytest.mark.parametrize("rules", BOTH_SIDES)
async def test_messages_arrive_once_and_in_order(
    zalo: FakeZalo, client: ZaloClient, intake: ZaloIntake, submit: Recorder, tmp_path: Path
) -> None:
    zalo.says(TOKEN, "c1", "một", "m1")
    zalo.says(TOKEN, "c1", "hai", "m2")
    zalo.says(TOKEN, "c1", "một", "m1")
    zalo.sends_photo(TOKEN, "c2", b"jpeg", "Tọa đàm")
    zalo.sends_file(TOKEN, "c2")
    zalo.sends_file(TOKEN, "c2", with_message=False)
    async with running(client, intake, tmp_path):
        await until(lambda: len(submit.taken) >= 4)
    contents = [incoming.content for incoming in submit.taken]
    assert contents[:2] == [Text("một"), Text("hai")]
    assert isinstance(contents[2], File)
    assert contents[3] == Unsupported("file")
    assert len(contents) == 4
    assert zalo.bots[TOKEN].most_pollers == 1


@pytest.mark.parametrize("rules", [Rules(consume=False, repeats=1_000)])
async def test_a_repeated_update_does_not_spin(
    zalo: FakeZalo, client: ZaloClient, intake: ZaloIntake, submit: Recorder, tmp_path: Path
) -> None:
    zalo.says(TOKEN, "c1", "một")
    clock = asyncio.get_running_loop().time
    began = clock()
    async with running(client, intake, tmp_path):
        await until(lambda: zalo.bots[TOKEN].polls >= 3)
    # Two come one after the other: the first of them brings something new.
    assert zalo.bots[TOKEN].polls <= 2 + (clock() - began) / QUICK
    assert submit.offered == 1


async def test_nothing_is_let_go_of_before_its_commit(
    zalo: FakeZalo, client: ZaloClient, database: Database, tmp_path: Path
) -> None:
    hand, held = Hand(tmp_path / "100.json"), []

    async def commits(incoming: Incoming) -> None:  # noqa: ARG001 (the port's name)
        held.append(hand.left())
        await asyncio.sleep(0)
        held.append(hand.left())

    async def notice(account: str) -> None:
        pytest.fail(f"{account} is told of a delay")

    zalo.says(TOKEN, "c1", "một")
    async with running(client, ZaloIntake("100", submit=commits, database=database, now=now, notice=notice), tmp_path):
        await until(lambda: len(held) == 2 and hand.left() is None)
    assert all("một" in str(left) for left in held)


async def test_an_update_stays_in_hand_until_it_is_committed(
    zalo: FakeZalo, client: ZaloClient, intake: ZaloIntake, submit: Recorder, told: list[str], tmp_path: Path
) -> None:
    submit.broken = True
    zalo.says(TOKEN, "c1", "một")
    zalo.says(TOKEN, "c1", "hai")
    async with running(client, intake, tmp_path):
        await until(lambda: submit.offered >= 2)
        assert zalo.bots[TOKEN].polls == 1
        submit.broken = False
        await until(lambda: len(submit.taken) == 2)
    assert told == ["c1"]


async def test_a_process_that_ended_with_an_update_in_hand_takes_it_when_it_starts_again(
    zalo: FakeZalo, client: ZaloClient, intake: ZaloIntake, submit: Recorder, tmp_path: Path
) -> None:
    submit.broken = True
    zalo.says(TOKEN, "c1", "một")
    async with running(client, intake, tmp_path):
        await until(lambda: submit.offered)
    assert not submit.taken
    submit.broken = False
    async with running(client, intake, tmp_path):
        await until(lambda: submit.taken)
    assert submit.taken[0].content == Text("một")
    assert Hand(tmp_path / "100.json").left() is None


async def test_a_full_disk_loses_no_update(
    zalo: FakeZalo,
    client: ZaloClient,
    intake: ZaloIntake,
    submit: Recorder,
    tmp_path: Path,
    full_disk: pytest.MonkeyPatch,
) -> None:
    """The database takes nothing, either, until there is room again."""
    submit.broken = True
    zalo.says(TOKEN, "c1", "một")
    async with running(client, intake, tmp_path):
        await until(lambda: submit.offered >= 2)
        full_disk.undo()
    assert not submit.taken
    submit.broken = False
    async with running(client, intake, tmp_path):
        await until(lambda: submit.taken)
    assert [incoming.content for incoming in submit.taken] == [Text("một")]


def test_what_is_held_survives_a_power_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is flushed, then the folder that names it."""
    flushed: list[bool] = []

    def fsync(handle: int) -> None:
        flushed.append(stat.S_ISDIR(os.fstat(handle).st_mode))

    monkeypatch.setattr(os, "fsync", fsync)
    hand = Hand(tmp_path / "in-hand" / "100.json")
    hand.hold({"event_name": "x"})
    assert flushed == [False, True]
    assert hand.left() == {"event_name": "x"}


async def test_polling_goes_on_after_trouble(
    zalo: FakeZalo, client: ZaloClient, intake: ZaloIntake, submit: Recorder, tmp_path: Path
) -> None:
    zalo.trouble["getUpdates"] = Trouble.BAD_GATEWAY
    async with running(client, intake, tmp_path):
        await until(lambda: zalo.calls)
        zalo.trouble.clear()
        zalo.says(TOKEN, "c1", "một")
        await until(lambda: submit.taken)


async def test_the_meter_counts_what_came_once(intake: ZaloIntake, database: Database) -> None:
    for update in (updates.text("c1", "m1", "x"), updates.photo("c1", "m2", "photo", "https://p.example/1.jpg")):
        assert await intake.take(update)
        assert not await intake.take(update)
    assert database.read(lambda db: usage.of(db, "zalo", "100", "2026-11")) == usage.Usage(received=2)


async def test_an_unknown_shape_is_parked_for_a_person_to_look_at(intake: ZaloIntake, database: Database) -> None:
    update = {"event_name": "message.text.received", "message": {"text": "x"}}
    assert await intake.take(update)
    assert not await intake.take(update)
    found = database.read(lambda db: db.execute(select(t.inbox.c.state, t.inbox.c.body)).all())
    assert [row.state for row in found] == ["parked"]
    assert '"x"' in found[0].body


@pytest.fixture
async def webhook(intake: ZaloIntake) -> AsyncIterator[str]:
    """The address of a served webhook."""
    app = web.Application()
    app.add_routes(ZaloWebhook({"100": intake}, SECRET).routes())
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}"
    await runner.cleanup()


@pytest.mark.parametrize("rules", BOTH_SIDES)
async def test_the_webhook_takes_updates_and_is_set_once(
    zalo: FakeZalo, client: ZaloClient, webhook: str, submit: Recorder
) -> None:
    secret = webhook_secret(SECRET, "100")
    for _ in range(2):
        await choose_intake(client, webhook_url(webhook, "100", secret), secret)
    assert zalo.calls.count("setWebhook") == 1
    zalo.says(TOKEN, "c1", "một")
    await until(lambda: submit.taken)
    await choose_intake(client, "", "")
    assert await client.webhook_url() == ""


async def test_the_platform_sends_again_what_could_not_be_stored(
    zalo: FakeZalo, client: ZaloClient, webhook: str, submit: Recorder
) -> None:
    secret = webhook_secret(SECRET, "100")
    await choose_intake(client, webhook_url(webhook, "100", secret), secret)
    submit.broken = True
    zalo.says(TOKEN, "c1", "một")
    await until(lambda: submit.offered)
    submit.broken = False
    await until(lambda: submit.taken)


async def test_by_webhook_everybody_who_writes_in_an_outage_is_told_once(
    intake: ZaloIntake, submit: Recorder, told: list[str]
) -> None:
    everybody = [f"c{number}" for number in range(6)]
    for _ in range(2):
        submit.broken = True
        for _ in range(3):  # the platform calls again and again
            for account in everybody:
                with pytest.raises(Unavailable):
                    await intake.take(updates.text(account, f"m-{account}", "x"))
        assert sorted(told) == everybody
        submit.broken = False
        assert await intake.take(updates.text("c0", f"{submit.offered}", "x"))
        told.clear()


GENUINE = {"X-Bot-Api-Secret-Token": webhook_secret(SECRET, "100")}


@pytest.mark.parametrize(
    ("path", "headers", "body", "status"),
    [
        ("/zalo/100", {}, b"", 200),
        ("/zalo/100", {}, b"{}", 403),
        ("/zalo/100", {"X-Bot-Api-Secret-Token": "sai"}, b"{}", 403),
        ("/zalo/100", {"X-Bot-Api-Secret-Token": "bí mật"}, b"{}", 403),
        ("/zalo/100", GENUINE, b"not json", 200),
        ("/zalo/100", GENUINE, b"[" * 100_000, 200),
        ("/zalo/100", GENUINE, b"x" * ((1 << 20) + 1), 413),
        ("/zalo/200", GENUINE, b"{}", 404),
    ],
)
async def test_the_webhook_answers_strangers_and_probes(
    webhook: str, submit: Recorder, path: str, headers: dict[str, Any], body: bytes, status: int
) -> None:
    sent = io.BytesIO(body)
    async with aiohttp.ClientSession() as session, session.post(webhook + path, data=sent, headers=headers) as answer:
        assert answer.status == status
    assert not submit.offered
