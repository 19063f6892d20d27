"""The parts of a letter, from the head to the appendices, with the placeholders that figures and people fill."""

from collections.abc import Mapping
from typing import Any

from docx.document import Document as Word
from docx.shared import Mm, Pt
from docx.table import _Cell

from plan.letters.making.page import ALIGN, CELL, HEAD, WIDTH, line, narrow_cells, rule, table, unsplit

MOTTO = "Độc lập - Tự do - Hạnh phúc"
MOTTO_LENGTH = 56
"""Millimetres of the motto in bold 13: the rule below it is as long."""


def head(word: Word, *, is_letter: bool) -> None:
    """Issuer and number on the left, state and motto, place and day on the right; a công văn has its subject there."""
    two = table(word, HEAD, 2, borders=False)
    narrow_cells(two)
    left, right = two.rows[0].cells
    line(left, "VB Cơ quan chủ quản", "{{ issuer.parent }}")
    each(left, "issuer.body", "VB Cơ quan ban hành")
    rule(left, HEAD[0] - 2 * CELL, 24)
    line(right, "VB Quốc hiệu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    line(right, "VB Tiêu ngữ", MOTTO)
    rule(right, HEAD[1] - 2 * CELL, MOTTO_LENGTH)
    left, right = two.rows[1].cells
    line(left, "VB Số ký hiệu", "{{ letter.number }}").paragraph_format.space_before = Pt(6)
    if is_letter:
        line(left, "VB Trích yếu công văn", "{{ letter.subject }}")
    line(right, "VB Địa danh ngày", "{{ letter.date }}").paragraph_format.space_before = Pt(6)
    _if(word, "letter.sample", lambda: _sample(word))


def _sample(word: Word) -> None:
    line(word, "VB Tên loại", "{{ letter.sample }}").paragraph_format.space_before = Pt(10)


def titles(word: Word) -> None:
    """The kind of document, its title with a rule below, and to whom it goes."""
    line(word, "VB Tên loại", "{{ letter.kind }}").paragraph_format.space_before = Pt(12)
    each(word, "title_lines", "VB Tên loại")
    rule(word, WIDTH, 60)
    addressee(word)


def addressee(word: Word) -> None:
    """The line "Kính gửi"."""
    to = line(word, "VB Giữa", "Kính gửi: {{ issuer.to }}")
    to.paragraph_format.space_before = to.paragraph_format.space_after = Pt(12)


def replaces(word: Word) -> None:
    """The line that says what the letter replaces, if it does: it comes before all others."""
    _if(word, "letter.replaces", lambda: line(word, "VB Thân văn bản", "{{ letter.replaces }}"))


def each(word: Word | _Cell, listed: str, style: str, before: str = "", *, keeps: bool = False) -> None:
    """A paragraph for each text of a list, which `keeps` to the one after it."""
    line(word, style, f"{{%p for line in {listed} %}}")
    line(word, style, f"{before}{{{{ line }}}}").paragraph_format.keep_with_next = keeps or None
    line(word, style, "{%p endfor %}")


def chapters(word: Word, listed: str, above: str) -> None:
    """Sections of the plan, each with its heading, numbered below `above` ("2."), and what was done."""
    line(word, "VB Đề mục", f"{{%p for chapter in {listed} %}}")
    line(word, "VB Đề mục", f"{above}{{{{ chapter.no }}}}. {{{{ chapter.title }}}}")
    each(word, "chapter.lines", "VB Thân văn bản", "- ")
    line(word, "VB Đề mục", "{%p endfor %}")


def closing(word: Word) -> None:
    """The last sentence, which stays on the page of the signature: nobody signs an empty page."""
    line(word, "VB Thân văn bản", "{{ letter.closing }}").paragraph_format.keep_with_next = True


def signature(word: Word) -> None:
    """Recipients on the left; who signs, with room for signature and seal, on the right."""
    two = table(word, (80, WIDTH - 80), 1, borders=False)
    left, right = two.rows[0].cells
    line(left, "VB Nơi nhận", "Nơi nhận:")
    line(left, "VB Danh sách nơi nhận", "{%p for line in issuer.recipients %}")
    line(left, "VB Danh sách nơi nhận", "{{ line }}")
    line(left, "VB Danh sách nơi nhận", "{%p endfor %}")
    line(left, "VB Danh sách nơi nhận", "{{ issuer.archive }}")
    line(right, "VB Chữ ký", "{%p for line in issuer.signature %}")
    line(right, "VB Chữ ký", "{{ line }}")
    line(right, "VB Chữ ký", "{%p endfor %}")
    for _ in range(4):
        line(right, "VB Chữ ký", "")
    line(right, "VB Chữ ký", "{{ letter.signer }}")


def appendix(word: Word, number: str, title: str) -> None:
    """The head of an appendix, on a page of its own."""
    line(word, "VB Tên loại", number).paragraph_format.page_break_before = True
    line(word, "VB Tên loại", title)
    attached = line(word, "VB Nghiêng giữa", "{{ letter.attached }}")
    attached.paragraph_format.space_after = Pt(12)


def figures(word: Word, name: str, wanted: Mapping[str, Any]) -> None:
    """A table with a row for each of `name.rows`, and one of the sums; its head is repeated on every page.

    What is `wanted` of it stands in `outlines/tables.toml`; a `wide` one has smaller letters and narrower margins.
    """
    columns, total = wanted["columns"], wanted.get("total", False)
    head, cells = ("VB Đầu bảng rộng", "VB Ô bảng rộng") if wanted.get("wide") else ("VB Đầu bảng", "VB Ô bảng")
    widths = [column[1] for column in columns]
    made = table(word, widths, 5 if total else 4, borders=True)
    if wanted.get("wide"):
        narrow_cells(made)
    unsplit(made.rows[0], is_head=True)
    for cell, (heading, *_) in zip(made.rows[0].cells, columns, strict=True):
        line(cell, head, heading)
    line(made.rows[1].cells[0], cells, f"{{%tr for row in {name}.rows %}}")
    for cell, (_, _, field, align) in zip(made.rows[2].cells, columns, strict=True):
        line(cell, cells, f"{{{{ row.{field} }}}}").alignment = ALIGN[align]
    line(made.rows[3].cells[0], cells, "{%tr endfor %}")
    if total:
        for cell, (_, _, field, align) in zip(made.rows[4].cells, columns, strict=True):
            line(cell, head, f"{{{{ {name}.total.{field} }}}}").alignment = ALIGN[align]
    _end(word)


def note(word: Word, name: str) -> None:
    """A remark below a table."""
    line(word, "VB Ô bảng", f"{{{{ {name} }}}}").paragraph_format.space_before = Pt(6)


def changes(word: Word, number: str, columns: list[list[Any]]) -> None:
    """The appendix of a letter that replaces another: which figures have changed."""

    def made() -> None:
        appendix(word, number, "SỐ LIỆU THAY ĐỔI SO VỚI VĂN BẢN ĐƯỢC THAY THẾ")
        figures(word, "changes", {"columns": columns})

    _if(word, "changes.rows", made)


def _if(word: Word, asked: str, make: Any) -> None:
    line(word, "VB Thân văn bản", f"{{%p if {asked} %}}")
    make()
    line(word, "VB Thân văn bản", "{%p endif %}")


def _end(word: Word) -> None:
    """Word wants a paragraph after a table: one that takes no room."""
    paragraph = line(word, "VB Kẻ", "")
    paragraph.paragraph_format.left_indent = Mm(0)
