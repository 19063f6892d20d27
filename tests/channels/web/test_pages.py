"""What every answer carries, what the log may hold, and that every word has its Vietnamese."""

import re

import pytest

from channels.web.assets import assets
from channels.web.refusals import WORDINGS
from channels.web.wording import SCRIPT
from locales import texts
from tests.channels.web.browser import Browser
from tests.conversation import Town

PAGE = {"Accept": "text/html", "Accept-Language": "vi"}


async def test_every_answer_is_strict(hoa: Browser) -> None:
    for path in ("/", "/j/WRONG", hoa.chat, f"{hoa.chat}history?before=1", "/nothing", "/static/x/nothing.js"):
        answer = await hoa.client.get(path, headers=PAGE)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"


async def test_pages_hold_nothing_inline_and_nothing_from_elsewhere(hoa: Browser, gv: Town) -> None:
    code = gv.invitation("propagandist", "P10-KP06")
    for path in ("/", f"/j/{code}", hoa.chat):
        text = await (await hoa.client.get(path, headers=PAGE)).text()
        assert "style=" not in text
        assert "onclick" not in text
        assert "http://" not in text
        assert "https://" not in text
        assert "$" not in text


async def test_assets_are_kept_for_good_under_their_version_only(browser: Browser) -> None:
    for path in ("icon.svg", "look.css", "chat/main.js"):
        answer = await browser.client.get(f"{assets().base}/{path}")
        assert answer.status == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Encoding"] == "gzip"
    old = await browser.client.get("/static/another/look.css")
    assert old.headers["Cache-Control"] == "no-cache"
    for path in ("chat.html", "__init__.py", "../pyproject.toml", "%2e%2e/pyproject.toml", "chat/"):
        assert (await browser.client.get(f"{assets().base}/{path}")).status == 404


def test_the_page_is_light_enough_for_a_slow_connection() -> None:
    sent = sum(len(file.compressed) for name, file in assets().files.items() if not name.startswith(("demo/", "app/")))
    assert sent < 40_000


async def test_the_access_log_holds_no_code_no_id_and_no_signature(
    browser: Browser, gv: Town, caplog: pytest.LogCaptureFixture
) -> None:
    code = gv.invitation("propagandist", "P10-KP05")
    await browser.joins("propagandist", "P10-KP06")
    for path in (f"/j/{code}", browser.chat, f"{browser.chat}history?before={code}", f"/nothing/{code}"):
        await (await browser.client.get(path)).read()
    assert "GET /j/{code} 200" in caplog.text
    assert "GET (no such address) 404" in caplog.text
    assert code not in caplog.text
    assert browser.chat.split("/")[2] not in caplog.text


@pytest.mark.parametrize("code", sorted(WORDINGS))
def test_every_refusal_has_its_vietnamese(code: str) -> None:
    say = texts("vi")
    for text in (WORDINGS[code].title, WORDINGS[code].remedy):
        assert say(text, **{"size": 1, "limit": 2} if "{" in text else {}) != text


def test_every_word_of_the_script_has_its_vietnamese_and_is_said_somewhere() -> None:
    said = b"".join(file.plain for name, file in assets().files.items() if name.startswith("chat/")).decode()
    for key, text in SCRIPT.items():
        assert texts("vi")(text) != text
        assert re.search(rf'word\([^)]*"{key}"|said\("{key}"', said), key
