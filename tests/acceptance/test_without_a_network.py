"""The page as an app: it opens without a network, and what was written then goes by itself, each once and in order."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.acceptance.conftest import OFFICER, Demo, demo_phone, somebodys
from tests.acceptance.phone import comes_true, open_phone
from tests.acceptance.test_the_main_job import a_photo
from tests.acceptance.workers import dispatch

OWN = """() => new Promise((resolve) => {
  indexedDB.open("unsent").onsuccess = ({ target }) => {
    const all = target.result.transaction("own").objectStore("own").getAll();
    all.onsuccess = () => resolve(all.result);
  };
})"""
IS_KEPT = "async () => (await (await caches.open('pages')).keys()).length === 1"
KEPT = """(count) => new Promise((resolve) => {
  indexedDB.open("unsent").onsuccess = ({ target }) => {
    const rows = target.result.transaction("rows").objectStore("rows").get(location.pathname);
    rows.onsuccess = () => resolve((rows.result ?? []).length === count);
  };
})"""
FORGET_ROWS = """() => new Promise((resolve) => {
  indexedDB.open("unsent").onsuccess = ({ target }) => {
    const change = target.result.transaction("rows", "readwrite");
    change.objectStore("rows").clear();
    change.oncomplete = () => resolve(target.result.close());
  };
})"""
WRITTEN = ["một", "hai", "ba", "bốn", "năm", "sáu"]


@pytest.fixture
def installed(browser: Browser) -> Iterator[BrowserContext]:
    """A small phone whose browser runs service workers."""
    opened = somebodys(browser, service_workers="allow")
    yield opened
    opened.close()


def test_what_is_written_without_a_network_goes_once_and_in_order(
    own_demo: Demo, installed: BrowserContext, tmp_path: Path
) -> None:
    phone = demo_phone(own_demo, installed, OFFICER)
    phone.says("menu")
    said = phone.heard.last.inner_text()
    comes_true(phone.page, IS_KEPT)
    comes_true(phone.page, KEPT, phone.heard.count())

    own_demo.kill()
    phone.page.reload()
    phone.is_ready()
    expect(phone.heard.last).to_have_text(said, use_inner_text=True)
    for text in WRITTEN[:5]:
        phone.writes(text)
    phone.sends_photos(a_photo(tmp_path))
    expect(phone.page.locator(".own.waiting.stuck")).to_have_count(6)
    expect(phone.own.last).to_contain_text("Chưa gửi, đang chờ có mạng")

    phone.page.reload()  # it survives that the page is closed, too
    phone.is_ready()
    expect(phone.waiting).to_have_count(6)
    phone.page.evaluate(FORGET_ROWS)  # nothing of the bot's is kept: what waits is shown all the same
    phone.page.reload()
    phone.is_ready()
    expect(phone.waiting).to_have_count(6)
    phone.writes(WRITTEN[5])
    expect(phone.waiting).to_have_count(7)

    own_demo.start()
    comes_true(phone.page, f"({OWN})().then((all) => all.length > 7 && all.every((one) => one.state === 'sent'))")
    expect(phone.waiting).to_have_count(0)
    expect(phone.page.locator("#banner")).to_be_hidden()
    expect(phone.own.nth(-1)).to_contain_text(WRITTEN[5])
    for text, item in zip(WRITTEN[:5], phone.own.all()[-7:-2], strict=True):
        expect(item.locator(".said")).to_contain_text(text)
    assert "refused" not in " ".join(item.get_attribute("class") or "" for item in phone.own.all())
    wanted = [message["id"] for message in sorted(phone.page.evaluate(OWN), key=lambda own: own["seq"])]
    with closing(sqlite3.connect(tmp_path / "var" / "demo.db")) as db:
        taken = [row for (row,) in db.execute("SELECT message_id FROM inbox WHERE channel = 'web' ORDER BY id")]
    assert [next(own for own in wanted if own in row) for row in taken if any(own in row for own in wanted)] == wanted
    assert phone.errors == []


def test_what_waits_goes_after_the_page_was_closed(demo: Demo, installed: BrowserContext, tmp_path: Path) -> None:
    phone = demo_phone(demo, installed, OFFICER)
    comes_true(phone.page, IS_KEPT)
    installed.set_offline(True)
    for text in WRITTEN[:2]:
        phone.writes(text)
    phone.sends_photos(a_photo(tmp_path))
    expect(phone.page.locator(".own.waiting.stuck")).to_have_count(3)
    address = phone.page.url
    phone.page.close()
    installed.set_offline(False)

    other = installed.new_page()
    other.goto(f"{demo.address}app.webmanifest")
    dispatch(other, "ServiceWorker.dispatchSyncEvent", tag="unsent", lastChance=False)
    comes_true(other, f"({OWN})().then((all) => all.length === 3 && all.every((one) => one.state === 'sent'))")
    again = open_phone(installed, address)
    expect(again.page.locator(".own.sent")).to_have_count(3)
    for text, item in zip(WRITTEN[:2], again.own.all(), strict=False):
        expect(item.locator(".said")).to_contain_text(text)
