"""The recipe of the calendar: what each neighbourhood did about each of some weeks, ward by ward."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from locales import Say, number, texts
from messages.outgoing import Picture
from periods.period import Period
from reports.pictures.frame import frame, weeks_text

MAX_ROWS = 240
"""More neighbourhoods than this make a picture that no channel shows large enough; their parents have one each."""
ON_TIME, LATE, NIL, MENDING, MISSING, FREE, NOT_OWED = "o", "l", "n", "m", "x", "f", " "
"""A week in one letter, as recipes keep it."""
RECEIVED = (ON_TIME, LATE, NIL, MENDING)
OWED = (*RECEIVED, MISSING)


@dataclass(frozen=True, slots=True)
class Row:
    """A neighbourhood and a letter for each week."""

    name: str
    weeks: str


@dataclass(frozen=True, slots=True)
class Block:
    """The neighbourhoods of a ward; of the unit itself, if nothing lies between."""

    name: str
    rows: Sequence[Row]


def calendar_picture(
    weeks: Sequence[Period], blocks: Sequence[Block], *, unit: str, as_of: datetime, language: str, sample: bool
) -> Picture:
    """Neighbourhoods by weeks; weeks run from left to right."""
    say = texts(language)
    counts = Counter("".join(row.weeks for block in blocks for row in block.rows))
    when = weeks_text(say, len(weeks), weeks[0], weeks[-1])
    question = say("Weekly reports: who is on time, where are gaps?")
    data: dict[str, Any] = frame(language, unit, when, as_of, sample=sample, question=question, foot=_foot(say, blocks))
    data["weeks"] = [str(week.number) for week in weeks]
    data["blocks"] = [_block(block, alone=len(blocks) == 1) for block in blocks]
    data["counts"] = {letter: counts[letter] for letter in (*OWED, FREE)}
    return Picture("calendar", data, _alt(say, unit, when, counts))


def _block(block: Block, *, alone: bool) -> list[Any]:
    """Where wards stand beside each other their neighbourhoods go by their numbers: "Khu phố 5" is 5."""
    letters = "".join(row.weeks for row in block.rows)
    received, owed = (sum(map(letters.count, of)) for of in (RECEIVED, OWED))
    names = [row.name for row in block.rows]
    shared = 0 if alone else _shared(names)
    rows = [[name[shared:], row.weeks] for name, row in zip(names, block.rows, strict=True)]
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


def _alt(say: Say, unit: str, when: str, counts: Counter[str]) -> str:
    return say(
        "Calendar of reports, {unit}, {when}: {on_time} on time, {late} late, {nil} without activity, "
        "{mending} being mended, {missing} missing",
        unit=unit,
        when=when,
        on_time=number(counts[ON_TIME], say.language),
        late=number(counts[LATE], say.language),
        nil=number(counts[NIL], say.language),
        mending=number(counts[MENDING], say.language),
        missing=number(counts[MISSING], say.language),
    )
