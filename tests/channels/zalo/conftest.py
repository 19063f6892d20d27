"""A running fake platform, a client on it, and a database with nobody in it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from channels.zalo.client import ZaloClient
from channels.zalo.token import Token
from tests.channels.zalo.helpers import TOKEN
from tests.fakes.zalo import FakeZalo, Rules


@pytest.fixture
def rules() -> Rules:
    """What the fake platform does; a test file or case may override it."""
    return Rules()


@pytest.fixture
async def zalo(rules: Rules) -> AsyncIterator[FakeZalo]:
    fake = FakeZalo(TOKEN, rules=rules)
    await fake.start()
    yield fake
    await fake.close()


@pytest.fixture
async def client(zalo: FakeZalo) -> AsyncIterator[ZaloClient]:
    async with aiohttp.ClientSession() as session:
        yield ZaloClient(session, Token("100", TOKEN), zalo.url)
