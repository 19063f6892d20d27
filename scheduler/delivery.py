"""Delivers what waits in the outbox through the channels that this process runs.

One look at the outbox writes down what became of earlier sendings, takes places in each lane's rate (a lane is a bot of
a channel) and claims as many rows. A look follows every job of this process that queues messages, in the same
transaction where the database allows that. Reminders of a tick, messages of other processes, and rows that waited for
their time are found by looking now and then. Claimed rows are sent side by side once the claim is committed. The
process may be killed at any point: a row in hand is freed when its lease lapses.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from messages import Document, Picture
from plan.calendar import Calendar
from plan.model import Plan
from scheduler.claiming import InHand, keep, take_in_hand
from scheduler.outcomes import Sender
from scheduler.places import take as take_places
from scheduler.rate import Rate
from scheduler.sending import Sending
from scheduler.settling import Attempt, settle
from scheduler.waiting import comes_within
from storage.db.database import Database
from storage.db.writer import Unavailable, call_followers, is_failure_of_database, savepoint
from storage.delivery.chat_queue import is_behind
from storage.delivery.claims import Claimed

T = TypeVar("T")

MAX_IN_FLIGHT = 50
"""Sendings at the same time through one lane: Telegram takes 30 a second, and each may take a second or two."""
LOOK_SECONDS = 1.0
"""Seconds until messages that another process queued are seen."""
REAP_SECONDS = 5.0
"""Seconds between two looks at the leases; well below two thirds of a lease, so that it is renewed before it lapses."""
LINGER_SECONDS = 0.02
"""How long an outcome waits for another job's commit. A chat's second message waits so long after its first: nobody
notices, and a busy moment needs half as many commits."""
OUTAGE_SECONDS = 1.0
"""Seconds between attempts to reach a database that failed."""
DRAIN_SECONDS = 25.0
"""Seconds for messages in flight when the process stops; the supervisor gives every service 30."""
LAST_TRIES = 3
"""Attempts to write down what was sent, if the process stops while the database takes nothing. More would not help a
process that ends, and the lapsed leases tell the next process."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lane:
    """A sender with its rate."""

    sender: Sender
    rate: Rate

    @property
    def key(self) -> tuple[str, str]:
        return self.sender.channel, self.sender.bot


@dataclass(frozen=True, slots=True)
class Sources:
    """Handed to delivery: two clocks, chance (0 to 1), fresh tokens, and the function that turns recipes into files.

    `now` is the conversation's clock, `machine` the machine's. `file_of` is slow and called in a worker; it raises
    `LookupError` for what nothing draws.
    """

    now: Callable[[], datetime]
    machine: Callable[[], datetime]
    chance: Callable[[], float]
    token: Callable[[], str]
    file_of: Callable[[Picture | Document], Path]


@dataclass(eq=False)
class _Running:
    """A lane at work: the ids of claimed rows that are not sent yet, and the tasks that send them."""

    lane: Lane
    unsent: set[int] = field(default_factory=set)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    is_held_back: bool = False


@dataclass(frozen=True, slots=True)
class _Claim:
    """The rows that a look claimed for a lane. `is_short`: only the rate kept it from claiming more. `looked` is false
    if it could not claim at all."""

    running: _Running
    rows: list[Claimed]
    is_short: bool
    looked: bool = True


@dataclass(frozen=True, slots=True)
class _Look:
    """The result of a look. Claims are `None` once delivery stops. `is_behind`: not all messages are in line yet."""

    machine: datetime
    tried: list[Attempt]
    claims: list[_Claim] | None
    is_behind: bool = False


