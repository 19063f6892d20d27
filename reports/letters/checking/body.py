"""The rules of a letter's body, signature, recipients and appendices, and of the numbers in them."""

import re
from collections.abc import Iterator
from itertools import chain

from docx.oxml.ns import qn
from docx.table import Table

from reports.letters.checking.head import fits
from reports.letters.checking.page import RECIPIENTS, Line, Page, lines_of

FIRST_LINES = (10.0, 12.7)
LEAST_SPACE = 6.0
SPACING = (1.0, 1.5)
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")
COUNTED = "lượt|buổi|người|báo cáo|phiếu|văn bản|vi phạm|khu phố"
_BARE = re.compile(rf"(?<![0-9.,/\-–])[1-9] (?:{COUNTED})\b")
_LONG = re.compile(rf"(?<![0-9./])[0-9]{{4,}} (?:{COUNTED})\b")
_UNNAMED = re.compile(r"\b(?:nữ|nam) [0-9.]+(?! (?:lượt|người))(?![0-9.])")
_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#")
_ONE_DIGIT = re.compile(r"[1-9]")
_UNGROUPED = re.compile(r"[0-9]{4,}")


def body(letter: Page, _: str) -> Iterator[str]:
    """Size, justified, first line, space between paragraphs and lines; the end is marked."""
    if not letter.body:
        yield "there is no body"
        return
    for line in letter.body:
        yield from fits(line, 13, 14)
        start = f"“{line.text[:40]}”"
        if not line.is_justified:
            yield f"{start} is not justified"
        if min(abs(line.first_line - each) for each in FIRST_LINES) > 0.1:
            yield f"{start} begins {line.first_line:.1f} mm in, not 10 or 12.7"
        if line.spaces < LEAST_SPACE:
            yield f"{start} has {line.spaces:g} pt to the next paragraph, not {LEAST_SPACE:g}"
        if not SPACING[0] <= line.spacing <= SPACING[1]:
            yield f"{start} has {line.spacing:g} lines, not {SPACING[0]:g} to {SPACING[1]:g}"
    if not letter.body[-1].text.endswith("./."):
        yield "the last sentence does not end with “./.”"


def signature(letter: Page, _: str) -> Iterator[str]:
    """Who signs, on the right, with room for signature and seal above the name."""
    if letter.signature is None:
        yield "there is no signature"
        return
    cell = letter.signature.cell(0, 1)
    lines = lines_of(cell)
    titles = [line for line in lines if line.is_capitals]
    if not titles:
        yield "who signs is not said"
    for line in titles:
        yield from fits(line, 13, 14, bold=True, centred=True)
    for line in lines[len(titles) :]:
        yield from fits(line, 13, 14, bold=True, centred=True)
    if sum(not paragraph.text.strip() for paragraph in cell.paragraphs) < 3:
        yield "there is no room for signature and seal"


def recipients(letter: Page, _: str) -> Iterator[str]:
    """The recipients on the left; the archive comes last."""
    if letter.signature is None:
        return
    head, *listed = lines_of(letter.signature.cell(0, 0))
    if head.text != RECIPIENTS:
        yield f"“{head.text}” is not “{RECIPIENTS}”"
    yield from fits(head, 12, 12, bold=True, italic=True)
    for line in listed:
        yield from fits(line, 11, 11, bold=False, italic=False)
        if not line.text.startswith("- "):
            yield f"“{line.text}” does not begin with a dash"
    if not listed or not listed[-1].text.startswith("- Lưu: VT"):
        yield "the archive is not the last recipient"


def appendices(letter: Page, _: str) -> Iterator[str]:
    """Numbered with Roman numerals, each on a page of its own, its table's head on every page."""
    for number, line in zip(ROMAN, letter.appendices, strict=False):
        if line.text != f"Phụ lục {number}":
            yield f"“{line.text}” is not “Phụ lục {number}”"
        yield from fits(line, 13, 14, bold=True, centred=True)
    for table in letter.figures:
        yield from _table(letter, table)


def _table(letter: Page, table: Table) -> Iterator[str]:
    name = f"the table “{table.cell(0, 0).text.strip()} | {table.cell(0, 1).text.strip()}”"
    heads = [row for row in table.rows if row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None]
    if len(heads) != 1 or heads[0]._tr is not table.rows[0]._tr:
        yield f"the head of {name} is not repeated on every page"
    if any(row._tr.trPr is None or row._tr.trPr.find(qn("w:cantSplit")) is None for row in table.rows):
        yield f"a row of {name} may be split between pages"
    widths = sum(column.width.mm for column in table.columns if column.width is not None)
    section = letter.section_of(table)
    left, right, page = section.left_margin, section.right_margin, section.page_width
    room = (page.mm if page else 0) - (left.mm if left else 0) - (right.mm if right else 0)
    if widths > room + 1:
        yield f"{name} is {widths:.0f} mm wide; there are {room:.0f}"
    for line in (line for row in table.rows for cell in row.cells for line in lines_of(cell)):
        yield from fits(line, 10, 14)


def numerals(letter: Page, _: str) -> Iterator[str]:
    """01 to 09, thousands apart by dots, and every number of people with its unit."""
    for line in letter.body:
        for rule, problem in ((_BARE, "without a zero"), (_LONG, "without dots"), (_UNNAMED, "without “lượt”")):
            if found := rule.search(line.text):
                yield f"“{found[0]}” stands {problem}"
    for table in letter.figures:
        for cell in chain.from_iterable(row.cells[1:] for row in table.rows[1:]):
            text = cell.text.strip()
            is_wrong = _ONE_DIGIT.fullmatch(text) or _UNGROUPED.fullmatch(text)
            if is_wrong and _is_right(lines_of(cell)):
                yield f"“{text}” in a table is not written as 09 or 1.150"


def _is_right(lines: list[Line]) -> bool:
    """Whether a cell holds numbers: they are aligned on the right."""
    return any(line.is_right for line in lines)


def nothing_left_over(letter: Page, _: str) -> Iterator[str]:
    """No placeholder of the template stands in the letter."""
    for line in letter.everything:
        if _PLACEHOLDER.search(line.text):
            yield f"a placeholder is left over in “{line.text[:80]}”"
