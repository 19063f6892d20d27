"""Writes tables as a workbook: a sheet each, with native charts, filters, frozen heads, and set up for A4.

Rows go to the disk as they come, so memory does not grow with them. What people wrote is written as text: nothing of it
can become a formula, a link or a number (R11).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from messages import clean
from periods.days import ZONE
from reports.drawing.palette import MEN, UNSORTED, WOMEN
from reports.files.building import Tell
from reports.files.content import Content
from reports.files.progress import Progress
from reports.files.standing import as_of_text
from reports.files.tables import Cell, Chart, Drawn, Holds, Row, Table
from reports.wording import period_title

MOST_ROWS = 1_048_576 - 10
"""Rows of a sheet, as the format has it, less the head's; more go on in a next sheet."""
MOST_TEXT = 32_767
"""Characters of a cell, as the format has it."""
MOST_NAME = 31
MOST_LINES = 27
"""Lines of a row, as the format has it (409 points)."""
HEAD_HEIGHT = 48
LINE_HEIGHT = 15
"""Points: a wrapped text gets as many lines as it needs, also where a program does not see to it itself."""
PAGE_LETTERS = 190
"""Letters side by side that can still be read on A4; wider tables are printed on several pages side by side."""
CHART_WIDTH, CHART_HEIGHT = 1000, 560
"""Pixels: a page in landscape."""
FEW_ROWS = 10
"""Rows that a chart follows on the same page."""
A4 = 9
COLOURS = {"women": WOMEN, "men": MEN, "unsorted": UNSORTED}
"""Women and men in the colours of all our pictures."""

Formats: TypeAlias = Mapping[str, Format]
_HEAD = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#ece8f2"}
_FORMATS: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "about": {"font_color": "#5d5a68", "italic": True},
    "head": _HEAD,
    "head of numbers": {**_HEAD, "align": "right"},
    "listed": {"valign": "top"},
    "said": {"num_format": "#,##0", "valign": "top", "align": "left"},
    Holds.TEXT: {"text_wrap": True, "valign": "top"},
    Holds.COUNT: {"num_format": "#,##0", "valign": "top"},
    Holds.PERCENT: {"num_format": "0.0%", "valign": "top"},
    Holds.DAY: {"num_format": "dd/mm/yyyy", "valign": "top", "align": "left", "indent": 1},
    Holds.MOMENT: {"num_format": "dd/mm/yyyy hh:mm", "valign": "top", "align": "left"},
}
_TOTAL = "total "


