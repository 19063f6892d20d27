"""For which weeks a unit may say "no activity"."""

from periods.weeks import monday_of, shift, week_of

NIL_WEEKS_BACK = 8
"""How far back "no activity" can be said; older weeks are closed."""


def open_for_nil(week: str, this_week: str) -> str | None:
    """The week as it is stored; `None` if "no activity" cannot be said of it."""
    try:
        is_open = monday_of(shift(this_week, -NIL_WEEKS_BACK)) <= monday_of(week) <= monday_of(this_week)
        return week_of(monday_of(week)) if is_open else None
    except ValueError:
        return None
