"""How long a week's report is on time."""

from datetime import date, time, timedelta

from periods.weeks import sunday_of

TIMELY_UNTIL = time(7, 0)
"""A report is timely before this hour of the Monday after its week: half an hour before the summary is sent."""


def timely_on(week: str) -> date:
    """The Monday until whose `TIMELY_UNTIL` a week's report is timely."""
    return sunday_of(week) + timedelta(days=1)
