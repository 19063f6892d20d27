"""The demo's clock: runs like any other, begins on a day of the plan, and can be moved forwards."""

from collections.abc import Callable
from datetime import datetime, timedelta

from periods.days import ZONE

START = datetime(2020, 10, 27, 9, 0, tzinfo=ZONE)
"""A Tuesday: Monday's summary is still worth showing, the deadline's next reminder comes tomorrow, the weekly nudge on
Friday, then the deadline itself and the Action Month."""
LAST = datetime(2035, 12, 31, tzinfo=ZONE)
"""Far enough for anybody, near enough for the arithmetic of rules."""


class DemoClock:
    """The machine's clock, shifted. `shift` is all there is to keep, so that a restart goes on where it was."""

    def __init__(self, machine: Callable[[], datetime], shift: timedelta | None = None) -> None:
        self._machine = machine
        self.shift = START - machine() if shift is None else shift

    def now(self) -> datetime:
        return self._machine() + self.shift

    def move_to(self, moment: datetime) -> None:
        """Go on to a later moment; an earlier one changes nothing."""
        self.shift = max(self.shift, min(moment, LAST) - self._machine())

    def begin_again(self) -> None:
        """Back to the first morning: only together with a database that begins again."""
        self.shift = START - self._machine()
