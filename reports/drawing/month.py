"""A month of action day by day against the one of the year before: are we ahead?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from reports.drawing.palette import INK, LAST_YEAR, RULE, THIS_YEAR
from reports.drawing.plot import Plot, axis_width, key, names_below, plot
from reports.drawing.sheet import NOTE, Sheet, Total, begun, framed
from reports.drawing.svg import Style, Weight, box, path
from reports.wording import short_day

SUMS_HEIGHT, DAYS_HEIGHT = 500, 260
PANEL = Style(34, INK, Weight.SEMIBOLD)
END = Style(32, INK, Weight.SEMIBOLD, "end", halo=True)
EVERY = 5
"""Every so many days one is named."""


@dataclass(frozen=True, slots=True)
class Days:
    """The visits of the days of this year's month so far, and those of all days of last year's, if there are any."""

    first: date
    length: int
    now: Sequence[int]
    before: Sequence[int]

    @property
    def sums(self) -> tuple[list[int], list[int]]:
        """The visits since the first day, day by day."""
        return list(accumulate(self.now)), list(accumulate(self.before))


def month_svg(data: Mapping[str, Any]) -> str:
    """The picture of a `month` recipe (`reports.pictures.month`)."""
    sheet = begun(data)
    days = Days(date.fromisoformat(data["first"]), data["length"], data["visits"], data["visits_before"])
    _draw_head(sheet, days, *data["names"])
    axis = axis_width(sheet, max(sum(days.now), sum(days.before)))
    field = _panel(sheet, sheet.say("Visits since the first day"), max(map(sum, (days.now, days.before))), axis, True)
    _draw_sums(sheet, field, days)
    _name_days(sheet, field, days)
    field = _panel(sheet, sheet.say("Visits of each day"), max((*days.now, *days.before), default=0), axis, False)
    _draw_days(sheet, field, days)
    _name_days(sheet, field, days)
    sheet.rule()
    sheet.down(20)
    for line in data["notes"]:
        sheet.paragraph(line, NOTE)
    sheet.foot(data["foot"], data["as_of"])
    return sheet.finished(data["unit"])


def _draw_head(sheet: Sheet, days: Days, this: str, last: str) -> None:
    totals = [Total(sum(days.now), sheet.say("visits, {year}", year=this))]
    entries = [(box(0, 4, 32, 24, fill=THIS_YEAR), this)]
    if days.before:
        same = sum(days.before[: len(days.now)])
        totals.append(Total(same, sheet.say("visits, {year}, same day", year=last)))
        entries.append((framed(0, 4, 32, 24, RULE, LAST_YEAR), last))
    sheet.totals(totals)
    key(sheet, entries)
    sheet.rule()
    sheet.down(20)


def _panel(sheet: Sheet, title: str, most: int, axis: float, is_tall: bool) -> Plot:
    sheet.down(14)
    sheet.paragraph(title, PANEL)
    sheet.down(26)
    return plot(sheet, most, SUMS_HEIGHT if is_tall else DAYS_HEIGHT, axis)


def _draw_sums(sheet: Sheet, field: Plot, days: Days) -> None:
    """Lines from day to day: full for this year, dashed for the last; each ends in its sum."""
    now, before = days.sums
    points, earlier = _points(field, days, now), _points(field, days, before)
    if earlier:
        look: dict[str, str | float] = {"stroke": LAST_YEAR, "stroke_dasharray": "4 10", "stroke_linecap": "round"}
        sheet.add(path(_steps(earlier), fill="none", stroke_width=5, **look))
    if points:
        x, y = points[-1]
        sheet.add(path(_steps(points), fill="none", stroke=THIS_YEAR, stroke_width=8, stroke_linejoin="round"))
        sheet.add(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="11" fill="{THIS_YEAR}"/>')
        _write_end(sheet, field, points[-1], now[-1], below=bool(earlier) and y > earlier[len(points) - 1][1])
    if earlier:
        near = bool(points) and abs(points[-1][0] - earlier[-1][0]) < 120
        _write_end(sheet, field, earlier[-1], before[-1], below=near and earlier[-1][1] >= points[-1][1])


def _points(field: Plot, days: Days, sums: Sequence[int]) -> list[tuple[float, float]]:
    day = field.width / days.length
    return [(field.left + (at + 0.5) * day, field.bottom - field.height(value)) for at, value in enumerate(sums)]


def _steps(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _write_end(sheet: Sheet, field: Plot, point: tuple[float, float], value: int, *, below: bool) -> None:
    """Write a sum at its point: above, or below where the other year's line runs above."""
    content = sheet.number(value)
    right = max(point[0] + 10, field.left + END.width(content) + 10)
    y = point[1] + (46 if below else -22)
    sheet.write(right, min(y, field.bottom - 8), content, END)


def _draw_days(sheet: Sheet, field: Plot, days: Days) -> None:
    """Full columns for this year, and the last year's as wider boxes behind them."""
    day = field.width / days.length
    for place, value in enumerate(days.before):
        height = field.height(value)
        if height:
            sheet.add(framed(field.left + place * day + 1, field.bottom - height, day - 2, height, RULE, LAST_YEAR))
    for place, value in enumerate(days.now):
        height = field.height(value)
        sheet.add(box(field.left + place * day + day * 0.26, field.bottom - height, day * 0.48, height, fill=THIS_YEAR))


def _name_days(sheet: Sheet, field: Plot, days: Days) -> None:
    day = field.width / days.length
    named = [(place, days.first + timedelta(days=place)) for place in range(0, days.length, EVERY)]
    names_below(sheet, [(field.left + (place + 0.5) * day, short_day(each)) for place, each in named])
