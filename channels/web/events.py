"""The chat as it happens: server-sent events whose ids are the messages' row ids, so that a page resumes where it was.

A stream sends each message once, whatever order they were committed in; the page adds a message it has already only
once. Together nothing is lost and nothing shown twice, also over a broken connection or a restart.
"""

import asyncio
import contextlib
from collections.abc import Callable
from typing import TypeVar

from aiohttp import web
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from channels.web.hub import Hub
from channels.web.limits import HEARTBEAT, HISTORY_PAGE, MAX_BATCH, STREAM_LIFE
from channels.web.ports import BOT, CHANNEL, PORTS, Ports
from channels.web.rows import compact, view
from channels.web.sessions import visitor
from scheduler.waiting import comes_within
from storage import pulled
from storage.pulled import Said, Visitor
from storage.writer import Unavailable

T = TypeVar("T")
HUB: web.AppKey[Hub] = web.AppKey("hub", Hub)
ENDINGS = (ConnectionError, Unavailable, SQLAlchemyError)
"""The page has gone or the database has: the stream just ends, and the page comes back to where it was."""
RETRY_MS = 1_500
"""How soon the browser comes back by itself after a break."""


async def events(request: web.Request) -> web.StreamResponse:
    """GET /c/<id>/events: the last messages, or those after `Last-Event-ID` (or `?after=`), then what comes."""
    who = await visitor(request)
    with request.app[HUB].stream(who.account_id) as woken:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        response.headers["X-Accel-Buffering"] = "no"
        await response.prepare(request)
        await response.write(f"retry: {RETRY_MS}\n\n".encode())
        stream = _Stream(request.app[PORTS], who, response, _cursor(request))
        with contextlib.suppress(*ENDINGS):
            await stream.begin()
            await stream.follow(request.app[HUB], woken)
    return response


def _cursor(request: web.Request) -> int:
    """The last message that the page has; 0 for a page that has none."""
    given = request.headers.get("Last-Event-ID") or request.query.get("after", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else 0


class _Stream:
    """One page's connection."""

    def __init__(self, ports: Ports, who: Visitor, response: web.StreamResponse, cursor: int) -> None:
        self._ports = ports
        self._who = who
        self._response = response
        self._floor = cursor
        self._told: set[int] = set()
        self._language = who.language

    async def begin(self) -> None:
        """Send what the page misses, then say that it is up to date."""
        if self._floor == 0:
            page = await self._read(lambda db: pulled.before(db, self._who.account_id, None, HISTORY_PAGE))
            self._floor = max((said.id for said in page), default=0)
            await self._send(page)
        account, cursor = self._who.account_id, self._floor
        self._floor = await self._read(lambda db: pulled.cursor_that_misses_nothing(db, account, cursor))
        await self._catch_up()
        await self._write(f"event: ready\ndata: {compact(self._language)}\n\n")

    async def follow(self, hub: Hub, woken: asyncio.Event) -> None:
        """Send what comes until the page goes, the server stops, or it is time to ask for the session again."""
        end = self._ports.monotonic() + STREAM_LIFE
        while not hub.is_closing and self._ports.monotonic() < end:
            if not await comes_within(woken, HEARTBEAT):
                # Look anyway: another process wakes nobody by what comes before the newest row.
                await self._write("event: beat\ndata:\n\n")
            woken.clear()
            await self._catch_up()

    async def _catch_up(self) -> None:
        """Send every message after the floor that this stream has not sent; the floor moves when it is far behind.

        Then, what else the page must know: another language, or that the chat is nobody's any more.
        """
        while await self._send_batch() == MAX_BATCH:
            pass
        person = await self._read(lambda db: pulled.find_visitor(db, CHANNEL, BOT, self._who.chat))
        if person is None:
            await self._write("event: ended\ndata:\n\n")
        elif person.language != self._language:
            self._language = person.language
            await self._write(f"event: language\ndata: {compact(person.language)}\n\n")

    async def _send_batch(self) -> int:
        account, floor = self._who.account_id, self._floor
        rows = await self._read(lambda db: pulled.since(db, account, floor, MAX_BATCH))
        await self._send([said for said in rows if said.id not in self._told])
        if len(rows) == MAX_BATCH:
            self._floor = max(floor, rows[-1].id)
        return len(rows)

    async def _read(self, query: Callable[[Connection], T]) -> T:
        return await self._ports.database.aread(query)

    async def _send(self, rows: list[Said]) -> None:
        for said in rows:
            await self._write(f"id: {said.id}\ndata: {compact(view(self._who.chat, said))}\n\n")
            self._told.add(said.id)
        new = [said.id for said in rows if said.is_new]
        if new:
            now = self._ports.now()
            await self._ports.database.awrite(lambda db: pulled.mark_shown(db, new, now))

    async def _write(self, text: str) -> None:
        await self._response.write(text.encode())
