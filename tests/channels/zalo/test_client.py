"""The client: every shape of an answer, and a token that shows nowhere."""

import asyncio

import aiohttp
import pytest

from channels.zalo.answers import CallError, NotReached, ZaloRefused, ZaloUnclear, read_answer
from channels.zalo.client import ZaloClient
from channels.zalo.token import Token, tokens
from tests.channels.zalo.helpers import TOKEN
from tests.fakes.zalo import FakeZalo, Trouble
from tests.process import free_port


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (200, '{"ok":false,"error_code":408,"description":"timeout"}', 408),
        (408, '{"ok":false}', 408),
        (429, "<html>quota</html>", 429),
        (400, '{"ok":false,"description":"bad"}', 400),
        (200, '{"ok":false}', 400),
        (404, "", 404),
        (403, '{"ok":true,"result":{}}', 403),
    ],
)
def test_a_refusal_is_certain(status: int, body: str, code: int) -> None:
    with pytest.raises(ZaloRefused) as raised:
        read_answer(status, body)
    assert raised.value.code == code


@pytest.mark.parametrize(
    ("status", "body"),
    [(502, "<html>"), (200, "<html>"), (200, ""), (200, "[]"), (500, '{"ok":false}'), (200, '{"ok":fal')],
)
def test_an_answer_that_says_nothing_leaves_the_call_unclear(status: int, body: str) -> None:
    with pytest.raises(ZaloUnclear):
        read_answer(status, body)


def test_an_answer_without_a_result_or_envelope_is_read() -> None:
    assert read_answer(200, '{"ok":true}') is None
    assert read_answer(200, '{"event_name":"x","extra":1}') == {"event_name": "x", "extra": 1}


async def test_a_message_is_sent_and_its_id_returned(zalo: FakeZalo, client: ZaloClient) -> None:
    zalo.says(TOKEN, "c1", "chào")
    assert await client.send_message("c1", "Chào chị")
    assert zalo.heard("c1") == ["Chào chị"]


async def test_nobody_can_be_written_to_first(client: ZaloClient) -> None:
    with pytest.raises(ZaloRefused):
        await client.send_message("c1", "Chào chị")


async def test_an_empty_poll_is_no_error(client: ZaloClient) -> None:
    assert await client.get_updates() is None


async def test_the_webhook_is_read_set_and_removed(client: ZaloClient) -> None:
    assert await client.webhook_url() == ""
    await client.delete_webhook()
    await client.set_webhook("https://bot.example/zalo/100", "s" * 32)
    assert await client.webhook_url() == "https://bot.example/zalo/100"
    await client.delete_webhook()
    assert await client.webhook_url() == ""
    assert await client.name() == "bot.govap"


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (Trouble.RATE, ZaloRefused),
        (Trouble.FORBIDDEN, ZaloRefused),
        (Trouble.BAD_TOKEN, ZaloRefused),
        (Trouble.BAD_GATEWAY, ZaloUnclear),
        (Trouble.CUT, ZaloUnclear),
    ],
)
async def test_trouble_has_its_kind_and_never_shows_the_token(
    zalo: FakeZalo, client: ZaloClient, trouble: Trouble, error: type[CallError]
) -> None:
    zalo.says(TOKEN, "c1", "chào")
    zalo.trouble["sendMessage"] = trouble
    with pytest.raises(error) as raised:
        await client.send_message("c1", "Chào chị")
    assert_silent(raised.value)


async def test_a_closed_door_is_known_to_have_taken_nothing() -> None:
    address = f"http://127.0.0.1:{free_port()}"
    async with aiohttp.ClientSession() as session:
        with pytest.raises(NotReached) as raised:
            await ZaloClient(session, Token("100", TOKEN), address).send_message("c1", "x")
    assert_silent(raised.value)


async def test_an_answer_that_takes_too_long_is_unclear(zalo: FakeZalo, client: ZaloClient) -> None:
    zalo.says(TOKEN, "c1", "chào")
    await client.get_updates()
    with pytest.raises(ZaloUnclear) as raised:
        await client.call("getUpdates", {"timeout": "10"}, seconds=0.05)
    assert_silent(raised.value)
    await asyncio.sleep(0)


def assert_silent(error: BaseException | None) -> None:
    """No error of the chain shows the token's secret."""
    while error is not None:
        assert "canary-secret" not in f"{error!s} {error!r}"
        error = error.__cause__ or error.__context__


def test_tokens_are_read_and_never_printed() -> None:
    found = tokens(f" {TOKEN}, 200:other ,")
    assert [token.bot for token in found] == ["100", "200"]
    assert "secret" not in f"{found[0]} {found[0]!r}"


@pytest.mark.parametrize("setting", ["canary", "x:canary", "1:", f"{TOKEN},{TOKEN}", "１:canary"])
def test_a_wrong_setting_is_named_without_showing_it(setting: str) -> None:
    with pytest.raises(ValueError, match="BOT_ZALO_TOKENS") as raised:
        tokens(setting)
    assert "canary" not in str(raised.value)
