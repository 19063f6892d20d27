"""Remembers which chats were opened in a browser, so that `/` leads back to them.

One signed cookie for all addresses names them, the latest first. It opens no chat: for that a browser needs the chat's
own cookie, which only that chat's addresses get (`sessions`).
"""

import hashlib
import hmac

from aiohttp import web

from channels.web.limits import COOKIE_AGE, MAX_REMEMBERED
from channels.web.ports import BOT, CHANNEL, PORTS, Ports
from storage.delivery import pulled
from storage.delivery.pulled import Visitor

COOKIE = "chats"
_BETWEEN, _BEFORE_SIGNATURE = ".", "~"


def remember(request: web.Request, response: web.StreamResponse, chat: str) -> None:
    """Put a chat first among those that this browser knows."""
    _keep(response, request.app[PORTS], [chat, *(other for other in chats_of(request) if other != chat)])


def chats_of(request: web.Request) -> list[str]:
    """The chats that were opened in this browser, the latest first."""
    named, _, signature = request.cookies.get(COOKIE, "").partition(_BEFORE_SIGNATURE)
    if not hmac.compare_digest(_sign(request.app[PORTS], named).encode(), signature.encode("utf-8", "replace")):
        return []
    return list(filter(None, named.split(_BETWEEN)))


async def people_here(request: web.Request) -> list[Visitor]:
    """Whose chats were opened in this browser and can be still."""
    chats = chats_of(request)
    if not chats:
        return []
    return await request.app[PORTS].database.aread(
        lambda db: [who for chat in chats if (who := pulled.find_visitor(db, CHANNEL, BOT, chat))]
    )


def forget_others(request: web.Request, response: web.StreamResponse, chats: list[str]) -> None:
    """Forget the chats that have ended."""
    if chats != chats_of(request):
        _keep(response, request.app[PORTS], chats)


def _keep(response: web.StreamResponse, ports: Ports, chats: list[str]) -> None:
    named = _BETWEEN.join(chats[:MAX_REMEMBERED])
    response.set_cookie(
        COOKIE,
        f"{named}{_BEFORE_SIGNATURE}{_sign(ports, named)}",
        max_age=COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=ports.is_https,
    )


def _sign(ports: Ports, named: str) -> str:
    return hmac.new(ports.secret, f"chats of a browser:{named}".encode(), hashlib.sha256).hexdigest()
