"""`python -m bot run` killed and started anew in the middle of a conversation, by polling, by webhook and back."""

import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.fakes.telegram import Someone, serving
from tests.integration.crash.town import prepare_town, stored_reports
from tests.process import free_port, nothing_is_in_hand
from tests.warm import Warm, WarmProcess

PUBLIC = "https://bot.example"


async def dies_with_a_message_on_its_way(process: WarmProcess, folder: Path, write: Callable[[], object]) -> None:
    """Kill it in the moment of the message, with no answer in hand."""
    await nothing_is_in_hand(folder / "bot.db")
    write()
    await process.kill()


def reminders(folder: Path) -> int:
    """How many fell due meanwhile: it may be a Friday at three."""
    with closing(sqlite3.connect(folder / "bot.db")) as db:
        return int(db.execute("SELECT count(*) FROM outbox WHERE kind = 'digest'").fetchone()[0])


async def test_kills_and_changes_between_polling_and_webhook_lose_and_double_nothing(tmp_path: Path) -> None:
    (code,) = prepare_town(tmp_path, 1)
    async with serving(repeat_pause=0.1) as telegram:
        port = free_port()
        telegram.pusher.public, telegram.pusher.local = PUBLIC, f"http://127.0.0.1:{port}"
        settings = {
            "BOT_DATABASE_URL": "sqlite:///bot.db",
            "BOT_MEDIA": "media",
            "BOT_TELEGRAM_TOKEN": telegram.token,
            "BOT_TELEGRAM_API": telegram.url,
        }
        by_hook = {**settings, "BOT_WEBHOOK": "1", "BOT_PUBLIC_URL": PUBLIC, "BOT_PORT": str(port)}
        lan = Someone(telegram.world, 7_001, "Lan")

        with (
            Warm("channels.telegram.channel") as warm,
            WarmProcess(warm, tmp_path, settings) as polling,
            WarmProcess(warm, tmp_path, by_hook) as hooked,
        ):
            lan.says(f"/start {code}")
            await polling.start()
            await lan.sees("Khu phố 5")
            lan.taps("Tôi đồng ý, bắt đầu")
            await lan.sees("Mọi việc bắt đầu từ menu này")
            await dies_with_a_message_on_its_way(polling, tmp_path, lambda: lan.says("/baocao"))
            await polling.start()
            await lan.sees("Anh/chị muốn báo việc gì?")
            lan.taps("Buổi sinh hoạt có người dự")
            await lan.sees("Hoạt động nào?")

            await dies_with_a_message_on_its_way(polling, tmp_path, lambda: lan.says("2"))
            await hooked.start()
            await lan.sees("Làm vào ngày nào?")
            assert telegram.pusher.url == f"{PUBLIC}/telegram/4242"
            telegram.pusher.extra_deliveries = 1
            lan.taps("Hôm nay")
            await lan.sees("Đối tượng tham dự chủ yếu là ai?")

            await dies_with_a_message_on_its_way(hooked, tmp_path, lambda: lan.taps("Người dân"))
            await polling.start()
            await lan.sees("Bao nhiêu người dự?")
            assert not telegram.pusher.url
            lan.says("nữ 30 nam 15")
            await lan.sees("Nữ 30")
            lan.taps("Gửi báo cáo")
            await lan.sees("Đã lưu")
            assert await polling.end(signal.SIGTERM) == 0

    assert stored_reports(tmp_path) == {"7001": [30]}
    assert len(lan.texts()) == 9 + reminders(tmp_path), "one answer to each message"
    assert "canaryTOKEN" not in polling.log.read_text()
