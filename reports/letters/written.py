"""What people wrote into a letter: the unit's own words, else what the units below wrote into theirs, with names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from periods.period import Period
from plan.form_names import RESULTS_REPORT
from plan.letters.model import LetterKind, Part
from reports.letters.plain import paragraphs, plain
from reports.letters.sentences import Phrases
from reports.scope import natural
from rules.levels import Level
from storage.directory.units import Unit, UnitsOfDay
from storage.records.letters import Written, proposed_in, written_by

RESULTS = "results"
"""The letter on results (V.2), for which units hand in a report of their own."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the units below wrote for a part, by unit in the order of lists."""

    unit: Unit
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenParts:
    """The parts of a letter of one unit: its own, and those of the units below."""

    own: Mapping[str, Written]
    below: Mapping[str, Sequence[Gathered]]

    def lines(self, phrase: Phrases, part: Part) -> list[str]:
        """A part's paragraphs; none if nobody wrote any."""
        mine = self.own.get(part.id)
        if mine is not None and (said := paragraphs(mine.text)):
            return said
        return list(self._gathered(phrase, part)) if part.gathered else []

    def _gathered(self, phrase: Phrases, part: Part) -> Iterator[str]:
        for each in self.below.get(part.id, ()):
            for line in each.lines:
                yield phrase("gathered", unit=plain(each.unit.name), text=line)

    def documents(self, level: Level) -> dict[Level, int]:
        """How many documents the letters list, by the level of who issued them; `level` is the unit's own."""
        counted = {level: len(paragraphs(self.own["documents"].text)) if "documents" in self.own else 0}
        for each in self.below.get("documents", ()):
            counted[each.unit.level] = counted.get(each.unit.level, 0) + len(each.lines)
        return counted


def written_parts(
    db: Connection, kind: LetterKind, units: UnitsOfDay, inside: Sequence[int], unit: Unit, period: Period
) -> WrittenParts:
    """What the unit and those inside it wrote into their letters of a kind and period.

    What they proposed in their reports on results stands in the letter on results until they write it there.
    """
    found = written_by(db, kind.id, period, inside)
    if kind.id == RESULTS:
        known = {(each.unit_id, each.part) for each in found}
        proposed = proposed_in(db, RESULTS_REPORT, period, inside)
        found += [each for each in proposed if (each.unit_id, each.part) not in known]
    below: dict[str, list[Gathered]] = {}
    others = (each for each in found if each.unit_id != unit.id and each.text.strip())
    for each in sorted(others, key=lambda written: natural(units.unit(written.unit_id).code)):
        lines = tuple(paragraphs(each.text))
        below.setdefault(each.part, []).append(Gathered(units.unit(each.unit_id), lines))
    return WrittenParts({each.part: each for each in found if each.unit_id == unit.id}, below)
