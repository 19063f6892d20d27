"""A period's picture: who came, by ward or neighbourhood, women and men, at the width of a phone.

Drawn 1,080 pixels wide and read at 360, hence the large type. Women are dark and men are light, so that the two differ
to every eye and in a grey print, and every bar has its numbers beside it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from locales import Say, number, texts
from periods.period import Length, Period
from periods.written import from_json
from reports.drawing.svg import Style, Weight, box, document, text, wrap
from reports.wording import how_many_reported, how_many_weeks, moment, period_title
from rules.levels import Level

WIDTH = 1080
MARGIN = 56
INNER = WIDTH - 2 * MARGIN
NAME_WIDTH = 300
GAP = 24
BAR_HEIGHT = 38
ROW_HEIGHT = 70
LINE_HEIGHT = 42
MIN_NUMBER_WIDTH = 110

INK, QUIET, RULE = "#1c1b22", "#5d5a68", "#d9d6e0"
WOMEN, MEN, MEN_EDGE = "#5b2a86", "#f4bd4f", "#8f6208"
SAMPLE = "#8a1c1c"

TITLE = Style(60, INK, Weight.SEMIBOLD)
PERIOD = Style(36, QUIET)
FIGURE = Style(76, INK, Weight.SEMIBOLD)
LABEL = Style(34, QUIET)
NAME = Style(36, INK)
NUMBER = Style(36, INK, Weight.SEMIBOLD, "end")
HEAD = Style(34, INK, Weight.SEMIBOLD, "end")
NOTE = Style(36, INK)
FINE = Style(30, QUIET)
TAG = Style(32, SAMPLE, Weight.SEMIBOLD, "middle")


@dataclass(frozen=True, slots=True)
class Bar:
    name: str
    reports: int
    female: int
    male: int


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the bars and the two columns of numbers stand: as wide as the widest number needs."""

    bar_left: float
    bar_width: float
    women_right: float
    men_right: float


@dataclass(slots=True)
class Sheet:
    """The parts drawn so far, and how far down the page they reach."""

    say: Say
    parts: list[str]
    y: float = 0

    def number(self, value: int) -> str:
        return number(value, self.say.language)

    def down(self, by: float) -> float:
        self.y += by
        return self.y

    def paragraph(self, content: str, style: Style, lines: int = 3) -> None:
        for line in wrap(content, style, INNER, lines):
            self.parts.append(text(MARGIN, self.down(style.size * 1.3), line, style))

    def rule(self) -> None:
        self.parts.append(box(MARGIN, self.down(34), INNER, 2, fill=RULE))


def attendance_svg(data: Mapping[str, Any]) -> str:
    """The picture of an `attendance` recipe (`reports.pictures.attendance`)."""
    sheet = Sheet(texts(data["language"]), [])
    bars = [Bar(*bar) for bar in data["bars"]]
    _draw_title(sheet, data)
    _draw_totals(sheet, data)
    sheet.rule()
    if bars:
        _draw_bars(sheet, bars)
    else:
        sheet.down(40)
        sheet.paragraph(sheet.say("No activity has been reported."), NOTE)
        sheet.down(20)
    sheet.rule()
    _draw_notes(sheet, data)
    return document(WIDTH, round(sheet.down(MARGIN)), str(data["unit"]), sheet.parts)


def _period(data: Mapping[str, Any]) -> Period:
    """The period of a recipe; recipes in old histories name a week."""
    return from_json(data.get("period") or data["week"])


def _draw_title(sheet: Sheet, data: Mapping[str, Any]) -> None:
    sheet.parts.append(text(MARGIN, sheet.down(86), period_title(sheet.say, _period(data)), PERIOD))
    if data["sample"]:
        _draw_tag(sheet, sheet.say("SAMPLE DATA"))
    sheet.paragraph(data["unit"], TITLE, lines=2)


def _draw_tag(sheet: Sheet, content: str) -> None:
    width = TAG.width(content) + 48
    left, top = WIDTH - MARGIN - width, sheet.y - 42
    sheet.parts.append(box(left, top, width, 58, rx=29, fill="#fff", stroke=SAMPLE, stroke_width=3))
    sheet.parts.append(text(left + width / 2, top + 40, content, TAG))


