"""The rules of a letter's page and head: Decree 30/2020/NĐ-CP, Appendix I; Circular 01/2011/TT-BNV where it differs."""

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn
from docx.section import Section
from docx.text.paragraph import Paragraph

from reports.letters.checking.page import ADDRESSEE, Line, Page, rules_in

STATE, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
FONT = "Times New Roman"
A4 = (210, 297)
MARGINS = {"top_margin": (20, 25), "bottom_margin": (20, 25), "left_margin": (30, 35), "right_margin": (15, 20)}
MOTTO_LENGTHS = {13: 56, 14: 60}
"""Millimetres of the motto by its size, in bold Times New Roman."""
AT_FOOT = frozenset({"tt01"})
_NUMBER = re.compile(r"Số: ?(?P<number>[0-9]+|[ .…]*)/(?P<symbol>\S+)")
_DAY = re.compile(r".+, ngày (?P<day>…|[0-9]+) tháng (?P<month>…|[0-9]+) năm (?:…|[0-9]{4})")
_BLACK = {"000000"}


def page(letter: Page, form: str) -> Iterator[str]:
    """A4, margins, one font in black."""
    for section in letter.word.sections:
        yield from _paper(section, is_first=section._sectPr is letter.section._sectPr)
    for line in letter.everything:
        if line.fonts - {FONT}:
            yield f"{_start(line)} is in {', '.join(map(str, line.fonts))}, not {FONT}"
        if line.colours - _BLACK:
            yield f"{_start(line)} is not black"
    yield from _page_number(letter, form)


def _paper(section: Section, *, is_first: bool) -> Iterator[str]:
    """A4 with its margins; the pages of appendices may lie on their side."""
    size = tuple(round(length.mm) for length in (section.page_width, section.page_height) if length is not None)
    if size != A4 and (is_first or size != A4[::-1]):
        yield f"the page is {size} mm, not A4 upright"
    for name, (low, high) in MARGINS.items():
        margin = getattr(section, name).mm
        if not low - 0.1 <= margin <= high + 0.1:
            yield f"{name} is {margin:.0f} mm, not {low} to {high}"


def _page_number(letter: Page, form: str) -> Iterator[str]:
    section = letter.section
    if not section.different_first_page_header_footer:
        yield "the first page has a page number"
    place = section.footer if form in AT_FOOT else section.header
    numbers = [Line(each) for each in place.paragraphs if any("PAGE" in (it.text or "") for it in _fields(each))]
    if len(numbers) != 1:
        yield "there is no page number"
        return
    number = numbers[0]
    if not (number.is_right if form in AT_FOOT else number.is_centred):
        yield "the page number stands in the wrong place"
    size = number.paragraph.style.font.size if number.paragraph.style is not None else None
    if size is None or not 13 <= size.pt <= 14:
        yield "the page number is not of size 13 to 14"


def _fields(paragraph: Paragraph) -> Iterator[Any]:
    return iter(paragraph._p.iter(qn("w:instrText")))


def issuer(letter: Page, _: str) -> Iterator[str]:
    """The parent body regular, the issuing body bold with a rule below it, both in capitals."""
    lines = letter.cell(0, 0)
    if len(lines) < 2:
        yield "the parent body or the issuing body is missing"
        return
    parent, *bodies = lines
    for line in lines:
        yield from fits(line, 12, 13, capitals=True, centred=True)
    if parent.is_bold:
        yield f"{_start(parent)} (the parent body) is bold"
    if not all(body.is_bold for body in bodies):
        yield f"{_start(bodies[0])} (the issuing body) is not bold"
    if len(rules_in(letter.head[0][0])) != 1:
        yield "there is no rule below the issuing body"


def state(letter: Page, _: str) -> Iterator[str]:
    """State and motto, with a rule of the motto's length below."""
    lines = letter.cell(0, 1)
    if [line.text for line in lines] != [STATE, MOTTO]:
        yield "state and motto are not as they must be"
        return
    yield from fits(lines[0], 12, 13, bold=True, capitals=True, centred=True)
    yield from fits(lines[1], 13, 14, bold=True, centred=True)
    rules, width = rules_in(letter.head[0][1]), letter.head[0][1].width
    wanted = MOTTO_LENGTHS.get(int(min(lines[1].sizes, default=13)), 56)
    length = width.mm - rules[0] - 2 * letter.cell_margin if rules and width is not None else 0.0
    if abs(length - wanted) > 3:
        yield f"the rule below the motto is {length:.0f} mm long, not {wanted}"


def number_and_day(letter: Page, _: str) -> Iterator[str]:
    """The number is blank or whole; day and month have a leading zero where they need one."""
    left, right = letter.cell(1, 0), letter.cell(1, 1)
    if not left or not right:
        yield "the number or the day is missing"
        return
    if _NUMBER.fullmatch(left[0].text) is None:
        yield f"{_start(left[0])} is no number and symbol"
    yield from fits(left[0], 13, 13, centred=True)
    said = _DAY.fullmatch(right[0].text)
    if said is None:
        yield f"{_start(right[0])} is no place and day"
    elif not _is_padded(said["day"], said["month"]):
        yield f"{_start(right[0])}: days below 10 and the months 1 and 2 take a zero"
    yield from fits(right[0], 13, 14, italic=True, centred=True)


def _is_padded(day: str, month: str) -> bool:
    return (day == "…" or len(day) == 2) and (
        month == "…" or len(month) == (2 if int(month) in (1, 2, 10, 11, 12) else 1)
    )


def title(letter: Page, _: str) -> Iterator[str]:
    """A report has its kind, its title and a rule; a công văn has its subject below the number."""
    subject = letter.cell(1, 0)[1:]
    if subject:
        yield from fits(subject[0], 12, 13, centred=True)
        if not subject[0].text.startswith("V/v "):
            yield f"{_start(subject[0])} is no subject"
    elif len(letter.titles) < 2 or not letter.titles[0].is_capitals:
        yield "the kind of document or its title is missing"
    else:
        for line in letter.titles:
            yield from fits(line, 13, 14, bold=True, centred=True)
        if not rules_in(letter.word):
            yield "there is no rule below the title"
    if not any(line.text.startswith(ADDRESSEE) for line in letter.lines):
        yield "the addressee is missing"


def fits(
    line: Line,
    low: float,
    high: float,
    *,
    bold: bool | None = None,
    italic: bool | None = None,
    capitals: bool = False,
    centred: bool = False,
) -> Iterator[str]:
    """Whether a line has a size from `low` to `high`, and is as it must be otherwise."""
    if any(not low <= size <= high for size in line.sizes) or not line.sizes:
        yield f"{_start(line)} is of size {sorted(line.sizes)}, not {low:g} to {high:g}"
    if bold is not None and line.is_bold is not bold:
        yield f"{_start(line)} is {'not ' if bold else ''}bold"
    if italic is not None and line.is_italic is not italic:
        yield f"{_start(line)} is {'not ' if italic else ''}italic"
    if capitals and not line.is_capitals:
        yield f"{_start(line)} is not in capitals"
    if centred and not line.is_centred:
        yield f"{_start(line)} is not centred"


def _start(line: Line) -> str:
    return f"“{line.text[:40]}”"
