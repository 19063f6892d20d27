"""The browser channel over a real database and the real turn, on both databases, with a client that keeps cookies."""

import logging
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from channels.web import Ports, application
from channels.web.server import AccessLog
from conversation.intake import take_once
from messages import Incoming
from reports.gallery import Gallery
from storage.db.writer import Unavailable
from storage.files.media import MediaStore
from tests.channels.web.browser import Browser
from tests.conversation import Town


class Submits:
    """The intake, which a test can break; it keeps what it was given."""

    def __init__(self, place: Town) -> None:
        self._place = place
        self.is_down = False
        self.taken: list[Incoming] = []

    async def __call__(self, incoming: Incoming) -> None:
        if self.is_down:
            raise Unavailable("down")
        self.taken.append(incoming)
        place = self._place
        await place.database.awrite(lambda db: take_once(db, place.world, incoming, place.now))


class Ticking:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def submits(gv: Town) -> Submits:
    return Submits(gv)


@pytest.fixture
def ticking() -> Ticking:
    return Ticking()


@pytest.fixture
def ports(gv: Town, submits: Submits, ticking: Ticking, tmp_path: Path) -> Ports:
    store, tokens = MediaStore(tmp_path / "media"), count(1)
    return Ports(
        database=gv.database,
        submit=submits,
        now=lambda: gv.now,
        monotonic=ticking,
        new_token=lambda: f"chat-token-{next(tokens)}",
        secret=b"a secret of the tests",
        store=store,
        gallery=Gallery(tmp_path / "rendered", store),
        place="Quận Gò Vấp",
    )


@pytest.fixture
async def browser(ports: Ports, gv: Town, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Browser]:
    """A browser without any cookie, at a server that logs as in earnest."""
    caplog.set_level(logging.INFO, "bot.access")
    server = TestServer(application(ports))
    await server.start_server(access_log_class=AccessLog, access_log=logging.getLogger("bot.access"))
    async with TestClient(server) as client:
        yield Browser(client, gv)


@pytest.fixture
async def hoa(browser: Browser) -> Browser:
    """The browser of an officer of Khu phố 5, Phường 10, who has joined and agreed."""
    await browser.joins("propagandist", "P10-KP05")
    await browser.presses("agree")
    return browser
