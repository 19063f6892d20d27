"""What plots over time share: a scale of round numbers, and names below it that leave each other room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.drawing.palette import QUIET, RULE
from reports.drawing.sheet import FINE, INNER, MARGIN, RIGHT, Sheet
from reports.drawing.svg import Style, box

STEPS = (1, 2, 5)
MOST_LINES = 4
AXIS = Style(30, QUIET, anchor="end")
BELOW = Style(30, QUIET, anchor="middle")
BETWEEN = 12
"""Pixels between two names on one line."""


@dataclass(frozen=True, slots=True)
class Plot:
    """The field in which values are drawn, from 0 at `bottom` to `most` at `top`."""

    left: float
    top: float
    bottom: float
    most: int

    @property
    def width(self) -> float:
        return RIGHT - self.left

    def height(self, value: float) -> float:
        """How high a value reaches, in pixels."""
        return (self.bottom - self.top) * value / self.most


def round_step(most: int) -> int:
    """The distance of the lines of a scale that reaches `most`: 1, 2 or 5 times a power of ten."""
    power = 1
    while True:
        for step in STEPS:
            if step * power * MOST_LINES >= most:
                return step * power
        power *= 10


def axis_width(sheet: Sheet, most: int) -> float:
    """How much room the numbers of a scale take."""
    return max(AXIS.width(sheet.number(value)) for value in _lines(most)) + 16


def _lines(most: int) -> range:
    step = round_step(max(1, most))
    return range(0, step * (-(-max(1, most) // step)) + 1, step)


def plot(sheet: Sheet, most: int, height: float, axis: float = 0) -> Plot:
    """Draw the scale of a plot below what is drawn so far, and say where it is.

    Plots one above the other share the width of the wider `axis`.
    """
    lines = _lines(most)
    left = MARGIN + max(axis, axis_width(sheet, most))
    top = sheet.down(30)
    field = Plot(left, top, top + height, lines[-1])
    for value in lines:
        y = field.bottom - field.height(value)
        sheet.add(box(left, y - 1, RIGHT - left, 2, fill=RULE if value else QUIET))
        sheet.write(left - 16, y + 10, sheet.number(value), AXIS)
    sheet.down(height)
    return field


def names_below(
    sheet: Sheet, names: Sequence[tuple[float, str]], style: Style = BELOW, between: float = BETWEEN
) -> list[float]:
    """Write names under their places on one line, and say where there is one: what finds no room is left out."""
    y, free, named = sheet.down(style.size * 1.3), 0.0, []
    for x, name in names:
        width = style.width(name)
        start = min(max(x - width / 2, MARGIN), RIGHT - width) if style.anchor == "middle" else x
        if name and start >= free and start + width <= RIGHT:
            sheet.write(start + (width / 2 if style.anchor == "middle" else 0), y, name, style)
            free = start + width + between
            named.append(x)
    return named


def key(sheet: Sheet, entries: Iterable[tuple[str, str]]) -> None:
    """A line of samples with their names; `entries` are drawn samples of 32 pixels at 0, and names."""
    left, y = float(MARGIN), sheet.down(52)
    for sample, name in entries:
        if left > MARGIN and left + 44 + FINE.width(name) > MARGIN + INNER:
            left, y = float(MARGIN), sheet.down(48)
        sheet.add(f'<g transform="translate({left:g} {y - 27:g})">{sample}</g>')
        sheet.write(left + 44, y, name, FINE)
        left += 44 + FINE.width(name) + 36
