"""What a tick does that people read at once: units that changed, roles that went over, who came, what was held."""

from collections.abc import Iterator
from datetime import datetime

from handlers.announcing import going
from handlers.people import gate, nudging, succession, successors
from plan.model import Plan
from scheduler.slices import Task


def tasks(plan: Plan, now: datetime) -> Iterator[Task]:
    """List it, in its order."""
    yield from succession.tasks(now)
    yield from successors.tasks(plan, now)
    yield from gate.tasks(now)
    yield from nudging.tasks(now)
    yield from going.tasks(now)
