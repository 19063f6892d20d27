"""The sheet that every picture of figures is drawn on: head, totals, notes and foot look alike everywhere.

It is drawn 1,080 pixels wide and read at 360, hence the large type: nothing is set smaller than ten of a phone's own
pixels, but the numbers of a dense table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from locales import Say, number, texts
from reports.drawing.palette import INK, MEN, MEN_EDGE, PAPER, POSSIBLE, QUIET, RULE, SAMPLE, SURE, UNSORTED, WOMEN
from reports.drawing.svg import Style, Weight, box, document, stripes, text, wrap
from reports.wording import moment

WIDTH = 1080
MARGIN = 56
INNER = WIDTH - 2 * MARGIN
RIGHT = WIDTH - MARGIN
GAP = 24

TITLE = Style(60, INK, Weight.SEMIBOLD)
PERIOD = Style(36, QUIET)
QUESTION = Style(40, INK, Weight.SEMIBOLD)
FIGURE = Style(76, INK, Weight.SEMIBOLD)
LABEL = Style(34, QUIET)
NAME = Style(36, INK)
NUMBER = Style(36, INK, Weight.SEMIBOLD, "end")
HEAD = Style(34, INK, Weight.SEMIBOLD, "end")
NOTE = Style(36, INK)
FINE = Style(30, QUIET)
TAG = Style(32, SAMPLE, Weight.SEMIBOLD, "middle")

STRIPED_MEN, STRIPED_POSSIBLE = "url(#men)", "url(#possible)"
_PATTERNS = stripes("men", MEN, MEN_EDGE) + stripes("possible", POSSIBLE, SURE)


@dataclass(frozen=True, slots=True)
class Total:
    """A large number with its label, and the look of its bars where it has some."""

    value: int
    label: str
    swatch: str = ""


@dataclass(slots=True)
class Sheet:
    """The parts drawn so far, and how far down the page they reach."""

    say: Say
    parts: list[str] = field(default_factory=list)
    y: float = 0

    def number(self, value: int) -> str:
        return number(value, self.say.language)

    def down(self, by: float) -> float:
        self.y += by
        return self.y

    def add(self, *parts: str) -> None:
        self.parts.extend(parts)

    def write(self, x: float, y: float, content: str, style: Style) -> None:
        self.parts.append(text(x, y, content, style))

    def paragraph(self, content: str, style: Style, lines: int = 3) -> None:
        for line in wrap(content, style, INNER, lines):
            self.write(MARGIN, self.down(style.size * 1.3), line, style)

    def rule(self) -> None:
        self.add(box(MARGIN, self.down(34), INNER, 2, fill=RULE))

    def head(self, when: str, unit: str, *, sample: bool, question: str = "") -> None:
        """The period, the unit, and what the picture answers."""
        room = INNER - (_tag_width(self.say) + GAP if sample else 0)
        self.down(86)
        if sample:
            self._tag()
        for place, line in enumerate(wrap(when, PERIOD, room, 3)):
            self.write(MARGIN, self.down(PERIOD.size * 1.25 if place else 0), line, PERIOD)
        self.paragraph(unit, TITLE, lines=2)
        if question:
            self.down(12)
            self.paragraph(question, QUESTION, lines=2)

    def _tag(self) -> None:
        width = _tag_width(self.say)
        left, top = RIGHT - width, self.y - 42
        self.add(box(left, top, width, 58, rx=29, fill=PAPER, stroke=SAMPLE, stroke_width=3))
        self.write(left + width / 2, top + 40, self.say("SAMPLE DATA"), TAG)

    def totals(self, totals: Sequence[Total]) -> None:
        """Large numbers side by side; those that have bars are the legend, too."""
        y, width = self.down(120), INNER / len(totals)
        contents = [self.number(total.value) for total in totals]
        figure = min((FIGURE.fitting(content, width - 2 * GAP) for content in contents), key=lambda each: each.size)
        for index, total in enumerate(totals):
            left = MARGIN + index * width
            self.write(left, y, contents[index], figure)
            beside = 44 if total.swatch else 0
            if total.swatch:
                self.add(swatch(left, y + 24, total.swatch))
            self.write(left + beside, y + 52, total.label, LABEL.fitting(total.label, width - beside - GAP / 2))
        self.down(60)

    def foot(self, lines: Iterable[str], as_of: str) -> None:
        """What the figures rest on, where they come from, and when they were true."""
        say = self.say
        self.down(8)
        for line in lines:
            self.paragraph(line, FINE, lines=8)
        when = moment(say, datetime.fromisoformat(as_of))
        self.paragraph(say("Source: the units' own reports. Figures as of {when}.", when=when), FINE)

    def finished(self, title: str) -> str:
        """The picture."""
        return document(WIDTH, round(self.down(MARGIN)), title, self.parts, _PATTERNS)


def begun(data: Mapping[str, Any]) -> Sheet:
    """A sheet with the head of a recipe that says `when`, `unit` and its question in words."""
    sheet = Sheet(texts(data["language"]))
    sheet.head(data["when"], data["unit"], sample=data["sample"], question=data["question"])
    return sheet


def people_totals(say: Say, reports: int, female: int, male: int, unsorted: int) -> list[Total]:
    """Activities and visits as every picture shows them."""
    totals = [
        Total(reports, say("activities")),
        Total(female, say("visits, women"), WOMEN),
        Total(male, say("visits, men"), MEN),
    ]
    return [*totals, Total(unsorted, say("unsorted"), UNSORTED)] if unsorted else totals


def swatch(left: float, top: float, colour: str) -> str:
    """A sample of how the bars of a colour look."""
    return people_box(left, top, 32, 32, colour)


def people_box(left: float, top: float, width: float, height: float, colour: str) -> str:
    """A bar of women (plain), men (striped, with an edge) or unsorted people (an empty box); none without any."""
    if width <= 0 or height <= 0:
        return ""
    if colour == WOMEN:
        return box(left, top, width, height, fill=WOMEN)
    fill, edge = (STRIPED_MEN, MEN_EDGE) if colour == MEN else (PAPER, UNSORTED)
    return framed(left, top, width, height, fill, edge)


def framed(left: float, top: float, width: float, height: float, fill: str, edge: str) -> str:
    """A box with an edge inside its measures, as thin as the box."""
    stroke = min(3, width, height)
    half = stroke / 2
    return box(left + half, top + half, width - stroke, height - stroke, fill=fill, stroke=edge, stroke_width=stroke)


def _tag_width(say: Say) -> float:
    return TAG.width(say("SAMPLE DATA")) + 48
