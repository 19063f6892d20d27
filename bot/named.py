"""The unit and the period that a command names, or what is meant if it names none."""

from datetime import date

from bot.errors import UsageError
from periods.cuts import Cuts
from periods.period import Period, period_of, week_around
from storage.directory.units import UnitsOfDay


def no_unit(code: str) -> UsageError:
    """What is said of a code that no unit has."""
    return UsageError(f"{code!r} is no unit. Codes look like GV, P10, P10-KP05 or CQ-VHTT.")


def unit_named(units: UnitsOfDay, code: str) -> str:
    """The unit of a code, the highest one if there is no code. Raises `UsageError` for what is no unit."""
    if code and code not in units:
        raise no_unit(code)
    return code or units.root.code


def period_named(code: str, cuts: Cuts) -> Period | None:
    """The period of a code; `None` if there is no code. Raises `UsageError` for what is no period."""
    try:
        return period_of(code, cuts) if code else None
    except ValueError as error:
        raise UsageError(str(error)) from None


def period_or_week(code: str, cuts: Cuts, today: date) -> Period:
    """The same, this week if there is no code."""
    return period_named(code, cuts) or week_around(today)
