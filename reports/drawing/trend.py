"""Twelve weeks or months side by side: is it becoming more or less?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.drawing.palette import INK, MEN, QUIET, RULE, UNSORTED, WOMEN
from reports.drawing.plot import Plot, names_below, plot
from reports.drawing.sheet import NOTE, Sheet, begun, people_box, people_totals
from reports.drawing.svg import Style, Weight, box

HEIGHT = 620
FILLED = 0.72
"""How much of its place a column takes."""
VALUE = Style(32, INK, Weight.SEMIBOLD, "middle", halo=True)
SMALLEST_VALUE = 25
UNDER = Style(28, QUIET)


@dataclass(frozen=True, slots=True)
class Column:
    """A week or month: its short name, what is written under it, and its figures; `open` while it is not over."""

    label: str
    under: str
    reports: int
    female: int
    male: int
    unsorted: int
    open: bool

    @property
    def total(self) -> int:
        return self.female + self.male + self.unsorted


def trend_svg(data: Mapping[str, Any]) -> str:
    """The picture of a `trend` recipe (`reports.pictures.trend`)."""
    columns = [Column(*column) for column in data["columns"]]
    sheet = begun(data)
    sums = (sum(getattr(each, name) for each in columns) for name in ("reports", "female", "male", "unsorted"))
    sheet.totals(people_totals(sheet.say, *sums))
    sheet.rule()
    sheet.down(40)
    _draw(sheet, columns)
    sheet.rule()
    sheet.down(20)
    for line in data["notes"]:
        sheet.paragraph(line, NOTE)
    sheet.foot(data["foot"], data["as_of"])
    return sheet.finished(data["unit"])


def _draw(sheet: Sheet, columns: Sequence[Column]) -> None:
    field = plot(sheet, max((each.total for each in columns), default=0), HEIGHT)
    slot = field.width / max(1, len(columns))
    for place, column in enumerate(columns):
        _draw_column(sheet, field, column, field.left + place * slot + slot * (1 - FILLED) / 2, slot * FILLED)
    _draw_values(sheet, field, columns, slot)
    middles = [field.left + (place + 0.5) * slot for place in range(len(columns))]
    names_below(sheet, [(x, column.label) for x, column in zip(middles, columns, strict=True)])
    starts = [field.left + place * slot + 4 for place in range(len(columns))]
    top = sheet.y - 20
    named = names_below(sheet, [(x, column.under) for x, column in zip(starts, columns, strict=True)], UNDER, 3)
    sheet.add(*(box(x - 5, top, 2, 56, fill=RULE) for x in named[1:]))


def _draw_column(sheet: Sheet, field: Plot, column: Column, left: float, width: float) -> None:
    y = field.bottom
    for value, colour in ((column.female, WOMEN), (column.male, MEN), (column.unsorted, UNSORTED)):
        height = field.height(value)
        y -= height
        sheet.add(people_box(left, y, width, height, colour))


def _draw_values(sheet: Sheet, field: Plot, columns: Sequence[Column], slot: float) -> None:
    """Write the totals above the columns; where they would be too small to read, above the highest alone."""
    contents = [sheet.number(each.total) for each in columns]
    style = min((VALUE.fitting(each, slot - 4) for each in contents), key=lambda each: each.size, default=VALUE)
    highest = max(range(len(columns)), key=lambda place: columns[place].total, default=0)
    everywhere = style.size >= SMALLEST_VALUE
    for place, (column, content) in enumerate(zip(columns, contents, strict=True)):
        used = style if everywhere else VALUE
        if not everywhere and place != highest:
            continue
        half = used.width(content) / 2
        x = min(max(field.left + (place + 0.5) * slot, field.left + half), field.left + field.width - half)
        if column.total:
            sheet.write(x, field.bottom - field.height(column.total) - 14, content, used)
