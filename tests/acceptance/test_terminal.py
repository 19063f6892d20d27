"""`python -m bot chat`: the terminal's contract, word by word, with the real process."""

import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.commandline import SETTINGS, Chat, told
from tests.process import environment

pytestmark = pytest.mark.usefixtures("day_with_room")
NOTHING = "a line is one JSON object"
KINDS = "a line holds text, choose, photo, file or location"


def typed(folder: Path, code: str, said: str) -> str:
    """What a person who types this sees, to the end of their input."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat", "--as", code],
        cwd=folder,
        env=environment(**SETTINGS),
        input=said,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def invite(folder: Path) -> str:
    return str(told(folder, "invite", "propagandist", "P10-KP05", **SETTINGS)["code"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation that these tests share, each with a person of its own."""
    return tmp_path_factory.mktemp("terminal")


@pytest.fixture
def chat(folder: Path) -> Iterator[Chat]:
    """Somebody with a fresh code who has not said anything yet."""
    started = Chat(folder, invite(folder))
    yield started
    assert started.end() == 0


def is_silent(chat: Chat, seconds: float) -> bool:
    assert chat.process.stdout
    readable, _, _ = select.select([chat.process.stdout], [], [], seconds)
    return not readable


def test_from_the_first_line_to_the_week_in_figures(chat: Chat, tmp_path: Path) -> None:
    assert is_silent(chat, 2), "something was printed before the first line in"
    first = chat.says("tôi đồng ý, bắt đầu")
    assert [message["text"][:9] for message in chat.heard] == ["Chào mừng", "Cảm ơn an"]
    assert "Lưu gì" in first
    assert set(chat.heard[0]) == {"text", "choices"}
    assert chat.heard[0]["choices"] == [{"id": "agree", "label": "Tôi đồng ý, bắt đầu"}]

    chat.says("báo cáo")
    for label in ("Buổi sinh hoạt", "Nói chuyện: gia đình", "Hôm nay", "Người dân"):
        chat.taps(label)
    assert "Nữ 30" in chat.says("nữ 30 nam 15")
    photo = tmp_path / "hình họp.png"
    Image.new("RGB", (80, 60), "teal").save(photo)
    chat.taps("Hình ảnh")
    chat.sends(photo=str(photo))
    chat.says("xem lại")
    assert "1" in chat.heard[-1]["text"]
    assert "Đã lưu" in chat.taps("Gửi báo cáo")

    chat.taps("Tóm tắt tuần")
    picture = Path(chat.folder, chat.heard[-1]["picture"])
    with Image.open(picture) as shown:
        assert (shown.format, shown.width > 300) == ("PNG", True)
    assert "30 nữ" in chat.heard[-1]["text"]
    assert chat.says("của tôi").startswith("Báo cáo của anh/chị tuần này")
    own = chat.heard[-1]["choices"][0]["id"]
    chat.sends(choose=own)
    with Image.open(Path(chat.folder, chat.heard[-1]["picture"])) as kept:
        assert kept.size == (80, 60)

    week = told(chat.folder, "summary", "--unit", "P10-KP05", **SETTINGS)
    assert (week["reports"], week["female"], week["male"]) == (1, 30, 15)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (b"text", NOTHING),
        (b'{"text": "x"', NOTHING),
        (b"[" * 100_000, NOTHING),
        (b'{"text": "\xff\xfe"}', "chưa hiểu"),
        (b"\xff", NOTHING),
        (b"[]", KINDS),
        (b"{}", KINDS),
        (b'{"text": 1}', KINDS),
        (b'{"text": null}', KINDS),
        (b'{"location": [1]}', KINDS),
        (b'{"location": [1e999, 2]}', "in degrees"),
        (b'{"location": [NaN, 2]}', "in degrees"),
        (b'{"photo": "/nowhere/hinh.jpg"}', "No such file"),
        (b'{"photo": "a\\u0000b"}', "No such file"),
        (b'{"file": "/"}', "Is a directory"),
        (b'{"photo": "bot.db"}', "cannot be taken as a photo"),
        (b'{"choose": ""}', "chưa hiểu"),
        (b'{"text": "\\ud800 \\u0000"}', "chưa hiểu"),
    ],
)
def test_a_line_that_cannot_be_taken_is_answered(joined: Chat, line: bytes, answer: str) -> None:
    assert answer in joined.writes(line)


@pytest.fixture(scope="module")
def joined(folder: Path) -> Iterator[Chat]:
    """Somebody who has agreed, for tests that leave nothing behind."""
    started = Chat(folder, invite(folder))
    started.says("tôi đồng ý, bắt đầu")
    yield started
    assert started.end() == 0


def test_empty_lines_mean_nothing(joined: Chat) -> None:
    assert joined.process.stdin
    joined.process.stdin.write(b"\n   \n")
    joined.process.stdin.flush()
    assert is_silent(joined, 0.5)
    joined.says("/menu")
    assert len(joined.heard) == 1


def test_a_later_run_goes_on_as_the_same_person_where_the_last_one_was_killed(folder: Path) -> None:
    code = invite(folder)
    first = Chat(folder, code)
    first.says("tôi đồng ý, bắt đầu")
    first.says("báo cáo")
    first.taps("Buổi sinh hoạt")
    first.kill()
    later = Chat(folder, code.lower().replace("-", " "))
    assert is_silent(later, 1.5)
    later.says("2")
    assert ["Làm vào ngày nào?" in message["text"] for message in later.heard] == [True]
    assert later.end() == 0


def test_a_wrong_code_is_answered_and_tried_once_a_run(folder: Path) -> None:
    chat = Chat(folder, "KKKK-KKKK")
    heard = [chat.says("xin chào") for _ in range(8)]
    assert "chưa đúng" in heard[0]
    assert heard[1:] == [""] * 7
    assert chat.end() == 0


def test_a_person_chooses_by_number_and_sends_files_by_path(folder: Path, tmp_path: Path) -> None:
    photo = tmp_path / "hinh.jpg"
    Image.new("RGB", (40, 30)).save(photo)
    lines = ["1", "báo cáo", "1", f"@{photo}", "@/nowhere.jpg", "", "99", "hủy", "1"]
    shown = typed(folder, invite(folder), "\n".join(lines) + "\n")
    assert shown.count("> ") == len(lines) + 1
    for part in ("  1. Tôi đồng ý, bắt đầu", "Cảm ơn anh/chị!", "  1. Buổi sinh hoạt", "No such file", "bản nháp"):
        assert part in shown, shown
