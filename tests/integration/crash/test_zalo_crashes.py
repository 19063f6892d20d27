"""People report by Zalo while the process is killed at random moments: nothing confirmed is lost, nothing is doubled.

Where polls consume their updates, one that was on its way to a process in the moment of the kill is gone: there the
people do what people do, and write again when no answer comes. A longer run: `make crash`.
"""

import asyncio
import os
import random
import signal
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.fakes.zalo import FakeZalo, Rules
from tests.integration.crash.town import prepare_town, stored_reports
from tests.waiting import PATIENCE as LONGEST
from tests.waiting import until
from tests.warm import Warm, WarmProcess

TOKEN = "100:canary-secret"
PEOPLE = int(os.environ.get("CRASH_PEOPLE", "12"))
KILLS = int(os.environ.get("CRASH_KILLS", "16"))
LONGEST_LIFE = 0.8
"""Seconds of a process that is to be killed, from its first poll on."""
PATIENCE = 2.0
"""Seconds without an answer after which somebody writes again, and twice as many each further time: where the machine
is slow, those who write again and again would keep the answer from coming."""
CONSTANTS: Mapping[str, object] = {
    "scheduler.claiming:LEASE": 1.0,
    "scheduler.delivery:REAP_SECONDS": 0.2,
    "channels.zalo.limits:INSTANT_SECONDS": 0.01,
    "channels.zalo.limits:FIRST_PAUSE": 0.05,
    "channels.zalo.limits:MESSAGES_A_SECOND": 400.0,
    "channels.zalo.limits:BURST": 400,
}
AGREE = "Tôi đồng ý, bắt đầu"
RECEIPT, QUESTION = "Đã lưu", "Trùng với báo cáo đó phải không ạ?"
CONVERSATION = (
    ("báo cáo", "Anh/chị muốn báo việc gì?"),
    ("buổi sinh hoạt có người dự", "Hoạt động nào?"),
    ("nói chuyện: gia đình, chống bạo lực", "Làm vào ngày nào?"),
    ("hôm nay", "Đối tượng tham dự chủ yếu là ai?"),
    ("người dân", "Bao nhiêu người dự?"),
    ("nữ {number} nam 1", "gõ: gửi"),
)


class Reporter:
    """One person, who reports one event after the other; the number of women tells the reports apart."""

    def __init__(self, zalo: FakeZalo, chat: str) -> None:
        self._zalo = zalo
        self.chat = chat
        self.confirmed: list[int] = []
        self.waits_for = ""

    async def live(self, code: str, enough: asyncio.Event) -> None:
        await self._says(f"ma {code}", AGREE)
        await self._says(AGREE, "Báo cáo hoạt động")
        while not enough.is_set():
            number = len(self.confirmed) + 1
            for words, awaited in CONVERSATION:
                await self._says(words.format(number=number), awaited)
            if QUESTION in await self._says("gửi", RECEIPT, QUESTION):
                await self._says("buổi khác", RECEIPT)
            self.confirmed.append(number)
        self.waits_for = ""

    async def _says(self, words: str, *awaited: str) -> str:
        """Write until one of these texts has come, and return the message that it came in."""
        before = len(self._zalo.heard(self.chat))
        self.waits_for = awaited[0]
        patience = PATIENCE
        while True:
            # Whoever wrote their code twice is asked for consent again.
            asked = f"1. {AGREE}" in "".join(self._zalo.heard(self.chat)[-1:])
            self._zalo.says(TOKEN, self.chat, AGREE if asked else words)
            until, patience = time.monotonic() + patience, patience * 2
            while time.monotonic() < until or not self._zalo.rules.consume:
                for text in self._zalo.heard(self.chat)[before:]:
                    if any(one in text for one in awaited):
                        return text
                await asyncio.sleep(0.02)


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    with Warm("channels.zalo.channel", constants=CONSTANTS) as parent:
        yield parent


@pytest.mark.timeout(600 + 4 * KILLS)
@pytest.mark.parametrize("consume", [True, False], ids=["consumed", "repeated"])
async def test_no_report_is_lost_or_doubled_by_kills(warm: Warm, tmp_path: Path, consume: bool) -> None:
    chance = random.Random(f"{consume} {KILLS}")
    # Repeated often enough that no run of kills outlives an update.
    zalo = FakeZalo(TOKEN, rules=Rules(consume=consume, repeats=4, quota=1_000_000))
    await zalo.start()
    environment = {
        "BOT_DATABASE_URL": "sqlite:///bot.db",
        "BOT_MEDIA": "media",
        "BOT_ZALO_TOKENS": TOKEN,
        "BOT_ZALO_API": zalo.url,
    }
    codes = prepare_town(tmp_path, PEOPLE)
    enough = asyncio.Event()
    reporters = [Reporter(zalo, f"{number:020x}") for number in range(PEOPLE)]
    lives = asyncio.gather(*(each.live(code, enough) for each, code in zip(reporters, codes, strict=False)))
    with WarmProcess(warm, tmp_path, environment) as process:
        for _ in range(KILLS // 2):
            await start(zalo, process)
            await asyncio.sleep(chance.random() * LONGEST_LIFE)
            await process.kill()
        await start(zalo, process)
        await until(lambda: sum(len(each.confirmed) for each in reporters) > PEOPLE)
        enough.set()
        await asyncio.wait([lives], timeout=LONGEST)
        assert lives.done(), [(each.waits_for, zalo.heard(each.chat)[-3:]) for each in reporters if each.waits_for]
        assert await process.end(signal.SIGTERM) == 0
    await zalo.close()
    stored = stored_reports(tmp_path)
    assert {each.chat: each.confirmed for each in reporters} == {
        each.chat: sorted(stored.get(each.chat, [])) for each in reporters
    }
    assert zalo.bots[TOKEN].most_pollers == 1
    assert not [text for each in reporters for text in zalo.heard(each.chat) if "gặp lỗi" in text]
    assert "canary-secret" not in (tmp_path / "log").read_text()


async def start(zalo: FakeZalo, process: WarmProcess) -> None:
    """Start a process and wait for its first poll."""
    polls = zalo.bots[TOKEN].polls
    await process.start()
    await until(lambda: zalo.bots[TOKEN].polls > polls)
