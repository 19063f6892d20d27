"""A draft plan that comes as the units' own workbook: its rows are shown, and fill the form in after one yes."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from messages import File
from storage import tables as t
from tests.conversation import Officer, Town
from tests.integration.test_draft_plans import owes
from tests.integration.test_lists_in_chat import Desk

HEAD: list[object] = [
    *("STT", "Nội dung", "Mã hoạt động", "Đối tượng", "Hình thức", "Số buổi / số sản phẩm", "Lượt nữ", "Lượt nam"),
    *("Thời gian", "Địa điểm", "Chủ trì", "Phối hợp", "Nội dung chi", "ĐVT", "Số lượng", "Mức chi", "Thành tiền"),
    *("Căn cứ mức chi", "Nguồn", "Ghi chú", "Người soạn"),
]
TALK: list[object] = [
    *(1, "Nói chuyện phòng, chống bạo lực gia đình", "A2", "Người dân", "nói chuyện", 2, 60, 40, "8/3/2027"),
    *("Phường 10", None, "Phòng Văn hóa và Thông tin", "Bồi dưỡng báo cáo viên", "buổi", 2, "500.000", "1.000.000"),
    *("Thông tư 191/2009/TT-BTC", "Ngân sách phường", None, "Lan"),
]
MORE: list[object] = [*[None] * 12, "Nước uống", "người", 100, "10.000 đ", None, None, "Ngân sách phường", None, None]
UNCLEAR: list[object] = [
    *(2, "Phát tờ rơi", "A9.9", "Người dân", "tờ rơi", "nhiều", 0, 0, "tháng 13", "THPT Gò Vấp"),
    *[None] * 11,
]
TOTAL: list[object] = ["Tổng cộng", None, *[None] * 14, "2.000.000", None, None, None, None]


@pytest.fixture
def desk(gv: Town, tmp_path: Path) -> Desk:
    return Desk(gv, tmp_path)


def begins(gv: Town) -> Officer:
    owes(gv)
    chair = gv.joined("ward_chair", "P10")
    chair.says("việc cần làm")
    chair.taps("Nộp: dự thảo năm 2027")
    chair.sees("bảng Excel")
    return chair


def test_the_rows_are_shown_and_one_yes_fills_the_form_in(gv: Town, desk: Desk) -> None:
    chair = begins(gv)
    desk.sends(chair, [["DỰ THẢO KẾ HOẠCH"], HEAD, TALK, MORE, TOTAL], "Dự thảo.xlsx")
    chair.sees("“Dự thảo.xlsx” có 1 hoạt động, tổng 2.000.000 đ", "1. Nói chuyện phòng", "tháng 3 · 2.000.000 đ")
    chair.sees("Các cột tôi không giữ lại gì: Người soạn")
    chair.taps("Đúng, lấy các dòng này")
    chair.sees("• Nội dung: Nói chuyện phòng, chống bạo lực gia đình · Mã hoạt động: Nói chuyện")
    assert "–" not in chair.text.replace("15/11–15/12", "")
    assert len(chair.text.splitlines()) < 8
    chair.taps("Gửi")
    chair.sees("Đã nộp. Cảm ơn anh/chị!")
    (row,) = gv.database.read(lambda db: db.execute(select(t.draft_row)).all())
    assert (row.activity, row.target_group, row.form, row.sessions, row.women, row.men) == (
        *("A2", "residents", "talk", 2, 60, 40),
    )
    assert (str(row.first_day), row.by_month, row.partners) == ("2027-03-08", False, "CQ-VHTT")
    costs = gv.database.read(lambda db: db.execute(select(t.budget_line).order_by(t.budget_line.c.amount)).all())
    assert [(cost.item, cost.quantity, cost.rate, cost.amount, cost.source) for cost in costs] == [
        ("Bồi dưỡng báo cáo viên", 2, 500_000, 1_000_000, "ward"),
        ("Nước uống", 100, 10_000, 1_000_000, "ward"),
    ]


def test_what_is_not_understood_is_said_by_row_and_asked_for(gv: Town, desk: Desk) -> None:
    chair = begins(gv)
    desk.sends(chair, [HEAD, TALK, UNCLEAR], "Dự thảo.xlsx")
    chair.sees("có 2 hoạt động", "Có 3 ô tôi chưa hiểu:", "dòng 3", "“A9.9”", "“nhiều”", "“tháng 13”")
    chair.taps("Đúng, lấy các dòng này")
    chair.sees("Thuộc hoạt động nào")
    assert "Gửi" not in chair.labels


def test_a_number_without_end_is_not_understood(gv: Town, desk: Desk) -> None:
    endless = [*TALK[:5], "9" * 5_000, *TALK[6:15], "1" * 4_999 + " đ", *TALK[16:]]
    chair = begins(gv)
    desk.sends(chair, [HEAD, endless], "Dự thảo.xlsx")
    chair.sees("có 1 hoạt động", "Có 2 ô tôi chưa hiểu:", f"“{'9' * 80}…”")
    assert len(chair.text) < 1_000


def test_without_the_columns_nothing_is_taken_and_it_is_said_what_is_missing(gv: Town, desk: Desk) -> None:
    chair = begins(gv)
    desk.sends(chair, [["Tên", "Số"], ["a", 1]], "Khác.xlsx")
    chair.sees("0 hoạt động", "Thiếu cột “Nội dung”")
    assert chair.labels[0] == "Không, điền từng mục"


def test_a_workbook_of_somebody_else_is_not_taken(gv: Town, desk: Desk) -> None:
    chair = begins(gv)
    desk.sends(chair, [HEAD, TALK], "Dự thảo.xlsx")
    press = chair.choice("Đúng").id
    other = gv.joined("ward_chair", "P11")
    other.presses(press)
    assert "Nói chuyện phòng" not in other.text


QUARTER: list[object] = [
    "STT",
    "Nội dung",
    "Mã hoạt động",
    "Đối tượng",
    "Hình thức",
    "Số buổi",
    "Nữ",
    "Nam",
    "Thời gian",
]


def talk(name: str, month: int, *more: object) -> list[object]:
    return [1, name, "A2", "Người dân", "nói chuyện", 1, 30, 20, month, *more]


def book(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """A workbook of several sheets by their names."""
    made, content = Workbook(), io.BytesIO()
    assert made.active is not None
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(content)
    return content.getvalue()


def sends(desk: Desk, chair: Officer, sheets: Mapping[str, Sequence[Sequence[object]]]) -> None:
    content = book(sheets)
    file = File(is_image=False, name="Cả năm.xlsx", size=len(content), sha256=desk.store.put(content))
    chair.sends(file)
    desk.works(chair)


def test_every_sheet_with_the_columns_is_read_and_the_others_are_named(gv: Town, desk: Desk) -> None:
    chair = begins(gv)
    sends(
        desk,
        chair,
        {
            "Bìa": [["DỰ THẢO NĂM 2027"]],
            "Quý I": [["DỰ THẢO"], QUARTER, talk("Nói chuyện đầu năm", 1), talk("Tọa đàm 8/3", 3)],
            "Quý II": [QUARTER, talk("Ngày hội gia đình", 6)],
            "Phường 12": [QUARTER, talk("Hỏi đáp", 9), [2, "Sai", "A2", "Ai đó", "nói chuyện", 1, 1, 1, 9]],
            "Trống": [QUARTER],
        },
    )
    chair.sees(
        "có 5 hoạt động", "Trang Quý I:\n1. Nói chuyện đầu năm", "Trang Quý II:\n3. Ngày hội", "Trang Phường 12:"
    )
    chair.sees(
        "Các trang tôi không đọc vì không có cột “Nội dung”: Bìa", "Phường 12 [dòng 3]", "Người dân trên địa bàn"
    )
    answers = read_of(gv)
    assert [entry.get("place_unit") for entry in answers["planned"]] == [None, None, None, "P12", "P12"]


def test_a_sheet_with_the_budget_alone_gives_its_lines_to_the_activities_it_names(gv: Town, desk: Desk) -> None:
    chair = begins(gv)
    heads = ["Nội dung", "Nội dung chi", "ĐVT", "Số lượng", "Mức chi", "Nguồn"]
    sends(
        desk,
        chair,
        {
            "Dự toán": [
                heads,
                ["tọa đàm 8/3", "Báo cáo viên", "buổi", 1, 500000, "Ngân sách phường"],
                [None, "Nước uống", "người", 50, 10000, "Ngân sách phường"],
                ["Việc khác", "In ấn", "tờ", 1, 1, None],
                ["Tổng cộng", None, None, None, 1000000, None],
            ],
            "Nội dung": [[*QUARTER, "Kinh phí"], talk("Tọa đàm 8/3", 3, 1000000), talk("Nói chuyện", 5, 0)],
        },
    )
    chair.sees("có 2 hoạt động, tổng 1.000.000 đ", "Không có hoạt động nào tên “Việc khác”")
    answers = read_of(gv)
    assert [entry["has_cost"] for entry in answers["planned"]] == ["yes", "no"]
    assert answers["planned"][0]["item"] == "Báo cáo viên"
    assert [(cost["cost_row"], cost["cost_item"]) for cost in answers["more_costs"]] == [(1, "Nước uống")]


def read_of(gv: Town) -> dict[str, Any]:
    """What is kept of the workbook that was read last."""
    rows = gv.database.read(lambda db: db.execute(select(t.file_order).order_by(t.file_order.c.id)).all())
    said: dict[str, Any] = rows[-1].data
    return said
