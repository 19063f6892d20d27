"""A whole tick within one transaction, for tests that look at what it leaves behind."""

from datetime import datetime
from itertools import chain

from sqlalchemy import Connection

from handlers import on_a_tick
from plan.calendar import Calendar
from plan.model import Plan
from scheduler.tick import tasks

SLICE = 3
"""Small, so that every task comes in several."""


def tick(db: Connection, plan: Plan, calendar: Calendar, now: datetime) -> None:
    """As `scheduler.ticker.Ticker` does it, slice by slice."""
    for task in chain(on_a_tick.tasks(plan, now), tasks(plan, calendar, now)):
        after = 0
        while ids := task.find(db, after, SLICE):
            task.do(db, ids)
            after = ids[-1]
