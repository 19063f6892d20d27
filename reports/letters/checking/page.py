"""A letter as it is read back from its file: each paragraph with the formatting that holds in the end.

Sizes and spaces are points, lengths millimetres.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.section import Section
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

ADDRESSEE, RECIPIENTS = "Kính gửi:", "Nơi nhận:"


@dataclass(frozen=True)
class Line:
    """A paragraph with text."""

    paragraph: Paragraph

    @property
    def text(self) -> str:
        return self.paragraph.text.strip()

    @property
    def is_capitals(self) -> bool:
        return self.text == self.text.upper()

    @property
    def sizes(self) -> set[float]:
        return {size.pt for size in self._of_runs("size") if size is not None}

    @property
    def is_bold(self) -> bool:
        return all(self._of_runs("bold"))

    @property
    def is_italic(self) -> bool:
        return all(self._of_runs("italic"))

    @property
    def fonts(self) -> set[str]:
        return set(self._of_runs("name"))

    @property
    def colours(self) -> set[str]:
        """Colours other than the automatic one."""
        return {str(run.font.color.rgb) for run in self._runs if run.font.color is not None and run.font.color.rgb}

    @property
    def is_centred(self) -> bool:
        return bool(self.format("alignment") == WD_ALIGN_PARAGRAPH.CENTER)

    @property
    def is_justified(self) -> bool:
        return bool(self.format("alignment") == WD_ALIGN_PARAGRAPH.JUSTIFY)

    @property
    def is_right(self) -> bool:
        return bool(self.format("alignment") == WD_ALIGN_PARAGRAPH.RIGHT)

    @property
    def spaces(self) -> float:
        """The space before and after."""
        return sum(
            float(space.pt) for name in ("space_before", "space_after") if (space := self.format(name)) is not None
        )

    @property
    def first_line(self) -> float:
        indent = self.format("first_line_indent")
        return 0.0 if indent is None else float(indent.mm)

    @property
    def spacing(self) -> float:
        value = self.format("line_spacing")
        return float(value) if isinstance(value, float | int) and value < 10 else 1.0

    @property
    def breaks_page(self) -> bool:
        return bool(self.format("page_break_before"))

    def format(self, name: str) -> Any:
        """A property of the paragraph: its own, else its style's or that of one below."""
        value = getattr(self.paragraph.paragraph_format, name)
        style: Any = self.paragraph.style
        while value is None and style is not None:
            value, style = getattr(style.paragraph_format, name), style.base_style
        return value

    @cached_property
    def _runs(self) -> list[Any]:
        return [run for run in self.paragraph.runs if run.text.strip()]

    def _of_runs(self, name: str) -> Iterator[Any]:
        for run in self._runs:
            value = getattr(run.font, name)
            style: Any = self.paragraph.style
            while value is None and style is not None:
                value, style = getattr(style.font, name), style.base_style
            yield value


class Page:
    """A letter's file: its head, body, signature and appendices, found by what an official letter has there."""

    def __init__(self, path: Path) -> None:
        self.word = Document(str(path))
        self.section = self.word.sections[0]

    @cached_property
    def tables(self) -> list[Table]:
        return list(self.word.tables)

    def section_of(self, table: Table) -> Section:
        """The section whose pages a table stands on: a section ends with the paragraph that holds its properties."""
        before = table._tbl.xpath("count(preceding-sibling::w:p[w:pPr/w:sectPr])")
        return self.word.sections[int(before)]

    @cached_property
    def lines(self) -> list[Line]:
        """The paragraphs with text outside tables."""
        return [Line(paragraph) for paragraph in self.word.paragraphs if paragraph.text.strip()]

    @cached_property
    def everything(self) -> list[Line]:
        """All paragraphs with text, those in tables, too."""
        return [
            Line(paragraph)
            for element in self.word.element.body.iter(qn("w:p"))
            if (paragraph := Paragraph(element, self.word._body)).text.strip()
        ]

    @cached_property
    def head(self) -> list[list[_Cell]]:
        """The cells of the first table: two rows of two."""
        return [list(row.cells) for row in self.tables[0].rows] if self.tables else []

    def cell(self, row: int, column: int) -> list[Line]:
        """The paragraphs with text of a cell of the head; none if there is no such cell."""
        if row >= len(self.head) or column >= len(self.head[row]):
            return []
        return lines_of(self.head[row][column])

    @cached_property
    def cell_margin(self) -> float:
        """What is kept free at each side of the head's cells: Word's own measure unless the table says another."""
        found = list(self.tables[0]._tbl.iter(qn("w:tblCellMar"))) if self.tables else []
        left: Any = found[0].find(qn("w:left")) if found else None
        return 1.9 if left is None else int(left.get(qn("w:w"))) * 25.4 / 1440

    @cached_property
    def signature(self) -> Table | None:
        """The table that begins with the recipients."""
        tables = (table for table in self.tables if table.cell(0, 0).text.strip().startswith(RECIPIENTS))
        return next(tables, None)

    @cached_property
    def figures(self) -> list[Table]:
        """All other tables: those of the appendices."""
        others = {id(table._tbl) for table in (self.tables[0], self.signature) if table is not None}
        return [table for table in self.tables if id(table._tbl) not in others]

    @cached_property
    def body(self) -> list[Line]:
        """What stands between the addressee and the signature."""
        start = next((place for place, line in enumerate(self.lines) if line.text.startswith(ADDRESSEE)), -1)
        end = next((place for place, line in enumerate(self.lines) if line.breaks_page), len(self.lines))
        return self.lines[start + 1 : end]

    @cached_property
    def titles(self) -> list[Line]:
        """What stands between the head and the addressee: the kind of document and its title."""
        end = next((place for place, line in enumerate(self.lines) if line.text.startswith(ADDRESSEE)), 0)
        return self.lines[:end]

    @cached_property
    def appendices(self) -> list[Line]:
        return [line for line in self.lines if line.breaks_page]


def lines_of(cell: _Cell) -> list[Line]:
    """The paragraphs with text of a cell."""
    return [Line(paragraph) for paragraph in cell.paragraphs if paragraph.text.strip()]


def rules_in(place: Any) -> list[float]:
    """The lengths (mm) of the rules in a cell or on a page, where they are drawn as borders of empty paragraphs."""
    found = []
    for paragraph in place.paragraphs:
        properties = paragraph._p.pPr
        if properties is not None and properties.find(qn("w:pBdr")) is not None:
            indents = (paragraph.paragraph_format.left_indent, paragraph.paragraph_format.right_indent)
            found.append(sum(indent.mm for indent in indents if indent is not None))
    return found
