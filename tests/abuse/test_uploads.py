"""Photos and files: nobody fills the disk, holds another's place or keeps the others' photos waiting."""

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image
from sqlalchemy import Connection, func, insert, select

from channels.web import Ports, application, uploads
from channels.web.sessions import cookie_of, sign
from services import files
from storage import tables as t
from storage.db.database import open_database
from storage.files.fair_turns import FairTurns
from storage.files.media import MediaFull, MediaStore, free_space
from storage.records import attachments
from tests.channels.web.browser import Browser
from tests.conversation import Officer, Town, town
from tests.waiting import PATIENCE

DISK = 96 * 2**20
PDF = b"%PDF-1.7 " + bytes(2**20)
NOT_YET = {"state": "pending", "sha256": "", "name": "", "mime": "", "size": 0, "attempts": 0, "is_image": True}


def photo(side: int = 48) -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, side), "#752f63").save(out, "PNG")
    return out.getvalue()


def kept(folder: Path) -> list[Path]:
    return [path for path in (folder / "media").glob("??/*") if not path.name.startswith(".")]


@pytest.fixture
async def hoa(ports: Ports, gv: Town) -> AsyncIterator[Browser]:
    """The browser of an officer who has joined and agreed."""
    async with TestClient(TestServer(application(ports))) as client:
        browser = Browser(client, gv)
        await browser.joins("propagandist", "P10-KP05")
        await browser.presses("agree")
        yield browser


async def test_a_file_that_nothing_asked_for_is_not_kept(hoa: Browser, tmp_path: Path) -> None:
    assert (await hoa.uploads("tai-lieu.pdf", PDF, "file")).status == 200
    assert kept(tmp_path) == []
    await hoa.says("báo cáo")
    assert (await hoa.uploads("tai-lieu.pdf", PDF, "file")).status == 200
    assert kept(tmp_path) == []
    query = select(func.count()).select_from(t.attachment)
    assert hoa.place.database.read(lambda db: db.scalar(query)) == 0


async def test_a_photo_that_the_report_has_no_place_for_is_not_kept(hoa: Browser, tmp_path: Path) -> None:
    status = [(await hoa.uploads("hinh.png", photo(side))).status for side in range(10, 23)]
    assert set(status) == {200}
    named = hoa.place.database.read(lambda db: set(db.scalars(select(t.attachment.c.sha256))))
    assert 0 < len(named) < len(status)
    assert {path.name for path in kept(tmp_path)} == named


async def test_the_same_photo_of_somebody_else_stays(hoa: Browser, tmp_path: Path) -> None:
    await hoa.uploads("hinh.png", photo())
    assert len(kept(tmp_path)) == 1
    await hoa.joins("propagandist", "P10-KP06")  # who has not agreed yet: nothing of theirs is kept
    assert (await hoa.uploads("hinh.png", photo())).status == 200
    assert len(kept(tmp_path)) == 1


def further_account(officer: Officer, address: str) -> Officer:
    """One more account of the same person."""
    gv = officer.town

    def connect(db: Connection) -> None:
        mine = select(t.account).where(t.account.c.external_id == officer.account)
        row = dict(db.execute(mine).one()._mapping)
        del row["id"]
        db.execute(insert(t.account).values(row | {"external_id": address}))

    gv.database.write(connect).result()
    return Officer(gv, officer.channel, address)


def test_a_day_has_its_measure_for_a_person_whatever_accounts_they_use(
    gv: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "FILES_A_DAY", 3)
    officer = gv.joined("propagandist", "P10-KP05")
    other, colleague = further_account(officer, "second"), gv.joined("propagandist", "P10-KP06")
    for number, sender in enumerate((officer, other, officer)):
        sender.photographs(f"{number}" * 64)
        assert "trong một ngày" not in sender.text
    for sender in (officer, other):
        sender.photographs("a" * 64)
        sender.sees("đủ số hình và tệp", "Báo cáo vẫn gửi được")
    colleague.photographs("b" * 64)
    assert "trong một ngày" not in colleague.text
    gv.later(days=1)
    other.photographs("c" * 64)
    assert "trong một ngày" not in other.text


async def test_below_the_reserve_files_are_refused_and_reports_go_on(ports: Ports, gv: Town, tmp_path: Path) -> None:
    store = MediaStore(tmp_path / "media", free=lambda _: 2**20)
    async with TestClient(TestServer(application(replace(ports, store=store)))) as client:
        browser = Browser(client, gv)
        await browser.joins("propagandist", "P10-KP05")
        await browser.presses("agree")
        for name, data, kind in (("hinh.png", photo(), "photo"), ("to.pdf", bytes(5 * 2**20), "file")):
            answer = await browser.uploads(name, data, kind)
            assert answer.status == 507
            assert "hết chỗ" in (await answer.json())["message"]
        assert (await browser.says("báo cáo")).status == 200
    assert kept(tmp_path) == []


