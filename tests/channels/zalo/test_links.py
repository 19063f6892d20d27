"""Links that carry their own permission, and the files behind them."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from channels.zalo.public_files import PublicFiles
from channels.zalo.signing import Signer
from tests.channels.zalo.helpers import NOW

SECRET = b"k" * 32
HOUR = timedelta(hours=1)


def test_a_link_opens_what_it_was_signed_for_until_it_is_over() -> None:
    signer = Signer(SECRET, "test")
    token = signer.sign((7, "place", "Tọa đàm"), NOW, HOUR)
    assert signer.read(token, NOW + HOUR - timedelta(seconds=1)) == (7, "place", "Tọa đàm")
    assert signer.read(token, NOW + HOUR) is None


def test_a_link_is_worth_nothing_elsewhere() -> None:
    token = Signer(SECRET, "test").sign((7,), NOW, HOUR)
    assert Signer(SECRET, "other").read(token, NOW) is None
    assert Signer(b"x" * 32, "test").read(token, NOW) is None


@given(st.text(max_size=60))
def test_no_made_up_token_opens_anything(token: str) -> None:
    assert Signer(SECRET, "test").read(token, NOW) is None


def test_a_changed_token_opens_nothing() -> None:
    signer = Signer(SECRET, "test")
    token = signer.sign((7,), NOW, HOUR)
    for place in range(len(token)):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert signer.read(changed, NOW) is None
        assert signer.read(token[:place], NOW) is None


ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@pytest.mark.parametrize("opens", [(7,), (12,), (123,)], ids=["no padding", "one", "two"])
def test_a_token_has_one_spelling(opens: tuple[int, ...]) -> None:
    signer = Signer(SECRET, "test")
    token = signer.sign(opens, NOW, HOUR)
    body, signature = token.split(".")
    others = {
        *(f"{body[:-1]}{last}.{signature}" for last in ALPHABET),
        *(f"{body}.{signature[:-1]}{last}" for last in ALPHABET),
        *(
            f"{left}{body}{middle}.{signature}{right}"
            for left, middle, right in [(" ", "", ""), ("", "=", ""), ("", "", "=")]
        ),
        *(f"{token}{more}" for more in (".", "==", " ", "\n", "%3D", "\x00")),
        token.replace("-", "+").replace("_", "/") + "=",
        token.upper(),
        token.lower(),
    } - {token}
    assert [other for other in others if signer.read(other, NOW) is not None] == []
    assert signer.read(token, NOW) == opens


class Clock:
    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def files(tmp_path: Path, clock: Clock) -> AsyncIterator[PublicFiles]:
    """Links to a folder that is really served."""
    (tmp_path / "media" / "ab").mkdir(parents=True)
    (tmp_path / "secret").write_text("canary")
    app = web.Application()
    runner = web.AppRunner(app)
    served = PublicFiles(SECRET, "http://pending", tmp_path / "media", clock)
    app.add_routes(served.routes())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    yield PublicFiles(SECRET, f"http://{host}:{port}", tmp_path / "media", clock)
    await runner.cleanup()


async def get(address: str) -> tuple[int, bytes, dict[str, str]]:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.read(), dict(answer.headers)


async def test_a_picture_is_served_more_than_once_and_for_a_week(
    files: PublicFiles, tmp_path: Path, clock: Clock
) -> None:
    picture = tmp_path / "media" / "ab" / "week.png"
    picture.write_bytes(b"png")
    link = files.link(picture, NOW)
    for days in (0, 3, 6):
        clock.time = NOW + timedelta(days=days)
        status, body, headers = await get(link)
        assert (status, body, headers["Content-Type"]) == (200, b"png", "image/png")
        assert headers["X-Robots-Tag"] == "noindex"
    clock.time = NOW + timedelta(days=7)
    assert (await get(link))[0] == 404


async def test_a_document_is_saved_under_its_name(files: PublicFiles, tmp_path: Path) -> None:
    document = tmp_path / "media" / "ab" / "abcdef"
    document.write_bytes(b"xlsx")
    status, body, headers = await get(files.link(document, NOW, "Báo cáo tuần 45.xlsx"))
    assert (status, body) == (200, b"xlsx")
    assert headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''B%C3%A1o")


async def test_nothing_outside_the_folder_gets_a_link(files: PublicFiles, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="subpath"):
        files.link(tmp_path / "media" / ".." / "secret", NOW)


async def test_a_signed_way_out_of_the_folder_opens_nothing(files: PublicFiles, tmp_path: Path) -> None:
    (tmp_path / "media" / "ab" / "away").symlink_to(tmp_path / "secret")
    link = files.link(tmp_path / "media" / "here", NOW)
    for way in ("../secret", "ab/away", str(tmp_path / "secret")):
        token = Signer(SECRET, "zalo file").sign((way, ""), NOW, HOUR)
        assert (await get(f"{link.rpartition('/zalo/')[0]}/zalo/files/{token}/anh.jpg"))[0] == 404


async def test_a_link_to_a_file_that_is_gone_says_so(files: PublicFiles, tmp_path: Path) -> None:
    gone = tmp_path / "media" / "ab" / "gone.png"
    assert (await get(files.link(gone, NOW)))[0] == 404


@pytest.mark.parametrize(("url", "reachable"), [("https://bot.example", True), ("http://127.0.0.1:8080", False)])
def test_only_a_public_https_server_can_be_fetched_from(url: str, reachable: bool, tmp_path: Path) -> None:
    assert PublicFiles(SECRET, url, tmp_path, lambda: NOW).is_reachable is reachable
