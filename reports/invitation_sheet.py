"""A sheet to print: a ward a section, a card a person, with the QR code, the code, and how to come in by each way.

A4, cards that are cut apart along their lines; a card never breaks over two pages.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from locales import Say, texts
from messages import Document
from reports.wording import day_text

if TYPE_CHECKING:  # python-docx takes a while to load, and a bot that prints nothing needs none of it
    from docx.document import Document as Paper
    from docx.styles.style import ParagraphStyle
    from docx.table import _Cell, _Row

QR_CENTIMETRES = 3.0
"""A phone reads a code of 33 modules from an arm's length at 0.7 mm a module."""
COLUMNS_CENTIMETRES = (3.6, 6.2, 8.2)
FONT = "Arial"
"""Its letters have all Vietnamese marks, and every office suite has it or one of its measures."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to come in: what it is called, and its steps, in the reader's language."""

    title: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A person's invitation. `section` is the ward's title; `name` is empty where nobody is named yet."""

    section: str
    unit: str
    role: str
    name: str
    code: str
    link: str
    expires: date
    ways: tuple[Way, ...]


SHEET = "cards"
"""The kind of the document that holds cards."""


def document_of(cards: Sequence[Card], language: str, name: str) -> Document:
    """The recipe of a sheet: the cards themselves, as they were when somebody asked."""
    return Document(SHEET, {"language": language, "cards": [_written(card) for card in cards]}, name)


def _written(card: Card) -> dict[str, Any]:
    return {**asdict(card), "expires": card.expires.isoformat()}


def cards_of(written: Iterable[Mapping[str, Any]]) -> list[Card]:
    """The cards of a recipe."""
    return [_read(card) for card in written]


def _read(written: Mapping[str, Any]) -> Card:
    ways = tuple(Way(way["title"], tuple(way["steps"])) for way in written["ways"])
    return Card(**{**written, "expires": date.fromisoformat(written["expires"]), "ways": ways})


def sheet(cards: Sequence[Card], language: str) -> bytes:
    """The sheet as a .docx; cards of a section follow each other."""
    import docx
    from docx.shared import Cm

    say, document = texts(language), docx.Document()
    for style in ("Normal", "Heading 1"):
        _written_in(document.styles[style], FONT)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(1.5)
    page.top_margin = page.bottom_margin = Cm(1.5)
    for place, (title, of_section) in enumerate(groupby(cards, key=lambda card: card.section)):
        _section(document, say, title, list(of_section), is_first=place == 0)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _section(document: "Paper", say: Say, title: str, cards: Sequence[Card], *, is_first: bool) -> None:
    from docx.shared import Cm, Pt

    heading = document.add_heading(title, level=1)
    heading.paragraph_format.page_break_before = not is_first
    about = say.plural("{n} invitation", "{n} invitations", len(cards))
    document.add_paragraph(f"{about}. {say('Each card is for one person. Please hand it to nobody else.')}")
    table = document.add_table(rows=0, cols=len(COLUMNS_CENTIMETRES), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, COLUMNS_CENTIMETRES, strict=True):
        column.width = Cm(width)  # LibreOffice goes by the columns, Word by the cells
    for card in cards:
        _card(table.add_row(), say, card)
    for paragraph in (paragraph for row in table.rows for cell in row.cells for paragraph in cell.paragraphs):
        paragraph.paragraph_format.space_after = Pt(1)


def _card(row: "_Row", say: Say, card: Card) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, width in zip(row.cells, COLUMNS_CENTIMETRES, strict=True):
        cell.width = Cm(width)
    picture, who, how = row.cells
    code = picture.paragraphs[0]
    code.alignment, code.paragraph_format.space_before = WD_ALIGN_PARAGRAPH.CENTER, Pt(4)
    code.add_run().add_picture(qr(card.link), width=Cm(QR_CENTIMETRES))
    _line(who, card.unit, 13, bold=True, first=True)
    _line(who, card.name or "…………………………", 13)
    _line(who, card.role, 10)
    _line(who, card.code, 18, bold=True)
    _line(who, say("Valid until {day}", day=day_text(card.expires)), 9)
    for place, way in enumerate(card.ways):
        _line(how, way.title, 10, bold=True, first=place == 0)
        for number, step in enumerate(way.steps, 1):
            _line(how, f"{number}. {step}", 9)


def _line(cell: "_Cell", text: str, points: int, *, bold: bool = False, first: bool = False) -> None:
    from docx.shared import Pt

    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(points)


def _written_in(style: "ParagraphStyle", font: str) -> None:
    """Set a style's font, also for letters that Word takes for another script, over what the theme says."""
    from docx.oxml.ns import qn

    style.font.name = font
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)
        fonts.attrib.pop(qn(f"w:{script}Theme"), None)


def qr(link: str) -> io.BytesIO:
    """A link as the picture of a QR code."""
    import segno

    drawn = io.BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="png", scale=8, border=2)
    drawn.seek(0)
    return drawn
