"""One question in the browser: it opens for half an hour or until it is answered, and nothing else does."""

import asyncio
import io
import re
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from PIL import Image
from sqlalchemy import func, select

from bot.prepare import OpenInstallation
from channels.web.ports import Ports
from channels.web.server import application
from channels.zalo.question_page import QuestionPage
from messages import Wants
from reports.gallery import Gallery
from storage import tables as t
from storage.files.media import MediaStore
from tests.channels.zalo.helpers import NOW
from tests.channels.zalo.officer import CODE, Officer, prepared

TO_THE_PHOTOS = (CODE, "1", "báo cáo", "1", "1", "hôm nay", "2", "nữ 30 nam 15", "hình ảnh")


class Clock:
    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def found(tmp_path: Path) -> Iterator[OpenInstallation]:
    ready = prepared(tmp_path)
    with ready.database:
        yield ready


@pytest.fixture
async def officer(found: OpenInstallation) -> Officer:
    """Somebody who is asked for photos."""
    joined = Officer(found)
    await joined.says(*TO_THE_PHOTOS)
    return joined


@pytest.fixture
async def link(found: OpenInstallation, officer: Officer, clock: Clock, tmp_path: Path) -> AsyncIterator[str]:
    """The served link to the question that is open."""
    media = MediaStore(tmp_path / "media")
    ports = Ports(
        database=found.database,
        submit=officer.submit,
        now=clock,
        monotonic=asyncio.get_running_loop().time,
        new_token=lambda: "token",
        secret=b"k" * 32,
        store=media,
        gallery=Gallery(tmp_path / "gallery", media),
        place=found.place,
    )
    page = QuestionPage(ports.secret, "")
    app = application(ports)
    app.add_routes(page.routes())
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}" + page.link(*question(found, officer), clock())
    await runner.cleanup()


def question(found: OpenInstallation, officer: Officer) -> tuple[int, Wants]:
    """The account that is asked, and what for."""
    account = found.database.read(lambda db: db.scalar(select(t.account.c.id).where(t.account.c.external_id == "c1")))
    wants = officer.queued[-1].wants
    assert account is not None
    assert wants is not None
    return account, wants


def photo(name: str = "hop.jpg", color: str = "purple") -> aiohttp.FormData:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), color).save(buffer, "JPEG")
    form = aiohttp.FormData({"id": f"id-{color}", "kind": "photo"})
    form.add_field("file", buffer.getvalue(), filename=name)
    return form


async def get(address: str) -> tuple[int, str]:
    headers = {"Accept": "text/html"}
    async with aiohttp.ClientSession(headers=headers) as session, session.get(address) as answer:
        return answer.status, await answer.text()


async def post(address: str, form: aiohttp.FormData) -> tuple[int, str]:
    headers = {"Accept": "text/html"}
    async with aiohttp.ClientSession(headers=headers) as session, session.post(address, data=form) as answer:
        return answer.status, await answer.text()


async def test_the_question_is_shown_and_nothing_else_and_looking_changes_nothing(
    link: str, found: OpenInstallation, officer: Officer
) -> None:
    before = len(officer.queued)
    for _ in range(2):
        status, body = await get(link)
        assert status == 200
    assert "Hình ảnh" in body
    assert "Chị Hoa" not in body
    assert "30" not in re.sub(r"<[^>]+>", "", body)
    assert len(officer.queued) == before
    assert found.database.read(lambda db: db.scalar(select(func.count()).select_from(t.attachment))) == 0


async def test_a_photo_sent_there_goes_on_in_zalo(link: str, found: OpenInstallation, officer: Officer) -> None:
    status, body = await post(link, photo())
    assert status == 200
    assert "Zalo" in body
    row = found.database.read(lambda db: db.execute(select(t.attachment)).one())
    assert (row.state, row.is_image) == ("stored", True)
    assert "ảnh" in officer.sees.casefold()
    await officer.says("xem lại", "gửi")
    assert "Đã lưu" in officer.queued[-1].text


async def test_the_same_form_sent_twice_is_taken_once(link: str, found: OpenInstallation) -> None:
    for _ in range(2):
        await post(link, photo())
    assert found.database.read(lambda db: db.scalar(select(func.count()).select_from(t.attachment))) == 1


async def test_the_link_is_over_once_the_question_is_answered(link: str, officer: Officer) -> None:
    await officer.says("xem lại")
    assert (await get(link))[0] == 410
    assert (await post(link, photo()))[0] == 410


async def test_the_link_is_over_after_half_an_hour(link: str, clock: Clock) -> None:
    clock.time = NOW + timedelta(minutes=29)
    assert (await get(link))[0] == 200
    clock.time = NOW + timedelta(minutes=30)
    assert (await get(link))[0] == 410


async def test_a_changed_link_opens_nothing(link: str) -> None:
    assert (await get(link[:-3] + "abc"))[0] == 410


async def test_a_file_that_claims_to_be_a_photo_is_refused_in_words(link: str) -> None:
    form = aiohttp.FormData({"id": "id-1", "kind": "photo"})
    form.add_field("file", b"not a picture", filename="hop.jpg")
    status, body = await post(link, form)
    assert status == 415
    assert "hop.jpg" not in body


@pytest.mark.parametrize("fields", [{}, {"id": "x"}, {"id": "ảnh"}, {"kind": "photo"}])
async def test_a_form_without_its_parts_is_refused(link: str, fields: dict[str, str]) -> None:
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in fields.items():
        form.add_field(name, value)
    assert (await post(link, form))[0] == 400


async def test_only_the_message_that_asks_the_question_gets_a_link(officer: Officer) -> None:
    assert officer.queued[-1].wants is not None
    assert officer.queued[-2].wants is None
