"""Letters of a unit's figures: which it can write, their files, and what people write into them, by version."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from interview import fold
from messages import Document
from periods.period import Period, period_of
from plan.letters.model import LetterKind, Part
from plan.model import Plan
from reports.letters.recipe import LetterRecipe
from reports.letters.written import Gathered, written_parts
from services import access
from services.viewer import Viewer
from storage.directory.units import Unit
from storage.records import letters as stored
from storage.records.letters import Written

DOCUMENT = "letter"
"""The kind of such a document."""
MOST_CHARACTERS = 20_000
"""Of a part: some eight pages. Messages that add to it stop there."""


class Outcome(StrEnum):
    """What became of what somebody wrote."""

    WRITTEN = "written"
    OVERTAKEN = "overtaken"
    """Somebody else wrote in between: their version stands."""
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class PartState:
    """A part of a letter: what the unit wrote, and what the units below wrote."""

    part: Part
    place: int
    own: Written | None
    below: Sequence[Gathered]

    @property
    def text(self) -> str:
        return self.own.text.strip() if self.own else ""

    @property
    def version(self) -> int:
        return self.own.version if self.own else 0

    @property
    def is_empty(self) -> bool:
        return not self.text and not (self.part.gathered and self.below)


@dataclass(frozen=True, slots=True)
class OpenLetter:
    """A letter that is being written, with its parts in order."""

    id: int
    kind: LetterKind
    unit: Unit
    period: Period
    parts: tuple[PartState, ...]

    @property
    def empty(self) -> tuple[PartState, ...]:
        return tuple(state for state in self.parts if state.is_empty)


def kinds_for(viewer: Viewer, plan: Plan, unit: str, period: Period) -> list[LetterKind]:
    """The letters that the person may have of a unit and a period."""
    there = viewer.tree.find(unit)
    if there is None or not access.may_have_letters(viewer, unit):
        return []
    return plan.letters.fitting(period.length, there.level)


def letter_file(viewer: Viewer, plan: Plan, unit: str, period: Period, kind: str, language: str) -> Document | None:
    """A letter's recipe: a draft. `None` if the person may not have it, or there is none."""
    written = next((each for each in kinds_for(viewer, plan, unit, period) if each.id == kind), None)
    if written is None:
        return None
    called = "-".join(re.findall(r"\w+", fold(written.name_vi)))
    name = f"du-thao-{called}-{unit}-{period.code}.docx"
    return Document(DOCUMENT, LetterRecipe(kind, unit, period, language).written(), name)


def open_letter(
    db: Connection, viewer: Viewer, plan: Plan, *, unit: str, period: Period, kind: str, now: datetime
) -> OpenLetter | None:
    """Begin or go on with a unit's letter. `None` if the person does not write it."""
    fits = kind in {each.id for each in kinds_for(viewer, plan, unit, period)}
    if not fits or not access.may_write_letter(viewer, unit):
        return None
    letter = stored.open_letter(db, kind, viewer.tree[unit].id, period, now)
    return find_letter(db, viewer, plan, letter.id)


def find_letter(db: Connection, viewer: Viewer, plan: Plan, letter_id: int) -> OpenLetter | None:
    """Find a letter that was begun; `None` if there is none, or the person does not write it."""
    row = stored.find_letter(db, letter_id)
    if row is None or row.kind not in plan.letters.kinds:
        return None
    unit, period = viewer.tree.unit(row.unit_id), period_of(row.period, plan.periods)
    kind = plan.letters.kinds[row.kind]
    if not access.may_write_letter(viewer, unit.code):
        return None
    said = written_parts(db, kind, viewer.tree, viewer.tree.inside(unit.code), unit, period)
    states = (
        PartState(part, place, said.own.get(part.id), said.below.get(part.id, ()))
        for place, part in enumerate(kind.parts)
    )
    return OpenLetter(row.id, kind, unit, period, tuple(states))


def write_part(
    db: Connection, viewer: Viewer, letter: OpenLetter, state: PartState, text: str, *, seen: int, now: datetime
) -> Outcome:
    """Write a new version of a part, if the one that was `seen` still stands; the letter was found for this person."""
    if len(text) > MOST_CHARACTERS:
        return Outcome.TOO_LONG
    is_written = stored.write(db, letter.id, state.part.id, text, seen=seen, person_id=viewer.person_id, now=now)
    return Outcome.WRITTEN if is_written else Outcome.OVERTAKEN
