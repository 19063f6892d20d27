"""The browser channel as the process serves it, on a socket of its own, over a database of each kind."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import count
from pathlib import Path

import pytest
from aiohttp.web import Application

from channels import web
from conversation.intake import take_once
from messages import Incoming
from reports.gallery import Gallery
from storage.db.database import open_database
from storage.files.media import MediaStore
from tests.abuse.meeting import Meeting
from tests.conversation import Town

Serves = Callable[[Application], AbstractAsyncContextManager[int]]


@pytest.fixture
def ports(gv: Town, tmp_path: Path) -> web.Ports:
    store, tokens = MediaStore(tmp_path / "media"), count(1)

    async def submit(incoming: Incoming) -> None:
        await gv.database.awrite(lambda db: take_once(db, gv.world, incoming, gv.now))

    return web.Ports(
        database=gv.database,
        submit=submit,
        now=lambda: gv.now,
        monotonic=lambda: 1_000.0,
        new_token=lambda: f"chat-token-{next(tokens)}",
        secret=b"a secret of the tests",
        store=store,
        gallery=Gallery(tmp_path / "rendered", store),
        place="Quận Gò Vấp",
    )


@pytest.fixture
def serves() -> Serves:
    """Serves an application on every address of the loopback; gives the port."""

    @asynccontextmanager
    async def served(app: Application) -> AsyncIterator[int]:
        listener, stop = web.listen("0.0.0.0", 0), asyncio.Event()  # noqa: S104 (people come from several addresses)
        serving = asyncio.create_task(web.serve(app, listener, stop))
        yield listener.getsockname()[1]
        stop.set()
        await serving

    return served


@pytest.fixture
async def port(ports: web.Ports, serves: Serves) -> AsyncIterator[int]:
    """Where such a server listens."""
    async with serves(web.application(ports)) as number:
        yield number


@pytest.fixture
def code(gv: Town) -> str:
    """An invitation that nobody has used."""
    return gv.invitation("propagandist", "P10-KP05")


@pytest.fixture
def meeting(gv: Town, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Meeting]:
    """On PostgreSQL a replica of its own for the second. Whoever has to wait is right at the first try."""
    monkeypatch.setattr("conversation.intake.TRIES", 1)
    if gv.database.dialect == "sqlite":
        yield Meeting(gv, gv.database, monkeypatch)
        return
    with open_database(database_url) as replica:
        yield Meeting(gv, replica, monkeypatch)
