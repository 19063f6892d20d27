"""How many people stand behind visits: the two ends between which their number lies, and what a target makes of it.

An event belongs to the smallest unit that contains both its organiser and its place. From below, nobody who belongs to
one unit is taken for somebody of its neighbour: that is an assumption, and it is said wherever the end is. From above,
every visit is another person.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Self


@dataclass(frozen=True, slots=True)
class Ends:
    """As many women, men and people in all, of one end of an interval; unsorted people are in the total alone."""

    women: int = 0
    men: int = 0
    total: int = 0

    def __or__(self, other: Self) -> "Ends":
        """The larger of each."""
        return Ends(max(self.women, other.women), max(self.men, other.men), max(self.total, other.total))

    def __add__(self, other: Self) -> "Ends":
        return Ends(self.women + other.women, self.men + other.men, self.total + other.total)

    @property
    def with_both_sexes(self) -> "Ends":
        """The total is at least that of the women and the men."""
        return Ends(self.women, self.men, max(self.total, self.women + self.men))


NOBODY = Ends()


@dataclass(frozen=True, slots=True)
class Visits:
    """Those who came, added up: nobody knows how many came twice."""

    women: int = 0
    men: int = 0
    unsorted: int = 0

    def __add__(self, other: Self) -> "Visits":
        return Visits(self.women + other.women, self.men + other.men, self.unsorted + other.unsorted)

    @property
    def total(self) -> int:
        return self.women + self.men + self.unsorted

    @property
    def most(self) -> Ends:
        """As many people as there can be behind these visits."""
        return Ends(self.women + self.unsorted, self.men + self.unsorted, self.total)


@dataclass(frozen=True, slots=True)
class Events:
    """The events that belong to one unit: the largest number of each, and all visits.

    Only `approved` ones are known for sure, so the largest numbers are of these. An event is a value of this type, too.
    """

    largest: Ends = NOBODY
    largest_local: Ends = NOBODY
    visits: Visits = Visits()

    def __add__(self, other: Self) -> "Events":
        return Events(
            self.largest | other.largest, self.largest_local | other.largest_local, self.visits + other.visits
        )


NO_EVENTS = Events()


def owner(organiser: Sequence[int], place: Sequence[int] | None, *, agency: bool = False, local: bool = False) -> int:
    """The unit that an event belongs to: the smallest that contains both its organiser and its place.

    Both are the unit and those above it, up to the root. Without a `place` nobody said where it was; a place outside
    the root is the root alone. The event of an `agency` belongs to the root, or to its place if its audience is said to
    be `local`.
    """
    if agency:
        return place[0] if local and place else organiser[-1]
    if place is None:
        return organiser[0]
    return next(unit for unit in organiser if unit in place)


def gathered(events: Iterable[tuple[int, Events]]) -> dict[int, Events]:
    """By unit all events that belong to it."""
    owned: dict[int, Events] = {}
    for unit, its in events:
        owned[unit] = owned.get(unit, NO_EVENTS) + its
    return owned


@dataclass(frozen=True, slots=True)
class Bounds:
    """The ends between which the number of people lies.

    `assumed` rests on the assumption that nobody is counted at the own events of two neighbouring units; `single` does
    without: it is the largest event. `visits` are all there were.
    """

    assumed: Ends
    single: Ends
    most: Ends
    visits: Visits


def bounds(root: int, children: Mapping[int, Collection[int]], events: Mapping[int, Events]) -> Bounds:
    """The people behind the events of a unit and of all units in it."""
    inside = list(_inside(root, children))
    its = [events[unit] for unit in inside if unit in events]
    visits = reduce(Visits.__add__, (each.visits for each in its), Visits())
    return Bounds(
        assumed=_at_least(root, children, events)[0],
        single=reduce(Ends.__or__, (each.largest.with_both_sexes for each in its), NOBODY),
        most=visits.most,
        visits=visits,
    )


def _inside(unit: int, children: Mapping[int, Collection[int]]) -> Iterable[int]:
    yield unit
    for child in children.get(unit, ()):
        yield from _inside(child, children)


def _at_least(unit: int, children: Mapping[int, Collection[int]], events: Mapping[int, Events]) -> tuple[Ends, Ends]:
    """The lower end of a unit, and that of its local groups alone: only these are summed over the units in it."""
    below = [_at_least(child, children, events) for child in children.get(unit, ())]
    own = events.get(unit, NO_EVENTS)
    summed = reduce(Ends.__add__, (local for _, local in below), NOBODY)
    largest = reduce(Ends.__or__, (every for every, _ in below), NOBODY)
    local = (summed | own.largest_local).with_both_sexes
    return (local | largest | own.largest).with_both_sexes, local


@dataclass(frozen=True, slots=True)
class FirstTime:
    """How many said in a year that they came for the first time in it.

    `known` are those of approved reports, `told` of all that asked; `not_asked` the visits of the others. They are
    people at both ends only where `whole`: from 1 January on, over all groups and organisers. Elsewhere they are newly
    met people, who raise the lower end alone, and the year's upper end is all its `visits`.
    """

    known: int
    told: int
    not_asked: int
    visits: int
    whole: bool

    @property
    def most(self) -> int:
        return self.told + self.not_asked if self.whole else self.visits


def first_time(years: Iterable[FirstTime]) -> tuple[int, int]:
    """Both ends over several years: who came in one may have come in the next, and may not."""
    listed = list(years)
    return max((year.known for year in listed), default=0), sum(year.most for year in listed)


def both_of(knowledge: int, skills: int, everybody: int | None) -> tuple[int, int]:
    """How many of a list have both, where it counts each by itself; without the length of the list at least none."""
    return max(0, knowledge + skills - everybody) if everybody is not None else 0, min(knowledge, skills)
