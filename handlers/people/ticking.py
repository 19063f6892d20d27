"""What a tick does about people, before anything falls due."""

from collections.abc import Iterator
from datetime import datetime

from handlers.people import gate, succession
from scheduler.slices import Task


def tasks(now: datetime) -> Iterator[Task]:
    """List what follows from units that have changed, and who is to be told of newcomers."""
    yield from succession.tasks(now)
    yield from gate.tasks(now)
