"""`python -m bot run` against the fake Zalo platform: join, report with a photo, go on in the browser, the week."""

import asyncio
import io
import json
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import pytest
from PIL import Image

from tests.fakes.zalo import FakeZalo, Rules

ROOT = Path(__file__).parents[2]
TOKEN = "100:canary-secret"
CHAT = "6ede9afa66b88fe6d6a9"


class Bot:
    """The real process in a folder of its own."""

    def __init__(self, folder: Path, zalo: FakeZalo) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        self.address = f"http://127.0.0.1:{port}"
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "BOT_PLAN": str(ROOT / "plan"),
            "BOT_ZALO_TOKENS": TOKEN,
            "BOT_ZALO_API": zalo.url,
            "BOT_PORT": str(port),
            "BOT_PUBLIC_URL": self.address,
        }

    async def start(self) -> None:
        with (self._folder / "log").open("ab") as log:
            self._process = await self._execute("run", stderr=log)

    async def end(self, how: signal.Signals) -> int:
        assert self._process
        self._process.send_signal(how)
        return await self._process.wait()

    async def invite(self) -> str:
        process = await self._execute("invite", "propagandist", "P10-KP05", "--json", stdout=asyncio.subprocess.PIPE)
        out, _ = await process.communicate()
        return str(json.loads(out)["code"])

    async def _execute(self, *arguments: str, **streams: int | io.BufferedWriter) -> asyncio.subprocess.Process:
        command = (sys.executable, "-m", "bot", *arguments)
        return await asyncio.create_subprocess_exec(
            *command,
            cwd=self._folder,
            env=self._environment,
            **streams,  # type: ignore[arg-type]
        )


@pytest.fixture
async def zalo() -> AsyncIterator[FakeZalo]:
    fake = FakeZalo(TOKEN, rules=Rules(longest_poll=1.0))
    await fake.start()
    yield fake
    await fake.close()


@pytest.fixture
async def bot(zalo: FakeZalo, tmp_path: Path) -> AsyncIterator[Bot]:
    process = Bot(tmp_path, zalo)
    await process.start()
    yield process
    assert await process.end(signal.SIGTERM) == 0
    assert "canary-secret" not in (tmp_path / "log").read_text()


async def hears(zalo: FakeZalo, write: Callable[[], object], *expected: str) -> str:
    """Write, and wait until an answer that holds all of `expected` has come."""
    before = len(zalo.heard(CHAT))
    write()
    return await comes(zalo, before, *expected)


async def comes(zalo: FakeZalo, before: int, *expected: str) -> str:
    """Wait for such an answer after the first `before` ones."""
    until = asyncio.get_running_loop().time() + 20
    while not (found := [text for text in zalo.heard(CHAT)[before:] if all(part in text for part in expected)]):
        assert asyncio.get_running_loop().time() < until, f"no {expected} in {zalo.heard(CHAT)[before:]}"
        await asyncio.sleep(0.05)
    return found[-1]


def photo() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (400, 300), "purple").save(buffer, "JPEG")
    return buffer.getvalue()


async def test_the_main_job_in_zalo(bot: Bot, zalo: FakeZalo) -> None:
    def says(words: str) -> Callable[[], object]:
        return lambda: zalo.says(TOKEN, CHAT, words)

    await hears(zalo, says(f"ma {await bot.invite()}"), "Khu phố 5", "1. Tôi đồng ý")
    await hears(zalo, says("1"), "Báo cáo hoạt động")
    await hears(zalo, says("bao cao"), "Anh/chị muốn báo việc gì?")
    await hears(zalo, says("1."), "Hoạt động nào?")
    await hears(zalo, says("2)"), "Làm vào ngày nào?")

    # The machine goes down in the middle; what is written meanwhile is answered afterwards.
    await bot.end(signal.SIGKILL)
    before = len(zalo.heard(CHAT))
    zalo.says(TOKEN, CHAT, "hom nay")
    await bot.start()
    await comes(zalo, before, "Ai đến dự")

    await hears(zalo, says("người dân"), "Bao nhiêu người dự?")
    await hears(zalo, says("30 15"), "Nữ 30", "Nam 15", "gõ: gửi")
    await hears(zalo, says("hinh anh"), "Hình ảnh", "/q/")
    asked = await hears(zalo, lambda: zalo.sends_photo(TOKEN, CHAT, photo()), "Hình ảnh", "/q/")

    link = re.findall(r"http\S+/q/\S+", asked)[0]
    async with aiohttp.ClientSession(headers={"Accept": "text/html"}) as session:
        page = await (await session.get(link)).text()
        form = aiohttp.FormData({"id": re.findall(r'name="id" value="(\w+)"', page)[0], "kind": "photo"})
        form.add_field("file", photo(), filename="hop.jpg")
        before = len(zalo.heard(CHAT))
        assert (await session.post(link, data=form)).status == 200
    await comes(zalo, before, "Hình ảnh")

    await hears(zalo, says("xem lai"), "gõ: gửi")
    await hears(zalo, says("gui"), "Đã lưu")
    await hears(zalo, says("tóm tắt"), "Tuần", "Khu phố 5")
    async with asyncio.timeout(20):
        while len(zalo.sent[-1].fetched) < 2:
            await asyncio.sleep(0.05)
    assert zalo.sent[-1].fetched[1].startswith(b"\x89PNG")
    assert zalo.bots[TOKEN].most_pollers == 1
