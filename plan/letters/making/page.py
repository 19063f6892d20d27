"""The building blocks of an official letter as a Word file, in the sizes of Decree 30/2020/NĐ-CP, Appendix I.

Lengths are millimetres, sizes points. The earlier form, Circular 01/2011/TT-BNV, has the same sizes; there the page's
number stands at the foot, on the right.
"""

from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENTATION, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15
WIDTH = 210 - LEFT - RIGHT
HEAD = (72.5, WIDTH - 72.5)
"""Widths of the head's two columns."""
CELL = 1.0
"""What is kept free at each side of the head's cells: state and parent body stand in one line each."""
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
STYLES: dict[str, tuple[float, str, str]] = {
    "VB Thân văn bản": (14, "", "both"),
    "VB Đề mục": (14, "b", "both"),
    "VB Tên loại": (14, "b", "center"),
    "VB Giữa": (14, "", "center"),
    "VB Nghiêng giữa": (14, "i", "center"),
    "VB Cơ quan chủ quản": (12, "", "center"),
    "VB Cơ quan ban hành": (12, "b", "center"),
    "VB Quốc hiệu": (12, "b", "center"),
    "VB Tiêu ngữ": (13, "b", "center"),
    "VB Số ký hiệu": (13, "", "center"),
    "VB Trích yếu công văn": (12, "", "center"),
    "VB Địa danh ngày": (13, "i", "center"),
    "VB Chữ ký": (14, "b", "center"),
    "VB Nơi nhận": (12, "bi", "left"),
    "VB Danh sách nơi nhận": (11, "", "left"),
    "VB Số trang": (13, "", "center"),
    "VB Đầu bảng": (12, "b", "center"),
    "VB Ô bảng": (12, "", "left"),
    "VB Đầu bảng rộng": (10, "b", "center"),
    "VB Ô bảng rộng": (10, "", "left"),
    "VB Kẻ": (2, "", "center"),
}
"""By name a style's size, whether it is bold (b) or italic (i), and how it is aligned."""
BODY = ("VB Thân văn bản", "VB Đề mục")
INDENT = 12.7


def blank(*, page_number_at_foot: bool) -> Word:
    """An empty A4 page with its margins, styles and page numbers, from the second page on."""
    word = Document()
    for paragraph in list(word.paragraphs):
        paragraph._element.getparent().remove(paragraph._element)  # type: ignore[union-attr] # it has one: the body
    section = word.sections[0]
    section.orientation = WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    _styles(word)
    place = section.footer if page_number_at_foot else section.header
    place.is_linked_to_previous = False
    number = place.paragraphs[0]
    number.style = word.styles["VB Số trang"]
    number.alignment = ALIGN["right" if page_number_at_foot else "center"]
    _field(number, "PAGE")
    return word


def landscape(word: Word) -> None:
    """Lay the pages from here on on their side; they go on with the page numbers."""
    section = word.add_section(WD_SECTION.NEW_PAGE)
    word.paragraphs[-1].style = "VB Kẻ"
    section.orientation = WD_ORIENTATION.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.different_first_page_header_footer = False


def _styles(word: Word) -> None:
    normal = word.styles["Normal"]
    _font(normal, 14)
    for name, (size, weight, align) in STYLES.items():
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.quick_style = True
        _font(style, size)
        style.font.bold, style.font.italic = "b" in weight, "i" in weight
        paragraph = style.paragraph_format
        paragraph.alignment = ALIGN[align]
        paragraph.space_before = paragraph.space_after = Pt(0)
        paragraph.line_spacing_rule = WD_LINE_SPACING.SINGLE
        if name in BODY:
            paragraph.first_line_indent = Mm(INDENT)
            paragraph.space_after = Pt(6)
            paragraph.line_spacing = 1.1
        paragraph.keep_with_next = name == "VB Đề mục"
        if "bảng" in name:
            paragraph.space_before = paragraph.space_after = Pt(2)


def _font(style: Any, size: float) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), FONT)
    for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(kind), None)


def _field(paragraph: Paragraph, code: str) -> None:
    """A field that Word fills in, such as the page's number."""
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()._element
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run.append(part)


def line(place: Word | _Cell, style: str, text: str) -> Paragraph:
    """A paragraph at the end of a page or a cell; the empty one with which a cell begins is taken first."""
    if isinstance(place, _Cell):
        first = place.paragraphs[0]
        is_new = len(place.paragraphs) == 1 and not first.text and first.style and first.style.name == "Normal"
        paragraph: Paragraph = first if is_new else place.add_paragraph()
    else:
        paragraph = place.add_paragraph()
    paragraph.style = style
    if text:
        paragraph.add_run(text)
    return paragraph


def rule(place: Word | _Cell, width: float, length: float) -> None:
    """A thin line of a length (mm) in the middle of a column of a width."""
    paragraph = line(place, "VB Kẻ", "")
    side: Length = Mm((width - length) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    paragraph.paragraph_format.space_before = Pt(2)
    borders: Any = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def table(word: Word, widths: Sequence[float], rows: int, *, borders: bool) -> Table:
    """A table of fixed widths (mm)."""
    made: Table = word.add_table(rows=rows, cols=len(widths))
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    if borders:
        made.style = "Table Grid"
    for row in made.rows:
        unsplit(row)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    return made


def narrow_cells(made: Table) -> None:
    """Keep less free at the sides of a table's cells than Word does by itself."""
    margins: Any = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), str(round(CELL * 1440 / 25.4)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties: Any = made._tbl.tblPr
    properties.insert_element_before(margins, "w:tblLook")


def unsplit(row: Any, *, is_head: bool = False) -> None:
    """A row stays on one page; a head is repeated on every page that the table reaches."""
    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", *(("w:tblHeader",) if is_head else ())):
        if properties.find(qn(name)) is None:
            properties.append(OxmlElement(name))
