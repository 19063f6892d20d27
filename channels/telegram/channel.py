"""Puts the Telegram channel of one bot together: the services that the process runs, and the sender."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiogram.methods import DeleteWebhook, GetWebhookInfo, SetWebhook, TelegramMethod
from aiohttp import web

from channels.fetching import Fetching
from channels.poller_lock import poller_lock, run_locked
from channels.ports import Now, Submit
from channels.telegram.client import Client
from channels.telegram.courier import TelegramCourier
from channels.telegram.failures import CallFailed
from channels.telegram.files import TelegramFiles
from channels.telegram.intake import TelegramIntake
from channels.telegram.outage import Outage, pause
from channels.telegram.pace import PUBLIC, ChatPace, SendingPace
from channels.telegram.polling import Polling
from channels.telegram.profile import Profile
from channels.telegram.reading import ALLOWED_UPDATES, CHANNEL
from channels.telegram.sender import TelegramSender
from channels.telegram.webhook import TelegramWebhook, webhook_path, webhook_secret
from scheduler.delivery import Lane
from scheduler.rate import Rate
from scheduler.waiting import comes_within
from storage.db.database import Database
from storage.files.media import MediaStore

LOOK_AT_WEBHOOK_SECONDS = 300.0
"""How often Telegram is asked whether it reaches us."""

Service = Callable[[asyncio.Event], Awaitable[None]]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """The settings of one bot. With `webhook` Telegram calls `public_url`; `secret` is the installation's."""

    token: str
    api: str
    database_url: str
    webhook: bool
    public_url: str
    secret: bytes
    pace: SendingPace = PUBLIC


@dataclass(frozen=True, slots=True)
class TelegramProcess:
    """Lent by the process: `now` is the conversation's clock, `machine` that of back-off (both aware)."""

    database: Database
    submit: Submit
    media: MediaStore
    now: Now
    machine: Now
    monotonic: Callable[[], float]
    place: str
    """The district's name: whose bot it is."""


class Telegram:
    """One bot. Raises at once for a token or secret that cannot work."""

    def __init__(self, settings: TelegramSettings, process: TelegramProcess) -> None:
        self._settings = settings
        self._client = Client(settings.token, settings.api)
        bot, database = self._client.bot_id, process.database
        self._intake = TelegramIntake(self._client, database, process.submit, process.now, Outage(process.monotonic))
        self._polling = Polling(self._client, self._intake, process.monotonic)
        self._secret = webhook_secret(settings.secret, bot) if settings.webhook else ""
        self._webhook = TelegramWebhook(self._intake, self._secret) if settings.webhook else None
        self._profile = Profile(self._client, database, process.now, process.place)
        self._fetching = Fetching(
            CHANNEL,
            bot,
            source=TelegramFiles(self._client),
            database=database,
            media=process.media,
            machine=process.machine,
            now=process.now,
        )
        self.bot = bot
        rate = Rate(settings.pace.overall, settings.pace.overall_burst, process.monotonic)
        courier = TelegramCourier(self._client, database)
        self.lane = Lane(TelegramSender(bot, courier, rate, ChatPace(settings.pace, process.monotonic)), rate)

    def services(self) -> list[tuple[str, Service]]:
        """The services that the supervisor keeps running, by name."""
        updates = self._bring if self._settings.webhook else self._fetch
        return [
            ("telegram updates", updates),
            ("telegram files", self._fetching.run),
            ("telegram menus", self._profile.run),
        ]

    async def handle(self, request: web.Request) -> web.Response:
        """Answer a call of `webhook_path`. Only our own bot's is taken, and none while we poll."""
        if self._webhook is None or request.match_info["bot"] != self.bot:
            raise web.HTTPNotFound
        return await self._webhook.handle(request)

    async def close(self) -> None:
        """Close the session, after the services have ended."""
        await self._intake.presses.drain()
        await self._client.close()

    async def _fetch(self, stop: asyncio.Event) -> None:
        lock = poller_lock(self._settings.database_url, CHANNEL, self.bot)
        await run_locked(lock, stop, self._poll)

    async def _poll(self, stop: asyncio.Event) -> None:
        # What waits for the webhook waits for the poll then: nothing is dropped.
        if await self._insist(DeleteWebhook(drop_pending_updates=False), stop):
            await self._polling.run(stop)

    async def _bring(self, stop: asyncio.Event) -> None:
        """Have Telegram call us, and check now and again that it still does."""
        url = self._settings.public_url.rstrip("/") + webhook_path(self.bot)
        hook = SetWebhook(url=url, secret_token=self._secret, allowed_updates=ALLOWED_UPDATES)
        await self._insist(hook, stop)
        while not await comes_within(stop, LOOK_AT_WEBHOOK_SECONDS):
            await self._look(hook, stop)

    async def _look(self, hook: SetWebhook, stop: asyncio.Event) -> None:
        try:
            info = await self._client.call(GetWebhookInfo())
        except CallFailed as failure:
            log.warning("Telegram cannot be asked about the webhook: %s", failure)
            return
        if info.last_error_message:
            log.error(
                "Telegram does not reach BOT_PUBLIC_URL (%s); %d updates wait there.",
                info.last_error_message,
                info.pending_update_count,
            )
        if info.url != hook.url:
            await self._insist(hook, stop)

    async def _insist(self, method: TelegramMethod[Any], stop: asyncio.Event) -> bool:
        """Call until it works; false if `stop` came first."""
        for attempt in range(1 << 30):
            try:
                await self._client.call(method)
            except CallFailed as failure:
                log.error("%s: %s", type(method).__name__, failure)  # noqa: TRY400 (a failure has no story to tell)
                if await comes_within(stop, pause(attempt)):
                    return False
            else:
                return True
        return False
