"""The way back: `/` knows this browser's chats, takes a code, and a used invitation leads where it led before."""

import pytest
from sqlalchemy import update

from channels.web.limits import MAX_REMEMBERED
from channels.web.remembering import COOKIE
from storage import tables as t
from storage.directory.units import unit_id
from tests.channels.web.browser import Browser
from tests.conversation import Town

PAGE = {"Accept": "text/html", "Accept-Language": "vi"}


async def looks(browser: Browser, path: str = "/") -> tuple[int, str]:
    """Open a page: its status, and its text or where it leads."""
    answer = await browser.client.get(path, headers=PAGE, allow_redirects=False)
    return answer.status, answer.headers.get("Location") or await answer.text()


async def test_a_browser_without_a_chat_is_asked_for_a_code(browser: Browser) -> None:
    status, text = await looks(browser)
    assert "<h1>Chào anh/chị</h1>" in text  # the site's name stands above it already
    assert (status, "Mã mời" in text, "/ketnoi" in text) == (200, True, True)


@pytest.mark.parametrize("given", ["K7MP-4XQ2", "k7mp4xq2", " K7MP 4xq2 "])
async def test_a_code_leads_to_its_invitation(browser: Browser, given: str) -> None:
    answer = await browser.client.get("/", params={"code": given}, headers=PAGE, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/j/K7MP-4XQ2")


@pytest.mark.parametrize("given", ["K7MP", "//evil.example", "K7MP4XQO", '"><b>', "х7мр4хq2"])
async def test_what_is_no_code_is_said_to_be_none(browser: Browser, given: str) -> None:
    answer = await browser.client.get("/", params={"code": given}, headers=PAGE, allow_redirects=False)
    text = await answer.text()
    assert (answer.status, "Mã này chưa đúng" in text, "<b>" in text) == (200, True, False)


async def test_the_only_chat_opens_at_once_and_several_are_listed_with_what_is_new(browser: Browser) -> None:
    await browser.joins("propagandist", "P10-KP05")
    first = browser.chat
    assert await looks(browser) == (303, first)
    status, text = await looks(browser, "/?all")
    assert (status, first in text, "Khu phố 5" in text, "tin mới" in text) == (200, True, True, True)
    await browser.joins("ward_chair", "P10")
    status, text = await looks(browser)
    assert (status, first in text, browser.chat in text) == (200, True, True)


async def test_a_chat_that_has_ended_is_forgotten(browser: Browser) -> None:
    await browser.joins("propagandist", "P10-KP05")
    await browser.joins("ward_chair", "P10")
    ended = browser.chat
    for choice in ("agree", "forget:2"):
        await browser.presses(choice)
    status, where = await looks(browser)
    assert (status, where != ended) == (303, True)


async def test_the_cookie_that_remembers_opens_no_chat_and_cannot_be_made_up(browser: Browser, hoa: Browser) -> None:
    cookies = {cookie.key: cookie.value for cookie in browser.client.session.cookie_jar}
    remembered = cookies[COOKIE]
    browser.client.session.cookie_jar.clear()
    for given in (remembered.replace("chat-token", "chat-taken"), "x", "~", "", remembered + "0"):
        browser.client.session.cookie_jar.update_cookies({COOKIE: given})
        assert (await looks(browser))[0] == 200, given
    browser.client.session.cookie_jar.update_cookies({COOKIE: remembered})
    assert await looks(browser) == (303, hoa.chat)
    status, text = await looks(browser, hoa.chat)
    assert (status, "/ketnoi" in text) == (403, True)


async def test_only_so_many_chats_are_remembered(browser: Browser) -> None:
    for _ in range(MAX_REMEMBERED + 2):
        await browser.joins("propagandist", "P10-KP05")
    status, text = await looks(browser)
    assert (status, text.count("/c/"), browser.chat in text) == (200, MAX_REMEMBERED, True)


async def test_a_used_invitation_leads_to_the_chat_that_it_opened(browser: Browser, gv: Town) -> None:
    code = gv.invitation("propagandist", "P10-KP05")
    answer = await browser.client.post(f"/j/{code}", data={"name": "Hoa"}, allow_redirects=False)
    chat = answer.headers["Location"]
    await browser.joins("ward_chair", "P10")
    assert await looks(browser, f"/j/{code[:4]}-{code[4:].lower()}") == (303, chat)
    browser.client.session.cookie_jar.clear()
    status, text = await looks(browser, f"/j/{code}")
    assert (status, "/ketnoi" in text) == (410, True)


async def test_a_code_for_ones_own_device_leads_back_too(browser: Browser, gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel="telegram")
    officer.says("/ketnoi")
    code = officer.text.splitlines()[1]
    answer = await browser.client.post(f"/j/{code}", allow_redirects=False)
    assert await looks(browser, f"/j/{code}") == (303, answer.headers["Location"])


async def test_a_code_that_others_can_use_says_who_is_here_already(browser: Browser, gv: Town) -> None:
    code = gv.invitation("propagandist", "P10-KP05", uses=30)
    answer = await browser.client.post(f"/j/{code}", data={"name": "Hoa"}, allow_redirects=False)
    status, text = await looks(browser, f"/j/{code}")
    assert (status, answer.headers["Location"] in text, "Họ và tên" in text) == (200, True, True)


async def test_the_page_hears_of_another_name_and_another_unit(hoa: Browser, gv: Town) -> None:
    stream = await hoa.listens()
    headers = [event["header"] for event in await stream.events_until("ready") if "header" in event]
    await hoa.says("/toi Nguyễn Thị Lan")
    await stream.events_until("row")
    headers.append((await stream.next())["header"])
    elsewhere = gv.database.read(lambda db: unit_id(db, "P10-KP06"))
    gv.database.write(lambda db: db.execute(update(t.assignment).values(unit_id=elsewhere))).result()
    await hoa.says("menu")
    await stream.events_until("row")
    headers.append((await stream.next())["header"])
    assert headers == [
        {"title": "Khu phố 5, Phường 10", "name": "Hoa"},
        {"title": "Khu phố 5, Phường 10", "name": "Nguyễn Thị Lan"},
        {"title": "Khu phố 6, Phường 10", "name": "Nguyễn Thị Lan"},
    ]
    await stream.close()
