"""The sheet of cards to print, read back from the file."""

import io
from datetime import date

import docx
from docx.shared import Cm

from reports.invitation_sheet import Card, Way, sheet

WAYS = (Way("Trên trình duyệt", ("Quét mã", "Bấm nút")), Way("Zalo", ("Mở zalo.me/1",)))


def card(section: str, unit: str, name: str = "Đặng Thị Mẫu") -> Card:
    link = "https://bot.example/j/K7MP-4XQ2"
    return Card(section, unit, "Cán bộ tuyên truyền", name, "K7MP-4XQ2", link, date(2020, 11, 18), WAYS)


def test_a_ward_is_a_section_and_a_person_a_card_that_does_not_break() -> None:
    cards = [card("Phường 10", f"Khu phố {number}, Phường 10") for number in (1, 2)]
    written = docx.Document(io.BytesIO(sheet([*cards, card("Phường 11", "Khu phố 1, Phường 11", "")], "vi")))
    assert [it.text for it in written.paragraphs if it.style and it.style.name == "Heading 1"] == [
        "Phường 10",
        "Phường 11",
    ]
    first, second = written.tables
    assert [len(first.rows), len(second.rows)] == [2, 1]
    who = first.rows[0].cells[1].text.splitlines()
    assert who == [
        "Khu phố 1, Phường 10",
        "Đặng Thị Mẫu",
        "Cán bộ tuyên truyền",
        "K7MP-4XQ2",
        "Có hiệu lực đến hết ngày 18/11/2020",
    ]
    assert first.rows[0].cells[2].text.splitlines() == [
        "Trên trình duyệt",
        "1. Quét mã",
        "2. Bấm nút",
        "Zalo",
        "1. Mở zalo.me/1",
    ]
    assert "…" in second.rows[0].cells[1].text
    assert all("cantSplit" in row._tr.xml for row in (*first.rows, *second.rows))
    assert len(written.inline_shapes) == 3
    widths = [[round(column.width / Cm(1), 1) for column in table.columns if column.width] for table in written.tables]
    assert widths == [[3.6, 6.2, 8.2]] * 2, "an office suite that goes by the columns shows them as wide as Word does"


def test_what_people_wrote_is_text_and_nothing_else() -> None:
    written = docx.Document(io.BytesIO(sheet([card("P & Q", "<w:t> {{ x }}")], "en")))
    assert "<w:t> {{ x }}" in written.tables[0].rows[0].cells[1].text
