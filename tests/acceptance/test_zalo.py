"""`python -m bot run` against the fake Zalo platform: join, report with a photo, go on in the browser, the week."""

import io
import re
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import pytest
from PIL import Image

from tests.commandline import told
from tests.fakes.zalo import FakeZalo, Rules
from tests.process import BotProcess, free_port, nothing_is_in_hand
from tests.waiting import until

TOKEN = "100:canary-secret"
CHAT = "6ede9afa66b88fe6d6a9"
OTHER_TOKEN = "200:canary-secret"
OTHER_CHAT = "7ede9afa66b88fe6d6a9"
"""The same person's chat with the other bot."""


@pytest.fixture
async def zalo() -> AsyncIterator[FakeZalo]:
    fake = FakeZalo(TOKEN, OTHER_TOKEN, rules=Rules(longest_poll=1.0))
    await fake.start()
    yield fake
    await fake.close()


@pytest.fixture
async def bot(zalo: FakeZalo, tmp_path: Path) -> AsyncIterator[BotProcess]:
    port = free_port()
    settings = {
        "BOT_ZALO_TOKENS": f"{TOKEN},{OTHER_TOKEN}",
        "BOT_ZALO_API": zalo.url,
        "BOT_PORT": str(port),
        "BOT_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    process = BotProcess(tmp_path, settings)
    await process.start()
    yield process
    assert await process.end(signal.SIGTERM) == 0
    assert "canary-secret" not in process.log.read_text()


async def hears(zalo: FakeZalo, write: Callable[[], object], *expected: str, chat: str = CHAT) -> str:
    """Write, and wait until an answer that holds all of `expected` has come (into `chat`)."""
    before = len(zalo.heard(chat))
    write()
    return await comes(zalo, before, *expected, chat=chat)


async def comes(zalo: FakeZalo, before: int, *expected: str, chat: str = CHAT) -> str:
    """Wait for such an answer after the first `before` ones."""

    def found() -> list[str]:
        return [text for text in zalo.heard(chat)[before:] if all(part in text for part in expected)]

    await until(found)
    return found()[-1]


def photo() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (400, 300), "purple").save(buffer, "JPEG")
    return buffer.getvalue()


async def test_the_main_job_in_zalo(bot: BotProcess, zalo: FakeZalo, tmp_path: Path) -> None:
    def says(words: str) -> Callable[[], object]:
        return lambda: zalo.says(TOKEN, CHAT, words)

    invited = told(tmp_path, "invite", "propagandist", "P10-KP05")
    await hears(zalo, says(f"ma {invited['code']}"), "Khu phố 5", "1. Tôi đồng ý")
    await hears(zalo, says("1"), "Báo cáo hoạt động")
    await hears(zalo, says("bao cao"), "Anh/chị muốn báo việc gì?")
    await hears(zalo, says("1."), "Hoạt động nào?")
    await hears(zalo, says("2)"), "Làm vào ngày nào?")

    # The machine goes down in the middle; what is written meanwhile is answered afterwards.
    await nothing_is_in_hand(tmp_path / "var/bot.db")
    await bot.end(signal.SIGKILL)
    await until(lambda: not zalo.bots[TOKEN].polling)  # or the dead process's poll would take what comes
    before = len(zalo.heard(CHAT))
    zalo.says(TOKEN, CHAT, "hom nay")
    await bot.start()
    await comes(zalo, before, "Đối tượng tham dự")

    await hears(zalo, says("người dân"), "Bao nhiêu người dự?")
    await hears(zalo, says("nữ 30 nam 15"), "Nữ 30", "Nam 15", "gõ: gửi")
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
    await until(lambda: len(zalo.sent[-1].fetched) >= 2)
    assert zalo.sent[-1].fetched[1].startswith(b"\x89PNG")
    assert zalo.bots[TOKEN].most_pollers == 1


@pytest.mark.usefixtures("bot")
async def test_a_spent_month_is_answered_by_the_other_bot(zalo: FakeZalo, tmp_path: Path) -> None:
    def says(words: str, token: str = TOKEN, chat: str = CHAT) -> Callable[[], object]:
        return lambda: zalo.says(token, chat, words)

    invited = told(tmp_path, "invite", "propagandist", "P10-KP05")
    await hears(zalo, says(f"ma {invited['code']}"), "1. Tôi đồng ý")
    await hears(zalo, says("1"), "Báo cáo hoạt động")
    code = re.findall(r"\w{4}-\w{4}", await hears(zalo, says("kết nối"), "gửi mã"))[0]
    await hears(zalo, says(code, OTHER_TOKEN, OTHER_CHAT), "Menu", chat=OTHER_CHAT)

    zalo.bots[TOKEN].messages = zalo.rules.quota
    with sqlite3.connect(tmp_path / "var" / "bot.db", timeout=20) as meter:
        meter.execute("UPDATE channel_usage SET sent = 2990 WHERE bot = '100'")
    meter.close()

    answer = await hears(zalo, says("báo cáo"), "hết lượt tin", "Anh/chị muốn báo việc gì?", chat=OTHER_CHAT)
    choice = re.findall(r"(\d)\. Buổi sinh hoạt", answer)[0]
    await hears(zalo, says(choice, OTHER_TOKEN, OTHER_CHAT), "Hoạt động nào?", chat=OTHER_CHAT)
