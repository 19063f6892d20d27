"""The composition root: every channel that has settings, delivery and the clockwork, in one process.

No room knows a room above itself. The intake, the senders and the clocks, which would point up, are handed in here.
"""

import asyncio
import gc
import logging
import random
import secrets
import socket
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from aiohttp import web as aiohttp_web

from bot.beside import Late, Platform, load
from bot.clock import system_now
from bot.errors import UsageError
from bot.making import filing
from bot.operations.housekeeping import Housekeeping
from bot.prepare import OpenInstallation, prepare
from bot.settings import Settings
from bot.supervisor import Service, Supervisor
from channels import web
from channels.push.knocking import Knocking, PushSettings
from channels.zalo.limits import BURST, MESSAGES_A_SECOND
from conversation.intake import Intake
from handlers import on_a_tick
from reports.gallery import Gallery
from scheduler.clockwork import Clockwork
from scheduler.delivery import Delivery, Lane, Sources
from scheduler.disk_alerts import warn_of_full_disk
from scheduler.filing import Filing
from scheduler.rate import Rate
from scheduler.ticker import Ticker
from storage.files.media import MediaStore

log = logging.getLogger(__name__)


class App:
    """One process of the bot. Made inside the running loop; `run` serves until it is stopped."""

    def __init__(self, settings: Settings, prepared: OpenInstallation) -> None:
        self._settings = settings
        self._prepared = prepared
        self._store = MediaStore(settings.media)
        self._gallery = Gallery(settings.media / "rendered", self._store)
        self._intake = Intake(prepared.database, prepared.world, system_now, time.monotonic)
        self._secret = settings.key()
        self._pushing = PushSettings(self._secret, settings.public_url)
        self._services: list[tuple[str, Service]] = []
        self._routes: list[aiohttp_web.RouteDef] = []
        self._lanes: list[Lane] = []
        self._closing: list[Callable[[], Awaitable[None]]] = []
        self._supervisor = Supervisor()
        self._refusal: ValueError | None = None

    async def run(self) -> None:
        """Serve until SIGTERM or SIGINT, then finish what is in flight."""
        self._add_zalo()
        listener = web.listen(self._settings.host, self._settings.port)
        application = web.application(self._web_ports())
        delivery = self._delivery()
        supervisor = self._supervisor
        supervisor.add("web", lambda stop: self._serve(application, listener, stop))
        if self._settings.telegram_token is not None:
            hook = Late()
            if self._settings.webhook:
                self._routes.append(aiohttp_web.post("/telegram/{bot}", hook.handle))
            supervisor.add("telegram", lambda stop: self._add_telegram(delivery, hook, stop))
        application.add_routes(self._routes)
        for name, service in (*self._services, *self._background(delivery)):
            supervisor.add(name, service)
        # What was made so far lives as long as the process: the collector need not look at it again.
        gc.collect()
        gc.freeze()
        try:
            await supervisor.run()
        finally:
            for close in self._closing:
                await close()
        if self._refusal:
            raise self._refusal
        log.info("stopped")

    async def _serve(self, application: aiohttp_web.Application, listener: socket.socket, stop: asyncio.Event) -> None:
        # Not before: only from here on a signal ends the process in order.
        log.info("listening at %s; links begin with %s", _address(listener), self._settings.links_begin)
        await web.serve(application, listener, stop)

    def _web_ports(self) -> web.Ports:
        return web.Ports(
            database=self._prepared.database,
            submit=self._intake,
            now=system_now,
            monotonic=time.monotonic,
            new_token=secrets.token_urlsafe,
            secret=self._secret,
            store=self._store,
            gallery=self._gallery,
            place=self._prepared.place,
            public_url=self._settings.public_url,
            proxies=web.Proxies(self._settings.trusted_proxies),
            push_key=self._pushing.public_key,
        )

    def _delivery(self) -> Delivery:
        prepared = self._prepared
        sources = Sources(
            now=system_now,
            machine=system_now,
            chance=random.random,
            token=lambda: secrets.token_hex(8),
            file_of=self._gallery.path_of,
        )
        return Delivery(prepared.database, prepared.plan, prepared.calendar, self._lanes, sources)

    def _background(self, delivery: Delivery) -> Sequence[tuple[str, Service]]:
        prepared = self._prepared
        first = partial(on_a_tick.tasks, prepared.plan)
        ticker = Ticker(prepared.database, prepared.plan, prepared.calendar, time.monotonic, first)
        clockwork = Clockwork(lambda: self._tick(ticker), time.monotonic)
        return (
            ("delivery", delivery.run),
            ("files", self._filing().run),
            ("push", self._knocking().run),
            ("clockwork", clockwork.run),
            ("housekeeping", Housekeeping(prepared.database, self._store, self._gallery, system_now).run),
        )

    def _knocking(self) -> Knocking:
        return Knocking(
            self._prepared.database, self._pushing, now=system_now, machine=system_now, chance=random.random
        )

    def _filing(self) -> Filing:
        return filing(self._prepared.database, self._settings, self._store, system_now, self._prepared.world)

    async def _tick(self, ticker: Ticker) -> None:
        now = system_now()
        await ticker.tick(now)
        if self._store.is_full:
            await self._prepared.database.awrite(lambda db: warn_of_full_disk(db, now))

    async def _add_telegram(self, delivery: Delivery, hook: Late, stop: asyncio.Event) -> None:
        """Load the channel, then serve it; a setting that cannot work ends the process."""
        try:
            channel = await load(self._make_telegram)
        except ValueError as error:
            self._refusal = error
            stop.set()
            return
        self._closing.append(channel.close)
        hook.handler = channel.handle
        delivery.add(channel.lane)
        for name, service in channel.services():
            self._supervisor.add(name, service)
        self._tell("Telegram", channel.bot)

    def _make_telegram(self) -> Platform:
        # aiogram takes seconds to import: only where the channel is started.
        from channels.telegram.channel import Telegram, TelegramProcess, TelegramSettings

        assert self._settings.telegram_token  # noqa: S101 (nothing is made without one)
        settings = TelegramSettings(
            token=self._settings.telegram_token.get_secret_value(),
            api=self._settings.telegram_api,
            database_url=self._settings.database_url,
            webhook=self._settings.webhook,
            public_url=self._settings.links_begin,
            secret=self._secret,
        )
        process = TelegramProcess(
            database=self._prepared.database,
            submit=self._intake,
            media=self._store,
            now=system_now,
            machine=system_now,
            monotonic=time.monotonic,
            place=self._prepared.place,
        )
        return Telegram(settings, process)

    def _tell(self, channel: str, bot: str) -> None:
        log.info("%s: serving bot %s by %s", channel, bot, "webhook" if self._settings.webhook else "polling")

    def _add_zalo(self) -> None:
        if not self._settings.zalo_tokens:
            return
        from channels.zalo.channel import Zalo, ZaloProcess, ZaloSettings

        settings = ZaloSettings(
            tokens=[token.get_secret_value() for token in self._settings.zalo_tokens],
            api=self._settings.zalo_api,
            database_url=self._settings.database_url,
            webhook=self._settings.webhook,
            public_url=self._settings.links_begin,
            secret=self._secret,
            folder=self._settings.media,
        )
        process = ZaloProcess(
            database=self._prepared.database,
            submit=self._intake,
            media=self._store,
            now=system_now,
            machine=system_now,
            monotonic=time.monotonic,
        )
        channel = Zalo(settings, process)
        self._services += channel.services()
        self._routes += channel.routes()
        self._lanes += [Lane(sender, Rate(MESSAGES_A_SECOND, BURST, time.monotonic)) for sender in channel.senders]
        for sender in channel.senders:
            self._tell("Zalo", sender.bot)
        self._closing.append(channel.close)


async def serve(settings: Settings) -> None:
    """`python -m bot run`."""
    _check(settings)
    prepared = await asyncio.to_thread(prepare, settings, system_now())
    with prepared.database:
        try:
            await App(settings, prepared).run()
        except ValueError as error:
            raise UsageError(f"{error} Check the settings.") from error


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _check(settings: Settings) -> None:
    """Refuse to start with settings that cannot work."""
    for conflict in settings.conflicts():
        raise UsageError(conflict)
