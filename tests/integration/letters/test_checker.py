"""The checker finds each breach: a letter that keeps every rule, changed in one thing after another."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from reports.letters.checking import problems_of
from reports.letters.checking.page import Page
from reports.letters.checking.rules import RULES
from tests.integration.history.test_fortnight import fortnight
from tests.integration.letters.reading import letter_of, written
from tests.integration.reports.world import World

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""What stands in a file does not hang on the database; its figures are tested on both elsewhere."""


def paragraph(word: Word, start: str) -> Any:
    return next(each for each in everything(word) if each.text.startswith(start))


def everything(word: Word) -> Iterator[Any]:
    from docx.text.paragraph import Paragraph

    for element in word.element.body.iter(qn("w:p")):
        yield Paragraph(element, word._body)


def change(start: str, **values: object) -> Callable[[Word], None]:
    """Give the runs of the paragraph that begins so other properties."""

    def changed(word: Word) -> None:
        for run in paragraph(word, start).runs:
            for name, value in values.items():
                setattr(run.font, name, value)

    return changed


def reformat(start: str, **values: object) -> Callable[[Word], None]:
    def changed(word: Word) -> None:
        for name, value in values.items():
            setattr(paragraph(word, start).paragraph_format, name, value)

    return changed


def retype(start: str, text: str) -> Callable[[Word], None]:
    def changed(word: Word) -> None:
        paragraph(word, start).runs[0].text = text

    return changed


def margin(word: Word) -> None:
    word.sections[0].left_margin = Mm(25)


def no_repeated_head(word: Word) -> None:
    for row in word.element.body.iter(qn("w:tblHeader")):
        row.getparent().remove(row)


def splits(word: Word) -> None:
    for row in list(word.element.body.iter(qn("w:cantSplit")))[-1:]:
        row.getparent().remove(row)


def no_page_number(word: Word) -> None:
    word.sections[0].header.paragraphs[0].clear()


def numbered_first_page(word: Word) -> None:
    word.sections[0].different_first_page_header_footer = False


def no_rules(word: Word) -> None:
    for border in list(word.element.body.iter(qn("w:pBdr"))):
        border.getparent().remove(border)


def one_digit(word: Word) -> None:
    word.tables[-1].rows[-1].cells[3].paragraphs[0].runs[0].text = "7"


BREACHES: dict[str, tuple[str, Callable[[Word], None]]] = {
    "a narrow margin": ("page", margin),
    "another font": ("page", change("Kính gửi", name="Arial")),
    "a colour": ("page", change("Kính gửi", color=None)),
    "no page number": ("page", no_page_number),
    "a number on page 1": ("page", numbered_first_page),
    "a bold parent body": ("issuer", change("ỦY BAN NHÂN DÂN QUẬN", bold=True)),
    "a small issuing body": ("issuer", change("ỦY BAN NHÂN DÂN PHƯỜNG", size=Pt(11))),
    "no capitals": ("issuer", retype("ỦY BAN NHÂN DÂN PHƯỜNG", "Ủy ban nhân dân Phường 10")),
    "no rules": ("state", no_rules),
    "another motto": ("state", retype("Độc lập", "Độc lập – Tự do – Hạnh phúc")),
    "a thin motto": ("state", change("Độc lập", bold=False)),
    "no symbol": ("number and day", retype("Số:", "Số: 12")),
    "a day without a zero": ("number and day", retype("Phường 10, ngày", "Phường 10, ngày 5 tháng 2 năm 2020")),
    "an upright day": ("number and day", change("Phường 10, ngày", italic=False)),
    "a left title": ("title", reformat("Tình hình", alignment=WD_ALIGN_PARAGRAPH.LEFT)),
    "ragged text": ("body", reformat("Thực hiện Kế hoạch", alignment=WD_ALIGN_PARAGRAPH.LEFT)),
    "no first line": ("body", reformat("Thực hiện Kế hoạch", first_line_indent=Mm(0))),
    "no space": ("body", reformat("Thực hiện Kế hoạch", space_after=Pt(0))),
    "wide lines": ("body", reformat("Thực hiện Kế hoạch", line_spacing=2.0)),
    "small text": ("body", change("Thực hiện Kế hoạch", size=Pt(12))),
    "no end": ("body", retype("Trên đây", "Trên đây là báo cáo.")),
    "a thin signature": ("signature", change("CHỦ TỊCH", bold=False)),
    "large recipients": ("recipients", change("- Như trên", size=Pt(13))),
    "no archive": ("recipients", retype("- Lưu: VT", "- Chị Lan.")),
    "Arabic appendices": ("appendices", retype("Phụ lục I", "Phụ lục 1")),
    "a head on one page": ("appendices", no_repeated_head),
    "split rows": ("appendices", splits),
    "a bare digit": ("numerals", retype("Trong kỳ", "Trong kỳ có 5 buổi.")),
    "no dots": ("numerals", retype("Trong kỳ", "Trong kỳ có 1150 lượt.")),
    "no lượt": ("numerals", retype("Trong kỳ", "Trong kỳ có nữ 12, nam 09 lượt.")),
    "a digit in a table": ("numerals", one_digit),
    "a placeholder": ("placeholders", retype("Kính gửi", "Kính gửi: {{ issuer.to }}")),
}


@pytest.fixture
def letter(world: World, tmp_path: Path) -> Path:
    fortnight(world)
    return written(letter_of(world, "weekly", "P10", "2020-W47"), tmp_path)


def test_each_breach_is_found(letter: Path) -> None:
    assert problems_of(letter, "nd30") == []
    missed = []
    for name, (rule, breach) in BREACHES.items():
        word = Document(str(letter))
        if name == "a colour":
            for run in paragraph(word, "Kính gửi").runs:
                run.font.color.rgb = RGBColor(255, 0, 0)
        else:
            breach(word)
        path = letter.with_name("broken.docx")
        word.save(str(path))
        if not list(RULES[rule](Page(path), "nd30")):
            missed.append(name)
    assert missed == []


def test_the_earlier_form_has_its_page_number_at_the_foot(letter: Path) -> None:
    assert [problem.rule for problem in problems_of(letter, "tt01")] == ["page"]
