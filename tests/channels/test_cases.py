"""One table of conversations, on every channel alike: by the real process's own edges, and `bot.chat`'s.

One process serves all of them; each conversation is held by somebody new, in a neighbourhood of their own.
"""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import Connection

from bot.clock import system_now
from bot.prepare import OpenInstallation, prepare
from bot.settings import Settings
from periods.days import local_day
from services.directory.invitations import issue
from storage.directory import units
from tests.cases.person import Person
from tests.cases.table import CASES, CHANNELS, REPORTS, Case, Step, comes_with, says, sees, taps
from tests.cases.telegram import TelegramPerson
from tests.cases.terminal import TerminalPerson
from tests.cases.web import WebPerson
from tests.cases.zalo import ZaloPerson
from tests.fakes.telegram import FakeTelegram, serving
from tests.fakes.zalo import FakeZalo
from tests.process import BotProcess, free_port
from tests.waiting import PATIENCE

ZALO_TOKEN = "100:canary-secret"


FAR_AWAY = {"web": "P17-KP01", "terminal": "P16-KP01", "telegram": "P15-KP01", "zalo": "P14-KP01"}
"""Neighbourhoods of wards from which no other conversation here reports: nothing else waits for their chairs."""


@dataclass
class House:
    """The process with its platforms, and places where nobody has reported yet."""

    prepared: OpenInstallation
    media: Path
    address: str
    telegram: FakeTelegram
    zalo: FakeZalo
    places: Iterator[str]
    numbers: Iterator[int]

    def invitation(self, role: str, place: str) -> str:
        """A code for a role in a unit."""
        code = self.prepared.world.chance()

        def job(db: Connection) -> None:
            unit = units.unit_id(db, place)
            assert unit is not None
            issue(db, code, role=role, unit_id=unit, by=None, now=system_now())

        self.prepared.database.write(job).result()
        return code

    @asynccontextmanager
    async def somebody(self, channel: str, role: str = "propagandist", place: str = "") -> AsyncIterator[Person]:
        """Somebody new on a channel, with an invitation: for a propagandist of the next neighbourhood unless said."""
        code, number = self.invitation(role, place or next(self.places)), next(self.numbers)
        match channel:
            case "web":
                browser = WebPerson(code, self.address)
                yield browser
                await browser.close()
            case "terminal":
                yield TerminalPerson(code, self.prepared, self.media)
            case "telegram":
                yield TelegramPerson(code, self.telegram, number)
            case _:
                yield ZaloPerson(code, self.zalo, ZALO_TOKEN, f"{number:020x}")


async def listens(port: int) -> None:
    """Wait until the process answers."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                return writer.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    folder = tmp_path_factory.mktemp("house")
    port = free_port()
    url, media = f"sqlite:///{folder / 'bot.db'}", folder / "media"
    zalo = FakeZalo(ZALO_TOKEN)
    await zalo.start()
    async with serving(repeat_pause=0.1) as telegram:
        environment = {
            "BOT_DATABASE_URL": url,
            "BOT_MEDIA": str(media),
            "BOT_PORT": str(port),
            "BOT_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "BOT_TELEGRAM_TOKEN": telegram.token,
            "BOT_TELEGRAM_API": telegram.url,
            "BOT_ZALO_TOKENS": ZALO_TOKEN,
            "BOT_ZALO_API": zalo.url,
        }
        prepared = prepare(Settings(database_url=url, media=media), system_now())
        with prepared.database:
            process = BotProcess(folder, environment)
            await process.start()
            await listens(port)
            places = (code for code in sorted(prepared.plan.shipped_units) if "-KP" in code)
            yield House(prepared, media, f"http://127.0.0.1:{port}", telegram, zalo, places, iter(range(1, 1_000)))
            assert await process.end(signal.SIGTERM) == 0
    await zalo.close()
    assert "canary" not in process.log.read_text()


@pytest.mark.usefixtures("day_with_room")
@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    ("channel", "case"),
    [pytest.param(channel, case, id=f"{channel}-{case.name}") for case in CASES for channel in case.channels],
)
async def test_a_conversation_goes_alike_on_every_channel(house: House, channel: str, case: Case) -> None:
    async with house.somebody(channel) as person:
        for step in case.steps:
            await step(person)
            await person.answered()


@pytest.mark.usefixtures("day_with_room")
@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("channel", CHANNELS)
async def test_a_chair_returns_a_report_and_approves_what_was_mended(house: House, channel: str) -> None:
    """The whole loop: two people on one channel, and the report of today between them."""
    today = local_day(system_now())
    day, place = f"{today.day}/{today.month}", FAR_AWAY[channel]
    theirs = house.somebody(channel, "ward_chair", place.partition("-")[0])
    async with house.somebody(channel, place=place) as author, theirs as chair:
        await goes(author, *REPORTS)
        await goes(chair, comes_with(chair.code), taps("Tôi đồng ý, bắt đầu"), says("/duyet"))
        await goes(chair, sees("1 báo cáo chờ anh/chị duyệt"), taps(day), taps("Trả lại để sửa"))
        await goes(chair, taps("Xem lại “Nữ 30”"), says("nữ 30 là tính cả tổ bên cạnh"), sees("đã được nhắc sửa"))
        if (
            channel != "terminal"
        ):  # elsewhere it comes by itself: a list that it came after would not be the latest menu
            await author.sees("nhờ anh/chị xem lại báo cáo")
        await goes(author, says("của tôi"), taps(day), sees("Cần xem lại: Nữ 30", "tính cả tổ bên cạnh"))
        await goes(author, taps("Sửa"), sees("Đã ghi: 30"), says("13"), sees("Đã sửa xong", "13 nữ"))
        await goes(chair, says("/duyet"), sees("1 vừa bổ sung", "Nữ 30 → 13"), taps("✎"), taps("Duyệt ✓"))
        await goes(chair, sees("Đã duyệt"), says("/duyet"), sees("Không có báo cáo nào chờ"))


async def goes(person: Person, *steps: Step) -> None:
    for step in steps:
        await step(person)
        await person.answered()
