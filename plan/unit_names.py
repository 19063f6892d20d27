"""Finds the unit that a list or a person calls by its code or by its name: “P10-KP05”, “KP5 P10”, “khu phố 05”.

Words, their order, zeros before numbers and abbreviations do not matter: a name is what it is made of. What a unit's
kind is called comes from the units' own names, so a city's “xã” and “ấp” are found like a district's “khu phố”.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from interview import fold
from storage.directory.units import Unit, UnitsOfDay

_APART = re.compile(r"[^0-9a-z]+")
_NUMBERED = re.compile(r"(?P<kind>[^0-9]*[^0-9 .-])[ .-]*[0-9]+")

Tokens = frozenset[str]


class UnitNames:
    """The units that exist on a day, by what people call them."""

    def __init__(self, units: UnitsOfDay) -> None:
        self._units = units
        self._kinds = dict(_kinds(units.standing))
        longest_first = sorted({*self._kinds, *self._kinds.values()}, key=len, reverse=True)
        self._kind_and_number = re.compile(rf"\b({'|'.join(map(re.escape, longest_first))}) *0*([0-9]+)\b")
        self._by_title = self._index((unit, units.title_of(unit.id)) for unit in units.standing)
        self._by_name = self._index((unit, unit.name) for unit in units.standing)
        self._by_code = self._index((unit, unit.code) for unit in units.standing)

    def called(self, text: str, inside: str = "") -> list[Unit]:
        """The units that are called so, all of them; with `inside` (a code) only those in that unit, and itself."""
        said = self.tokens(text)
        found = (by.get(said, ()) for by in (self._by_code, self._by_title, self._by_name))
        fitting = (tuple(unit for unit in units if self._lies(unit, inside)) for units in found)
        return list(next(filter(None, fitting), ()))

    def tokens(self, text: str) -> Tokens:
        """What a name is made of: “Khu phố 05, Phường 10” and “p10-kp5” are both {kp5, p10}."""
        plain = " ".join(_APART.sub(" ", fold(text)).split())
        short = self._kind_and_number.sub(lambda found: f"{self._kinds.get(found[1], found[1])}{found[2]}", plain)
        return frozenset(short.split())

    def _lies(self, unit: Unit, inside: str) -> bool:
        return not inside or inside in (unit.code, *self._units.codes_above(unit.code))

    def _index(self, named: Iterable[tuple[Unit, str]]) -> Mapping[Tokens, list[Unit]]:
        index: dict[Tokens, list[Unit]] = defaultdict(list)
        for unit, name in named:
            index[self.tokens(name)].append(unit)
        return index


@lru_cache(4)  # making them takes longer than reading a text by them; there are a few days at a time
def unit_names(units: UnitsOfDay) -> UnitNames:
    """The names of a day's units, made once for each reading of the directory."""
    return UnitNames(units)


def _kinds(units: Iterable[Unit]) -> Iterator[tuple[str, str]]:
    """What numbered units are called, and its initials: khu pho → kp."""
    for unit in units:
        if numbered := _NUMBERED.fullmatch(fold(unit.name)):
            kind = numbered["kind"].strip()
            yield kind, "".join(word[0] for word in kind.split())
