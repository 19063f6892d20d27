"""Takes updates from the platform: 200 after the commit, 503 if nothing could be stored, so that it repeats them."""

import hashlib
import hmac
import json
import logging
from collections.abc import Mapping

from aiohttp import web

from channels.web.bodies import is_deep, read_body
from channels.web.refusals import RequestRefused
from channels.zalo.client import ZaloClient
from channels.zalo.intake import ZaloIntake
from channels.zalo.limits import UPDATE_BYTES
from channels.zalo.parse import updates_in
from storage.db.writer import Unavailable

PATH = "/zalo/{bot}"
_SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105 (a header's name)

log = logging.getLogger(__name__)


def webhook_secret(secret: bytes, bot: str) -> str:
    """Make the secret that the platform must send with every update; the same on every replica and after a restart."""
    return hmac.new(secret, f"zalo webhook {bot}".encode(), hashlib.sha256).hexdigest()


def webhook_url(public_url: str, bot: str, secret: str) -> str:
    """Make the address to which the platform sends a bot's updates.

    The platform tells the address that is set, but not its secret. So the address holds a mark of the secret, which
    shows when it has changed.
    """
    mark = hashlib.sha256(secret.encode()).hexdigest()[:8]
    return f"{public_url.rstrip('/')}{PATH.format(bot=bot)}?v={mark}"


class ZaloWebhook:
    """The webhook route of all bots; add it with `app.add_routes(webhook.routes())`."""

    def __init__(self, intakes: Mapping[str, ZaloIntake], secret: bytes) -> None:
        self._intakes = intakes
        self._secret = secret

    def routes(self) -> list[web.RouteDef]:
        return [web.post(PATH, self.receive)]

    async def receive(self, request: web.Request) -> web.Response:
        intake = self._intakes.get(request.match_info["bot"])
        if intake is None:
            return web.Response(status=404)
        if not self._is_genuine(request, intake.bot):
            # Nothing of a stranger's is read. The platform's probe shows no secret and carries nothing.
            return web.Response(status=403 if request.body_exists else 200)
        try:
            body = await read_body(request, UPDATE_BYTES)
        except RequestRefused as refusal:
            return web.Response(status=refusal.status)
        if not body.strip():
            return web.Response()
        return await self._take(intake, body)

    def _is_genuine(self, request: web.Request, bot: str) -> bool:
        shown = request.headers.get(_SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        return hmac.compare_digest(shown, webhook_secret(self._secret, bot).encode())

    @staticmethod
    async def _take(intake: ZaloIntake, body: bytes) -> web.Response:
        try:
            said = json.loads(body)
        except (ValueError, RecursionError):
            said = None
        if said is None or is_deep(said):
            log.warning("zalo bot %s: a webhook call without JSON", intake.bot)
            return web.Response()
        try:
            for update in updates_in(said):
                await intake.take(update)
        except Unavailable:
            return web.Response(status=503, headers={"Retry-After": "5"})
        return web.Response()


async def choose_intake(client: ZaloClient, url: str, secret: str) -> None:
    """Switch the platform to the webhook at `url`, or to polling if `url` is empty.

    setWebhook has a daily limit, so it is called only if another address is set.
    """
    present = await client.webhook_url()
    if url and url != present:
        await client.set_webhook(url, secret)
    elif present and not url:
        await client.delete_webhook()
