"""Makes the files that people asked for, one after the other, and sends each when it is there.

A file is made outside the turn and outside the writer, by a maker that is handed in (a child process in earnest). It is
made once for all who wait for the same one, and from one snapshot, so that its message and all of its pages agree. Who
waits long is told how far it is; if it cannot be made they are told what to do. Nothing is lost with the process: what
was asked for stands in the database until its message stands in the outbox.
"""

import asyncio
import json
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from locales import texts
from messages import Document, Outgoing
from messages.channels import Ability, can
from reports.gallery import STORED
from scheduler.freezing import freeze
from scheduler.waiting import comes_within
from storage.db.database import Database
from storage.db.writer import Unavailable
from storage.delivery import file_orders, outbox
from storage.delivery.file_orders import OrderInHand
from storage.delivery.notices import notify
from storage.files.media import MediaStore
from storage.tables.states import OutboxKind

LOOK_SECONDS = 1.0
"""Seconds between two looks for something to make."""
TROUBLE_SECONDS = 5.0
"""Seconds until the next look after the database failed."""
PATIENCE_SECONDS = 15.0
"""Seconds after which who waits is told how far it is."""
RENEW_SECONDS = 10.0
"""Seconds between two renewals of the lease."""
LEFT_SECONDS = 86_400.0
"""Seconds after which a part of a file is nobody's: no file takes a day."""
MOST_ATTEMPTS = 3
"""Attempts at a file whose workers die."""

log = logging.getLogger(__name__)


class NotMadeError(Exception):
    """A file cannot be made; the text names the reason for the log, without anybody's words."""


class StoppedError(Exception):
    """The making was stopped since the process ends."""


Tell = Callable[[int, int], None]
"""Told now and then how much is done, of how much; it raises `StoppedError` when the process is to end."""


class Maker(Protocol):
    """Makes a recipe's file as of `now`, at `place`, and returns the message's text in the reader's language.

    Raises `NotMadeError`. It is slow; `tell` is called every few seconds at least.
    """

    def __call__(self, document: Document, now: datetime, place: Path, tell: Tell) -> str: ...


class Read(Protocol):
    """Says to the reader of an order what was read of a list that they sent."""

    def __call__(self, db: Connection, order: OrderInHand, read: Mapping[str, Any], now: datetime) -> Outgoing: ...


@dataclass(frozen=True, slots=True)
class Tools:
    """Lent by the process: the conversation's and the machine's clock, seconds that only grow, and fresh tokens."""

    make: Maker
    store: MediaStore
    folder: Path
    """Where files lie while they are made; on the disk of the stored ones."""
    now: Callable[[], datetime]
    machine: Callable[[], datetime]
    monotonic: Callable[[], float]
    token: Callable[[], str]
    readers: Mapping[str, Read] = field(default_factory=dict)
    """What is made of these kinds of documents is JSON, which is told and never sent."""


