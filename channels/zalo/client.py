"""A thin client of the Zalo Bot Platform: the calls we make, tolerant of what comes back, silent about the token."""

from typing import Any

import aiohttp

from channels.zalo.answers import NOTHING, CallError, NotReached, ZaloRefused, ZaloUnclear, read_answer
from channels.zalo.limits import API, CALL_SECONDS, CONNECT_SECONDS, POLL_MARGIN, POLL_SECONDS
from channels.zalo.streams import TooLong, read_whole
from channels.zalo.token import Token

_NO_WEBHOOK = (400, 404)
_ANSWER_BYTES = 4 << 20


class ZaloClient:
    """One bot's calls, over a session that the caller owns and closes."""

    def __init__(self, session: aiohttp.ClientSession, token: Token, base: str = API) -> None:
        self._session = session
        self._token = token
        self._base = base.rstrip("/")

    @property
    def bot(self) -> str:
        """The bot's public id: the part of the token before the colon."""
        return self._token.bot

    async def call(self, method: str, params: dict[str, str] | None = None, *, seconds: float = CALL_SECONDS) -> Any:
        """Call any method and return its result.

        Raises `ZaloRefused`, `NotReached` or `ZaloUnclear`; none of them holds the address.
        """
        limit = aiohttp.ClientTimeout(total=seconds, connect=CONNECT_SECONDS)
        url = f"{self._base}/bot{self._token.value}/{method}"
        failure: CallError
        try:
            async with self._session.post(url, json=params or {}, timeout=limit, allow_redirects=False) as response:
                body = await read_whole(response.content, _ANSWER_BYTES)
                status = response.status
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            failure = NotReached(f"{method}: {type(error).__name__}")
        except (TimeoutError, aiohttp.ClientError, OSError, TooLong) as error:
            failure = ZaloUnclear(f"{method}: {type(error).__name__}")
        else:
            return read_answer(status, body.decode("utf-8", "replace"))
        # Outside the handlers: the library's error, which names the address, is not even kept as a context.
        raise failure

    async def get_updates(self) -> Any:
        """Poll once and return the raw result (documented as one update; lists occur), `None` if nothing came."""
        try:
            return await self.call("getUpdates", {"timeout": str(POLL_SECONDS)}, seconds=POLL_SECONDS + POLL_MARGIN)
        except ZaloRefused as refused:
            if refused.code == NOTHING:
                return None
            raise

    async def send_message(self, chat: str, text: str) -> str:
        """Send plain text of at most `limits.MESSAGE_UNITS`, and return the message's id."""
        return _message_id(await self.call("sendMessage", {"chat_id": chat, "text": text}))

    async def send_photo(self, chat: str, url: str, caption: str) -> str:
        """Send the picture behind a public address, which the platform fetches later and more than once."""
        params = {"chat_id": chat, "photo": url} | ({"caption": caption} if caption else {})
        return _message_id(await self.call("sendPhoto", params))

    async def name(self) -> str:
        """Return the name under which people find the bot."""
        me = await self.call("getMe")
        return str(me.get("account_name") or me.get("display_name") or "") if isinstance(me, dict) else ""

    async def webhook_url(self) -> str:
        """Return the address that updates are sent to, empty if none is set."""
        try:
            info = await self.call("getWebhookInfo")
        except ZaloRefused as refused:
            if refused.code in _NO_WEBHOOK:
                return ""
            raise
        return str(info.get("url") or "") if isinstance(info, dict) else ""

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates sent to `url`; polling is off from then on."""
        await self.call("setWebhook", {"url": url, "secret_token": secret})

    async def delete_webhook(self) -> None:
        """Take updates by polling again."""
        try:
            await self.call("deleteWebhook")
        except ZaloRefused as refused:
            if refused.code not in _NO_WEBHOOK:
                raise


def _message_id(result: Any) -> str:
    return str(result.get("message_id") or "") if isinstance(result, dict) else ""
