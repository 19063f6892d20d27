"""Slows down people who try invitation codes, and keeps nobody out who has a right one.

No address is ever locked out: half a district may share one carrier's address, and a lock-out would be a weapon
against them. Instead an address with many wrong codes waits in line: one look at a time, each after a pause. So neither
more connections nor hanging up early makes guessing faster, and a right code waits only for those being tried at that
moment. A wrong code then gets the same answer whatever is wrong with it; the same holds when many addresses guess in
turns. The log and the doctor say so. A code is kept safe by its length (ADR 18 has the sum).
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from aiohttp import web

from channels.web.limits import (
    ALL_FREE_GUESSES,
    ALL_GUESS_EVERY,
    FREE_GUESSES,
    GUESS_EVERY,
    GUESS_PAUSE,
    MAX_ADDRESSES,
    TELL_EVERY,
)

log = logging.getLogger(__name__)


class Guesses:
    """Wrong codes by address. An address is at fault until the moment kept for it, less the free guesses."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._paid_until: OrderedDict[str, float] = OrderedDict()
        self._all_paid_until = 0.0
        self._lines: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._untold = 0
        self._told_at = monotonic() - TELL_EVERY

    @asynccontextmanager
    async def look(self, address: str) -> AsyncIterator[None]:
        """Look at a code inside: at once, or in line once there were too many wrong ones.

        A client that hangs up while waiting has not looked.
        """
        if not self._is_over(address):
            yield
            return
        line = self._lines.setdefault(address, asyncio.Lock())
        async with line:
            await asyncio.sleep(GUESS_PAUSE)
            yield

    def _is_over(self, address: str) -> bool:
        return self._paid_until.get(address, 0.0) - self._monotonic() > FREE_GUESSES * GUESS_EVERY

    def wrong(self, address: str) -> bool:
        """Count a wrong code. Tell whether that was one too many, of this address or of all.

        The addresses seen longest ago are forgotten first.
        """
        now = self._monotonic()
        is_over = self._is_over(address) or self._all_paid_until - now > ALL_FREE_GUESSES * ALL_GUESS_EVERY
        self._untold += 1
        self._paid_until[address] = max(self._paid_until.pop(address, 0.0), now) + GUESS_EVERY
        if len(self._paid_until) > MAX_ADDRESSES:
            self._paid_until.popitem(last=False)
        self._all_paid_until = max(self._all_paid_until, now) + ALL_GUESS_EVERY
        return is_over

    def to_tell(self) -> int:
        """Return, at most once a minute, how many wrong codes have come since the last time; else 0."""
        now = self._monotonic()
        if now - self._told_at < TELL_EVERY:
            return 0
        count, self._untold, self._told_at = self._untold, 0, now
        if count > ALL_FREE_GUESSES:
            log.error("Invitation codes are being guessed: %d wrong ones came in from browsers.", count)
        return count


GUESSES: web.AppKey[Guesses] = web.AppKey("guesses", Guesses)
