"""The recipe of the calendar: what each neighbourhood did about each of some weeks, ward by ward."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from locales import Say, number, texts
from messages.outgoing import Picture
from periods.period import week_period
from reports.calendar import Calendar, Cell
from reports.pictures.frame import frame, weeks_text

MAX_ROWS = 240
"""More neighbourhoods than this make a picture that no channel shows large enough; their parents have one each."""
FREE, NOT_OWED = "f", " "
LETTERS: Mapping[Cell, str] = {
    Cell.ON_TIME: "o",
    Cell.LATE: "l",
    Cell.NIL: "n",
    Cell.MENDING: "m",
    Cell.MISSING: "x",
    Cell.OPEN: ".",
    Cell.NOT_OWED: NOT_OWED,
}
"""A week in one letter, as recipes keep it."""
RECEIVED = (Cell.ON_TIME, Cell.LATE, Cell.NIL, Cell.MENDING)
OWED = (*RECEIVED, Cell.MISSING)


@dataclass(frozen=True, slots=True)
class Block:
    """The neighbourhoods of a ward, each with its letters."""

    name: str
    rows: Sequence[tuple[str, str]]


def calendar_picture(found: Calendar, *, language: str, sample: bool) -> Picture:
    """Neighbourhoods by weeks; weeks run from left to right."""
    say, weeks = texts(language), [week_period(week) for week in found.weeks]
    blocks = [
        Block(ward, [(row.name, _letters(row.cells, found)) for row in rows])
        for ward, rows in groupby(found.rows, key=lambda row: row.ward)
    ]
    counts = Counter("".join(letters for block in blocks for _, letters in block.rows))
    when = weeks_text(say, len(weeks), weeks[0], weeks[-1])
    question = say("Weekly reports: who is on time, where are gaps?")
    data: dict[str, Any] = frame(
        language, found.title, when, found.as_of, sample=sample, question=question, foot=_foot(say, blocks)
    )
    data["weeks"] = [str(week.number) for week in weeks]
    data["blocks"] = [_block(block, alone=len(blocks) == 1) for block in blocks]
    data["counts"] = {letter: counts[letter] for letter in (*LETTERS.values(), FREE) if letter != NOT_OWED}
    return Picture("calendar", data, _alt(say, found, when))


def _letters(cells: Sequence[Cell], found: Calendar) -> str:
    """A free week is owed by nobody."""
    return "".join(
        FREE if week in found.free and cell is Cell.NOT_OWED else LETTERS[cell]
        for week, cell in zip(found.weeks, cells, strict=True)
    )


def _block(block: Block, *, alone: bool) -> list[Any]:
    """Where wards stand beside each other their neighbourhoods go by their numbers: "Khu phố 5" is 5."""
    together = "".join(letters for _, letters in block.rows)
    received, owed = (sum(together.count(LETTERS[cell]) for cell in of) for of in (RECEIVED, OWED))
    shared = 0 if alone else _shared([name for name, _ in block.rows])
    rows = [[name[shared:], letters] for name, letters in block.rows]
    return ["" if alone else block.name, received, owed, rows]


def _shared(names: Sequence[str]) -> int:
    """How many letters all names begin with, up to the last space before each goes its own way."""
    if len(names) < 2:
        return 0
    shortest, longest = min(names), max(names)
    same = next(
        (place for place, pair in enumerate(zip(shortest, longest, strict=False)) if pair[0] != pair[1]), len(shortest)
    )
    return shortest[: min(same, len(shortest) - 1)].rfind(" ") + 1


def _foot(say: Say, blocks: Sequence[Block]) -> list[str]:
    lines = [say("A row is a unit, a column a week by its number.")]
    if len(blocks) > 1:
        lines.append(say("Percentage: weeks received of those owed."))
    return lines


def _alt(say: Say, found: Calendar, when: str) -> str:
    def count(cell: Cell) -> str:
        return number(found.count(cell), say.language)

    return say(
        "Calendar of reports, {unit}, {when}: {on_time} on time, {late} late, {nil} without activity, "
        "{mending} being mended, {missing} missing",
        unit=found.title,
        when=when,
        on_time=count(Cell.ON_TIME),
        late=count(Cell.LATE),
        nil=count(Cell.NIL),
        mending=count(Cell.MENDING),
        missing=count(Cell.MISSING),
    )
