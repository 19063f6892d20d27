"""The web server: every address in one table, and its life from listening to the last stream closed."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import AsyncIterator

from aiohttp import hdrs, web
from aiohttp.abc import AbstractAccessLogger

from channels.web import assets, chat, home, installing, joining, media, push, security, stream, uploads
from channels.web.connections import Connection, Gate, room, watch
from channels.web.forwarding import NOTICED
from channels.web.guessing import GUESSES, Guesses
from channels.web.hub import Hub
from channels.web.limits import BACKLOG, KEEP_ALIVE, LINGER, UNREAD_LIFE
from channels.web.places import PLACES, UploadPlaces
from channels.web.ports import PORTS, Ports
from channels.web.seldom import Seldom

CLOSING = 5.0
"""Seconds that open requests get to finish when the server stops."""

ROUTES = (
    web.get("/static/{version}/{path:.+}", assets.asset),
    web.get("/app.webmanifest", installing.manifest),
    web.get("/worker.js", installing.worker),
    web.get("/j/{code}", joining.show),
    web.post("/j/{code}", joining.join),
    web.get("/c/{chat}/", chat.show),
    web.get("/c/{chat}/stream", stream.stream),
    web.get("/c/{chat}/history", chat.history),
    web.post("/c/{chat}/say", chat.say),
    web.post("/c/{chat}/known", chat.known),
    web.get("/c/{chat}/push", push.ask),
    web.post("/c/{chat}/push", push.wish),
    web.post("/c/{chat}/files", uploads.files),
    web.get("/c/{chat}/media/{row:[0-9]{1,18}}/{part:[0-9]{1,3}}", media.of_message),
    web.get("/c/{chat}/media/own/{sha256:[0-9a-f]{64}}", media.own),
)
HOME = web.get("/", home.show)
"""The page at the root; the demo puts its own there."""


class AccessLog(AbstractAccessLogger):
    """Logs a line a request without any code, id or signature: the route's pattern instead of the address."""

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        route = _pattern(request)
        method = request.method if request.method in hdrs.METH_ALL else "(other)"
        self.logger.info("%s %s %d %.0f ms", method, route, response.status, time * 1000)


def _pattern(request: web.BaseRequest) -> str:
    """Say which route a request took. Of one that could not even be read aiohttp asserts that it took one."""
    resource = None
    with contextlib.suppress(AssertionError):
        match = getattr(request, "match_info", None)
        resource = match.route.resource if match is not None else None
    return resource.canonical if resource else "(no such address)"


def application(ports: Ports, *, root: web.RouteDef = HOME) -> web.Application:
    """Make the browser channel's web application; other rooms' routes (webhooks, links) may be added to it."""
    app = web.Application(middlewares=[watch, security.guard])
    app[PORTS] = ports
    app[PLACES] = UploadPlaces()
    app[NOTICED] = Seldom(ports.monotonic)
    app[GUESSES] = Guesses(ports.monotonic)
    app.add_routes([root, *ROUTES])
    app.on_response_prepare.append(security.add_headers)
    app.cleanup_ctx.append(_with_hub)
    return app


def listen(host: str, port: int) -> socket.socket:
    """Open the socket to serve on before anything else is done, so that its port is known (0 takes a free one)."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    # Accepted connections inherit it; without it one that reads nothing stays for ever.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(UNREAD_LIFE * 1000))
    return listener


async def serve(app: web.Application, listener: socket.socket, stop: asyncio.Event) -> None:
    """Serve until `stop` is set, then let open requests finish."""
    runner = web.AppRunner(app, shutdown_timeout=CLOSING, handler_cancellation=True)
    await runner.setup()
    loop = asyncio.get_running_loop()
    gate = Gate(app[PORTS].proxies, room())
    loop.set_exception_handler(gate.hear)
    server = await loop.create_server(lambda: _connection(gate, runner), sock=listener, backlog=BACKLOG)
    try:
        await stop.wait()
    finally:
        server.close()
        if stream.HUB in app:
            app[stream.HUB].close()
        await runner.cleanup()
        loop.set_exception_handler(None)


def _connection(gate: Gate, runner: web.AppRunner) -> Connection:
    assert runner.server  # noqa: S101 (between setup and cleanup there is one)
    return Connection(
        gate,
        runner.server,
        loop=asyncio.get_running_loop(),
        access_log_class=AccessLog,
        access_log=logging.getLogger("bot.access"),
        keepalive_timeout=KEEP_ALIVE,
        lingering_time=LINGER,
        auto_decompress=False,  # no page and no platform compresses what it sends; others hide a lot in a little
    )


async def _with_hub(app: web.Application) -> AsyncIterator[None]:
    app[stream.HUB] = hub = Hub(app[PORTS].database)
    looking = asyncio.create_task(hub.look_around())
    yield
    looking.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await looking
