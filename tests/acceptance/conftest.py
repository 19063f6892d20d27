"""The real process, started as a user would start it, and a real browser to look at it."""

import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect, sync_playwright

from tests.acceptance.phone import Phone, open_phone
from tests.process import environment, free_port
from tests.waiting import PATIENCE
from tests.warm import Warm, WarmProcess

OFFICER, CHAIR, SECRETARIAT = range(3)
"""The demo's phones, from left to right."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WITHOUT_WINDOWS = "chromium-headless-shell"
"""The same without windows opens a page for a fifth of the processor's time; it shows no notifications, either."""
BROWSER_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SMALL_PHONE: ViewportSize = {"width": 360, "height": 740}
MILLISECONDS = PATIENCE * 1_000

expect.set_options(timeout=MILLISECONDS)


class Demo:
    """`python -m bot demo` in a folder of its own; at port 0 it finds one that is free."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self._folder = folder
        self._port = port
        self._process: subprocess.Popen[str] | None = None
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}/"

    def start(self) -> None:
        """Start it (again, on the same port) and wait until it says where it is."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "demo", "--recent", "--port", str(self._port)],
            cwd=self._folder,
            env=environment(BOT_PORT="1"),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout
        said = self._process.stdout.readline()
        assert said.startswith("http://127.0.0.1:"), f"it did not start (exit code {self._process.wait(PATIENCE)})"
        self._port = int(said.split()[0].rsplit(":", 1)[1])

    def kill(self) -> None:
        """End it as a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """End it as a service manager does; its exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> int:
        assert self._process
        assert self._process.stdout
        self._process.send_signal(how)
        self._process.stdout.close()
        return self._process.wait(PATIENCE)


class WarmDemo(Demo):
    """The same, forked from a parent: for tests that start it again and again. Its address stays the same."""

    def __init__(self, warm: Warm, folder: Path) -> None:
        port = free_port()
        words = ("demo", "--recent", "--port", str(port))
        self._warm = WarmProcess(warm, folder, {"BOT_PORT": "1"}, words)
        super().__init__(folder, port)

    def start(self) -> None:
        self._warm.said.unlink(missing_ok=True)
        self._warm.begin()
        end = time.monotonic() + PATIENCE
        while not (self._warm.said.exists() and self._warm.said.read_text().startswith(self.address.rstrip("/"))):
            assert time.monotonic() < end, self._warm.log.read_text()
            time.sleep(0.01)

    def _end(self, how: signal.Signals) -> int:
        return self._warm.finish(how)


@contextmanager
def running(demo: Demo) -> Iterator[Demo]:
    try:
        yield demo
    finally:
        assert demo.stop() == 0


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo that tests share: each joins it as people of its own."""
    with running(Demo(tmp_path_factory.mktemp("demo"))) as started:
        yield started


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    with Warm("bot.demo.run") as parent:
        yield parent


@pytest.fixture(scope="session")
def begun(warm: Warm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a demo has made of its folder once it answers."""
    folder = tmp_path_factory.mktemp("begun")
    with running(WarmDemo(warm, folder)) as started:
        urlopen(started.address).close()  # noqa: S310 (its own address)
    return folder / "var"


@pytest.fixture
def own_demo(warm: Warm, begun: Path, tmp_path: Path) -> Iterator[Demo]:
    """A demo for a test that moves the clock, or ends the process and starts it anew at the same address."""
    shutil.copytree(begun, tmp_path / "var")
    with running(WarmDemo(warm, tmp_path)) as started:
        yield started


@contextmanager
def launched(*names: str) -> Iterator[Browser]:
    """The first of these browsers that is there."""
    found = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=list(BROWSER_ARGUMENTS))
        yield started
        started.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for one file's tests: while it is open its event loop is in the way of asynchronous tests."""
    with launched(WITHOUT_WINDOWS, *BROWSERS) as started:
        yield started


def somebodys(browser: Browser, **more: Any) -> BrowserContext:
    """A browser of one person: no cookies, nothing kept, a small phone, in Vietnamese; close it.

    Without a service worker, past which tests could not reach what the page asks for, and without movement: what is
    looked at stands still.
    """
    usual = {"viewport": SMALL_PHONE, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}
    still = {"service_workers": "block", "reduced_motion": "reduce"}
    opened = browser.new_context(**{**usual, **still, **more})
    opened.set_default_timeout(MILLISECONDS)
    return opened


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = somebodys(browser)
    yield opened
    opened.close()


def demo_phone(demo: Demo, context: BrowserContext, who: int) -> Phone:
    """One of the demo's three people on a page of their own."""
    page = context.request.get(demo.address).text()
    return open_phone(context, demo.address.rstrip("/") + re.findall('<iframe src="([^"]+)"', page)[who])


@pytest.fixture
def officer(demo: Demo, context: BrowserContext, browser: Browser) -> Iterator[Phone]:
    """A new officer of a neighbourhood in Phường 10, invited by the ward's chair, who has joined and agreed."""
    at_office = somebodys(browser)
    link = demo_phone(demo, at_office, CHAIR).invites()
    at_office.close()
    phone = open_phone(context, link, is_chat=False)
    phone.joins("Phạm Thị Lan")
    phone.taps("Tôi đồng ý")
    phone.sees("Cảm ơn anh/chị!")
    yield phone
    assert phone.errors == []
