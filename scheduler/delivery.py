"""Delivery: what waits in the outbox goes out through the channels that this process runs.

For each lane (a bot of a channel) a loop takes places in its rate, claims as many rows, sends them side by side and
writes down what became of them in batches. It may be killed at any point: a row in hand is freed when its lease lapses.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from messages import Document, Outgoing, Picture, decode
from plan.calendar import Calendar
from plan.model import Plan
from reports.rendering import content_hash
from scheduler.claiming import take_in_hand
from scheduler.outcomes import Ambiguous, Attachment, Impossible, Outcome, Sender
from scheduler.rate import Rate
from scheduler.settling import Attempt, settle
from storage import outbox
from storage.database import Database
from storage.outbox import Claimed
from storage.writer import Unavailable

MAX_IN_FLIGHT = 50
"""Sendings at once through one lane: at Telegram's 30 a second and a slow second or two for each."""
LOOK_SECONDS = 1.0
"""How soon what another process queued is seen; what this process commits wakes delivery at once."""
REAP_SECONDS = 15.0
OUTAGE_SECONDS = 1.0
"""Between attempts to reach a database that failed."""
DRAIN_SECONDS = 25.0
"""For what is in flight when the process is to stop; the supervisor gives every service 30."""

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
    """What delivery does not know by itself: two clocks, chance (0 to 1), fresh tokens, and where recipes become files.

    `now` is the conversation's clock, `machine` the machine's. `file_of` is slow and called in a worker; it raises
    `LookupError` for what nothing draws.
    """

    now: Callable[[], datetime]
    machine: Callable[[], datetime]
    chance: Callable[[], float]
    token: Callable[[], str]
    file_of: Callable[[Picture | Document], Path]


@dataclass
class _Running:
    """A lane at work."""

    lane: Lane
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    in_flight: set[asyncio.Task[None]] = field(default_factory=set)


