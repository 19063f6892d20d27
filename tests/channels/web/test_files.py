"""Photos and files in both directions: limits and types, and nobody else's eyes."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import Connection, insert

from channels.web import Ports, uploads
from channels.web.limits import MAX_FIELDS, MEGABYTE
from messages import Document, File, Outgoing, Picture, encode
from reports.pictures.invitation import invitation_card
from storage import tables as t
from storage.files.media import KeptFile, MediaFull, MediaStore
from tests.channels.web.browser import Browser, Stream
from tests.channels.web.conftest import Submits
from tests.channels.web.test_stream import NEW, account_of
from tests.waiting import PATIENCE


def photo(kind: str = "PNG", size: int = 48) -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, size), "#752f63").save(out, kind)
    return out.getvalue()


async def test_a_photo_is_stored_and_shown_to_its_sender_only(hoa: Browser, submits: Submits) -> None:
    answer = await hoa.uploads("hinh.png", photo())
    assert answer.status == 200
    sha256 = (await answer.json())["file"]
    taken = submits.taken[-1].content
    assert isinstance(taken, File)
    assert (taken.is_image, taken.mime, taken.sha256) == (True, "image/jpeg", sha256)

    shown = await hoa.client.get(f"{hoa.chat}media/own/{sha256}")
    assert shown.status == 200
    assert shown.content_type == "image/jpeg"
    assert shown.headers["Content-Security-Policy"] == "sandbox"
    await hoa.joins("ward_chair", "P10")
    assert (await hoa.client.get(f"{hoa.chat}media/own/{sha256}")).status == 404


@pytest.mark.parametrize(
    ("name", "data", "kind", "status", "error"),
    [
        ("hinh.jpg", b"%PDF-1.4 nothing to see", "photo", 415, "no_photo"),
        ("hinh.jpg", photo()[:60], "photo", 415, "no_photo"),
        ("hinh.png", b"", "photo", 400, "empty_file"),
        ("trang.html", b"<script>alert(1)</script>", "file", 415, "file_type"),
        ("anh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file", 415, "file_type"),
        ("bang.xlsx", b"MZ not a workbook", "file", 415, "file_type"),
        ("chu.txt", b"a\x00b", "file", 415, "file_type"),
        ("anh.jpg", b"renamed", "file", 415, "no_photo"),
        ("khongduoi", b"x", "file", 415, "file_type"),
    ],
)
async def test_what_cannot_be_taken_is_refused_in_words(  # noqa: PLR0917 (a table)
    hoa: Browser, submits: Submits, name: str, data: bytes, kind: str, status: int, error: str
) -> None:
    submits.taken.clear()
    answer = await hoa.uploads(name, data, kind)
    body = await answer.json()
    assert (answer.status, body["error"]) == (status, error)
    assert "nhé" in body["message"]
    assert not submits.taken


@pytest.mark.parametrize(
    ("kind", "megabytes", "error"),
    [("photo", 13, "photo_too_big"), ("file", 21, "file_too_big"), ("photo", 50, "photo_too_big")],
)
async def test_what_is_too_big_is_refused_with_its_size_and_not_by_a_broken_connection(
    hoa: Browser, submits: Submits, kind: str, megabytes: int, error: str
) -> None:
    submits.taken.clear()
    answer = await hoa.uploads("to.jpg" if kind == "photo" else "to.pdf", bytes(megabytes * MEGABYTE), kind)
    body = await answer.json()
    assert (answer.status, body["error"]) == (413, error)
    assert f"({megabytes} MB)" in body["message"]
    assert not submits.taken


@pytest.mark.parametrize("name", ["bieu mau.pdf", "../../etc/passwd.pdf", "a" * 300 + ".pdf", "tệp\t\u202e.pdf"])
async def test_a_document_keeps_only_a_harmless_name(hoa: Browser, submits: Submits, name: str) -> None:
    assert (await hoa.uploads(name, b"%PDF-1.4 " + b"x" * 100, "file")).status == 200
    taken = submits.taken[-1].content
    assert isinstance(taken, File)
    assert taken.mime == "application/pdf"
    assert "/" not in taken.name
    assert len(taken.name) <= 80


async def test_a_full_disk_is_said_and_nothing_is_taken(
    hoa: Browser, submits: Submits, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: MediaStore, _source: object) -> KeptFile:
        raise MediaFull

    submits.taken.clear()
    monkeypatch.setattr(MediaStore, "keep", full)
    answer = await hoa.uploads("hinh.png", photo())
    assert answer.status == 507
    assert "hết chỗ" in (await answer.json())["message"]
    assert not submits.taken


@pytest.mark.parametrize("body", [b"", b"not multipart", b"--x\r\n\r\n"])
async def test_a_form_that_is_none_is_refused(hoa: Browser, body: bytes) -> None:
    for kind in ("text/plain", "multipart/form-data; boundary=x"):
        answer = await hoa.client.post(f"{hoa.chat}files", data=body, headers={"Content-Type": kind})
        assert answer.status == 400


def queued(hoa: Browser, message: Outgoing) -> int:
    """The row of a message to her."""
    account, now = account_of(hoa), hoa.place.now

    def job(db: Connection) -> int:
        row = {"account_id": account, "kind": "notice", "created_at": now, "body": encode(message)}
        return int(db.execute(insert(t.outbox).values(row | NEW).returning(t.outbox.c.id)).scalar_one())

    return hoa.place.database.write(job).result()


async def test_a_picture_is_drawn_for_its_own_chat_only(hoa: Browser) -> None:
    card = invitation_card("https://bot.example/j/K7MP-4XQ2", "K7MP-4XQ2", "…", "P10", date(2026, 12, 1), "vi")
    row = queued(hoa, Outgoing("mã", pictures=(card,)))
    shown = await hoa.client.get(f"{hoa.chat}media/{row}/0")
    assert shown.status == 200
    assert Image.open(BytesIO(await shown.read())).format == "PNG"
    assert "private" in shown.headers["Cache-Control"]
    await hoa.joins("ward_chair", "P10")
    assert (await hoa.client.get(f"{hoa.chat}media/{row}/0")).status == 404
    assert (await hoa.client.get(f"{hoa.chat}media/{10**17}/0")).status == 404


async def test_each_part_of_a_message_has_its_own_address(hoa: Browser, tmp_path: Path) -> None:
    kept = [MediaStore(tmp_path / "media").put(content) for content in (b"one", b"two", b"paper")]
    stored = [Picture("stored", {"sha256": sha256}, f"hình {n}") for n, sha256 in enumerate(kept[:2], 1)]
    paper = Document("stored", {"sha256": kept[2]}, "báo cáo.pdf")
    row = queued(hoa, Outgoing("Khu phố 5", pictures=tuple(stored), document=paper))
    history = await (await hoa.client.get(f"{hoa.chat}history?before={row + 1}")).json()
    seen = history["rows"][-1]
    assert [each["alt"] for each in seen["pictures"]] == ["hình 1", "hình 2"]
    parts = [*seen["pictures"], seen["document"]]
    assert [await (await hoa.client.get(each["src"])).read() for each in parts] == [b"one", b"two", b"paper"]
    assert (await hoa.client.get(f"{hoa.chat}media/{row}/3")).status == 404


async def at_the_photos(hoa: Browser) -> Stream:
    """Somebody who is asked for photos, and what they hear from there on."""
    for line in ("báo cáo", "1", "2", "hôm nay", "1", "nữ 30 nam 15"):
        await hoa.says(line)
    stream = await hoa.listens()
    await stream.until("ready")
    return stream


async def test_photos_that_were_chosen_together_are_answered_once(hoa: Browser) -> None:
    stream = await at_the_photos(hoa)
    for number, more in enumerate(("1", "1", "")):
        assert (await hoa.uploads("hinh.png", photo(size=10 + number), album="a1", more=more)).status == 200
    assert "📷 3" in (await stream.message())["text"]
    await hoa.uploads("hinh.png", photo(size=20), album="a2", more="")
    assert "📷 4" in (await stream.message())["text"]
    await stream.close()


async def test_when_the_last_of_them_is_refused_the_others_are_answered(hoa: Browser) -> None:
    stream = await at_the_photos(hoa)
    for number in range(2):
        await hoa.uploads("hinh.png", photo(size=10 + number), album="a1", more="1")
    assert (await hoa.uploads("hinh.png", b"no photo", album="a1", more="")).status == 415
    assert "📷 2" in (await stream.message())["text"]
    await stream.close()


@pytest.mark.parametrize("fields", [{f"field{number}": "x" for number in range(MAX_FIELDS)}, {"album": "x" * 10_000}])
async def test_a_form_that_no_page_sends_is_not_read_on(hoa: Browser, fields: dict[str, str]) -> None:
    answer = await hoa.uploads("hinh.png", photo(), **fields)
    assert (answer.status, (await answer.json())["error"]) == (400, "not_understood")


async def test_one_chat_takes_two_places_for_uploads_and_the_page_tries_again(
    hoa: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, held, keep = asyncio.Event(), asyncio.Semaphore(0), uploads.keep

    async def slowly(ports: Ports, upload: uploads.Upload, person_id: int) -> tuple[File, KeptFile]:
        held.release()
        await go_on.wait()
        return await keep(ports, upload, person_id)

    monkeypatch.setattr(uploads, "keep", slowly)
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
        first = [group.create_task(hoa.uploads("hinh.png", photo())) for _ in range(2)]
        for _ in first:
            await held.acquire()
        busy = await hoa.uploads("hinh.png", photo())
        assert (busy.status, (await busy.json())["error"]) == (503, "busy")
        go_on.set()
    assert [task.result().status for task in first] == [200, 200]
    assert (await hoa.uploads("hinh.png", photo())).status == 200


async def test_an_upload_that_never_ends_is_ended(hoa: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "UPLOAD_LIFE", 0.05)
    gone = asyncio.Event()

    async def drip() -> AsyncIterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="id"\r\n\r\n'
        await gone.wait()

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    async with asyncio.timeout(PATIENCE):
        answer = await hoa.client.post(f"{hoa.chat}files", data=drip(), headers=headers)
    assert (answer.status, (await answer.json())["error"]) == (408, "too_slow")
    gone.set()
