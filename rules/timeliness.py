"""How long a week's report is on time."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from periods.days import ZONE
from periods.weeks import sunday_of

TIMELY_UNTIL = time(7, 0)
"""A report is timely before this hour of the Monday after its week: half an hour before the summary is sent."""


def timely_on(week: str) -> date:
    """The Monday until whose `TIMELY_UNTIL` a week's report is timely."""
    return sunday_of(week) + timedelta(days=1)


@lru_cache(64)
def timely_until(week: str) -> datetime:
    """The moment from which a week's report is late."""
    return datetime.combine(timely_on(week), TIMELY_UNTIL, ZONE)
