"""One supervisor starts the background tasks, sees them die, and drains them at shutdown."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable

from scheduler.waiting import comes_within

DRAIN_SECONDS = 30.0
"""How long what is in flight may take after SIGTERM (reliability R7)."""
RESTART_SECONDS = 5.0
"""A task that died is started again after this pause: long enough not to spin, short enough for a chat."""

log = logging.getLogger(__name__)
Service = Callable[[asyncio.Event], Awaitable[None]]


class Supervisor:
    """Runs services, each a coroutine that ends soon after the stop event is set."""

    def __init__(self) -> None:
        self.stop = asyncio.Event()
        self._services: list[tuple[str, Service]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_running = False

    def add(self, name: str, service: Service) -> None:
        """Run a service under a name: from `run` on, or at once if `run` has begun."""
        self._services.append((name, service))
        if self._is_running:
            self._start(name, service)

    async def run(self) -> None:
        """Run until SIGTERM, SIGINT or `stop`; then give every service its time to finish."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop.set)
        self._is_running = True
        for name, service in self._services:
            self._start(name, service)
        await self.stop.wait()
        log.info("stopping")
        _, late = await asyncio.wait(self._tasks, timeout=DRAIN_SECONDS) if self._tasks else (set(), set())
        for task in late:
            log.warning("%s did not finish in %.0f s", task.get_name(), DRAIN_SECONDS)
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _start(self, name: str, service: Service) -> None:
        self._tasks.add(asyncio.create_task(self._keep(name, service), name=name))

    async def _keep(self, name: str, service: Service) -> None:
        while not self.stop.is_set():
            try:
                await service(self.stop)
            except Exception:
                log.exception("%s died; it is started again in %.0f s", name, RESTART_SECONDS)
            else:
                return
            await comes_within(self.stop, RESTART_SECONDS)