def takes(store: MediaStore, content: bytes) -> bool:
    try:
        store.put(content)
    except MediaFull:
        return False
    return True


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[tuple[Path, Callable[[Path], int]]]:
    """A disk of 96 MB and what tells its room: a real one where tests may mount one, else a folder that is measured."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)]
    if subprocess.run(mounting, capture_output=True, check=False).returncode == 0:
        yield folder, free_space
        subprocess.run(["umount", "-l", str(folder)], check=True)
    else:
        yield folder, lambda _: DISK - sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_a_small_disk_that_one_member_filled_still_takes_the_reports_of_the_others(
    small_disk: tuple[Path, Callable[[Path], int]], sqlite_template: Path
) -> None:
    folder, free = small_disk
    (folder / "bot.db").write_bytes(sqlite_template.read_bytes())
    store = MediaStore(folder / "media", free)
    with open_database(f"sqlite:///{folder / 'bot.db'}") as database:
        gv = town(database)
        filled = sum(takes(store, os.urandom(2**20)) for _ in range(DISK // 2**20))
        assert 20 < filled < 60
        for unit in ("P10-KP05", "P10-KP06", "P10-KP07"):
            officer = gv.joined("propagandist", unit)
            for _ in range(10):
                officer.reports()
        assert database.read(lambda db: db.scalar(select(func.count()).select_from(t.submission))) == 30


def cookie(ports: Ports, chat: str) -> dict[str, str]:
    return {"Cookie": f"{cookie_of(chat)}={sign(ports.secret, chat)}"}


async def test_a_persons_stalled_uploads_hold_nobody_elses_place(ports: Ports, gv: Town, hoa: Browser) -> None:
    """Eight connected browsers with two uploads each, none of which ends."""
    officer = gv.joined("propagandist", "P10-KP06")
    officer.bot = "web"
    gone = asyncio.Event()
    form = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\nabc'

    async def drip() -> AsyncIterator[bytes]:
        yield form
        await gone.wait()

    async def stalls(address: str) -> ClientResponse:
        headers = {"Content-Type": "multipart/form-data; boundary=b", **cookie(ports, address)}
        return await hoa.client.post(f"/c/{address}/files", data=drip(), headers=headers)

    addresses = [f"browser-{number}" for number in range(8)]
    for address in addresses:
        further_account(officer, address)
    with_bot = t.account.update().where(t.account.c.external_id.in_(addresses)).values(bot="web", channel="web")
    gv.database.write(lambda db: db.execute(with_bot)).result()
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
        held = [group.create_task(stalls(address)) for address in addresses for _ in range(2)]
        while sum(task.done() for task in held) < len(held) - 2:  # two hold a place, the others are told to wait
            await asyncio.sleep(0.01)
        assert {task.result().status for task in held if task.done()} == {503}
        assert (await hoa.uploads("hinh.png", photo())).status == 200
        gone.set()


async def test_an_upload_of_which_no_more_comes_is_cut(hoa: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "UPLOAD_STALL", 0.05)
    gone = asyncio.Event()

    async def drip() -> AsyncIterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n' + bytes(2**20)
        await gone.wait()

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    async with asyncio.timeout(PATIENCE):
        answer = await hoa.client.post(f"{hoa.chat}files", data=drip(), headers=headers)
    assert (answer.status, (await answer.json())["error"]) == (408, "too_slow")
    gone.set()


async def test_thirty_photos_of_one_person_let_anothers_first_one_pass() -> None:
    turns, order, begun = FairTurns(), list[int](), asyncio.Event()

    async def takes_a_turn(person: int) -> None:
        async with turns.turn(person):
            order.append(person)
            await begun.wait()

    async with asyncio.TaskGroup() as group:
        for person in (*([1] * 30), 2, 3, 2):
            group.create_task(takes_a_turn(person))
            await asyncio.sleep(0)
        given_up = group.create_task(takes_a_turn(4))
        await asyncio.sleep(0)
        given_up.cancel()
        begun.set()
    assert order[:6] == [1, 1, 2, 3, 1, 2]
    assert sorted(order) == [*([1] * 30), 2, 2, 3]


def test_what_a_platform_keeps_for_one_person_is_not_fetched_before_anothers_first(gv: Town) -> None:
    many, one = (gv.joined("propagandist", unit, channel="telegram") for unit in ("P10-KP05", "P10-KP06"))

    def photos(db: Connection) -> None:
        for officer, number in ((many, 30), (one, 1)):
            row = db.execute(select(t.account).where(t.account.c.external_id == officer.account)).one()
            ids = {"person_id": row.person_id, "account_id": row.id, "created_at": gv.now}
            db.execute(insert(t.attachment), [NOT_YET | ids | {"remote": f"{row.id}"} for _ in range(number)])

    gv.database.write(photos).result()
    machine = gv.now + timedelta(seconds=1)
    found = gv.database.read(lambda db: attachments.pending(db, "telegram", "bot", machine, 2))
    assert len({row.person_id for row in found}) == 2
