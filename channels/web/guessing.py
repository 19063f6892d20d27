"""Slows down whoever tries invitation codes: a few wrong ones are free, then one a minute from each address."""

from collections import OrderedDict
from collections.abc import Callable

from aiohttp import web

from channels.web.limits import FREE_GUESSES, GUESS_EVERY, MAX_ADDRESSES
from channels.web.refusals import Refusal


class Guesses:
    """Wrong codes by address. An address is at fault until the moment kept for it, less the free guesses."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._paid_until: OrderedDict[str, float] = OrderedDict()

    def check(self, address: str) -> None:
        """Refuse to look at another code while the address has to wait."""
        if self._paid_until.get(address, 0.0) - self._monotonic() > FREE_GUESSES * GUESS_EVERY:
            raise Refusal(429, "slow_down")

    def wrong(self, address: str) -> None:
        """Count a wrong code; the addresses seen longest ago are forgotten first."""
        begin = max(self._paid_until.pop(address, 0.0), self._monotonic())
        self._paid_until[address] = begin + GUESS_EVERY
        if len(self._paid_until) > MAX_ADDRESSES:
            self._paid_until.popitem(last=False)


GUESSES: web.AppKey[Guesses] = web.AppKey("guesses", Guesses)
