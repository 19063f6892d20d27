"""Fixtures of the Telegram suite."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from channels.telegram.client import Client
from storage.db.database import Database, open_database
from tests.channels.telegram.support import HASTY, PATIENCE, Recorder
from tests.fakes.telegram import FakeTelegram, serving


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with serving(repeat_pause=0.2) as server:
        yield server


@pytest.fixture
def patience(request: pytest.FixtureRequest) -> int:
    """Seconds that the client waits for an answer, by what the test says will go wrong."""
    return HASTY if "SILENT" in request.node.name else PATIENCE


@pytest.fixture
async def client(fake: FakeTelegram, patience: int) -> AsyncIterator[Client]:
    opened = Client(fake.token, fake.url, patience)
    yield opened
    await opened.close()


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A database on SQLite alone: what the channel asks of it is tested on both elsewhere."""
    path = tmp_path / "bot.db"
    path.write_bytes(sqlite_template.read_bytes())
    with open_database(f"sqlite:///{path}") as opened:
        yield opened
