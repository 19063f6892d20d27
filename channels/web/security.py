"""Puts headers on every answer, checks the origin of every request, and puts refusals into words."""

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlsplit

from aiohttp import hdrs, web
from aiohttp.http_exceptions import HttpProcessingError
from sqlalchemy.exc import SQLAlchemyError

from channels.web.forwarding import notice as notice_forwarding
from channels.web.pages import notice, wants_page
from channels.web.ports import PORTS
from channels.web.refusals import WORDINGS, RequestRefused
from channels.web.rows import compact
from channels.web.wording import language_of_request
from locales import texts
from storage.db.writer import Unavailable, is_failure_of_database

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' blob:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "frame-src 'self'",  # the demo shows three chats on one page
            "frame-ancestors 'self'",
            "form-action 'self'",
            "base-uri 'none'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    # Nothing of our addresses goes to other sites. "no-referrer" would also empty the Origin of our own form.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_SAFE_METHODS = frozenset({hdrs.METH_GET, hdrs.METH_HEAD})


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Put the headers on every answer."""
    dress(response)


def dress(response: web.StreamResponse) -> None:
    """Put the headers on an answer, which keeps its own caching if it set any. The server's name is taken off."""
    response.headers.popall(hdrs.SERVER, None)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


def is_foreign(request: web.Request) -> bool:
    """Whether another site makes a browser send this.

    Browsers always name the origin of such a request. One without origin comes from a program, and a program has no
    cookies that it could be tricked into using.
    """
    is_socket = hdrs.UPGRADE in request.headers  # a page of another site could read along
    if request.method in _SAFE_METHODS and not is_socket:
        return False
    origin = request.headers.get(hdrs.ORIGIN)
    own = {request.host, urlsplit(request.app[PORTS].public_url).netloc}
    if origin is not None and _netloc(origin) not in own - {""}:
        return True
    # Of a socket not every browser says this rightly, but all name its origin.
    return not is_socket and request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}


def _netloc(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # "http://["
        return ""


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse requests that other sites cause, and put every refusal into words."""
    notice_forwarding(request)
    if is_foreign(request):
        return refuse(request, RequestRefused(403, "elsewhere"))
    try:
        return await handler(request)
    except RequestRefused as refusal:
        return refuse(request, refusal)
    except (web.RequestPayloadError, HttpProcessingError):  # the body is not what its headers said
        return refuse(request, RequestRefused(400, "not_understood"))
    except web.HTTPNotFound:
        return refuse(request, RequestRefused(404, "no_page"))
    except (Unavailable, SQLAlchemyError) as error:
        if not is_failure_of_database(error):
            raise
        return refuse(request, RequestRefused(503, "unavailable"))


def refuse(request: web.Request, refusal: RequestRefused) -> web.Response:
    """Answer with the refusal: as a page for people, as JSON for the page's script."""
    say = texts(language_of_request(request))
    wording = WORDINGS[refusal.code]
    title, remedy = say(wording.title, **refusal.params), say(wording.remedy, **refusal.params)
    if wants_page(request):
        response = notice(request, say, title, remedy, refusal.status)
    else:
        body = compact({"error": refusal.code, "message": f"{title}. {remedy}"})
        response = web.Response(text=body, status=refusal.status, content_type="application/json")
    if refusal.status == 503:
        response.headers[hdrs.RETRY_AFTER] = "5"
    return response
