"""Puts the Zalo channel together: one session, and for each token a bot with its poller, its photos and its sender."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from aiohttp import web
from yarl import URL

from channels.fetching import Fetching
from channels.poller_lock import poller_lock, run_locked
from channels.ports import Now, Submit
from channels.zalo import CHANNEL
from channels.zalo.answers import CallError
from channels.zalo.client import ZaloClient
from channels.zalo.courier import Links, ZaloCourier
from channels.zalo.hand import Hand
from channels.zalo.intake import ZaloIntake
from channels.zalo.limits import FIRST_PAUSE, LONGEST_PAUSE
from channels.zalo.photos import PhotoFetcher
from channels.zalo.polling import Poller
from channels.zalo.public_files import PublicFiles
from channels.zalo.question_page import QuestionPage
from channels.zalo.sender import ZaloSender
from channels.zalo.token import Token, tokens
from channels.zalo.webhook import ZaloWebhook, choose_intake, webhook_secret, webhook_url
from locales import DEFAULT_LANGUAGE, texts
from scheduler.waiting import comes_within
from storage.db.database import Database
from storage.db.writer import Unavailable
from storage.directory import bots
from storage.files.media import MediaStore

Service = Callable[[asyncio.Event], Awaitable[None]]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ZaloSettings:
    """`folder` is the media folder, which holds every file we send; `secret` is the installation's."""

    tokens: Sequence[str]
    api: str
    database_url: str
    webhook: bool
    public_url: str
    secret: bytes
    folder: Path


@dataclass(frozen=True, slots=True)
class ZaloProcess:
    """Lent by the process: `now` is the conversation's clock, `machine` that of back-off (both aware)."""

    database: Database
    submit: Submit
    media: MediaStore
    now: Now
    machine: Now
    monotonic: Callable[[], float]


class Zalo:
    """All bots of an installation. Made within a running loop; raises `ValueError` for a token that cannot work."""

    def __init__(self, settings: ZaloSettings, process: ZaloProcess) -> None:
        api = URL(settings.api)
        is_test = api.scheme != "https"
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        self._photos = PhotoFetcher([api.host] if is_test and api.host else ())
        files = PublicFiles(settings.secret, settings.public_url, settings.folder, process.now, over_http=is_test)
        self._links = Links(files, QuestionPage(settings.secret, settings.public_url))
        self._webhook = settings.webhook
        self._secret = settings.secret
        self._bots = [
            _Bot(token, settings, process, _Common(self._session, self._photos, self._links))
            for token in tokens(",".join(settings.tokens))
        ]

    @property
    def senders(self) -> list[ZaloSender]:
        """A way out for each bot; `limits` names the rate."""
        return [bot.sender for bot in self._bots]

    def services(self) -> list[tuple[str, Service]]:
        """The services that the supervisor keeps running, by name."""
        return [service for bot in self._bots for service in bot.services()]

    def routes(self) -> list[web.RouteDef]:
        """The routes that the web channel's application serves for Zalo: the webhook, and the two kinds of links."""
        intakes = {bot.sender.bot: bot.intake for bot in self._bots}
        hook = ZaloWebhook(intakes, self._secret).routes() if self._webhook else []
        return [*hook, *self._links.files.routes(), *self._links.questions.routes()]

    async def close(self) -> None:
        """Close the sessions, after the services have ended."""
        await self._photos.close()
        await self._session.close()


@dataclass(frozen=True, slots=True)
class _Common:
    """The parts that all bots share."""

    session: aiohttp.ClientSession
    photos: PhotoFetcher
    links: Links


class _Bot:
    """One token's share of the work."""

    def __init__(self, token: Token, settings: ZaloSettings, process: ZaloProcess, shared: _Common) -> None:
        self._settings = settings
        self._database = process.database
        self._client = client = ZaloClient(shared.session, token, settings.api)
        self.intake = ZaloIntake(
            token.bot,
            submit=process.submit,
            database=process.database,
            now=process.now,
            notice=self._tell_of_delay,
        )
        hand = Hand(settings.folder / "in-hand" / f"zalo-{token.bot}.json")
        self._poller = Poller(client, self.intake, hand, monotonic=process.monotonic)
        self._fetching = Fetching(
            CHANNEL,
            token.bot,
            source=shared.photos,
            database=process.database,
            media=process.media,
            machine=process.machine,
            now=process.now,
        )
        courier = ZaloCourier(client, process.database, shared.links, process.now)
        self.sender = ZaloSender(token.bot, courier, process.database, process.now)

    def services(self) -> list[tuple[str, Service]]:
        name = f"zalo {self._client.bot}"
        updates = self._bring if self._settings.webhook else self._fetch
        return [(f"{name} updates", updates), (f"{name} photos", self._fetching.run), (f"{name} name", self._introduce)]

    async def _fetch(self, stop: asyncio.Event) -> None:
        lock = poller_lock(self._settings.database_url, CHANNEL, self._client.bot)
        await run_locked(lock, stop, self._poll)

    async def _poll(self, stop: asyncio.Event) -> None:
        if await self._insist(lambda: choose_intake(self._client, "", ""), stop):
            await self._poller.run(stop)

    async def _bring(self, stop: asyncio.Event) -> None:
        secret = webhook_secret(self._settings.secret, self._client.bot)
        url = webhook_url(self._settings.public_url, self._client.bot, secret)
        await self._insist(lambda: choose_intake(self._client, url, secret), stop)
        await stop.wait()

    async def _introduce(self, stop: asyncio.Event) -> None:
        """Store the bot's name, so that the secretariat sees which bot is which."""

        async def introduce() -> None:
            name = await self._client.name()
            await self._database.awrite(lambda db: bots.introduce(db, CHANNEL, self._client.bot, name))

        await self._insist(introduce, stop)

    async def _insist(self, work: Callable[[], Awaitable[None]], stop: asyncio.Event) -> bool:
        """Try until it works; false if `stop` came first."""
        pause = FIRST_PAUSE
        while not stop.is_set():
            try:
                await work()
            except (CallError, Unavailable) as error:
                log.warning("zalo bot %s: starting: %s", self._client.bot, error)
            else:
                return True
            await comes_within(stop, pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        return False

    async def _tell_of_delay(self, account: str) -> None:
        """Say that the database is away: the one message that never stood in the outbox (reliability R1)."""
        say = texts(DEFAULT_LANGUAGE)
        text = say(
            "Your message has arrived but cannot be saved at the moment. Please wait: I keep trying, no need to send "
            "it again."
        )
        try:
            await self._client.send_message(account, text)
        except CallError as error:
            log.warning("zalo bot %s: nobody could be told of the delay: %s", self._client.bot, error)
