"""When the bot may write by itself, of its own accord or on somebody's word: all times stand here."""

from datetime import date, datetime, time, timedelta

from periods.days import ZONE

MORNING, EVENING = time(7, 0), time(20, 30)
"""Nobody is written to at night: what falls due then, and what a restart catches up, waits for the morning."""
DIGEST_AT = time(8, 0)
"""A day's reminders come together in one message, when offices open."""
MONDAY_DIGEST_AT = time(7, 30)
"""Monday's has the week's summary in it: early enough for the meeting that begins the week."""
NUDGE_AT = time(15, 0)
"""On the day of the weekly nudge a propagandist's message waits until then, with everything in it: most events are over
by Friday afternoon, and two messages on one day are too many."""
MOST_DIGESTS_A_WEEK = 4
"""Further ones of the same week go out only with a deadline in them: who hears too much stops listening."""


def is_decent(now: datetime) -> bool:
    """Whether people may be written to now."""
    return MORNING <= now.astimezone(ZONE).time() < EVENING


def next_morning(now: datetime) -> date:
    """The day of the next 7:00."""
    here = now.astimezone(ZONE)
    return here.date() if here.time() < MORNING else here.date() + timedelta(days=1)
