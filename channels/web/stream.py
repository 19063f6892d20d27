"""Streams the chat as it happens: events over a WebSocket, or once as a list for browsers that cannot open one.

A page says where it is by the cursor of its last message, which names the message and its content. If this database has
no such message (a restored backup, or another database), the page begins anew. A stream sends each message once,
whatever order they were committed in, and the page never adds a message twice. So nothing is lost and nothing shown
twice, even over a broken connection, a restart or a restore.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from aiohttp import WSCloseCode, web
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from channels.web.hub import Hub
from channels.web.limits import CLOSE_WITHIN, HEARTBEAT, HISTORY_PAGE, MAX_BATCH, MAX_FRAME, STREAM_LIFE
from channels.web.ports import BOT, CHANNEL, PORTS, Ports
from channels.web.rows import compact, cursor_of, row_of, view
from channels.web.sessions import visitor
from scheduler.waiting import comes_within
from storage.db.writer import Unavailable
from storage.delivery import pulled
from storage.delivery.pulled import StoredMessage, Visitor

T = TypeVar("T")
Tell = Callable[[dict[str, Any]], Awaitable[None]]
"""Gives the page one event: {"anew"}, {"row"}, {"ready": language}, {"language"}, {"header"}, {"ended"} or {"beat"}."""
HUB: web.AppKey[Hub] = web.AppKey("hub", Hub)
ENDINGS = (ConnectionError, Unavailable, SQLAlchemyError)
"""The page or the database has gone: the stream just ends, and the page comes back to where it was."""


async def stream(request: web.Request) -> web.StreamResponse:
    """GET /c/<id>/stream?after=CURSOR: what the page misses, then what comes; without an upgrade only the former."""
    who = await visitor(request)
    # Pings find the line of a phone that has gone; a slow one gets half the time again to answer.
    socket = web.WebSocketResponse(
        heartbeat=2 * HEARTBEAT, compress=False, max_msg_size=MAX_FRAME, timeout=CLOSE_WITHIN
    )
    if not socket.can_prepare(request):
        return await _once(request, who)
    with request.app[HUB].stream(who.account_id) as woken:
        await socket.prepare(request)

        async def tell(event: dict[str, Any]) -> None:
            await socket.send_str(compact(event))

        async with asyncio.TaskGroup() as tasks:
            listening = tasks.create_task(_listen(socket, woken))
            try:
                with contextlib.suppress(*ENDINGS):
                    reader = PageReader(request.app[PORTS], who, tell)
                    await reader.begin(request.query.get("after", ""))
                    await _follow(reader, request.app[HUB], woken, lambda: socket.closed)
            finally:
                await socket.close(code=WSCloseCode.GOING_AWAY)
                listening.cancel()
    return socket


async def _once(request: web.Request, who: Visitor) -> web.Response:
    events: list[dict[str, Any]] = []

    async def tell(event: dict[str, Any]) -> None:
        events.append(event)

    await PageReader(request.app[PORTS], who, tell).begin(request.query.get("after", ""))
    return web.json_response(events, dumps=compact)


async def _listen(socket: web.WebSocketResponse, woken: asyncio.Event) -> None:
    """Answer pings and notice when the page goes. Our page sends nothing here, so a client that does is cut off."""
    async for _ in socket:
        await socket.close(code=WSCloseCode.POLICY_VIOLATION)
    woken.set()


async def _follow(reader: "PageReader", hub: Hub, woken: asyncio.Event, is_closed: Callable[[], bool]) -> None:
    """Send new messages until the page goes, the server stops, or the session must be asked for again."""
    end = reader.ports.monotonic() + STREAM_LIFE
    while not (hub.is_closing or is_closed()) and reader.ports.monotonic() < end:
        if not await comes_within(woken, HEARTBEAT):
            # Look anyway: another process wakes nobody by what comes before the newest row.
            await reader.tell({"beat": True})
        woken.clear()
        await reader.catch_up()


class PageReader:
    """Tells one page what it has not been told yet."""

    def __init__(self, ports: Ports, who: Visitor, tell: Tell) -> None:
        self.ports = ports
        self.tell = tell
        self._who = who
        self._floor = 0
        self._told: set[int] = set()
        self._language = who.language
        self._header: dict[str, str] = {}

    async def begin(self, cursor: str) -> None:
        """Tell what the page misses, then that it is up to date; all of it anew where its cursor means nothing."""
        account = self._who.account_id
        known = await self._read(lambda db: pulled.said(db, account, row_of(cursor)))
        if known and cursor_of(known) == cursor:
            self._floor = known.id
        else:
            await self.tell({"anew": True})
            page = await self._read(lambda db: pulled.before(db, account, None, HISTORY_PAGE))
            self._floor = max((said.id for said in page), default=0)
            await self._show(page)
        floor = self._floor
        self._floor = await self._read(lambda db: pulled.cursor_that_misses_nothing(db, account, floor))
        await self.catch_up()
        await self.tell({"ready": self._language})

    async def catch_up(self) -> None:
        """Tell every message after the floor that was not told; the floor moves when it is far behind.

        Then, what else the page must know: another language, what stands above the chat (a page that was kept on its
        device may be old), or that the chat is nobody's any more.
        """
        # Whose chat it is comes first: what was said last before it ended is committed together with that.
        person, title = await self._read(self._whose)
        while await self._show_batch() == MAX_BATCH:
            pass
        if person is None:
            await self.tell({"ended": True})
        elif person.language != self._language:
            self._language = person.language
            await self.tell({"language": person.language})
        elif (header := {"title": title, "name": person.name}) != self._header:
            self._header = header
            await self.tell({"header": header})

    def _whose(self, db: Connection) -> tuple[Visitor | None, str]:
        person = pulled.find_visitor(db, CHANNEL, BOT, self._who.chat)
        return person, pulled.title_of(db, person, self.ports.now()) if person else ""

    async def _show_batch(self) -> int:
        account, floor = self._who.account_id, self._floor
        rows = await self._read(lambda db: pulled.since(db, account, floor, MAX_BATCH))
        await self._show([said for said in rows if said.id not in self._told])
        if len(rows) == MAX_BATCH:
            self._floor = max(floor, rows[-1].id)
        return len(rows)

    async def _read(self, query: Callable[[Connection], T]) -> T:
        return await self.ports.database.aread(query)

    async def _show(self, rows: list[StoredMessage]) -> None:
        for said in rows:
            await self.tell({"row": view(self._who.chat, said)})
            self._told.add(said.id)
        new = [said.id for said in rows if said.is_new]
        if new:
            now = self.ports.now()
            await self.ports.database.awrite(lambda db: pulled.mark_shown(db, new, now))
