"""Guards the server's connections: few bytes buy little time, and one client's many connections never take all places.

A client may owe us something: the rest of its headers, the rest of its body, or the next request. It is then cut off
after a deadline, or at once when room is needed; the one that has owed longest goes first. So idle and half-sent
connections, however many, never keep a member out. An answer that is being made or streamed is not cut.
"""

import asyncio
import logging
import resource
import traceback
from collections import Counter
from typing import Any

from aiohttp import StreamReader, web
from aiohttp.http_exceptions import HttpProcessingError

from channels.web.limits import (
    BODY_LIFE,
    BODY_RATE,
    HEADERS_LIFE,
    MAX_CONNECTIONS,
    MAX_OWN_CONNECTIONS,
    OTHER_FILES,
)
from channels.web.peers import Address, Proxies, counted_as, parse
from channels.web.refusals import RequestRefused
from channels.web.security import Handler, dress, refuse
from channels.web.seldom import Seldom

log = logging.getLogger(__name__)


class Gate:
    """The open connections of one server. All of it runs in the event loop."""

    def __init__(self, proxies: Proxies, most: int) -> None:
        loop = asyncio.get_running_loop()
        self._proxies = proxies
        self._most = most
        self._open: dict[Connection, str] = {}
        self._own: Counter[str] = Counter()
        self._owing: dict[Connection, None] = {}
        self.seldom = Seldom(loop.time)

    def enter(self, connection: "Connection", peer: Address | None) -> None:
        """Let a new one in if there is room or room can be made, else cut it off."""
        # Behind a proxy all people have one address: there the proxy itself bounds what each may have.
        address = "" if self._proxies.trusts(peer) else counted_as(peer)
        is_full = len(self._open) >= self._most
        is_greedy = bool(address) and self._own[address] >= min(MAX_OWN_CONNECTIONS, self._most // 2)
        if (is_full or is_greedy) and not self.make_room(address if is_greedy else ""):
            connection.cut()
            return
        self._open[connection] = address
        self._own[address] += 1
        self._owing[connection] = None

    def leave(self, connection: "Connection") -> None:
        """Note that a connection is closed; may be called twice."""
        self._owing.pop(connection, None)
        address = self._open.pop(connection, None)
        if address is not None:
            self._own[address] -= 1
            if not self._own[address]:
                del self._own[address]

    def owes(self, connection: "Connection") -> None:
        """Note that it is the client's turn from now on."""
        if connection in self._open:
            self._owing[connection] = None

    def owes_nothing(self, connection: "Connection") -> None:
        self._owing.pop(connection, None)

    def make_room(self, address: str = "") -> bool:
        """Cut off the client that has owed longest, of this address if one is named. False if there is none."""
        slowest = next((owing for owing in self._owing if not address or self._open[owing] == address), None)
        if slowest is not None:
            self.leave(slowest)
            slowest.cut()
        return slowest is not None

    def hear(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Handle the loop's exceptions. A lack of files, which lets nobody connect, is logged once a minute."""
        error = context.get("exception")
        if not (isinstance(error, OSError) and "accept" in context.get("message", "")):
            loop.default_exception_handler(context)
            return
        self.make_room()
        if times := self.seldom.times("accept"):
            log.error("No connection can be accepted: %s (%d times)", error.strerror, times)


class Connection(web.RequestHandler):
    """One connection from anybody. It has a deadline for its headers, and quotes nothing malformed in the log."""

    __slots__ = ("_deadline", "_gate", "is_answering")

    def __init__(self, gate: Gate, server: web.Server, **options: Any) -> None:
        super().__init__(server, **options)
        self._gate = gate
        self._deadline: asyncio.TimerHandle | None = None
        self.is_answering = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._expect_headers()
        peer = transport.get_extra_info("peername") or ("",)
        self._gate.enter(self, parse(peer[0]))

    def connection_lost(self, exc: BaseException | None) -> None:
        self._gate.leave(self)
        self._end_deadline()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._deadline is None and not self.is_answering:
            self._expect_headers()
        super().data_received(data)

    def answers(self, content: StreamReader) -> None:
        """Note that the headers are here. Once the body is here, too, the client owes nothing."""
        self._end_deadline()
        self.is_answering = True
        content.on_eof(self._is_whole)

    def log_access(self, request: web.BaseRequest, response: web.StreamResponse, time: float | None) -> None:
        """Log an answer that is out."""
        super().log_access(request, response, time)
        self.is_answering = False
        self._gate.owes(self)

    def cut(self) -> None:
        """End it without a word."""
        if self.transport is not None:
            self.transport.abort()

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """Answer a request that cannot be read or went wrong in general terms, without repeating it to its sender."""
        super().handle_error(request, status, exc, message)
        answer = _Bare(status=status, text=f"{status}\n")
        answer.force_close()
        return answer

    def log_exception(self, *args: Any, **kw: Any) -> None:
        """Count malformed requests and never quote them: their lines may hold a code. Bugs keep their traceback."""
        error = kw.get("exc_info")
        kind = type(error).__name__
        if not isinstance(error, HttpProcessingError):
            if self._gate.seldom.times(f"{kind} {_place(error)}"):
                super().log_exception(*args, **kw)
        elif times := self._gate.seldom.times(kind):
            log.warning("Malformed requests: %s (%d times)", kind, times)

    def _is_whole(self) -> None:
        if self.is_answering:
            self._gate.owes_nothing(self)

    def _expect_headers(self) -> None:
        self._deadline = asyncio.get_running_loop().call_later(HEADERS_LIFE, self._is_late)

    def _end_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _is_late(self) -> None:
        self._deadline = None
        if not self.is_answering:
            self._gate.leave(self)
            self.cut()


class _Bare(web.Response):
    """An answer that no handler made; it has the same headers as every other one."""

    async def _prepare_headers(self) -> None:
        await super()._prepare_headers()
        dress(self)


def _place(error: BaseException | None) -> str:
    """Name the line of code that raised."""
    trace = traceback.extract_tb(error.__traceback__) if error else []
    return f"{trace[-1].filename}:{trace[-1].lineno}" if trace else ""


@web.middleware
async def watch(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer a request as long as its body keeps coming; refuse it once the body stops."""
    content = request.content
    if isinstance(request.protocol, Connection):
        request.protocol.answers(content)
    if content.is_eof():
        return await handler(request)
    async with asyncio.timeout(None) as limit:
        looking = asyncio.create_task(_look_at(content, limit))
        try:
            return await handler(request)
        except asyncio.CancelledError:
            if not limit.expired():
                raise
        finally:
            looking.cancel()
    return refuse(request, RequestRefused(408, "too_slow"))


async def _look_at(content: StreamReader, limit: asyncio.Timeout) -> None:
    """Watch a body, and end the waiting once it is late."""
    loop = asyncio.get_running_loop()
    begin = loop.time()
    while not content.is_eof():
        left = begin + BODY_LIFE + content.total_bytes / BODY_RATE - loop.time()
        if left <= 0:
            limit.reschedule(loop.time())
            return
        await asyncio.sleep(left)


def room() -> int:
    """Say how many connections there may be: raise the limit of open files if that helps, and keep some files back."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_CONNECTIONS + OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return MAX_CONNECTIONS if soft == resource.RLIM_INFINITY else max(1, min(MAX_CONNECTIONS, soft - OTHER_FILES))