class Delivery:
    """Sends waiting messages until told to stop; a process has one.

    `_look` and `_looked` run in the writer's thread, never two at a time; all else runs in the event loop.
    """

    def __init__(
        self, database: Database, plan: Plan, calendar: Calendar, lanes: Sequence[Lane], sources: Sources
    ) -> None:
        self._database = database
        self._plan = plan
        self._calendar = calendar
        self._sources = sources
        self._sending = Sending(sources.file_of)
        self._running = [_Running(lane) for lane in lanes]
        self._in_hand = InHand()
        self._tried: list[Attempt] = []
        self._wake = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_open = False
        self._is_closed = False
        self._is_lingering = False
        database.follow(self._look, self._looked)

    def add(self, lane: Lane) -> None:
        """Deliver through this one, too, from the next look on."""
        self._running = [*self._running, _Running(lane)]  # the writer's thread may be going through the old list
        self._wake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop`; then finish the messages in flight and write down what became of them."""
        self._loop = asyncio.get_running_loop()
        self._is_open, self._is_closed = True, False
        over = asyncio.Event()
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._keep_leases(over))
                tasks.create_task(self._wake_at(stop))
                while not stop.is_set():
                    await self._call()
                    await comes_within(self._wake, LOOK_SECONDS)
                self._is_open = False
                await self._drain()
                over.set()
        finally:
            self._is_open = False

    async def _wake_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._wake.set()

    async def _call(self) -> bool:
        """Have a look, which covers all earlier wake-ups. False if the database failed."""
        self._wake.clear()
        try:
            await self._database.awrite(call_followers)
        except Unavailable:
            await asyncio.sleep(OUTAGE_SECONDS)
            return False
        return True

    def _look(self, db: Connection) -> _Look:
        machine, now = self._sources.machine(), self._sources.now()
        tried = self._tried.copy()
        if tried:
            chance = self._sources.chance()
            outcomes = partial(settle, attempts=tried, machine=machine, now=now, chance=chance)
            _apart(db, outcomes, None, f"{len(tried)} outcomes are lost")  # until the leases lapse
        if not self._is_open:
            return _Look(machine, tried, None)
        claims = [self._claim(db, running, machine, now) for running in self._running]
        return _Look(machine, tried, claims, any(claim.looked for claim in claims) and is_behind(db))

    def _claim(self, db: Connection, running: _Running, machine: datetime, now: datetime) -> _Claim:
        lane = running.lane
        free = MAX_IN_FLIGHT - len(running.unsent)
        places = take_places(db, lane.key, lane.rate, free)
        if not places.number:
            return _Claim(running, [], is_short=free > 0, looked=False)
        take = partial(
            take_in_hand,
            plan=self._plan,
            calendar=self._calendar,
            lane=lane.key,
            most=places.number,
            token=self._sources.token(),
            machine=machine,
            now=now,
        )
        nothing: list[Claimed] = []
        rows = _apart(db, take, nothing, f"nothing is claimed for {lane.sender.channel}")
        places.use(db, len(rows))
        return _Claim(running, rows, is_short=len(rows) == places.number < free, looked=rows is not nothing)

    def _looked(self, future: "Future[_Look]") -> None:
        """Take notice of a look's commit. If it failed, nothing is in hand; a later look writes down what was tried."""
        if future.exception() is not None or self._loop is None or self._loop.is_closed():
            return
        look = future.result()
        del self._tried[: len(look.tried)]
        self._in_hand.drop(attempt.row for attempt in look.tried)
        for claim in look.claims or ():
            claim.running.unsent.update(row.id for row in claim.rows)
            self._in_hand.add(claim.rows, look.machine)
        if look.claims is None or look.is_behind or any(claim.rows or claim.is_short for claim in look.claims):
            self._loop.call_soon_threadsafe(self._go_on, look)

    def _go_on(self, look: _Look) -> None:
        """Send the claimed rows; look again for rows that the rate kept back."""
        if look.claims is None:
            self._is_closed = True
        if look.claims is None or look.is_behind:
            self._wake.set()
        for claim in look.claims or ():
            running = claim.running
            for row in claim.rows:
                task = asyncio.create_task(self._send(running, row))
                running.tasks.add(task)
                task.add_done_callback(running.tasks.discard)
            if claim.is_short and not running.is_held_back:
                running.is_held_back = True
                asyncio.get_running_loop().call_later(running.lane.rate.delay(), self._come_back, running)

    def _come_back(self, running: _Running) -> None:
        running.is_held_back = False
        self._wake.set()

    async def _send(self, running: _Running, row: Claimed) -> None:
        outcome = await self._sending.send(running.lane.sender, row)
        self._tried.append(Attempt(running.lane.key, row, outcome))
        running.unsent.discard(row.id)
        if not self._is_lingering:
            self._is_lingering = True
            asyncio.get_running_loop().call_later(LINGER_SECONDS, self._write_down)

    def _write_down(self) -> None:
        self._is_lingering = False
        if self._tried:
            self._wake.set()

    async def _keep_leases(self, over: asyncio.Event) -> None:
        while not over.is_set():
            machine = self._sources.machine()
            rows = self._in_hand.to_renew(machine)
            try:
                freed = await self._database.awrite(partial(self._keep, rows=rows))
                self._in_hand.renewed(rows, machine)
            except Unavailable:
                freed = 0
            if freed:
                log.warning("%d messages were in the hands of a worker that died", freed)
            await comes_within(over, REAP_SECONDS)

    def _keep(self, db: Connection, rows: Sequence[Claimed]) -> int:
        """Keep leases by the clock of this moment: the job may have waited while another replica took the rows."""
        return keep(db, rows, self._sources.machine())

    async def _drain(self) -> None:
        """Wait until all rows in hand are sent and written down, even those of a look under way at the stop."""
        failures = 0
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                while self._is_sending() or ((not self._is_closed or self._tried) and failures < LAST_TRIES):
                    failures = 0 if await self._call() else failures + 1
                    if not failures:
                        await comes_within(self._wake, LOOK_SECONDS)
        except TimeoutError:
            failures = LAST_TRIES
        if failures >= LAST_TRIES and len(self._in_hand):
            log.warning("%d messages were not written down as sent; their leases will lapse", len(self._in_hand))

    def _is_sending(self) -> bool:
        return any(running.tasks for running in self._running)


def _apart(db: Connection, job: Callable[[Connection], T], otherwise: T, loss: str) -> T:
    """Run a part of a look so that its bug undoes and stops nothing else; `loss` is its result then."""
    try:
        with savepoint(db):
            return job(db)
    except Exception as error:
        if is_failure_of_database(error):
            raise
        log.error("%s: %s", loss, type(error).__name__)  # noqa: TRY400 (personal text)
        return otherwise
