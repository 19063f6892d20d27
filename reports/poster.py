"""A poster to print, A4: a ward's code as QR and in large letters, with the steps of each way in."""

import io
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from locales import texts
from messages import Document
from reports.files.building import Data, Material
from reports.invitation_sheet import Way, qr
from reports.wording import day_text

POSTER = "poster"
"""The kind of the document."""
QR_CENTIMETRES = 9.0
"""Read from two metres' distance."""


@dataclass(frozen=True, slots=True)
class Poster:
    """What stands on a ward's poster."""

    ward: str
    code: str
    link: str
    expires: date
    ways: tuple[Way, ...]


def document_of(poster: Poster, language: str, name: str) -> Document:
    """The recipe of a poster: all that stands on it."""
    return Document(POSTER, {"language": language, **asdict(poster), "expires": poster.expires.isoformat()}, name)


def _poster_of(data: Mapping[str, Any]) -> Poster:
    ways = tuple(Way(way["title"], tuple(way["steps"])) for way in data["ways"])
    return Poster(data["ward"], data["code"], data["link"], date.fromisoformat(data["expires"]), ways)


def build_poster(material: Material, data: Data, place: Path) -> str:
    """Write a recipe's poster as a .docx, and return the text that brings it."""
    poster, language = _poster_of(data), str(data["language"])
    place.write_bytes(drawn(poster, language))
    material.tell(1, 1)
    say = texts(language)
    return say("The poster of {ward}: its code is good until {day}.", ward=poster.ward, day=day_text(poster.expires))


def drawn(poster: Poster, language: str) -> bytes:
    """The poster as a .docx."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    say, document = texts(language), docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.top_margin = page.bottom_margin = Cm(1.5)

    def line(text: str, points: int, *, bold: bool = False) -> None:
        run = document.add_paragraph().add_run(text)
        run.bold, run.font.size = bold, Pt(points)

    line(say("{ward}: report gender equality activities", ward=poster.ward), 26, bold=True)
    line(say("For the communication officers of the neighbourhoods"), 16)
    document.add_paragraph().add_run().add_picture(qr(poster.link), width=Cm(QR_CENTIMETRES))
    line(poster.code, 40, bold=True)
    line(say("Valid until {day}", day=day_text(poster.expires)), 14)
    for paragraph in document.paragraphs:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for way in poster.ways:
        line(way.title, 16, bold=True)
        line("  ".join(f"{number}. {step}" for number, step in enumerate(way.steps, 1)), 14)
    line(say("Then choose your neighbourhood and write your name: the ward lets you in."), 14)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()
