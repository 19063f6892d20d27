"""Updates that Telegram brings: confirmed by a 200 that comes after the commit."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO

import pytest
from aiohttp import ClientSession, web

from channels.telegram.client import Client
from channels.telegram.limits import MAX_WEBHOOK_BODY
from channels.telegram.webhook import HEADER, TelegramWebhook, WeakSecret, webhook_path, webhook_secret
from messages import Text
from storage.db.database import Database
from tests.channels.telegram.support import Recorder, make_intake
from tests.fakes.telegram import FakeTelegram, Someone
from tests.waiting import until

SECRET = webhook_secret(b"s" * 32, "4242")


@asynccontextmanager
async def listening(client: Client, store: Database, recorder: Recorder) -> AsyncIterator[str]:
    """Our side of the webhook; its address."""
    app = web.Application()
    app.add_routes(
        [web.post(webhook_path("4242"), TelegramWebhook(make_intake(client, store, recorder), SECRET).handle)]
    )
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/telegram/4242"
    finally:
        await runner.cleanup()


async def test_updates_are_confirmed_after_they_are_taken(
    fake: FakeTelegram, client: Client, store: Database, recorder: Recorder
) -> None:
    people = [Someone(fake.world, number) for number in range(1, 6)]
    for turn in range(20):
        people[turn % 5].says(f"{turn:02}")
    fake.pusher.extra_deliveries = 6
    async with listening(client, store, recorder) as url:
        fake.pusher.set({"url": url, "secret_token": SECRET})
        await recorder.holds(20)
        await until(lambda: not fake.world.updates)
    for person in people:
        own = [str(each.content) for each in recorder.taken.values() if each.account == str(person.number)]
        assert own == sorted(own)
    assert len(recorder.offered) == 26


async def test_while_the_database_fails_telegram_keeps_the_updates(
    fake: FakeTelegram, client: Client, store: Database, recorder: Recorder
) -> None:
    lan = Someone(fake.world, 1)
    lan.says("một")
    lan.says("hai")
    recorder.down = True
    async with listening(client, store, recorder) as url:
        fake.pusher.set({"url": url, "secret_token": SECRET})
        await lan.sees("không cần gửi lại")
        await until(lambda: fake.pusher.last_error.endswith("503"))
        assert len(fake.world.updates) == 2
        recorder.down = False
        await recorder.holds(2)
    assert recorder.contents == [Text("một"), Text("hai")]
    assert len(lan.seen()) == 1


@pytest.mark.parametrize("secret", ["", "wrong", "s" * 32, "sai-bí-mật"])
async def test_who_does_not_know_the_secret_is_turned_away(
    client: Client, store: Database, recorder: Recorder, secret: str
) -> None:
    update = {"update_id": 1, "message": {}}
    headers = {HEADER: secret} if secret else {}
    async with listening(client, store, recorder) as url, ClientSession(headers=headers) as session:
        answer = await session.post(url, json=update)
        assert answer.status == 401
    assert recorder.offered == []


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"not json", 400), (b'"' + b"a" * MAX_WEBHOOK_BODY + b'"', 413), (b'{"update_id": 7}', 200), (b"[]", 200)],
    ids=["no JSON", "too long", "says nothing", "no update: parked"],
)
async def test_a_body_is_bounded_and_read_with_care(
    client: Client, store: Database, recorder: Recorder, body: bytes, status: int
) -> None:
    async with listening(client, store, recorder) as url, ClientSession(headers={HEADER: SECRET}) as session:
        answer = await session.post(url, data=BytesIO(body))
        assert answer.status == status


def test_a_secret_that_could_be_guessed_is_no_start() -> None:
    with pytest.raises(WeakSecret, match="32 bytes"):
        webhook_secret(b"s" * 31, "4242")


def test_each_bot_has_a_secret_of_its_own() -> None:
    assert webhook_secret(b"s" * 32, "1") != webhook_secret(b"s" * 32, "2")
    assert len(SECRET) == 64