def _draw_totals(sheet: Sheet, data: Mapping[str, Any]) -> None:
    figures = (
        (data["reports"], sheet.say("activities"), None),
        (data["female"], sheet.say("visits, women"), WOMEN),
        (data["male"], sheet.say("visits, men"), MEN),
    )
    y = sheet.down(120)
    for index, (value, label, colour) in enumerate(figures):
        left = MARGIN + index * INNER / 3
        content = sheet.number(value)
        sheet.parts.append(text(left, y, content, FIGURE.fitting(content, INNER / 3 - GAP)))
        if colour:
            sheet.parts.append(_swatch(left, y + 24, colour))
        sheet.parts.append(text(left + (44 if colour else 0), y + 52, label, LABEL))
    sheet.down(60)


def _swatch(left: float, top: float, colour: str) -> str:
    return box(left, top, 32, 32, rx=4, fill=colour, stroke=MEN_EDGE if colour == MEN else colour, stroke_width=2)


def _columns(sheet: Sheet, bars: list[Bar]) -> Columns:
    numbers = [sheet.number(value) for bar in bars for value in (bar.female, bar.male)]
    width = max(MIN_NUMBER_WIDTH, *(NUMBER.width(figure) + GAP for figure in numbers))
    bar_left = MARGIN + min(NAME_WIDTH, max(NAME.width(bar.name) for bar in bars)) + GAP
    return Columns(bar_left, WIDTH - MARGIN - 2 * width - bar_left, WIDTH - MARGIN - width, WIDTH - MARGIN)


def _draw_bars(sheet: Sheet, bars: list[Bar]) -> None:
    columns = _columns(sheet, bars)
    y = sheet.down(62)
    sheet.parts.append(text(columns.women_right, y, sheet.say("Women"), HEAD))
    sheet.parts.append(text(columns.men_right, y, sheet.say("Men"), HEAD))
    sheet.down(20)
    longest = max(1, *(bar.female + bar.male for bar in bars))
    for bar in bars:
        _draw_bar(sheet, bar, columns, columns.bar_width / longest)


def _draw_bar(sheet: Sheet, bar: Bar, columns: Columns, scale: float) -> None:
    lines = wrap(bar.name, NAME, NAME_WIDTH, 3)
    height = ROW_HEIGHT + (len(lines) - 1) * LINE_HEIGHT
    middle = sheet.y + height / 2
    first = middle + 13 - (len(lines) - 1) * LINE_HEIGHT / 2
    for index, line in enumerate(lines):
        sheet.parts.append(text(MARGIN, first + index * LINE_HEIGHT, line, NAME))
    if bar.female or bar.male:
        sheet.parts.extend(_stack(bar, columns.bar_left, middle - BAR_HEIGHT / 2, scale))
    else:
        without = sheet.say.plural(
            "{count} activity", "{count} activities", bar.reports, count=sheet.number(bar.reports)
        )
        sheet.parts.append(text(columns.bar_left, middle + 13, without, LABEL))
    sheet.parts.append(text(columns.women_right, middle + 13, sheet.number(bar.female), NUMBER))
    sheet.parts.append(text(columns.men_right, middle + 13, sheet.number(bar.male), NUMBER))
    sheet.down(height)


def _stack(bar: Bar, left: float, top: float, scale: float) -> list[str]:
    women, men = bar.female * scale, bar.male * scale
    return [
        box(left, top, women, BAR_HEIGHT, fill=WOMEN),
        box(left + women, top + 1, men, BAR_HEIGHT - 2, fill=MEN, stroke=MEN_EDGE, stroke_width=2 if men else 0),
    ]


def _draw_notes(sheet: Sheet, data: Mapping[str, Any]) -> None:
    """The lines below the bars. Recipes in old histories count fewer kinds of people."""
    say = sheet.say
    unsorted = data.get("unsorted", 0)
    sheet.down(20)
    if unsorted:
        count = say("{count} more visits are not sorted by sex yet.", count=sheet.number(unsorted))
        sheet.paragraph(count, NOTE)
    for line in _reporting(say, data):
        sheet.paragraph(line, NOTE)
    for line in data.get("basis", ()):
        sheet.paragraph(line, FINE)
    if data["sample_units"]:
        sheet.paragraph(say("The list of {owing} is a sample.", owing=_owing(say, data)), FINE)
    sheet.down(8)
    when = moment(say, datetime.fromisoformat(data["as_of"]))
    sheet.paragraph(say("Source: the units' own reports."), FINE)
    sheet.paragraph(say("As of {when}.", when=when), FINE)
    sheet.paragraph(say("Visits are counted: who came twice counts twice."), FINE)


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
