"""Takes the updates that Telegram brings: 200 after the commit, 503 while nothing can be stored."""

import asyncio
import hmac
from hashlib import sha256
from weakref import WeakValueDictionary

from aiohttp import web

from channels.telegram import limits
from channels.telegram.intake import TelegramIntake, lane
from channels.web.bodies import read_json
from channels.web.refusals import RequestRefused
from storage.db.writer import Unavailable

HEADER = "X-Telegram-Bot-Api-Secret-Token"
RETRY_AFTER = {"Retry-After": "5"}


class WeakSecret(ValueError):
    """The installation's secret, from which the webhook's is made, could be guessed."""

    def __init__(self) -> None:
        super().__init__(f"BOT_SECRET is shorter than {limits.MIN_SECRET_BYTES} bytes: make a longer one, or unset it.")


def webhook_secret(secret: bytes, bot: str) -> str:
    """Make the secret that Telegram sends along from the installation's secret. It is the same at every start."""
    if len(secret) < limits.MIN_SECRET_BYTES:
        raise WeakSecret
    return hmac.new(secret, f"telegram webhook {bot}".encode(), sha256).hexdigest()


def webhook_path(bot: str) -> str:
    """Return the path on which the webhook listens. It holds no secret: that stands in the header."""
    return f"/telegram/{bot}"


class TelegramWebhook:
    """The handler of one bot's webhook; Telegram calls it on several connections at once."""

    def __init__(self, intake: TelegramIntake, secret: str) -> None:
        self._intake = intake
        self._secret = secret.encode()
        self._lanes: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def handle(self, request: web.Request) -> web.Response:
        """Take one update."""
        # Compared as bytes: what a header holds need not be ASCII.
        given = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=401)
        try:
            raw = await read_json(request, limits.MAX_WEBHOOK_BODY)
        except RequestRefused as refusal:
            return web.Response(status=refusal.status)
        item = self._intake.look(raw)
        if item is None:
            return web.Response()
        lock = self._lanes.setdefault(lane(item), asyncio.Lock())
        try:
            async with lock:
                await self._intake.take(item)
        except Unavailable:
            return web.Response(status=503, headers=RETRY_AFTER)
        return web.Response()
