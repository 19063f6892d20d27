"""Whose figures of which period a button asks for; what it leaves out is the person's own unit, and this week."""

from handlers.context import Turn
from periods.period import Period
from services.figures import period_for


def asked_of(turn: Turn, unit: str | None, period: Period | None) -> tuple[str, Period] | None:
    """The unit's code and a period that has begun; `None` for somebody who has no unit."""
    home = turn.viewer.home
    return (unit or home.unit, period_for(turn.viewer, period)) if home else None
