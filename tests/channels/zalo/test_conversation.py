"""A whole conversation through the fake platform: join, report with a photo, summary with its picture."""

import asyncio
import io
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from aiohttp import web
from PIL import Image
from sqlalchemy import select

from bot.prepare import OpenInstallation
from channels.web.ports import Ports
from channels.web.server import application
from channels.zalo.channel import Zalo, ZaloProcess, ZaloSettings
from channels.zalo.limits import BURST, MESSAGES_A_SECOND
from conversation.intake import Intake
from reports.gallery import Gallery
from scheduler.delivery import Delivery, Lane, Sources
from scheduler.rate import Rate
from storage import tables as t
from storage.delivery import usage
from storage.directory import bots
from storage.files.media import MediaStore
from tests.channels.zalo.helpers import TOKEN, now
from tests.channels.zalo.officer import CODE, prepared
from tests.fakes.zalo import FakeZalo, Rules
from tests.process import free_port
from tests.waiting import until

SECRET = b"k" * 32


class Phone:
    """A person's Zalo: writes, waits for the answer, reads."""

    def __init__(self, zalo: FakeZalo, chat: str = "c1") -> None:
        self._zalo = zalo
        self._chat = chat
        self.written = 0

    async def says(self, *lines: str) -> str:
        for line in lines:
            await self._answered(partial(self._zalo.says, TOKEN, self._chat, line))
        return self._zalo.heard(self._chat)[-1]

    async def photographs(self) -> str:
        buffer = io.BytesIO()
        Image.new("RGB", (40, 30), "purple").save(buffer, "JPEG")
        await self._answered(lambda: self._zalo.sends_photo(TOKEN, self._chat, buffer.getvalue()))
        return self._zalo.heard(self._chat)[-1]

    async def sends_a_file(self) -> str:
        await self._answered(lambda: self._zalo.sends_file(TOKEN, self._chat))
        return self._zalo.heard(self._chat)[-1]

    async def _answered(self, write: Callable[[], object]) -> None:
        before = len(self._zalo.heard(self._chat))
        write()
        self.written += 1
        await until(lambda: len(self._zalo.heard(self._chat)) > before)


class Installation:
    """A process with the Zalo channel and delivery, as the composition root makes it."""

    def __init__(self, found: OpenInstallation, zalo: FakeZalo, folder: Path, port: int, *, webhook: bool) -> None:
        loop = asyncio.get_running_loop()
        media = MediaStore(folder / "media")
        gallery = Gallery(folder / "media" / "pictures", media)
        submit = Intake(found.database, found.world, now, time.monotonic)
        url = f"http://127.0.0.1:{port}"
        self.channel = Zalo(
            ZaloSettings(
                tokens=[TOKEN],
                api=zalo.url,
                database_url=f"sqlite:///{folder}/bot.db",
                webhook=webhook,
                public_url=url,
                secret=SECRET,
                folder=folder / "media",
            ),
            ZaloProcess(
                database=found.database,
                submit=submit,
                media=media,
                now=now,
                machine=machine,
                monotonic=loop.time,
            ),
        )
        place = found.place
        ports = Ports(found.database, submit, now, loop.time, lambda: "token", SECRET, media, gallery, place, url)
        self.app = application(ports)
        self.app.add_routes(self.channel.routes())
        lanes = [Lane(sender, Rate(MESSAGES_A_SECOND * 20, BURST, loop.time)) for sender in self.channel.senders]
        sources = Sources(now, machine, lambda: 0.5, lambda: "worker", gallery.path_of)
        self.delivery = Delivery(found.database, found.plan, found.calendar, lanes, sources)

    async def run(self, stop: asyncio.Event) -> None:
        services = [service for _, service in self.channel.services()]
        await asyncio.gather(*(service(stop) for service in [*services, self.delivery.run]))
        await self.channel.close()


def machine() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(params=["polling", "webhook"])
async def phone(
    request: pytest.FixtureRequest, zalo: FakeZalo, found: OpenInstallation, tmp_path: Path
) -> AsyncIterator[Phone]:
    """Somebody who writes to a running installation."""
    with found.database:
        port = free_port()
        installation = Installation(found, zalo, tmp_path, port, webhook=request.param == "webhook")
        runner = web.AppRunner(installation.app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        stop = asyncio.Event()
        running = asyncio.create_task(installation.run(stop))
        await until(lambda: zalo.bots[TOKEN].webhook or zalo.bots[TOKEN].polls)
        yield Phone(zalo)
        stop.set()
        await running
        await runner.cleanup()


@pytest.fixture
def found(tmp_path: Path) -> OpenInstallation:
    return prepared(tmp_path)


@pytest.fixture
def rules() -> Rules:
    return Rules(picture_delay=0.01)


async def test_an_event_is_reported_in_at_most_nine_messages(phone: Phone, found: OpenInstallation) -> None:
    assert "Tôi đồng ý" in await phone.says(f"ma {CODE}")
    await phone.says("1")
    before = phone.written
    assert "hôm nay" in (await phone.says("báo cáo", "1", "1")).casefold()
    assert "Bao nhiêu người dự" in await phone.says("hôm nay", "người dân")
    review = await phone.says("nữ 30 nam 15")
    assert "gửi" in review
    assert not [line for line in review.splitlines() if line[:1].isdigit() and "Gửi" in line]
    assert "Đã lưu" in await phone.says("gửi")
    assert phone.written - before <= 9
    reports = found.database.read(lambda db: db.execute(select(t.activity_line.c.women, t.activity_line.c.men)).all())
    assert [tuple(report) for report in reports] == [(30, 15)]


async def test_a_photo_a_file_and_the_picture_of_the_week(
    phone: Phone, zalo: FakeZalo, found: OpenInstallation
) -> None:
    await phone.says(f"ma {CODE}", "1", "báo cáo", "1", "1", "hôm nay", "1", "nữ 30 nam 15")
    asked = await phone.says("hình ảnh")
    assert "/q/" in asked
    await phone.photographs()
    await until(lambda: _photo_states(found) == ["stored"])
    assert "/q/" in await phone.sends_a_file()
    await phone.says("xem lại", "gửi")
    await phone.says("tóm tắt")
    await until(lambda: zalo.sent[-1].picture and len(zalo.sent[-1].fetched) == 2)
    assert zalo.sent[-1].fetched[0].startswith(b"\x89PNG")


async def test_the_meter_agrees_with_the_platform(phone: Phone, zalo: FakeZalo, found: OpenInstallation) -> None:
    await phone.says(f"ma {CODE}", "1", "2")
    meter = zalo.bots[TOKEN]
    await until(lambda: found.database.read(lambda db: usage.of(db, "zalo", "100", "2026-11")).used == meter.messages)
    assert found.database.read(lambda db: bots.bots(db, "zalo")) == [bots.Bot("zalo", "100", "bot.govap")]
    assert zalo.bots[TOKEN].most_pollers <= 1


def _photo_states(found: OpenInstallation) -> list[str]:
    return list(found.database.read(lambda db: db.scalars(select(t.attachment.c.state)).all()))
