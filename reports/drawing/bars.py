"""A period's picture: who came, by ward or neighbourhood, women, men and unsorted people, at the width of a phone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from locales import Say, texts
from periods.period import Length, Period
from periods.written import from_json
from reports.drawing.palette import MEN, UNSORTED, WOMEN
from reports.drawing.sheet import (
    GAP,
    HEAD,
    LABEL,
    MARGIN,
    NAME,
    NOTE,
    NUMBER,
    RIGHT,
    Sheet,
    people_box,
    people_totals,
)
from reports.drawing.svg import wrap
from reports.pictures.frame import unapproved_text
from reports.wording import how_many_reported, how_many_weeks, period_title
from rules.levels import Level

NAME_WIDTH = 300
BAR_HEIGHT = 38
ROW_HEIGHT = 70
LINE_HEIGHT = 42
MIN_NUMBER_WIDTH = 110
MAX_NUMBER_WIDTH = 190


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of the picture; recipes in old histories know no unsorted people."""

    name: str
    reports: int
    female: int
    male: int
    unsorted: int = 0

    @property
    def total(self) -> int:
        return self.female + self.male + self.unsorted


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the bars and the columns of numbers stand: as wide as the widest number needs."""

    bar_left: float
    bar_width: float
    rights: tuple[float, ...]
    """Where the numbers end: of women, of men, and of unsorted people if there are any."""
    number_width: float


def attendance_svg(data: Mapping[str, Any]) -> str:
    """The picture of an `attendance` recipe (`reports.pictures.attendance`)."""
    say = texts(data["language"])
    sheet, bars = Sheet(say), [Bar(*bar) for bar in data["bars"]]
    sheet.head(data.get("when") or period_title(say, _period(data)), data["unit"], sample=data["sample"])
    sheet.totals(people_totals(say, data["reports"], data["female"], data["male"], data.get("unsorted", 0)))
    sheet.rule()
    if bars:
        _draw_bars(sheet, bars)
    else:
        sheet.down(40)
        sheet.paragraph(say("No activity has been reported."), NOTE)
        sheet.down(20)
    sheet.rule()
    sheet.down(20)
    for line in _reporting(say, data):
        sheet.paragraph(line, NOTE)
    sheet.foot(_foot(say, data), data["as_of"])
    return sheet.finished(str(data["unit"]))


def _period(data: Mapping[str, Any]) -> Period:
    """The period of a recipe; recipes in old histories name a week."""
    return from_json(data.get("period") or data["week"])


def _columns(sheet: Sheet, bars: list[Bar]) -> Columns:
    count = 3 if any(bar.unsorted for bar in bars) else 2
    numbers = [sheet.number(value) for bar in bars for value in (bar.female, bar.male, bar.unsorted)]
    width = max(MIN_NUMBER_WIDTH, *(NUMBER.width(figure) + GAP for figure in numbers))
    width = min(width, MAX_NUMBER_WIDTH if count == 3 else width)
    bar_left = MARGIN + min(NAME_WIDTH, max(NAME.width(bar.name) for bar in bars)) + GAP
    rights = tuple(RIGHT - place * width for place in reversed(range(count)))
    return Columns(bar_left, rights[0] - width - bar_left, rights, width)


def _draw_bars(sheet: Sheet, bars: list[Bar]) -> None:
    columns, say = _columns(sheet, bars), sheet.say
    y = sheet.down(62 if len(columns.rights) < 3 else 62 + HEAD.size)
    for right, heading in zip(columns.rights, (say("Women"), say("Men"), say("Unsorted")), strict=False):
        for up, word in enumerate(reversed(heading.split())):
            sheet.write(right, y - up * 1.1 * HEAD.size, word, HEAD.fitting(word, columns.number_width - 8))
    sheet.down(20)
    longest = max(1, *(bar.total for bar in bars))
    for bar in bars:
        _draw_bar(sheet, bar, columns, columns.bar_width / longest)


def _draw_bar(sheet: Sheet, bar: Bar, columns: Columns, scale: float) -> None:
    lines = wrap(bar.name, NAME, NAME_WIDTH, 3)
    height = ROW_HEIGHT + (len(lines) - 1) * LINE_HEIGHT
    middle = sheet.y + height / 2
    first = middle + 13 - (len(lines) - 1) * LINE_HEIGHT / 2
    for index, line in enumerate(lines):
        sheet.write(MARGIN, first + index * LINE_HEIGHT, line, NAME)
    if bar.total:
        _stack(sheet, bar, columns.bar_left, middle - BAR_HEIGHT / 2, scale)
    else:
        without = sheet.say.plural(
            "{count} activity", "{count} activities", bar.reports, count=sheet.number(bar.reports)
        )
        sheet.write(columns.bar_left, middle + 13, without, LABEL.fitting(without, columns.bar_width))
    for right, value in zip(columns.rights, (bar.female, bar.male, bar.unsorted), strict=False):
        content = sheet.number(value)
        sheet.write(right, middle + 13, content, NUMBER.fitting(content, columns.number_width - 8))
    sheet.down(height)


def _stack(sheet: Sheet, bar: Bar, left: float, top: float, scale: float) -> None:
    for value, colour in ((bar.female, WOMEN), (bar.male, MEN), (bar.unsorted, UNSORTED)):
        sheet.add(people_box(left, top, value * scale, BAR_HEIGHT, colour))
        left += value * scale


def _foot(say: Say, data: Mapping[str, Any]) -> Iterator[str]:
    yield from data.get("basis", ())
    if data["sample_units"]:
        yield say("The list of {owing} is a sample.", owing=_owing(say, data))
    yield say("Visits are counted: who came twice counts twice.")
    if data.get("unsorted"):
        yield say("Unsorted: nobody noted the sex.")
    yield from unapproved_text(say, data.get("not_approved", 0))


def _reporting(say: Say, data: Mapping[str, Any]) -> Iterator[str]:
    """How many of those that owe a report have sent it. Recipes in old histories have no level."""
    expected, missing = data["expected"], data["missing"]
    if not expected:
        return
    if _period(data).length is not Length.WEEK:
        yield how_many_weeks(say, expected - missing, expected)
    elif data.get("level") == Level.NEIGHBOURHOOD:
        yield say("Not reported") if missing else say("Reported")
    else:
        yield how_many_reported(say, expected - missing, expected, _owing(say, data))
        if 0 < missing < expected:
            yield say.plural(
                "{n} of the {owing} has not reported yet",
                "{n} of the {owing} have not reported yet",
                missing,
                owing=_owing(say, data),
            )


def _owing(say: Say, data: Mapping[str, Any]) -> str:
    """What those who owe a week are called."""
    return data.get("owing") or say("units")