class Delivery:
    """Sends what waits, until told to stop; one for each process."""

    def __init__(
        self, database: Database, plan: Plan, calendar: Calendar, lanes: Sequence[Lane], sources: Sources
    ) -> None:
        self._database = database
        self._plan = plan
        self._calendar = calendar
        self._sources = sources
        self._running = [_Running(lane) for lane in lanes]
        self._tried: asyncio.Queue[Attempt] = asyncio.Queue()
        self._drawing: dict[str, asyncio.Task[Path]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        database.on_commit(lambda _accounts: self.wake())

    def wake(self) -> None:
        """Look at once; from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake_lanes)

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop`; then finish what is in flight and write it down."""
        self._loop = asyncio.get_running_loop()
        writing = asyncio.create_task(self._write_down())
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._reap(stop))
                tasks.create_task(self._wake_at(stop))
                for running in self._running:
                    tasks.create_task(self._serve(running, stop))
        finally:
            await self._drain()
            writing.cancel()
            self._loop = None

    async def _wake_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._wake_lanes()

    def _wake_lanes(self) -> None:
        for running in self._running:
            running.wake.set()

    async def _serve(self, running: _Running, stop: asyncio.Event) -> None:
        while not stop.is_set():
            running.wake.clear()
            free = MAX_IN_FLIGHT - len(running.in_flight)
            places = running.lane.rate.take(free)
            rows = await self._claim(running.lane, places) if places else []
            running.lane.rate.give_back(places - len(rows))
            for row in rows:
                self._start(running, row)
            if not rows and free and not places:
                await _wait(stop, running.lane.rate.delay())
            elif not rows:
                await _wait(running.wake, LOOK_SECONDS)

    async def _claim(self, lane: Lane, most: int) -> list[Claimed]:
        sources = self._sources
        take = partial(
            take_in_hand,
            plan=self._plan,
            calendar=self._calendar,
            lane=lane.key,
            most=most,
            token=sources.token(),
            machine=sources.machine(),
            now=sources.now(),
        )
        try:
            return await self._database.awrite(take)
        except Unavailable:
            await asyncio.sleep(OUTAGE_SECONDS)
            return []

    def _start(self, running: _Running, row: Claimed) -> None:
        task = asyncio.create_task(self._send(running.lane, row))
        running.in_flight.add(task)
        task.add_done_callback(running.in_flight.discard)

    async def _send(self, lane: Lane, row: Claimed) -> None:
        outcome = await self._attempt(lane.sender, row)
        self._tried.put_nowait(Attempt(lane.key, row, outcome))

    async def _attempt(self, sender: Sender, row: Claimed) -> Outcome:
        try:
            message = decode(row.body)
        except (ValueError, KeyError, TypeError) as error:
            log.error("outbox row %d cannot be read: %s", row.id, type(error).__name__)  # noqa: TRY400 (personal text)
            return Impossible("unreadable")
        files = await self._files(row, message)
        try:
            return await sender.send(row.address, message, files)
        except Exception as error:  # noqa: BLE001 (whatever a library raises, other chats go on)
            log.error("sending row %d: %s", row.id, type(error).__name__)  # noqa: TRY400 (an address may hold a token)
            return Ambiguous(type(error).__name__)

    async def _files(self, row: Claimed, message: Outgoing) -> tuple[Attachment, ...]:
        """A message whose picture cannot be drawn goes without it: its text says the same."""
        found = []
        for recipe in (message.picture, message.document):
            if recipe is None:
                continue
            try:
                found.append(await self._file(recipe))
            except Exception as error:  # noqa: BLE001 (drawing is not worth a lost message)
                log.error("the %s of row %d: %s", recipe.kind, row.id, type(error).__name__)  # noqa: TRY400 (as above)
        return tuple(found)

    async def _file(self, recipe: Picture | Document) -> Attachment:
        """The recipe's file, drawn once for all who get the same one."""
        key = content_hash(recipe.kind, recipe.data)
        if key not in self._drawing:
            self._drawing[key] = asyncio.create_task(asyncio.to_thread(self._sources.file_of, recipe))
            self._drawing[key].add_done_callback(lambda _: self._drawing.pop(key))
        path = await asyncio.shield(self._drawing[key])
        if isinstance(recipe, Picture):
            return Attachment(path, key, path.name, recipe.alt, is_picture=True)
        return Attachment(path, key, recipe.name, "", is_picture=False)

    async def _write_down(self) -> None:
        """All that has been tried since the last commit, in one write."""
        while True:
            batch = [await self._tried.get()]
            while not self._tried.empty():
                batch.append(self._tried.get_nowait())
            await self._settle(batch)
            for _ in batch:
                self._tried.task_done()
            self._wake_lanes()

    async def _settle(self, batch: Sequence[Attempt]) -> None:
        """Until the database takes it: what was sent must not be forgotten while there is a chance to say so."""
        sources = self._sources
        while True:
            machine, now = sources.machine(), sources.now()
            job = partial(settle, attempts=batch, machine=machine, now=now, chance=sources.chance())
            try:
                return await self._database.awrite(job)
            except Unavailable:
                await asyncio.sleep(OUTAGE_SECONDS)
            except Exception as error:  # noqa: BLE001 (the leases lapse; the next batch goes on)
                return log.error("%d outcomes are lost: %s", len(batch), type(error).__name__)  # noqa: TRY400 (as above)

    async def _reap(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                freed = await self._database.awrite(partial(outbox.reap, machine=self._sources.machine()))
            except Unavailable:
                freed = 0
            if freed:
                log.warning("%d messages were in the hands of a worker that died", freed)
            await _wait(stop, REAP_SECONDS)

    async def _drain(self) -> None:
        in_flight = [task for running in self._running for task in running.in_flight]
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                await asyncio.gather(*in_flight)
                await self._tried.join()
        except TimeoutError:
            log.warning("%d messages were still in flight; their leases will lapse", len(in_flight))


async def _wait(event: asyncio.Event, seconds: float) -> None:
    """For an event, at most so long."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
