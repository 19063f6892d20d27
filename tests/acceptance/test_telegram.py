"""`python -m bot run` against the fake Telegram: join by a link, report with a photo, correct, the week's summary."""

import io
import re
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from tests.commandline import told
from tests.fakes.telegram import FakeTelegram, Someone, serving
from tests.process import BotProcess, nothing_is_in_hand
from tests.waiting import until

pytestmark = pytest.mark.usefixtures("day_with_room")


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with serving(repeat_pause=0.1) as fake:
        yield fake


@pytest.fixture
async def bot(telegram: FakeTelegram, tmp_path: Path) -> AsyncIterator[BotProcess]:
    process = BotProcess(tmp_path, {"BOT_TELEGRAM_TOKEN": telegram.token, "BOT_TELEGRAM_API": telegram.url})
    await process.start()
    yield process
    assert await process.end(signal.SIGTERM) == 0
    assert "canaryTOKEN" not in process.log.read_text()


def photo() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (400, 300), "purple").save(buffer, "JPEG")
    return buffer.getvalue()


async def test_the_main_job_in_telegram(bot: BotProcess, telegram: FakeTelegram, tmp_path: Path) -> None:
    lan = Someone(telegram.world, 7_001, "Lan")
    invited = told(tmp_path, "invite", "propagandist", "P10-KP05")

    lan.says(f"/start {invited['code']}")
    await lan.sees("Khu phố 5")
    lan.taps("Tôi đồng ý, bắt đầu")
    await lan.sees("Mọi việc bắt đầu từ menu này")
    lan.says("/baocao")
    await lan.sees("Anh/chị muốn báo việc gì?")
    lan.taps("Buổi sinh hoạt có người dự")
    await lan.sees("· Hoạt động nào?")
    shown = await lan.sees_edited("➤ Buổi sinh hoạt có người dự")
    assert "reply_markup" not in shown, "the old buttons are gone"

    # The machine goes down, and somebody writes meanwhile. (A kill while an answer is in hand is the crash test's.)
    await nothing_is_in_hand(tmp_path / "var/bot.db")
    await bot.end(signal.SIGKILL)
    lan.says("2")
    await bot.start()
    await lan.sees("· Làm vào ngày nào?")
    lan.taps("Hôm nay")
    await lan.sees("· Đối tượng tham dự chủ yếu là ai?")
    lan.taps("Người dân")
    await lan.sees("· Bao nhiêu người dự?")
    lan.says("nữ 30 nam 15")
    await lan.sees("Nữ 30")
    lan.taps("Hình ảnh")
    await lan.sees("Tối đa 5 hình")
    lan.sends_photo(photo(), "tọa đàm")
    await until(lambda: kept_photos(tmp_path))
    lan.says("xem lại")
    await lan.sees("• Hình ảnh: 📷 1")
    lan.taps("Gửi báo cáo")
    await lan.sees("30 nữ, 15 nam")

    await corrects(lan)

    lan.says("/tomtat")
    summary = await lan.sees("Tuần")
    assert "31" in summary.get("caption", "") + summary.get("text", "")
    await until(lambda: any("photo" in message for message in lan.seen()))
    summary = told(tmp_path, "summary", "--unit", "P10-KP05")
    assert (summary["reports"], summary["female"], summary["male"]) == (1, 31, 15)
    await until(lambda: ("chat 7001", "") in telegram.world.menus)
    menu = {command["command"] for command in telegram.world.menus["chat 7001", ""]}
    assert {"baocao", "tomtat"} <= menu


async def corrects(lan: Someone) -> None:
    """One woman more than was reported."""
    lan.taps("Sửa báo cáo này")
    await lan.sees("Gửi báo cáo này nhé?")
    lan.taps("Sửa câu trả lời")
    await lan.sees("Anh/chị muốn sửa")
    lan.taps("Nữ 30")
    await lan.sees("Nữ\nĐã ghi: 30")
    lan.says("31")
    await lan.sees("Nữ 31")
    lan.taps("Gửi báo cáo")
    await lan.sees("31 nữ, 15 nam")


def kept_photos(folder: Path) -> list[Path]:
    return [path for path in (folder / "var/media").glob("??/*") if re.fullmatch("[0-9a-f]{64}", path.name)]
