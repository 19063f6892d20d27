"""A page asks to be pushed to, and no more; nothing else than a push service's address is taken."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp.test_utils import TestClient, TestServer

from channels.web import Ports, application
from tests.channels.web.browser import Browser
from tests.conversation import Town
from tests.fakes.push import Browser as Pushed


@pytest.fixture
async def pushed(ports: Ports, gv: Town) -> AsyncIterator[Browser]:
    """An officer's browser at a server that pushes."""
    async with TestClient(TestServer(application(replace(ports, push_key=lambda: "our-key")))) as client:
        browser = Browser(client, gv)
        await browser.joins("propagandist", "P10-KP05")
        yield browser


async def test_a_browser_is_pushed_to_from_its_yes_to_its_no(pushed: Browser) -> None:
    given = Pushed("hoa", "").to_json()
    states = []
    for wish in (None, given, {**given, "end": True}):
        if wish:
            assert (await pushed.client.post(f"{pushed.chat}push", json=wish)).status == 200
        answer = await pushed.client.get(f"{pushed.chat}push", params={"endpoint": given["endpoint"]})
        states.append(await answer.json())
    assert states == [{"key": "our-key", "on": is_on} for is_on in (False, True, False)]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        [],
        "x",
        {"endpoint": "https://127.0.0.1/a"},
        {"endpoint": "http://push.example/a"},
        {"keys": {}},
        {"keys": {"p256dh": "x", "auth": "y"}},
        {"keys": None},
    ],
)
async def test_what_is_no_subscription_is_refused(pushed: Browser, wrong: object) -> None:
    sent = {**Pushed("hoa", "").to_json(), **wrong} if isinstance(wrong, dict) and wrong else wrong
    assert (await pushed.client.post(f"{pushed.chat}push", json=sent)).status == 400


async def test_nobody_elses_chat_is_pushed_to_and_nothing_where_no_server_pushes(pushed: Browser, hoa: Browser) -> None:
    given = Pushed("hoa", "").to_json()
    assert (await hoa.client.post(f"{hoa.chat}push", json=given)).status == 404
    assert (await hoa.client.get(f"{hoa.chat}push")).status == 404
    pushed.client.session.cookie_jar.clear()
    assert (await pushed.client.post(f"{pushed.chat}push", json=given)).status == 403


async def test_an_address_that_took_anothers_place_ends_it(pushed: Browser) -> None:
    old, new = (Pushed(name, "").to_json() for name in ("hoa", "hoa-2"))
    for wish in (old, {**new, "replaces": old["endpoint"]}, {**new, "replaces": new["endpoint"]}):
        assert (await pushed.client.post(f"{pushed.chat}push", json=wish)).status == 200
    for given, is_on in ((old, False), (new, True)):
        answer = await pushed.client.get(f"{pushed.chat}push", params={"endpoint": given["endpoint"]})
        assert (await answer.json())["on"] is is_on
