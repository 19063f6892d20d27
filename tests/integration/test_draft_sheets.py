"""A draft plan that comes as the units' own workbook: its rows are shown, and fill the form in after one yes."""

from pathlib import Path

import pytest
from sqlalchemy import select

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
