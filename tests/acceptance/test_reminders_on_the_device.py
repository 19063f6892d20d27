"""A phone is reminded where its owner wants it: asked by one button, ended by the same, and a push shows no content."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.acceptance.conftest import BROWSERS, launched, somebodys
from tests.acceptance.phone import Phone, comes_true, open_phone
from tests.acceptance.workers import dispatch
from tests.fakes.push import Browser as Pushed
from tests.process import environment, free_port
from tests.waiting import PATIENCE

STUB = """
let given = null;
const made = (options) => ({
  endpoint: GIVEN.endpoint, options, toJSON: () => GIVEN, unsubscribe: async () => { given = null; },
});
PushManager.prototype.subscribe = async (options) => (given = made(options));
PushManager.prototype.getSubscription = async () => given;
"""
"""A browser's own service is nothing that a test can reach: what it would answer, and no more than that."""


@pytest.fixture
def browser() -> Iterator[Browser]:
    """One that shows notifications."""
    with launched(*BROWSERS) as started:
        yield started


@pytest.fixture
def link(tmp_path: Path) -> Iterator[str]:
    """An invitation of a bot that runs in a folder of its own."""
    settings = environment(BOT_PORT=str(free_port()))
    command = (sys.executable, "-m", "bot")
    made = subprocess.run(
        [*command, "invite", "propagandist", "P10-KP05"],
        cwd=tmp_path,
        env=settings,
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    running = subprocess.Popen([*command, "run"], cwd=tmp_path, env=settings, stderr=subprocess.PIPE, text=True)
    assert running.stderr
    while "listening at" not in running.stderr.readline():
        assert running.poll() is None
    yield made.stdout.split()[1]
    running.terminate()
    running.stderr.close()
    assert running.wait(PATIENCE) == 0


def kept(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "var" / "bot.db")) as db:
        return [endpoint for (endpoint,) in db.execute("SELECT endpoint FROM push_subscription")]


def test_a_phone_is_reminded_from_its_owners_yes_to_their_no(link: str, browser: Browser, tmp_path: Path) -> None:
    context = somebodys(browser, service_workers="allow", permissions=["notifications"])
    given = Pushed("hoa", "").to_json()
    context.add_init_script(f"const GIVEN = {json.dumps(given)};{STUB}")
    phone = open_phone(context, link, is_chat=False)
    phone.joins("Phạm Thị Lan")
    phone.page.locator("#more").click()
    for label, said, endpoints in (
        ("Nhận nhắc trên máy này", "máy này sẽ báo anh/chị", [given["endpoint"]]),
        ("Thôi nhận nhắc trên máy này", "không nhắc anh/chị nữa", []),
    ):
        phone.page.get_by_role("button", name=label, exact=True).click()
        expect(phone.page.locator("#banner")).to_contain_text(said)
        assert kept(tmp_path) == endpoints
    shows_what_is_pushed(phone)
    assert phone.errors == []
    context.close()


def shows_what_is_pushed(phone: Phone) -> None:
    """The service worker makes a notification of a push, with the words that came and nothing else."""
    pushed = json.dumps({"title": "Có tin mới", "text": "Anh/chị chạm để mở."})
    dispatch(phone.page, "ServiceWorker.deliverPushMessage", data=pushed)
    shown = "navigator.serviceWorker.ready.then((worker) => worker.getNotifications())"
    comes_true(phone.page, f"{shown}.then((all) => all.length === 1)")
    titles = phone.page.evaluate(f"{shown}.then((all) => all.map(({{title, body}}) => [title, body]))")
    assert titles == [["Có tin mới", "Anh/chị chạm để mở."]]
