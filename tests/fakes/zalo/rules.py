"""How this Zalo behaves: the limits, both sides of each conflict between the sources, and what can go wrong."""

from dataclasses import dataclass
from enum import Enum, auto

from aiohttp import web

TEXT_UNITS = 2_000


class Trouble(Enum):
    """What a method answers instead of working; it lasts until it is taken away."""

    RATE = auto()
    """An HTML page with status 429."""
    FORBIDDEN = auto()
    """The platform's own trouble: 403 in an envelope, with HTTP status 200."""
    BAD_TOKEN = auto()
    BAD_REQUEST = auto()
    TEAPOT = auto()
    """A code that nobody documented."""
    BAD_GATEWAY = auto()
    """An HTML page with status 502."""
    CUT = auto()
    """The call takes effect, but its answer is lost."""


@dataclass(frozen=True)
class Rules:
    """`consume`: a poll takes its update away; else the same one is answered `repeats` times before the next.

    `wrapped`: updates come in an envelope. `photo_field`: what a photo's address is called.
    """

    consume: bool = True
    wrapped: bool = False
    photo_field: str = "photo_url"
    quota: int = 3_000
    users: int = 50
    longest_poll: float = 0.3
    repeats: int = 3
    picture_delay: float = 0.05


def ok(result: object = None) -> web.Response:
    return web.json_response({"ok": True} if result is None else {"ok": True, "result": result})


def refusal(code: int, description: str, status: int = 200) -> web.Response:
    return web.json_response({"ok": False, "error_code": code, "description": description}, status=status)


def html(status: int) -> web.Response:
    return web.Response(text=f"<html><body><h1>{status}</h1></body></html>", content_type="text/html", status=status)


TROUBLES = {
    Trouble.RATE: lambda: html(429),
    Trouble.FORBIDDEN: lambda: refusal(403, "Internal server error"),
    Trouble.BAD_TOKEN: lambda: refusal(401, "Unauthorized"),
    Trouble.BAD_REQUEST: lambda: refusal(400, "Bad Request"),
    Trouble.TEAPOT: lambda: refusal(418, "I'm a teapot"),
    Trouble.BAD_GATEWAY: lambda: html(502),
}


def text_problem(text: object) -> str:
    """Why a text is refused, empty if it is not."""
    if not isinstance(text, str) or not text:
        return "text must not be empty"
    return "text is too long" if len(text.encode("utf-16-le", "surrogatepass")) // 2 > TEXT_UNITS else ""
