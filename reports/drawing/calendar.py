"""Neighbourhoods by weeks: who reported when, and where the gaps are. A district's 186 rows stand ward by ward.

A state is told by its shape as well as by its colour: full and dark, full with a bar, an empty box with a dash, a box
with a dot, a cross.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from locales import Say
from reports.drawing.palette import INK, LATE, MENDING, MISSING, NIL, ON_TIME, PAPER, QUIET
from reports.drawing.plot import key
from reports.drawing.sheet import INNER, MARGIN, NOTE, Sheet, begun
from reports.drawing.svg import Style, Weight, path, wrap

FEW_ROWS = 30
"""Up to so many neighbourhoods stand in one column with their whole names."""
COLUMNS = 3
COLUMN_GAP = 36
BLOCK_GAP = 26
HEADING = 46
WEEKS_LINE = 32
WIDEST_CELL = 90

BLOCK = Style(34, INK, Weight.SEMIBOLD)
RECEIVED = Style(30, QUIET, anchor="end")
WEEK = Style(26, QUIET, anchor="middle")
SMALL_NAME = Style(27, INK)
NAME = Style(34, INK)


@dataclass(frozen=True, slots=True)
class Block:
    """A ward: its name, how many of its unit-weeks were received of how many, and a row for each neighbourhood.

    A row is a name and a letter for each week (`LETTERS`).
    """

    name: str
    received: int
    expected: int
    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Shape:
    """The measures of all blocks of a picture."""

    width: float
    name_width: float
    row: float
    name: Style
    weeks: Sequence[str]

    @property
    def cell(self) -> float:
        return min(WIDEST_CELL, (self.width - self.name_width) / max(1, len(self.weeks)))

    def height(self, block: Block) -> float:
        return (HEADING if block.name else 0) + WEEKS_LINE + len(block.rows) * self.row + BLOCK_GAP


def _box(left: float, top: float, width: float, height: float) -> str:
    return f"M{left:g} {top:g}h{width:g}v{height:g}h{-width:g}z"


def _on_time(x: float, y: float, w: float, h: float) -> str:
    return path(_box(x, y, w, h), fill=ON_TIME)


def _late(x: float, y: float, w: float, h: float) -> str:
    bar = _box(x, y + h * 0.4, w, h * 0.2)
    return path(_box(x, y, w, h), fill=LATE) + path(bar, fill=PAPER)


def _nil(x: float, y: float, w: float, h: float) -> str:
    dash = f"M{x + w * 0.28:g} {y + h / 2:g}h{w * 0.44:g}"
    return path(_box(x + 1.5, y + 1.5, w - 3, h - 3) + dash, fill="none", stroke=NIL, stroke_width=3)


def _mending(x: float, y: float, w: float, h: float) -> str:
    r = min(w, h) * 0.22
    dot = f"M{x + w / 2 - r:g} {y + h / 2:g}a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0 {-2 * r:g} 0z"
    return path(_box(x, y, w, h), fill=MENDING) + path(dot, fill=PAPER)


def _missing(x: float, y: float, w: float, h: float) -> str:
    r = min(w, h) * 0.32
    middle, centre = x + w / 2, y + h / 2
    cross = f"M{middle - r:g} {centre - r:g}l{2 * r:g} {2 * r:g}M{middle + r:g} {centre - r:g}l{-2 * r:g} {2 * r:g}"
    return path(cross, stroke=MISSING, stroke_width=4, stroke_linecap="round")


def _free(x: float, y: float, w: float, h: float) -> str:
    return path(f"M{x + w / 2 - 3:g} {y + h / 2 - 3:g}h6v6h-6z", fill=QUIET)


def _open(x: float, y: float, w: float, h: float) -> str:
    return path(_box(x + 1.5, y + 1.5, w - 3, h - 3), fill="none", stroke=NIL, stroke_width=2, stroke_dasharray="3 5")


LETTERS: Mapping[str, Callable[[float, float, float, float], str]] = {
    "o": _on_time,
    "l": _late,
    "n": _nil,
    "m": _mending,
    "x": _missing,
    "f": _free,
    ".": _open,
}
"""By letter how a week is drawn; anything else is a week that the unit does not owe."""


def calendar_svg(data: Mapping[str, Any]) -> str:
    """The picture of a `calendar` recipe (`reports.pictures.calendar`)."""
    sheet = begun(data)
    blocks = [Block(*block) for block in data["blocks"]]
    sheet.down(14)
    _draw_key(sheet, data["counts"])
    sheet.rule()
    sheet.down(30)
    if any(block.rows for block in blocks):
        _draw_blocks(sheet, blocks, data["weeks"])
    else:
        sheet.down(20)
        sheet.paragraph(sheet.say("Nobody owed a report in these weeks."), NOTE)
    sheet.rule()
    sheet.down(12)
    sheet.foot(data["foot"], data["as_of"])
    return sheet.finished(data["unit"])


def _draw_key(sheet: Sheet, counts: Mapping[str, int]) -> None:
    """The legend says how many there are of each."""
    names = _names(sheet.say)
    shown = [letter for letter in names if counts.get(letter) or letter not in "f."]
    key(
        sheet,
        [
            (
                LETTERS[each](0, 0, 32, 32),
                f"{names[each]}: {sheet.number(counts[each])}" if each in counts else names[each],
            )
            for each in shown
        ],
    )


def _names(say: Say) -> dict[str, str]:
    return {
        "o": say("on time"),
        "l": say("late"),
        "n": say("no activity"),
        "m": say("being mended"),
        "x": say("missing"),
        "f": say("free week"),
        ".": say("not due yet"),
    }


def _draw_blocks(sheet: Sheet, blocks: Sequence[Block], weeks: Sequence[str]) -> None:
    rows = [row for block in blocks for row in block.rows]
    columns = COLUMNS if len(rows) > FEW_ROWS and len(blocks) > 1 else 1
    width = (INNER - (columns - 1) * COLUMN_GAP) / columns
    row, name = (32, SMALL_NAME) if columns > 1 else (50, NAME)
    widest = max(name.width(title) for title, _ in rows) + 14
    shape = Shape(width, min(widest, width * (0.3 if columns > 1 else 0.34)), row, name, weeks)
    top, bottom = sheet.y, sheet.y
    for place, part in enumerate(split([shape.height(block) for block in blocks], columns)):
        y = top
        for block in blocks[part.start : part.stop]:
            _draw_block(sheet, block, shape, MARGIN + place * (width + COLUMN_GAP), y)
            y += shape.height(block)
        bottom = max(bottom, y)
    sheet.down(bottom - top - BLOCK_GAP)


def split(heights: Sequence[float], columns: int) -> list[range]:
    """The blocks in order over so many columns, so that the highest is as low as can be."""
    best: dict[tuple[int, int], tuple[float, list[range]]] = {(0, 0): (0.0, [])}
    for column in range(1, columns + 1):
        for stop in range(len(heights) + 1):
            options = (
                (max(high, sum(heights[start:stop])), [*parts, range(start, stop)])
                for start in reversed(range(stop + 1))  # of equals the one that fills the first columns
                if (before := best.get((column - 1, start))) is not None
                for high, parts in [before]
            )
            if found := min(options, key=lambda each: each[0], default=None):
                best[column, stop] = found
    return best[columns, len(heights)][1]


def _draw_block(sheet: Sheet, block: Block, shape: Shape, left: float, top: float) -> None:
    if block.name:
        share = f"{100 * block.received // block.expected} %" if block.expected else ""
        title = wrap(block.name, BLOCK, shape.width - RECEIVED.width(share) - 12, 1)[0]
        sheet.write(left, top + 34, title, BLOCK)
        sheet.write(left + shape.width, top + 34, share, RECEIVED)
        top += HEADING
    _draw_weeks(sheet, shape, left + shape.name_width, top + 24)
    top += WEEKS_LINE
    inset = max(1.5, shape.cell * 0.07)
    for place, (name, letters) in enumerate(block.rows):
        y = top + place * shape.row
        label = wrap(name, shape.name, shape.name_width - 8, 1)[0]
        sheet.write(left, y + shape.row / 2 + shape.name.size * 0.36, label, shape.name)
        for week, letter in enumerate(letters):
            if draw := LETTERS.get(letter):
                x = left + shape.name_width + week * shape.cell
                sheet.add(draw(x + inset, y + 2, shape.cell - 2 * inset, shape.row - 4))


def _draw_weeks(sheet: Sheet, shape: Shape, left: float, y: float) -> None:
    """The weeks' numbers: each, every other, or the first and the last, as there is room."""
    widest = max((WEEK.width(week) for week in shape.weeks), default=0) + 10
    every = next((each for each in (1, 2, 3) if shape.cell * each >= widest), len(shape.weeks))
    last = len(shape.weeks) - 1
    for place, week in enumerate(shape.weeks):
        if (last - place) % every == 0:
            half = WEEK.width(week) / 2
            sheet.write(
                min(left + (place + 0.5) * shape.cell, left + last * shape.cell + shape.cell - half), y, week, WEEK
            )
