"""Where a report's event took place, as a condition on its facts or on sums of them."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, not_

from rules.kinds import Place


@dataclass(frozen=True, slots=True)
class Held:
    """Places: some units, or with `elsewhere` whatever is said and none of these; or `unsaid` ones."""

    units: frozenset[int] = frozenset()
    elsewhere: bool = False
    unsaid: bool = False

    def on(self, place: ColumnElement[str], unit: ColumnElement[int]) -> ColumnElement[bool]:
        """The condition on the columns of the place and of its unit, which is 0 where the place is no unit."""
        is_unsaid = place == Place.UNKNOWN
        if self.unsaid:
            return is_unsaid
        inside = unit.in_(self.units)
        return and_(not_(is_unsaid), not_(inside) if self.elsewhere else inside)
