"""The slot of every value of a form, and the slots that an absolute path reads.

The first slots hold what an expression may read beside the answers: the day, the time and the language.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

TODAY, NOW, LANGUAGE = 0, 1, 2
FIRST = 3

Steps = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One element of the instance. `repeat` is the slot of the repeat around it, or -1; `default` its text."""

    slot: int
    steps: Steps
    parent: int
    repeat: int
    is_leaf: bool
    is_repeat: bool
    default: str = ""

    @property
    def name(self) -> str:
        return self.steps[-1]

    @property
    def path(self) -> str:
        """The path as interviews write it: without the root."""
        return "/".join(self.steps[1:])


@dataclass(frozen=True)
class Layout:
    """All places of an instance in document order; `places[n].slot == n + FIRST`."""

    root: str
    places: tuple[Place, ...]

    def __len__(self) -> int:
        return FIRST + len(self.places)

    def __getitem__(self, slot: int) -> Place:
        return self.places[slot - FIRST]

    @cached_property
    def by_steps(self) -> Mapping[Steps, Place]:
        return {place.steps: place for place in self.places}

    @cached_property
    def everything(self) -> frozenset[int]:
        return frozenset(place.slot for place in self.places)

    def read_by(self, steps: Steps) -> frozenset[int] | None:
        """The slots that the value of a path is made of (all below a group), `None` for an unknown path."""
        if steps == (self.root,):
            return self.everything
        place = self.by_steps.get(steps)
        if place is None:
            return None
        return frozenset({place.slot, *(below.slot for below in self.below(place))})

    def below(self, place: Place) -> Iterator[Place]:
        depth = len(place.steps)
        return (other for other in self.places if len(other.steps) > depth and other.steps[:depth] == place.steps)

    def entry_path(self, place: Place, entry: int) -> str:
        """The path of one entry's value: "rep[2]/name"; outside repeats the path itself."""
        if place.repeat < 0:
            return place.path
        before = self[place.repeat].path
        return f"{before}[{entry + 1}]{place.path[len(before) :]}"
