"""`python -m bot demo`: the whole bot with sample people and a clock to move, on this machine only.

It uses the same intake, channel, scheduler and pictures as the real bot; only clock, people and data differ. It keeps
`var/demo.db`, whatever BOT_DATABASE_URL says, knows no token, and listens on the loopback.
"""

import asyncio
import secrets
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, select

from bot.clock import system_now
from bot.demo import handing_in
from bot.demo.clock import DemoClock
from bot.demo.page import routes
from bot.demo.sample import Phone, empty, fill, phones_of, tell_earlier, tell_on
from bot.making import filing
from bot.prepare import OpenInstallation, prepare
from bot.settings import Settings
from bot.supervisor import Supervisor
from channels import web
from channels.web.ports import BOT, CHANNEL
from conversation.intake import Intake, take_once
from handlers import on_a_tick
from messages import Incoming, Text
from reports.gallery import Gallery
from scheduler.clockwork import Clockwork
from scheduler.occurrences import next_occurrence, ticks_between
from scheduler.ticker import Ticker
from storage import tables as t
from storage.db.settings import keep
from storage.delivery import pulled
from storage.files.media import MediaStore

HOST = "127.0.0.1"
SHIFT_SETTING = "demo_shift"
FURTHEST = timedelta(days=400)
"""How far "the next reminder" looks: every rule recurs within a year."""


@dataclass
class Demo:
    """The demo's state and what its page can do to it."""

    prepared: OpenInstallation
    clock: DemoClock
    phones: list[Phone]
    ticker: Ticker
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the demo has begun again."""
    ticked: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when what is due at the beginning has been done."""

    def now(self) -> datetime:
        return self.clock.now()

    async def go_to(self, moment: datetime) -> None:
        """Move the clock and do everything that falls due on the way."""
        for at in ticks_between(self.prepared.calendar.values(), self.now(), moment):
            await self.tick_at(at)

    async def go_to_next(self) -> None:
        """Move the clock to the next moment at which one of the three phones gets something."""
        limit = self.now() + FURTHEST
        before = await self.prepared.database.aread(pulled.newest)
        while upcoming := next_occurrence(self.prepared.calendar.values(), self.now()):
            await self.tick_at(upcoming.at)
            if await self.prepared.database.aread(pulled.newest) > before or upcoming.at > limit:
                return

    async def begin_again(self) -> None:
        """Start again as at the first start, on new pages."""
        self.clock.begin_again()
        now = self.now()

        def again(db: Connection) -> list[Phone]:
            empty(db)
            return begin(db, self.prepared, now, self.clock.shift)

        self.phones = await self.prepared.database.awrite(again)
        await self.tick_at(now)
        self.begun.set()

    async def tell_year(self, stop: asyncio.Event) -> None:
        """Tell the sample's year behind the open page, a week at a time and the newest first, whenever it begins."""
        await either(stop, self.ticked)  # what is due at once does not wait for it
        while not stop.is_set():
            self.begun.clear()
            while not stop.is_set():
                left = await self.prepared.database.awrite(lambda db: tell_earlier(db, self.prepared.world.forms))
                _say_left(left)
                if not left:
                    break
            await either(stop, self.begun)

    async def tick_at(self, moment: datetime) -> None:
        """Set the clock to a moment and do what is due then."""
        self.clock.move_to(moment)
        now, shift = self.now(), self.clock.shift

        def go_on(db: Connection) -> None:
            keep_shift(db, shift)
            tell_on(db, self.prepared.world.forms, now)
            handing_in.tell(db, self.prepared.plan, self.prepared.world.forms, now)

        await self.prepared.database.awrite(go_on)
        await self.ticker.tick(now)
        self.ticked.set()


async def either(*events: asyncio.Event) -> None:
    """Wait for one of several events."""
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    _, late = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in late:
        wait.cancel()


def _say_left(weeks: int) -> None:
    """Show whoever sits at the terminal how much of the sample's year is still to come."""
    if sys.stderr.isatty():
        text = f"sample data: {weeks} weeks to come" if weeks else "sample data: a year is there"
        print(f"\r{text:40}", end="" if weeks else "\n", file=sys.stderr, flush=True)  # noqa: T201 (progress)


def begin(db: Connection, prepared: OpenInstallation, now: datetime, shift: timedelta) -> list[Phone]:
    """Fill an empty demo; each of the three has asked for the menu, so that no phone is blank."""
    phones = fill(db, prepared.world.forms, now, secrets.token_urlsafe)
    handing_in.tell(db, prepared.plan, prepared.world.forms, now)
    keep_shift(db, shift)
    for phone in phones:
        take_once(db, prepared.world, Incoming(CHANNEL, BOT, phone.chat, "hello", Text("/menu")), now)
    return phones


def keep_shift(db: Connection, shift: timedelta) -> None:
    """Remember how far the clock is moved."""
    keep(db, SHIFT_SETTING, repr(shift.total_seconds()))


def open_demo(settings: Settings, machine: Callable[[], datetime]) -> Demo:
    """The demo where it was left, or a new one."""
    prepared = prepare(settings, machine())
    phones = prepared.database.read(phones_of)
    kept = prepared.database.read(_shift)
    clock = DemoClock(machine, kept)
    if not phones:
        now = clock.now()
        phones = prepared.database.write(lambda db: begin(db, prepared, now, clock.shift)).result()
    first = partial(on_a_tick.tasks, prepared.plan)
    ticker = Ticker(prepared.database, prepared.plan, prepared.calendar, time.monotonic, first)
    return Demo(prepared, clock, phones, ticker)


def _shift(db: Connection) -> timedelta | None:
    seconds = db.execute(select(t.setting.c.value).where(t.setting.c.key == SHIFT_SETTING)).scalar()
    return timedelta(seconds=float(seconds)) if seconds else None


async def serve(settings: Settings, port: int, *, year: bool = True) -> None:
    """Serve the demo until it is stopped; without its `year` it has the last weeks' reports only."""
    listener = web.listen(HOST, port)
    address = f"http://{HOST}:{listener.getsockname()[1]}"
    folder = Path("var")
    own = settings.model_copy(
        update={"database_url": f"sqlite:///{folder}/demo.db", "media": folder / "demo-media", "public_url": address}
    )
    demo = open_demo(own, system_now)
    with demo.prepared.database as database:
        store = MediaStore(own.media)
        ports = web.Ports(
            database=database,
            submit=Intake(database, demo.prepared.world, demo.now, time.monotonic),
            now=demo.now,
            monotonic=time.monotonic,
            new_token=secrets.token_urlsafe,
            secret=own.key(),
            store=store,
            gallery=Gallery(own.media / "rendered", store),
            place=demo.prepared.place,
            public_url=address,
        )
        home, others = routes(demo)
        app = web.application(ports, root=home)
        app.add_routes(others)
        supervisor = Supervisor()
        supervisor.add("web", lambda stop: web.serve(app, listener, stop))
        supervisor.add("files", filing(database, own, store, demo.now, demo.prepared.world).run)
        if year:
            supervisor.add("sample", demo.tell_year)
        supervisor.add("clockwork", Clockwork(lambda: demo.tick_at(demo.now()), time.monotonic).run)
        print(f"{address}  (Ctrl+C ends it)", flush=True)  # noqa: T201 (what the person who started it needs)
        await supervisor.run()
