"""A draft plan as a letter: what is planned, what it costs and the form, read back from the file."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENTATION
from sqlalchemy import Connection, select

from reports.files.building import Material
from reports.letters.checking import problems_of
from reports.letters.composing import NoLetterError
from reports.letters.drafting import compose_draft
from reports.letters.making import build_draft_letter
from storage import tables as t
from tests.conversation import Town, shipped_plan
from tests.integration.letters.reading import paragraphs, rows
from tests.integration.test_draft_plans import owes, plans

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""What stands in a file does not hang on the database."""
EARLIER = datetime(2019, 11, 3, 1, tzinfo=UTC)


def made(
    gv: Town, folder: Path, *, draft: int = 0, now: datetime | None = None, issue: list[str] | None = None
) -> tuple[Path, str]:
    """The letter of a draft, or of all of 2027, and the text that brings it."""
    place = folder / "draft.docx"

    def job(db: Connection) -> str:
        material = Material(db, shipped_plan(), folder, now or gv.now, lambda *_: None)
        return build_draft_letter(material, {"year": 2027, "draft": draft, "language": "vi", "issue": issue}, place)

    return place, gv.database.read(job)


def only_draft(gv: Town) -> int:
    return int(gv.database.read(lambda db: db.execute(select(t.draft_row.c.submission_id).distinct()).scalar_one()))


def test_a_draft_comes_out_as_a_letter_with_its_totals_in_words(gv: Town, tmp_path: Path) -> None:
    owes(gv)
    plans(gv.joined("ward_chair", "P10"))
    path, caption = made(gv, tmp_path, draft=only_draft(gv))
    assert caption == (
        "Dự thảo kế hoạch và dự toán 2027 – Ủy ban nhân dân Phường 10\n"
        "Đúng thể thức văn bản; số, ngày và chữ ký để trống."
    )
    said = paragraphs(path)
    assert "KẾ HOẠCH" in said
    assert "Kính gửi: Phòng Lao động - Thương binh và Xã hội quận Gò Vấp" in said
    assert (
        "Năm 2027 dự kiến 01 hoạt động, gồm 02 buổi hoặc sản phẩm, với 100 lượt người dự (nữ 60 lượt, nam 40 lượt); "
        "danh mục tại Phụ lục I."
    ) in said
    assert "Tổng dự toán: 1.000.000 đồng (bằng chữ: Một triệu đồng); chi tiết tại Phụ lục II." in said
    assert "- Ngân sách phường: 1.000.000 đồng." in said
    planned = rows(path, "Nội dung")
    assert planned[0] == [
        *("1", "Nói chuyện phòng, chống bạo lực gia đình", "A2", "Người dân trên địa bàn", "Nói chuyện, tọa đàm"),
        *("02", "60", "40", "03/2027", "Phường 10", "Phường 10", "", "1.000.000", "Ngân sách phường", ""),
    ]
    assert planned[1][1:8:4] == ["Tổng cộng", "02"]
    assert [row[6] for row in rows(path, "Hoạt động")] == ["1.000.000", "1.000.000"]
    assert said[-1] == "Bằng chữ: Một triệu đồng."
    assert "TM. ỦY BAN NHÂN DÂN" in Document(str(path)).tables[1].cell(0, 1).text


def test_an_issued_one_bears_number_day_and_signer_and_what_it_replaces(gv: Town, tmp_path: Path) -> None:
    owes(gv)
    plans(gv.joined("ward_chair", "P10"))
    replaces = "Kế hoạch này thay thế Kế hoạch số 9/KH-UBND ngày 02/11/2026."
    path, caption = made(gv, tmp_path, issue=["12/KH-UBND", "2026-11-05", "Nguyễn Văn An", replaces])
    assert "trống" not in caption
    first, said = Document(str(path)).tables[0], paragraphs(path)
    assert "Số: 12/KH-UBND" in "\n".join(cell.text for row in first.rows for cell in row.cells)
    assert "ngày 05 tháng 11 năm 2026" in "\n".join(cell.text for row in first.rows for cell in row.cells)
    assert replaces in said
    assert "Nguyễn Văn An" in Document(str(path)).tables[1].cell(0, 1).text


@pytest.mark.parametrize("form", ["nd30", "tt01"])
def test_the_letter_keeps_every_rule_and_its_wide_tables_lie_on_their_side(gv: Town, tmp_path: Path, form: str) -> None:
    owes(gv)
    plans(gv.joined("ward_chair", "P10"))
    path, _ = made(gv, tmp_path, now=None if form == "nd30" else EARLIER)
    assert [str(problem) for problem in problems_of(path, form)] == []
    upright, aside = Document(str(path)).sections
    assert (upright.orientation, aside.orientation) == (WD_ORIENTATION.PORTRAIT, WD_ORIENTATION.LANDSCAPE)


def test_of_one_event_in_two_drafts_the_leader_s_money_counts_in_the_letter_of_the_year(
    gv: Town, tmp_path: Path
) -> None:
    owes(gv)
    plans(gv.joined("ward_chair", "P10"))
    plans(gv.joined("agency", "CQ-VHTT"), lead="phường 10")
    path, caption = made(gv, tmp_path)
    assert "Phòng Lao động - Thương binh và Xã hội" in caption
    said = paragraphs(path)
    assert any(line.startswith("Năm 2027 dự kiến 01 hoạt động, gồm 02 buổi") for line in said)
    first, second, total = rows(path, "Nội dung")
    assert (first[12], second[12], total[12]) == ("1.000.000", "", "1.000.000")
    assert second[14] == "Kinh phí tính ở đơn vị chủ trì"


def test_without_money_the_letter_says_so_and_without_a_draft_there_is_none(gv: Town, tmp_path: Path) -> None:
    owes(gv)
    with pytest.raises(NoLetterError):
        gv.database.read(lambda db: compose_draft(db, shipped_plan(), 2027, 0, gv.now))
    plans(gv.joined("ward_chair", "P10"), cost="Không")
    assert "Các hoạt động trên không dự toán kinh phí." in paragraphs(made(gv, tmp_path)[0])


def test_who_may_open_a_draft_has_its_letter_made_and_others_do_not(gv: Town) -> None:
    owes(gv)
    chair, secretariat = gv.joined("ward_chair", "P10"), gv.joined("secretariat", "GV")
    plans(chair)
    chair.taps("Văn bản Word")
    chair.sees("du-thao-2027-", ".docx")
    secretariat.says("dự toán")
    secretariat.taps("Văn bản dự thảo (Word)")
    secretariat.sees("du-thao-2027.docx")
    other = gv.joined("ward_chair", "P11")
    other.presses(f"drafts_letter:2027:{only_draft(gv)}")
    assert ".docx" not in other.text
