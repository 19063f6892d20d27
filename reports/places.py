"""Which places a filter names, for the scope of some figures: the very ones of a line by place."""

from periods.period import Period
from reports.filtering import ALL_OVER
from reports.scope import Scope, UnknownUnitError, scope_of
from rules.kinds import Place
from storage.directory.units import UnitTree
from storage.records.held import Held


def place_of_row(unit: str, code: str) -> str:
    """What narrows a unit's figures to its row of a place: its own row is what took place all over it."""
    return f"{code}{ALL_OVER}" if code == unit else code


def held_of(tree: UnitTree, scope: Scope, days: Period, place: str) -> Held | None:
    """The places that a filter names; `None` where it names none. Of a code that is no unit's there are no events."""
    if not place:
        return None
    if place in (Place.UNKNOWN, Place.OUTSIDE):
        return Held(unsaid=True) if place == Place.UNKNOWN else Held(frozenset(scope.members), elsewhere=True)
    code, is_all_over = place.removesuffix(ALL_OVER), place.endswith(ALL_OVER)
    return Held(_units(tree, scope, days, code, is_all_over=is_all_over))


def _units(tree: UnitTree, scope: Scope, days: Period, code: str, *, is_all_over: bool) -> frozenset[int]:
    on_line = frozenset(unit for unit, member in scope.members.items() if member.line.code == code)
    if code == scope.root.code:
        return on_line if is_all_over else frozenset(scope.members)
    if on_line and not is_all_over:
        return on_line
    try:
        there = scope_of(tree, code, days.first, days.last, days.last)
    except UnknownUnitError:
        return frozenset()
    return frozenset({there.root.id} if is_all_over else there.members)
