"""Cuts a period where units of a scope moved, so that each report stands under the parent of its day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from periods.period import Period, span_period, weeks_owed
from reports import stored
from reports.scope import Scope, scope_of
from storage.directory.units import UnitTree

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of a period in which every unit of the scope lay in the same."""

    days: Period
    scope: Scope


def stretches_of(tree: UnitTree, code: str, period: Period) -> tuple[Stretch, ...]:
    """The period of a unit in stretches, in order: mostly one. Raises `UnknownUnitError` for what is no unit."""
    begins = [period.first, *tree.moved_within(period.first, period.last, tree.inside(code))]
    ends = [*(day - _A_DAY for day in begins[1:]), period.last]
    days = [period] if len(begins) == 1 else [span_period(*pair) for pair in zip(begins, ends, strict=True)]
    return tuple(Stretch(part, scope_of(tree, code, period.first, period.last, part.last)) for part in days)


def have_samples(db: Connection, parts: Sequence[Stretch]) -> bool:
    """Whether sample reports are counted in any of these days, or nil reports of sample people."""
    return any(stored.has_samples(db, part.days, weeks_owed(part.days), part.scope.members) for part in parts)
