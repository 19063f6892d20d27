"""Calls to the Bot API, typed by aiogram; the one place that knows the token."""

from typing import Any, TypeVar

from aiogram import Bot
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.exceptions import AiogramError
from aiogram.methods import GetFile, TelegramMethod
from aiogram.utils.token import TokenValidationError
from aiohttp import ClientError, ClientResponseError, ClientTimeout

from channels.telegram import limits
from channels.telegram.failures import CallFailed, TelegramRefused, TelegramUnclear, judge
from channels.telegram.session import Session

T = TypeVar("T")


class RawUpdates(TelegramMethod[list[Any]]):
    """getUpdates without aiogram's reading of the batch. One update that aiogram cannot read would hide all others."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = limits.MAX_UPDATES
    timeout: int = limits.POLL_SECONDS
    allowed_updates: list[str]


class TooBig(Exception):
    """The file is larger than what we fetch."""


class BadToken(ValueError):
    """The token is not one, or Telegram no longer knows it."""

    def __init__(self) -> None:
        super().__init__("BOT_TELEGRAM_TOKEN is not a token that Telegram accepts. Copy it anew from @BotFather.")


class Client:
    """A bot at the Bot API; close it."""

    def __init__(self, token: str, api: str = "", patience: int = limits.CALL_SECONDS) -> None:
        self._server = TelegramAPIServer.from_base(api) if api else PRODUCTION
        self._patience = patience
        self._session = Session(api=self._server, limit=limits.CONNECTIONS, timeout=patience)
        try:
            self._bot = Bot(token, session=self._session)
        except TokenValidationError:
            malformed = True
        else:
            malformed = False
        if malformed:
            raise BadToken

    @property
    def bot_id(self) -> str:
        """The bot's own id, which tells several bots of one installation apart."""
        return str(self._bot.id)

    async def call(self, method: TelegramMethod[T], more: int = 0) -> T:
        """Make the call, or raise a `CallFailed` that says whether it can have taken effect.

        The client waits `more` seconds longer than usual, for a long poll or an upload.
        """
        # The failure is raised outside of the handler, so that not even its context holds the address.
        try:
            return await self._bot.session.make_request(self._bot, method, timeout=self._patience + more)
        except AiogramError as error:
            failure = judge(error)
        failure.method = type(method).__name__
        raise failure

    async def download(self, file_id: str, cap: int = limits.MAX_DOWNLOAD) -> bytes:
        """The bytes of a file that somebody sent; `TooBig` beyond `cap`, `CallFailed` otherwise."""
        file = await self.call(GetFile(file_id=file_id))
        if not file.file_path or (file.file_size or 0) > cap:
            raise TooBig
        failure: CallFailed
        try:
            return await self._fetch(self._server.file_url(self._bot.token, file.file_path), cap)
        except ClientResponseError as error:
            failure = TelegramRefused(error.status, "the file is not to be had")
        except (ClientError, TimeoutError) as error:
            failure = TelegramUnclear(type(error).__name__)
        raise failure

    async def _fetch(self, url: str, cap: int) -> bytes:
        session = await self._session.create_session()
        timeout = ClientTimeout(total=limits.UPLOAD_SECONDS)
        async with session.get(url, timeout=timeout, raise_for_status=True) as answer:
            held = bytearray()
            async for chunk in answer.content.iter_chunked(1 << 16):
                held += chunk
                if len(held) > cap:
                    raise TooBig
        return bytes(held)

    async def close(self) -> None:
        await self._session.close()
