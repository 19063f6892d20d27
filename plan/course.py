"""Where a ledger leads the units in use: which end, which go on under another name or parent, and who comes after whom.

What lies in a unit that ends goes with it: into its successor, or into the part of it that the new list says. So a
ledger of wards needs no row for their neighbourhoods.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from plan.ledger import LedgerRow
from plan.model import ListedUnit
from rules.changes import ChangeKind


@dataclass(frozen=True, slots=True)
class NewVersion:
    """From a day on a unit is called so and lies there; both units by their codes on that day."""

    code: str
    day: date
    name: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """What became of a unit on a day; both by their codes, the one of the day before and the one of the day.

    `was` and `now` are what people read: the names, or for a move the codes of the parents.
    """

    kind: ChangeKind
    before: str
    after: str
    day: date
    resolution: str = ""
    was: str = ""
    now: str = ""


@dataclass(slots=True)
class Course:
    """What the rows of a ledger do, day by day. `units` are the units in use by code, as they are in the end."""

    units: dict[str, ListedUnit]
    listed: Mapping[str, ListedUnit]
    versions: list[NewVersion] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def take(self, rows: Iterable[LedgerRow]) -> None:
        """Follow a checked ledger's rows."""
        by_day: dict[date, list[LedgerRow]] = defaultdict(list)
        for row in rows:
            by_day[row.day].append(row)
        for day in sorted(by_day):
            self._take_day(day, by_day[day])

    def _take_day(self, day: date, rows: list[LedgerRow]) -> None:
        successors: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            self.links.append(Link(row.kind, row.before, row.after, day, row.resolution, *self._differ(row)))
            if row.keeps_code:
                self._change(row)
            else:
                successors[row.before].append(row.after)
                if row.before in self.units:
                    self.units[row.before] = replace(self.units[row.before], valid_to=row.last_day)
        said = {row.before: row.resolution for row in rows}
        inside = [unit for unit in self.units.values() if unit.parent in successors and _goes_on(unit, day)]
        followed = [unit for unit in inside if self._follow(unit, successors[unit.parent or ""])]
        for unit in followed:
            parents = unit.parent or "", self.units[unit.code].parent or ""
            self.links.append(Link(ChangeKind.MOVE, unit.code, unit.code, day, said[parents[0]], *parents))
        for code in dict.fromkeys((*(row.before for row in rows if row.keeps_code), *(it.code for it in followed))):
            self.versions.append(NewVersion(code, day, self.units[code].name, self.units[code].parent))

    def _differ(self, row: LedgerRow) -> tuple[str, str]:
        before = self.units.get(row.before) or self.listed[row.before]
        after = self.listed.get(row.after) or self.units[row.after]
        return (before.parent or "", after.parent or "") if row.kind is ChangeKind.MOVE else (before.name, after.name)

    def _change(self, row: LedgerRow) -> None:
        unit, listed = self.units[row.before], self.listed[row.after]
        is_renamed = row.kind is ChangeKind.RENAME
        self.units[row.before] = replace(unit, name=listed.name) if is_renamed else replace(unit, parent=listed.parent)

    def _follow(self, unit: ListedUnit, successors: list[str]) -> bool:
        """Let a unit go where its parent went; of several parts the list says which."""
        listed = self.listed.get(unit.code)
        if len(successors) > 1:
            successors = [part for part in successors if listed is not None and listed.parent == part]
        if successors:
            self.units[unit.code] = replace(unit, parent=successors[0])
        return bool(successors)


def _goes_on(unit: ListedUnit, day: date) -> bool:
    return unit.valid_from < day and (unit.valid_to is None or unit.valid_to >= day)