def write_workbook(place: Path, content: Content, tell: Tell) -> None:
    """Write all tables to a file; `tell` hears of the rows."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "tmpdir": str(place.parent),
    }
    with Workbook(str(place), options) as book:
        book.set_properties({"title": _subject(content), "created": content.figures.as_of.astimezone(ZONE)})
        formats = {name: book.add_format(dict(value)) for name, value in _FORMATS.items()}
        formats |= {
            f"{_TOTAL}{holds}": book.add_format({**_FORMATS[holds], "bold": True, "top": 1, "bottom": 1})
            for holds in Holds
        }
        progress = Progress.over(content.tables, tell)
        for table in content.tables:
            Sheets(book, formats, content, table, progress).write()


@dataclass
class Sheets:
    """One table as a sheet, or as several if it has more rows than one can hold."""

    book: Workbook
    formats: Formats
    content: Content
    table: Table
    progress: Progress

    _number: int = field(default=0, init=False)

    def write(self) -> None:
        """Write all rows."""
        rows = iter(self.table.rows)
        row = next(rows, None)
        while True:
            row = self._sheet(row, rows)
            if row is None:
                return

    def _sheet(self, first: Row | None, rows: Iterator[Row]) -> Row | None:
        """Write one sheet, beginning with a row, and return the row that had no more room."""
        sheet = self._begin()
        head = self._head(sheet)
        at, row = head + 1, first
        if row is None:
            sheet.write_string(at, 0, self.content.say("There is nothing to list."), self.formats["about"])
        while row is not None and at - head <= MOST_ROWS:
            self._row(sheet, at, row)
            self.progress.row()
            at, row = at + 1, next(rows, None)
        last = max(at - 1, head + 1)
        sheet.autofilter(head, 0, last, len(self.table.columns) - 1)
        if self.table.chart and at > head + 1:
            self._draw(sheet, self.table.chart, head + 1, at - 1)
        return row

    def _begin(self) -> Worksheet:
        self._number += 1
        end = f" ({self._number})" if self._number > 1 else ""
        sheet = self.book.add_worksheet(f"{self.table.title[: MOST_NAME - len(end)]}{end}")
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(max(1, round(sum(column.width for column in self.table.columns) / PAGE_LETTERS)), 0)
        sheet.repeat_columns(0, 0)
        sheet.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
        say, figures = self.content.say, self.content.figures
        as_of = as_of_text(say, self.content.wanted.entered, figures.as_of)
        sheet.set_footer(f"&L&8{_plain(_subject(self.content))}&C&8&P / &N&R&8{_plain(as_of)}")
        for place, column in enumerate(self.table.columns):
            sheet.set_column(place, place, column.width)
        return sheet

    def _head(self, sheet: Worksheet) -> int:
        """Write what stands above the rows, and return the row of the columns' titles."""
        say, table = self.content.say, self.table
        as_of = as_of_text(say, self.content.wanted.entered, self.content.figures.as_of)
        sheet.write_string(0, 0, table.title, self.formats["title"])
        sheet.write_string(1, 0, f"{_subject(self.content)} · {as_of}", self.formats["about"])
        sheet.write_string(2, 0, table.about, self.formats["about"])
        head = 3
        if table.total is not None:
            self._row(sheet, head, table.total, _TOTAL)
            head += 1
        sheet.set_row(head, HEAD_HEIGHT)
        for place, column in enumerate(table.columns):
            head_of = "head of numbers" if column.holds in (Holds.COUNT, Holds.PERCENT) else "head"
            sheet.write_string(head, place, column.title, self.formats[head_of])
        sheet.repeat_rows(head)
        sheet.freeze_panes(head + 1, 0)
        return head

    def _row(self, sheet: Worksheet, at: int, row: Row, style: str = "") -> None:
        if not self.table.count:  # of a stream each height would be kept in memory
            sheet.set_row(at, LINE_HEIGHT * self._lines(row))
        further: list[str] = []
        for place, (cell, column) in enumerate(zip(row, self.table.columns, strict=True)):
            further += _write(sheet, at, place, cell, lambda name: self._style(style, name), column.holds)
        for place, piece in enumerate(further, len(self.table.columns)):
            sheet.write_string(at, place, piece)

    def _style(self, style: str, name: str) -> Format:
        """The format of a cell; texts of a long list stay on one line."""
        return self.formats["listed" if self.table.count and name == Holds.TEXT and not style else f"{style}{name}"]

    def _lines(self, row: Row) -> int:
        """How many lines the longest text of a row takes."""
        texts = ((cell, column.width) for cell, column in zip(row, self.table.columns, strict=True))
        return max(
            (min(len(cell) // width + 1, MOST_LINES) for cell, width in texts if isinstance(cell, str)), default=1
        )

    def _draw(self, sheet: Worksheet, chart: Chart, first: int, last: int) -> None:
        """Put a chart under the rows, so that it prints with them."""
        drawn = self.book.add_chart(dict(_KINDS[chart.drawn]))
        names, title = self.table.place(chart.names), self.table.title
        for code in chart.values:
            place = self.table.place(code)
            fill = {"color": COLOURS[code]}
            drawn.add_series(
                {
                    "name": self.table.columns[place].title,
                    "categories": [sheet.name, first, names, last, names],
                    "values": [sheet.name, first, place, last, place],
                    "fill": fill,
                    "border": {"color": "#1c1b22", "width": 0.5},
                    "gap": 60,
                }
            )
        drawn.set_title({"name": title, "name_font": {"size": 12}})
        drawn.set_legend({"position": "bottom"})
        if chart.drawn is Drawn.BARS:
            drawn.set_y_axis({"reverse": True})
        drawn.set_size({"width": CHART_WIDTH, "height": CHART_HEIGHT})
        if last - first >= FEW_ROWS:
            sheet.set_h_pagebreaks([last + 1])
        sheet.insert_chart(last + 2, 0, drawn)


_KINDS: Mapping[Drawn, Mapping[str, str]] = {
    Drawn.BARS: {"type": "bar", "subtype": "stacked"},
    Drawn.COLUMNS: {"type": "column", "subtype": "stacked"},
}


def _write(
    sheet: Worksheet, at: int, place: int, cell: Cell, style: Callable[[str], Format], holds: Holds
) -> list[str]:
    """Write a cell by what it is, and return what of a text had no room in it."""
    if cell is None or cell == "":
        return []
    if isinstance(cell, str):
        first, *further = _pieces(clean(cell))
        sheet.write_string(at, place, first, style(Holds.TEXT))
        return further
    if isinstance(cell, datetime):
        sheet.write_datetime(at, place, cell.astimezone(ZONE).replace(tzinfo=None), style(Holds.MOMENT))
    elif isinstance(cell, date):
        sheet.write_datetime(at, place, cell, style(Holds.DAY))
    else:
        sheet.write_number(at, place, cell, style(_NUMBERS.get(holds, Holds.COUNT)))
    return []


_NUMBERS: Mapping[Holds, str] = {Holds.PERCENT: Holds.PERCENT, Holds.TEXT: "said"}
"""How a number is written, where not as a count."""


def _pieces(text: str) -> list[str]:
    return [text[at : at + MOST_TEXT] for at in range(0, len(text), MOST_TEXT)] or [""]


def _subject(content: Content) -> str:
    return f"{content.figures.title} · {period_title(content.say, content.figures.period)}"


def _plain(text: str) -> str:
    """A text in a page's foot, where & begins a command."""
    return text.replace("&", "&&")
