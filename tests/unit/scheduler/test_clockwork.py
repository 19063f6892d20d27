"""The wake-up: at once, again after a failure, and anew when the scheduler has gone quiet."""

import asyncio

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.clockwork import SILENCE_SECONDS, Clockwork
from tests.waiting import PATIENCE, until


class Machine:
    """Counts ticks; its clock is moved by the test."""

    def __init__(self) -> None:
        self.ticks = 0
        self.seconds = 0.0
        self.broken = False

    async def tick(self) -> None:
        self.ticks += 1
        if self.broken:
            raise RuntimeError

    def monotonic(self) -> float:
        return self.seconds


async def test_it_ticks_at_once_and_stops_when_told() -> None:
    machine, stop = Machine(), asyncio.Event()
    running = asyncio.create_task(Clockwork(machine.tick, machine.monotonic).run(stop))
    await until(lambda: machine.ticks >= 1)
    stop.set()
    await asyncio.wait_for(running, PATIENCE)


async def test_a_scheduler_that_went_quiet_is_started_anew() -> None:
    machine, stop, started = Machine(), asyncio.Event(), list[AsyncIOScheduler]()

    class Watched(Clockwork):
        def start_scheduler(self) -> AsyncIOScheduler:
            started.append(super().start_scheduler())
            return started[-1]

    running = asyncio.create_task(Watched(machine.tick, machine.monotonic, watch_seconds=0.01).run(stop))
    await until(lambda: machine.ticks >= 1)

    def is_started_anew() -> bool:
        """Time goes on: at a whole minute the scheduler may still wake somebody."""
        if len(started) < 2:
            machine.seconds += SILENCE_SECONDS + 1
        return len(started) == 2

    await until(is_started_anew)
    assert machine.ticks >= 2
    stop.set()
    await running
    await asyncio.sleep(0)  # they end in the loop's next round
    assert [scheduler.running for scheduler in started] == [False, False]


async def test_a_failing_tick_does_not_end_it() -> None:
    machine, stop = Machine(), asyncio.Event()
    machine.broken = True
    running = asyncio.create_task(Clockwork(machine.tick, machine.monotonic, watch_seconds=0.01).run(stop))
    await until(lambda: machine.ticks >= 1)
    machine.seconds += SILENCE_SECONDS + 1
    await until(lambda: machine.ticks >= 2)
    stop.set()
    await running


async def test_the_scheduler_wakes_on_the_whole_minute_and_drops_nothing_for_being_late() -> None:
    machine = Machine()
    scheduler = Clockwork(machine.tick, machine.monotonic).start_scheduler()
    (job,) = scheduler.get_jobs()
    assert job.next_run_time.second == 0
    assert (job.misfire_grace_time, job.coalesce, job.max_instances) == (None, True, 1)
    scheduler.shutdown(wait=False)
