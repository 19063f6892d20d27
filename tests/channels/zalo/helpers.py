"""What the tests of this channel share: a clock that stands still, a submit that remembers."""

from datetime import UTC, datetime

from messages import Incoming
from storage.db.writer import Unavailable

TOKEN = "100:canary-secret"
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def now() -> datetime:
    return NOW


class Recorder:
    """A submit that keeps what it took, and refuses while `broken`."""

    def __init__(self) -> None:
        self.taken: list[Incoming] = []
        self.offered = 0
        self.broken = False

    async def __call__(self, incoming: Incoming) -> None:
        self.offered += 1
        if self.broken:
            raise Unavailable("the database is away")
        self.taken.append(incoming)
