"""What a tick does that people read at once: units that changed, roles that went over, what was held for a while."""

from collections.abc import Iterator
from datetime import datetime

from handlers.announcing import going
from handlers.people import nudging, succession, successors
from plan.model import Plan
from scheduler.slices import Task


def tasks(plan: Plan, now: datetime) -> Iterator[Task]:
    """List it, in its order."""
    yield from succession.tasks(now)
    yield from successors.tasks(plan, now)
    yield from nudging.tasks(now)
    yield from going.tasks(now)
