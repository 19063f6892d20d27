"""Runs our process with the one channel on a database where everybody has joined: `python -m bot run` without the web.

The pace is the server's, since Telegram's 30 messages a second would otherwise be all that is measured.
"""

import asyncio
import gc
import secrets
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from bench.telegram_chats import FIRST_CHAT
from bot.prepare import OpenInstallation, prepare
from bot.settings import Settings
from bot.supervisor import Supervisor
from channels.telegram.channel import Telegram, TelegramProcess, TelegramSettings
from channels.telegram.pace import SendingPace
from conversation.intake import Intake
from reports.gallery import Gallery
from scheduler.delivery import Delivery, Sources
from services import consent
from storage.directory import accounts, persons, roles, units
from storage.files.media import MediaStore

UNLIMITED = SendingPace(1e6, 1_000_000, 1e6, 1_000_000)


def now() -> datetime:
    return datetime.now(UTC)


def settle_in(prepared: OpenInstallation, bot: str, chats: int) -> None:
    """Let everybody join and agree."""

    def job(db: Connection) -> None:
        unit = units.unit_id(db, "P10-KP05")
        assert unit is not None
        for n in range(chats):
            person = persons.add_person(db, f"Lan {n}", "vi", now())
            accounts.add_account(db, person, "telegram", bot, str(FIRST_CHAT + n), now())
            roles.assign(db, person, "propagandist", unit, now())
            consent.give(db, person, consent.VERSION, now())

    prepared.database.write(job).result()


async def serve(token: str, api: str, folder: Path, chats: int) -> None:
    """Serve until the process is ended."""
    settings = Settings(database_url=f"sqlite:///{folder / 'ours.db'}", media=folder / "media")
    prepared = prepare(settings, now())
    store = MediaStore(settings.media)
    gallery = Gallery(settings.media / "rendered", store)
    intake = Intake(prepared.database, prepared.world, now, time.monotonic)
    telegram = Telegram(
        TelegramSettings(token, api, settings.database_url, webhook=False, public_url="", secret=b"", pace=UNLIMITED),
        TelegramProcess(prepared.database, intake, store, now, now, time.monotonic, prepared.place),
    )
    settle_in(prepared, telegram.bot, chats)
    sources = Sources(now, now, secrets.SystemRandom().random, lambda: secrets.token_hex(8), gallery.path_of)
    delivery = Delivery(prepared.database, prepared.plan, prepared.calendar, [telegram.lane], sources)
    supervisor = Supervisor()
    supervisor.add("delivery", delivery.run)
    for name, service in telegram.services():
        supervisor.add(name, service)
    gc.collect()
    gc.freeze()
    await supervisor.run()
    await telegram.close()
    prepared.database.close()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])))
