"""What is known of a unit's people from the numbers that units supplied: denominators, lists and surveys.

A unit's own number holds for all that lies in it; without one, those of the units in it are added, if all of them have
one. Numbers are carried through mergers; after a split a unit has none until it supplies its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce

from plan.model import TargetGroup
from reports.scope import natural
from rules.changes import ChangeKind
from rules.kinds import Measure, Sex
from rules.levels import Level
from storage.directory.units import Unit, UnitTree
from storage.records.supplies import Number

MOST_SOURCES = 3
"""Sources that are named where several numbers are added."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people there are, by sex as far as it is known, from which sources, as of the earliest day of them."""

    people: Mapping[Sex, int]
    sources: tuple[str, ...]
    as_of: date

    @property
    def total(self) -> int | None:
        return self.people.get(Sex.ALL)

    @property
    def source(self) -> str:
        more = ", …" if len(self.sources) > MOST_SOURCES else ""
        return "; ".join(self.sources[:MOST_SOURCES]) + more

    def __add__(self, other: "Counted") -> "Counted":
        both = self.people.keys() & other.people.keys()
        return Counted(
            {sex: self.people[sex] + other.people[sex] for sex in Sex if sex in both},
            tuple(dict.fromkeys((*self.sources, *other.sources))),
            min(self.as_of, other.as_of),
        )


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of a unit: the numbers, whether all are there, and the units that have yet to supply theirs."""

    counted: Counted | None
    missing: tuple[Unit, ...] = ()

    @property
    def full(self) -> bool:
        return self.counted is not None and not self.missing


class Supplied:
    """All numbers that stand, as of a day."""

    def __init__(self, numbers: Iterable[Number], tree: UnitTree, day: date) -> None:
        self._numbers: dict[tuple[Measure, int, str], list[Number]] = defaultdict(list)
        for number in numbers:
            self._numbers[number.measure, number.unit_id, number.about].append(number)
        self._tree = tree
        self._units = tree.on(day)
        self._day = day

    def survey(self, unit: Unit, target: str) -> Number | None:
        """The newest survey of a target in a unit."""
        return self._newest(self._numbers.get((Measure.SURVEY, unit.id, target), ()))

    def of(self, unit: Unit, group: TargetGroup, measure: Measure = Measure.PEOPLE) -> Found:
        """A unit's number of a group. Of people, a sum holds only if it is whole; a list counts as far as it goes."""
        own = self._merged(unit, group.code, measure)
        if own is not None:
            return Found(own)
        below = self._suppliers(unit, group)
        found = {inside.id: self.of(inside, group, measure) for inside in below}
        if all(each.counted is None for each in found.values()) and unit.parent_id is not None:
            return Found(None, (unit,))
        missing = tuple(lacking for each in found.values() for lacking in each.missing)
        counted = [each.counted for each in found.values() if each.counted is not None]
        if not counted or (missing and measure is Measure.PEOPLE):
            return Found(None, missing or (unit,))
        return Found(reduce(Counted.__add__, counted), missing)

    def _suppliers(self, unit: Unit, group: TargetGroup) -> Sequence[Unit]:
        """The units straight in a unit that have people of the group; a local group's people live in no agency."""
        levels = set(group.levels) - ({Level.AGENCY} if group.local else set())
        inside = (each for each in self._units.standing if each.parent_id == unit.id and each.level in levels)
        return sorted(inside, key=lambda each: natural(each.code))

    def _merged(self, unit: Unit, about: str, measure: Measure) -> Counted | None:
        """A unit's own number, with those of the units that have joined it since."""
        own = self._own(unit.id, about, measure)
        joined = [
            change
            for change in self._tree.lineage.into(unit.id)
            if change.on_date <= self._day and (own is None or change.on_date > own.as_of)
        ]
        if any(change.kind is ChangeKind.SPLIT for change in joined) or (own is None and not joined):
            return own
        before = [self._merged(self._tree.as_of(change.before, self._day), about, measure) for change in joined]
        known = [counted for counted in (own, *before) if counted is not None]
        outlived = own is None and unit.valid_from < min(change.on_date for change in joined)
        return None if outlived or len(known) < len(before) + (own is not None) else reduce(Counted.__add__, known)

    def _own(self, unit_id: int, about: str, measure: Measure) -> Counted | None:
        listed = self._numbers.get((measure, unit_id, about), ())
        newest = {sex: self._newest(number for number in listed if number.sex is sex) for sex in Sex}
        known = {sex: number for sex, number in newest.items() if number is not None}
        if not known:
            return None
        people = {sex: number.value for sex, number in known.items()}
        if Sex.FEMALE in people and Sex.MALE in people:
            people.setdefault(Sex.ALL, people[Sex.FEMALE] + people[Sex.MALE])
        sources = tuple(dict.fromkeys(number.source for number in known.values()))
        return Counted(people, sources, min(number.as_of for number in known.values()))

    def _newest(self, numbers: Iterable[Number]) -> Number | None:
        """The last one until the day; only if there is none, the first one after it."""
        ordered = sorted(numbers, key=lambda number: number.as_of)
        until = [number for number in ordered if number.as_of <= self._day]
        return until[-1] if until else next(iter(ordered), None)
