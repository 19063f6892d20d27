"""Recognises who is at the page by a signed cookie for each chat, which only that chat's addresses ever get.

The cookie's path is the chat's, so that several people can share a browser. It holds nothing but a signature of the
chat's id. A browser with id and signature may speak in the chat.
"""

import hashlib
import hmac

from aiohttp import web

from channels.web.limits import COOKIE_AGE
from channels.web.ports import BOT, CHANNEL, PORTS, Ports
from channels.web.refusals import RequestRefused
from storage.delivery.pulled import Visitor, find_visitor


def cookie_of(chat: str) -> str:
    """Name the cookie: one for each chat, since one answer (the demo's) may set several."""
    return f"chat-{hashlib.sha256(chat.encode()).hexdigest()[:12]}"


def sign(secret: bytes, chat: str) -> str:
    """Make the signature that opens a chat."""
    return hmac.new(secret, f"web session:{chat}".encode(), hashlib.sha256).hexdigest()


def chat_path(chat: str) -> str:
    return f"/c/{chat}/"


def let_in(response: web.StreamResponse, ports: Ports, chat: str) -> None:
    """Give (or renew) the cookie that opens a chat."""
    response.set_cookie(
        cookie_of(chat),
        sign(ports.secret, chat),
        path=chat_path(chat),
        max_age=COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=ports.is_https,
    )


def is_signed(request: web.Request) -> bool:
    """Whether the request's cookie opens the chat it asks for."""
    chat = request.match_info["chat"]
    given = request.cookies.get(cookie_of(chat), "")
    return hmac.compare_digest(sign(request.app[PORTS].secret, chat).encode(), given.encode("utf-8", "replace"))


async def visitor(request: web.Request) -> Visitor:
    """Find out whose chat this is. Refuse a request without its cookie, and a chat that is nobody's any more."""
    chat = request.match_info["chat"]
    if not is_signed(request):
        raise RequestRefused(403, "no_session")
    known = await request.app[PORTS].database.aread(lambda db: find_visitor(db, CHANNEL, BOT, chat))
    if known is None:
        raise RequestRefused(410, "ended")
    return known