class Filing:
    """Makes what was asked for; a process has one. Everything but `run` is called in a worker thread."""

    def __init__(self, database: Database, tools: Tools) -> None:
        self._database = database
        self._tools = tools
        self._stopping = threading.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Make files until `stop`; a file that is being made then is left to the next start."""
        self._stopping.clear()
        await asyncio.to_thread(self._sweep)
        watch = asyncio.create_task(self._watch(stop))
        try:
            while not stop.is_set():
                try:
                    pause = 0.0 if await asyncio.to_thread(self.make_next) else LOOK_SECONDS
                except (Unavailable, SQLAlchemyError) as error:
                    log.warning("files wait: %s", type(error).__name__)
                    pause = TROUBLE_SECONDS
                await comes_within(stop, pause)
        finally:
            self._stopping.set()
            watch.cancel()

    def _sweep(self) -> None:
        """Remove what makers left that were killed long ago."""
        limit = self._tools.machine().timestamp() - LEFT_SECONDS
        for path in self._tools.folder.glob("*"):
            with suppress(OSError):
                if path.stat().st_mtime < limit:
                    path.unlink()

    async def _watch(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._stopping.set()

    def make_next(self, account_id: int | None = None) -> bool:
        """Make and send the next file, with an account only what was asked for in that chat. False if none waits."""
        machine, token = self._tools.machine(), self._tools.token()
        orders = self._database.write(lambda db: file_orders.take(db, token, machine, account_id)).result()
        if not orders:
            return False
        try:
            self._make(orders)
        except StoppedError:
            self._database.write(lambda db: file_orders.release(db, token)).result()
            return False
        return True

    def _make(self, orders: Sequence[OrderInHand]) -> None:
        document, now = orders[0].document, self._tools.now()
        self._tools.folder.mkdir(parents=True, exist_ok=True)
        place = self._tools.folder / f"{orders[0].token}.part"
        try:
            if orders[0].attempts > MOST_ATTEMPTS:
                raise NotMadeError("its makers died")  # noqa: TRY301 (like any other reason)
            text = self._tools.make(document, now, place, _Telling(self, orders))
            if document.kind in self._tools.readers:
                self._tell_read(orders, json.loads(place.read_text("utf-8")))
                return
            with place.open("rb") as file:
                kept = self._tools.store.keep(file)
        except (NotMadeError, OSError) as error:
            reason = str(error)[:200] if isinstance(error, NotMadeError) else type(error).__name__
            log.error("a file of the kind %s: %s", document.kind, reason)  # noqa: TRY400 (no trace of people's words)
            self._database.write(lambda db: _apologise(db, orders, reason, self._tools.now())).result()
        else:
            self._database.write(lambda db: _deliver(db, orders, text, kept.sha256, self._tools.now())).result()
        finally:
            place.unlink(missing_ok=True)

    def _tell_read(self, orders: Sequence[OrderInHand], read: Mapping[str, Any]) -> None:
        reader, now = self._tools.readers[orders[0].document.kind], self._tools.now()

        def tell(db: Connection) -> None:
            kept = file_orders.still_in_hand(db, orders)
            for order in kept:
                _send(db, order, reader(db, order, read, now), now)
            file_orders.close(db, [order.id for order in kept], now)

        self._database.write(tell).result()

    def told(self, orders: Sequence[OrderInHand], done: int, whole: int, *, is_long: bool) -> None:
        """Keep the orders in hand; if it takes long, say once how far it is."""
        machine, now, token = self._tools.machine(), self._tools.now(), orders[0].token
        self._database.write(lambda db: file_orders.renew(db, token, machine)).result()
        if is_long:
            self._database.write(lambda db: _say_how_far(db, orders, done, whole, now)).result()

    def check(self) -> None:
        """Raise `StoppedError` if the process is to end."""
        if self._stopping.is_set():
            raise StoppedError

    def seconds(self) -> float:
        """Seconds that only grow."""
        return self._tools.monotonic()


class _Telling:
    """What a maker tells while it works: seldom passed on."""

    def __init__(self, filing: Filing, orders: Sequence[OrderInHand]) -> None:
        self._filing, self._orders = filing, orders
        self._began = self._renewed = filing.seconds()
        self._is_told = any(order.told for order in orders)

    def __call__(self, done: int, whole: int) -> None:
        self._filing.check()
        now = self._filing.seconds()
        is_long = not self._is_told and now - self._began >= PATIENCE_SECONDS
        if is_long or now - self._renewed >= RENEW_SECONDS:
            self._renewed = now
            self._is_told = self._is_told or is_long
            self._filing.told(self._orders, done, whole, is_long=is_long)


def _deliver(db: Connection, orders: Sequence[OrderInHand], text: str, sha256: str, now: datetime) -> None:
    kept = file_orders.still_in_hand(db, orders)
    if not kept:
        return
    brought = freeze(db, texts(file_orders.reader_of(db, kept[0]).language), kept[0].document, text, sha256)
    for order in kept:
        say = texts(file_orders.reader_of(db, order).language)
        gone = say("The file is no longer kept here (30 days). Please ask for it again.")
        stored = Document(STORED, {"sha256": brought.sha256, "otherwise": gone}, order.document.name)
        document, choices = (stored, order.choices) if brought.sha256 else (None, order.sorry.choices)
        _send(db, order, Outgoing(brought.text, choices, document=document, lasting=True), now)
    error = "" if brought.sha256 else "not issued"
    file_orders.close(db, [order.id for order in kept], now, sha256=brought.sha256, error=error)


def _apologise(db: Connection, orders: Sequence[OrderInHand], error: str, now: datetime) -> None:
    kept = file_orders.still_in_hand(db, orders)
    for order in kept:
        _send(db, order, replace(order.sorry, lasting=True), now)
    file_orders.close(db, [order.id for order in kept], now, error=error or "unknown")


def _say_how_far(db: Connection, orders: Sequence[OrderInHand], done: int, whole: int, now: datetime) -> None:
    """Tell those who wait in a chat, except where each message costs quota."""
    for order in file_orders.still_in_hand(db, orders):
        reader = file_orders.reader_of(db, order)
        if reader.channel is None or can(reader.channel, Ability.QUOTA):
            continue
        text = texts(reader.language)(
            "{name} is still being made: {share} % done. I send it here as soon as it is ready.",
            name=order.document.name,
            share=100 * done // max(whole, 1),
        )
        _send(db, order, Outgoing(text), now)
    file_orders.note_told(db, orders[0].token)


def _send(db: Connection, order: OrderInHand, message: Outgoing, now: datetime) -> None:
    """Queue a message where the file was asked for, or to the person's best account."""
    if order.account_id is None or file_orders.reader_of(db, order).channel is None:
        notify(db, order.person_id, message, now)
        return
    asked = {"person_id": order.person_id, "inbox_id": order.inbox_id}
    outbox.queue(db, OutboxKind.ANSWER, order.account_id, [message], now, **asked)
