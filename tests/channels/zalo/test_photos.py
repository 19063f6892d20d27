"""Photos: fetched at once and kept, never from an address that leads inside."""

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from PIL import Image
from sqlalchemy import Connection, insert, select

from channels.fetching import Fetching, Gone, NotYet
from channels.zalo.photos import PhotoFetcher, PublicResolver, is_public
from storage import tables as t
from storage.db.database import Database
from storage.directory import accounts, persons
from storage.files.media import MediaStore
from tests.channels.zalo.helpers import NOW, now


def jpeg() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "purple").save(buffer, "JPEG")
    return buffer.getvalue()


async def _serve(request: web.Request) -> web.Response:
    kind = request.match_info["kind"]
    if kind == "redirect":
        raise web.HTTPFound("/photo")
    if kind == "inside":
        raise web.HTTPFound("https://127.0.0.2/photo")
    if kind == "loop":
        raise web.HTTPFound("/loop")
    answers: dict[str, dict[str, Any]] = {
        "photo": {"body": jpeg(), "content_type": "image/jpeg"},
        "page": {"text": "<html>", "content_type": "text/html"},
        "long": {"body": b"x" * ((12 << 20) + 1), "content_type": "image/jpeg"},
        "away": {"status": 503},
        "fake": {"body": b"not a picture", "content_type": "image/jpeg"},
    }
    return web.Response(**answers.get(kind, {"status": 404}))


@pytest.fixture
async def host() -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get("/{kind}", _serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    name, port = runner.addresses[0][:2]
    yield f"http://{name}:{port}"
    await runner.cleanup()


@pytest.fixture
async def fetcher() -> AsyncIterator[PhotoFetcher]:
    opened = PhotoFetcher(test_hosts=["127.0.0.1"])
    yield opened
    await opened.close()


@pytest.mark.parametrize("kind", ["photo", "redirect"])
async def test_a_photo_is_fetched_over_redirects(host: str, fetcher: PhotoFetcher, kind: str) -> None:
    assert await fetcher.fetch(f"{host}/{kind}") == jpeg()


@pytest.mark.parametrize("kind", ["missing", "page", "long", "loop", "inside"])
async def test_what_is_no_photo_never_comes(host: str, fetcher: PhotoFetcher, kind: str) -> None:
    with pytest.raises(Gone):
        await fetcher.fetch(f"{host}/{kind}")


async def test_a_server_in_trouble_is_tried_again(host: str, fetcher: PhotoFetcher) -> None:
    with pytest.raises(NotYet):
        await fetcher.fetch(f"{host}/away")


@pytest.mark.parametrize(
    "address",
    [
        "http://photo.example/a.jpg",
        "https://127.0.0.2/a.jpg",
        "https://[::1]/a.jpg",
        "https://[::ffff:10.0.0.1]/a.jpg",
        "https://169.254.169.254/latest",
        "https://photo.example:8443/a.jpg",
        "file:///etc/passwd",
        "https://",
        "",
    ],
)
async def test_an_address_that_could_lead_inside_is_not_followed(fetcher: PhotoFetcher, address: str) -> None:
    with pytest.raises(Gone):
        await fetcher.fetch(address)


async def test_a_name_that_leads_inside_is_not_resolved() -> None:
    resolver = PublicResolver(exempt=())
    with pytest.raises(OSError, match="not public"):
        await resolver.resolve("localhost", 443)
    assert await PublicResolver(exempt=["localhost"]).resolve("localhost", 443)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", True),
        ("10.1.2.3", False),
        ("224.0.0.1", False),
        ("2606:4700::1", True),
        ("::", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("ff0e::1", False),
        # IPv4 in other clothes: mapped, compatible, translated, NAT64, 6to4, Teredo (server and client).
        ("::ffff:8.8.8.8", True),
        ("::ffff:10.1.2.3", False),
        ("::10.1.2.3", False),
        ("::ffff:0:10.1.2.3", False),
        ("64:ff9b::8.8.8.8", True),
        ("64:ff9b::10.1.2.3", False),
        ("64:ff9b::127.0.0.1", False),
        ("64:ff9b::169.254.169.254", False),
        ("64:ff9b:1::8.8.8.8", True),
        ("64:ff9b:1::10.1.2.3", False),
        ("64:ff9b:1:7:8:9:10.1.2.3", False),
        ("64:ff9b:1:a01:2:300::", False),
        ("2002:808:808::1", True),
        ("2002:a01:203::1", False),
        ("2002:7f00:1::1", False),
        ("2001:0:808:808:0:0:f7f7:f7f7", True),
        ("2001:0:808:808:0:0:f5fe:fdfc", False),
        ("2001:0:a01:203:0:0:f7f7:f7f7", False),
    ],
)
def test_public_addresses_are_known(address: str, expected: bool) -> None:
    assert is_public(address) is expected


async def test_a_photo_that_came_is_kept(host: str, database: Database, fetcher: PhotoFetcher, tmp_path: Path) -> None:
    media = MediaStore(tmp_path / "media")
    await database.awrite(lambda db: _photo_from(db, f"{host}/photo"))
    fetching = Fetching("zalo", "100", source=fetcher, database=database, media=media, machine=now, now=now)
    assert await fetching.fetch_pending() == 1
    row = database.read(lambda db: db.execute(select(t.attachment)).one())
    assert row.state == "stored"
    with Image.open(media.path(row.sha256)) as picture:
        assert picture.size == (40, 30)


async def test_a_photo_that_cannot_be_kept_now_is_tried_again_later_and_counts_as_tried(
    host: str, database: Database, fetcher: PhotoFetcher, tmp_path: Path
) -> None:
    blocked = tmp_path / "media"
    blocked.write_text("a file where the folder should be")
    await database.awrite(lambda db: _photo_from(db, f"{host}/photo"))
    store = MediaStore(blocked)
    fetching = Fetching("zalo", "100", source=fetcher, database=database, media=store, machine=now, now=now)
    assert await fetching.fetch_pending() == 1
    assert await fetching.fetch_pending() == 0
    row = database.read(lambda db: db.execute(select(t.attachment)).one())
    assert (row.state, row.attempts) == ("pending", 1)


def _photo_from(db: Connection, remote: str) -> None:
    person = persons.add_person(db, "Chị Hoa", "vi", NOW)
    account = accounts.add_account(db, person, "zalo", "100", "c1", NOW)
    photo = {"person_id": person, "account_id": account, "state": "pending", "sha256": "", "name": "", "size": 0}
    more = {"mime": "image/jpeg", "is_image": True, "remote": remote, "attempts": 0, "created_at": NOW}
    db.execute(insert(t.attachment).values(**photo, **more))
