"""What a target makes of a number of people: the share of the denominator, and whether it is reached."""

from dataclasses import dataclass
from enum import StrEnum

TENTHS = 10
"""Shares are given in tenths of a percent, rounded away from what would flatter."""


class Basis(StrEnum):
    """What a number of people rests on."""

    ROSTER = "roster"
    """A list that the unit keeps: they were counted."""
    SURVEY = "survey"
    FIRST_TIME = "first_time"
    """A show of hands: who came for the first time this year."""
    BOUNDS = "bounds"
    """Visits, with an assumption for the lower end."""


class State(StrEnum):
    """How a target stands."""

    REACHED = "reached"
    REACHED_IF = "reached_if"
    """Reached if the assumption holds."""
    NOT_REACHED = "not_reached"
    """Only a full list or a survey can say so."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Judged:
    """A number of people held against the denominator; shares are in percent.

    `contradictory`: more people than there are, so there are no shares until somebody has looked.
    """

    low: int
    high: int | None
    share_low: float | None = None
    share_high: float | None = None
    state: State = State.UNKNOWN
    contradictory: bool = False


def judge(
    low: int, high: int | None, denominator: int | None, percent: int, basis: Basis, *, full: bool = False
) -> Judged:
    """Judge a number of people between `low` and `high` (`None`: nobody knows) against the target of so many percent.

    `full` says of a list that it is whole: nobody is missing on it. The upper end is capped by the denominator.
    """
    if not denominator:
        return Judged(low, high)
    if low > denominator:
        return Judged(low, high, contradictory=True)
    most = None if high is None else min(high, denominator)
    return Judged(
        low,
        most,
        share_low=_percent(low, denominator),
        share_high=None
        if most is None
        else _percent(most, denominator, up=most > low),  # what was counted is one share
        state=_state(low, most, denominator, percent, basis, full=full),
    )


def judge_survey(tenths: int, denominator: int | None, percent: int) -> Judged:
    """Judge a share that a survey found (in tenths of a percent)."""
    share, state = tenths / TENTHS, State.REACHED if tenths >= percent * TENTHS else State.NOT_REACHED
    if not denominator:
        return Judged(0, None, share, share, state)
    people = tenths * denominator
    return Judged(people // _WHOLE, -(-people // _WHOLE), share, share, state)


_WHOLE = 100 * TENTHS


def _percent(part: int, whole: int, *, up: bool = False) -> float:
    """A share in percent, rounded down or up to a tenth."""
    return (-(-part * _WHOLE // whole) if up else part * _WHOLE // whole) / TENTHS


def _state(low: int, high: int | None, whole: int, percent: int, basis: Basis, *, full: bool) -> State:
    if low * 100 >= percent * whole:
        return State.REACHED_IF if basis is Basis.BOUNDS else State.REACHED
    if basis is Basis.ROSTER and full and high is not None and high * 100 < percent * whole:
        return State.NOT_REACHED
    return State.UNKNOWN
