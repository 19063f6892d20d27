"""The way in: only the button joins, only what can be used is shown as usable, guessing gets slow."""

import re

import pytest
from multidict import CIMultiDict

from channels.web.limits import FREE_GUESSES, GUESS_EVERY
from services.limits import MOST_OF_A_CHANNEL
from tests.channels.web.browser import Browser
from tests.channels.web.conftest import Submits, Ticking
from tests.conversation import Town

PAGE = {"Accept": "text/html", "Accept-Language": "vi"}


async def test_looking_at_an_invitation_changes_nothing(browser: Browser, gv: Town, submits: Submits) -> None:
    code = gv.invitation("propagandist", "P10-KP05")
    for method in (browser.client.get, browser.client.head, browser.client.get):
        answer = await method(f"/j/{code}", headers=PAGE)
        assert answer.status == 200
    text = await answer.text()
    assert "Khu phố 5, Phường 10" in text
    assert "cán bộ tuyên truyền" in text.lower()
    assert not submits.taken
    await browser.client.post(f"/j/{code}", allow_redirects=False)
    assert len(submits.taken) == 1


async def test_joining_opens_a_chat_whose_cookie_only_that_chat_sees(browser: Browser) -> None:
    answer = await browser.joins("propagandist", "P10-KP05")
    cookie = answer.headers["Set-Cookie"]
    assert f"Path={browser.chat}" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    page = await browser.client.get(browser.chat, headers=PAGE)
    assert page.status == 200
    assert "Khu phố 5, Phường 10" in await page.text()


async def test_a_written_code_with_its_dash_works_too(browser: Browser, gv: Town) -> None:
    code = gv.invitation("ward_chair", "P10")
    answer = await browser.client.get(f"/j/{code[:4]}-{code[4:].lower()}", headers=PAGE)
    assert answer.status == 200


async def test_wrong_expired_and_used_codes_say_which(browser: Browser, gv: Town) -> None:
    used = gv.invitation("propagandist", "P10-KP05")
    gv.stranger().says(used)
    revoked = gv.invitation("propagandist", "P10-KP07")
    gv.joined("ward_chair", "P10").presses("revoke:P10:2")
    late = gv.invitation("propagandist", "P10-KP06")
    gv.later(days=15)
    for code, status, words in (
        ("XXXX-XXXX", 404, "Mã mời này chưa đúng"),
        (used, 410, "đã được dùng rồi"),
        (revoked, 410, "không còn dùng được"),
        (late, 410, "đã hết hạn"),
    ):
        for method in (browser.client.get, browser.client.post):
            answer = await method(f"/j/{code}", headers=PAGE)
            assert (answer.status, words in await answer.text()) == (status, True), (code, await answer.text())


async def test_a_guesser_learns_no_more_and_a_right_code_opens_all_the_same(
    browser: Browser, gv: Town, ticking: Ticking
) -> None:
    right = gv.invitation("propagandist", "P10-KP05")
    for number in range(FREE_GUESSES + 1):
        assert (await browser.client.get(f"/j/WRONG{number}")).status == 404
    wrong = await browser.client.get("/j/WRONG", headers=PAGE)
    assert (wrong.status, "Mã đúng vẫn mở được ngay" in await wrong.text()) == (429, True)
    assert (await browser.client.get(f"/j/{right}")).status == 200
    ticking.seconds += 2 * GUESS_EVERY
    assert (await browser.client.get("/j/WRONG")).status == 404


async def test_no_header_of_their_own_makes_somebody_who_guesses_another(browser: Browser) -> None:
    def as_said(number: int) -> CIMultiDict[str]:
        # The client's own word, then the proxy's: in one line or as a line of its own.
        lines = [f"198.51.100.{number}, 203.0.113.7"] if number % 2 else [f"198.51.100.{number}", "203.0.113.7"]
        return CIMultiDict([("X-Forwarded-For", line) for line in lines])

    seen = [(await browser.client.get(f"/j/WRONG{n}", headers=as_said(n))).status for n in range(FREE_GUESSES + 5)]
    assert seen == [404] * (FREE_GUESSES + 1) + [429] * 4


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_another_site_can_make_nobody_join(
    browser: Browser, gv: Town, submits: Submits, headers: dict[str, str]
) -> None:
    code = gv.invitation("propagandist", "P10-KP05")
    answer = await browser.client.post(f"/j/{code}", headers=headers | PAGE, allow_redirects=False)
    assert answer.status == 403
    assert not submits.taken


async def test_a_person_with_as_many_browsers_as_they_may_have_is_told_before_the_button(
    browser: Browser, gv: Town
) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel="telegram")
    for _ in range(MOST_OF_A_CHANNEL):
        officer.says("/ketnoi")
        gv.stranger(channel="web").says(officer.text.splitlines()[1])
    officer.says("/ketnoi")
    code = officer.text.splitlines()[1]
    for method in (browser.client.get, browser.client.post):
        answer = await method(f"/j/{code}", headers=PAGE)
        assert (answer.status, "/toi" in await answer.text()) == (409, True)
    officer.says("/toi")
    officer.taps("Gỡ trình duyệt")
    assert (await browser.client.post(f"/j/{code}", allow_redirects=False)).status == 303


async def test_a_name_is_kept_as_text(browser: Browser, gv: Town) -> None:
    code = gv.invitation("propagandist", "P10-KP05")
    name = "<script>alert(1)</script>\x00"
    answer = await browser.client.post(f"/j/{code}", data={"name": name}, headers=PAGE)
    text = await answer.text()
    assert answer.status == 200
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert re.search(r"<script(?! type=\"module\" src=)", text) is None
