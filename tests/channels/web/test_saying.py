"""What the page sends: taken once by its id, refused in words if unreadable, kept by the page while we are down."""

import json
from typing import Any

import pytest

from messages import Location, Press, Text
from tests.channels.web.browser import Browser
from tests.channels.web.conftest import Submits
from tests.channels.web.test_files import photo


async def test_text_choice_and_position_arrive_as_they_are(hoa: Browser, submits: Submits) -> None:
    submits.taken.clear()
    await hoa.says("chị em phụ nữ 👩")
    await hoa.presses("menu")
    await hoa.posts({"location": [10.8386, 106.6653]})
    assert [taken.content for taken in submits.taken] == [
        Text("chị em phụ nữ 👩"),
        Press("menu"),
        Location(10.8386, 106.6653),
    ]


async def test_the_same_id_again_is_taken_once(hoa: Browser) -> None:
    stream = await hoa.listens()
    await stream.until("ready")
    for _ in range(3):
        answer = await hoa.says("menu", "the-same")
        assert answer.status == 200
        assert (await answer.json())["at"] == "2026-11-18T10:00:00+07:00"
    await hoa.says("trợ giúp", "another")
    first, second = await stream.message(), await stream.message()
    assert "muốn làm gì" in first["text"]
    assert first["text"] != second["text"]
    await stream.close()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        "{",
        "{}",
        '{"id": "a"}',
        '{"id": "", "text": "x"}',
        '{"id": 7, "text": "x"}',
        '{"id": "mã", "text": "x"}',
        '{"id": "a", "text": 5}',
        '{"id": "a", "choose": "' + "x" * 65 + '"}',
        '{"id": "a", "location": [95, 0]}',
        '{"id": "a", "location": ["NaN", 0]}',
        '{"id": "a", "location": [1]}',
        '{"id": "a", "location": [1' + "0" * 400 + ", 0]}",
        "[" * 60_000,
    ],
)
async def test_what_is_unreadable_is_refused_and_not_taken(hoa: Browser, submits: Submits, body: str) -> None:
    submits.taken.clear()
    answer = await hoa.client.post(f"{hoa.chat}say", data=body)
    assert answer.status in {400, 413}
    assert (await answer.json())["error"] == "not_understood"
    assert not submits.taken


async def test_control_characters_and_lone_surrogates_are_replaced(hoa: Browser, submits: Submits) -> None:
    body = json.dumps({"id": "z", "text": "a\x00b\ud800c\ufffe\u202e\td"})
    assert (await hoa.client.post(f"{hoa.chat}say", data=body)).status == 200
    assert submits.taken[-1].content == Text("a\ufffdb\ufffdc\ufffd\u202e\td")


async def test_a_pressed_choice_is_cleaned_too(hoa: Browser, submits: Submits) -> None:
    assert (await hoa.presses("menu\x00\ud800")).status == 200
    assert submits.taken[-1].content == Press("menu\ufffd\ufffd")


async def test_a_chat_that_is_nobodys_any_more_says_so(hoa: Browser) -> None:
    await hoa.presses("forget:1")
    answer = await hoa.says("menu")
    body = await answer.json()
    assert (answer.status, body["error"]) == (410, "ended")
    assert "lời mời mới" in body["message"]
    page = await hoa.client.get(hoa.chat, headers={"Accept": "text/html"})
    assert (page.status, "đã kết thúc" in await page.text()) == (410, True)


async def test_ten_thousand_characters_are_answered(hoa: Browser) -> None:
    assert (await hoa.says("ă" * 10_000)).status == 200


async def test_while_the_database_is_down_the_page_is_told_to_come_again(hoa: Browser, submits: Submits) -> None:
    submits.is_down = True
    answer = await hoa.says("menu", "kept")
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "5"
    assert "chưa lưu được" in (await answer.json())["message"]
    submits.is_down = False
    assert (await hoa.says("menu", "kept")).status == 200


@pytest.mark.parametrize(
    "path", ["", "say", "files", "stream", "history?before=9", "media/1/0", f"media/own/{'0' * 64}"]
)
async def test_nothing_of_a_chat_is_open_without_its_cookie(hoa: Browser, submits: Submits, path: str) -> None:
    submits.taken.clear()
    hoa.client.session.cookie_jar.clear()
    method: Any = hoa.client.post if path in {"say", "files"} else hoa.client.get
    answer = await method(hoa.chat + path, data=b"{}") if path in {"say", "files"} else await method(hoa.chat + path)
    assert answer.status == 403
    assert not submits.taken


async def test_a_cookie_opens_no_other_chat(hoa: Browser) -> None:
    cookies = {cookie.key: cookie.value for cookie in hoa.client.session.cookie_jar}
    hoa.client.session.cookie_jar.clear()
    value = next(iter(cookies.values()))
    answer = await hoa.client.get("/c/another/", headers={"Cookie": "; ".join(f"{name}={value}" for name in cookies)})
    assert answer.status == 403


async def test_another_site_can_say_nothing(hoa: Browser, submits: Submits) -> None:
    submits.taken.clear()
    answer = await hoa.client.post(
        f"{hoa.chat}say", data='{"id":"a","text":"x"}', headers={"Origin": "https://elsewhere.example"}
    )
    assert answer.status == 403
    assert not submits.taken


async def test_a_page_learns_which_of_its_messages_are_stored(hoa: Browser) -> None:
    await hoa.says("menu", "said")
    await hoa.uploads("hinh.png", photo(), id="seen", album="a1")
    asked = [
        {"id": "said"},
        {"id": "seen", "album": "a1"},
        {"id": "gone"},
        {"id": "seen"},
        {"id": "x", "album": "\ud800"},
    ]
    answer = await hoa.client.post(f"{hoa.chat}known", json=asked)
    assert sorted(await answer.json()) == ["said", "seen"]
    await hoa.joins("ward_chair", "P10")
    assert await (await hoa.client.post(f"{hoa.chat}known", json=asked)).json() == []


@pytest.mark.parametrize("body", ["", "{}x", "[1]", '["said"]', '[{"id": 7}]', '[{"id": null}]', "[" * 9_999])
async def test_what_asks_for_no_messages_is_refused(hoa: Browser, body: str) -> None:
    assert (await hoa.client.post(f"{hoa.chat}known", data=body)).status == 400
