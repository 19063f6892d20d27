"""Since July 2025 there is no district: a ward of today runs alone, from joining to its reminders."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from periods.days import ZONE
from scheduler.preview import preview
from storage import tables as t
from storage.db.database import Database
from tests.conversation import Officer, Town, town
from tests.ticking import tick

WARD = Path("plan/examples/ward_2025")


@pytest.fixture
def an(database: Database) -> Town:
    """Phường An Nhơn with its plan in place and nobody in it yet."""
    return town(database, WARD)


@pytest.fixture
def ward(an: Town) -> Officer:
    return an.joined("secretariat", "AN")


def test_a_stranger_and_a_newcomer_read_of_the_ward_alone(an: Town) -> None:
    officer = an.stranger()
    officer.says("xin chào")
    officer.sees("bot báo cáo hoạt động bình đẳng giới của Phường An Nhơn")
    officer.says(an.invitation("propagandist", "AN-KP01"))
    officer.sees("cán bộ tuyên truyền, Khu phố 1.", "để phường có số liệu đúng")
    assert "quận" not in officer.text.lower()


def test_the_wards_secretariat_invites_its_neighbourhoods_and_agencies_and_no_chair(ward: Officer) -> None:
    ward.says("mời")
    assert [label for label in ward.labels if "Chủ tịch" in label] == []
    ward.taps("Cán bộ tuyên truyền")
    assert ward.labels[:4] == ["Khu phố 1", "Khu phố 2", "Khu phố 3", "Khu phố 4"]
    ward.taps("Khu phố 2")
    ward.sees("Lời mời cho cán bộ tuyên truyền, Khu phố 2.")


def test_the_ward_reads_approves_and_returns_what_its_neighbourhoods_report(an: Town, ward: Officer) -> None:
    officer = an.joined("propagandist", "AN-KP01")
    officer.reports(women=30, men=15)
    ward.at_report("Duyệt")
    ward.sees("Đã duyệt")
    ward.at_report("Trả lại", "Có, trả lại")
    assert "thường trực Ban Phường An Nhơn nhờ anh/chị xem lại báo cáo" in an.notices(officer)[-1].text


def test_the_summary_is_the_wards_by_neighbourhood_and_agency(an: Town, ward: Officer) -> None:
    an.joined("propagandist", "AN-KP01").reports(women=30, men=15)
    an.joined("propagandist", "AN-KP02").says("không có hoạt động")
    ward.says("tóm tắt")
    ward.sees("Phường An Nhơn", "Theo khu phố và cơ quan:\n• Khu phố 1: 30 nữ, 15 nam")
    ward.sees("Đã báo cáo: 2/4 khu phố", "Chưa báo cáo: Khu phố 3, Khu phố 4", "Danh sách khu phố là danh sách mẫu")
    assert not [label for label in ward.labels if label.startswith(("Theo", "Toàn"))]
    ward.taps("Ai chưa báo cáo")
    ward.sees("• Khu phố 3: chưa có ai tham gia", "• Khu phố 4: chưa có ai tham gia")
    ward.says("tóm tắt toàn phường")
    ward.sees("Phường An Nhơn", "30 nữ")


def test_the_ward_itself_reports_too(ward: Officer) -> None:
    ward.reports(women=5, men=5)
    ward.says("tóm tắt")
    ward.sees("Phường An Nhơn\n1 buổi, 10 lượt người (5 nữ, 5 nam)", "Cả 4 khu phố đều chưa báo cáo")


def test_the_plan_says_who_owes_a_week(database: Database, tmp_path: Path) -> None:
    shutil.copytree(WARD, tmp_path / "ward")
    levels = tmp_path / "ward" / "levels.csv"
    levels.write_text(
        levels.read_text("utf-8").replace("wards,,", "wards,,1").replace("agencies,ward,", "agencies,ward,1")
    )
    an = town(database, tmp_path / "ward")
    ward, agency = an.joined("secretariat", "AN"), an.joined("agency", "AN-PN")
    agency.says("không có hoạt động")
    agency.sees("Hội Liên hiệp Phụ nữ phường")
    ward.says("tóm tắt")
    ward.sees("Đã báo cáo: 1/7 phường, khu phố, cơ quan", "Chưa báo cáo: ")
    ward.taps("Menu")
    assert "Tuần này không có hoạt động" in ward.labels


def test_everybody_of_the_ward_stands_in_one_list(an: Town, ward: Officer) -> None:
    an.joined("propagandist", "AN-KP01")
    an.joined("agency", "AN-PN")
    ward.says("cán bộ")
    units = [label.split(" · ")[0] for label in ward.labels]
    assert units[:3] == ["Phường An Nhơn", "Hội Liên hiệp Phụ nữ phường", "Khu phố 1"]
    ward.taps("Khu phố 1")
    ward.taps("Không còn phụ trách")
    ward.taps("Đúng, kết thúc")
    ward.sees("Đã kết thúc")


def test_the_wards_reminders_go_to_its_neighbourhoods_and_its_secretariat(an: Town) -> None:
    an.joined("propagandist", "AN-KP01").reports()
    since, until = (datetime(2026, 11, day, tzinfo=ZONE) for day in (19, 24))
    due = an.database.read(lambda db: preview(db, an.world.plan, an.world.calendar, since, until))
    assert [(each.rule, each.unit) for each in due] == [
        *(("weekly_nudge", f"AN-KP0{number}") for number in (2, 3, 4)),
        ("weekly_summary", "AN"),
        ("silent_neighbourhoods", "AN"),
    ]
    assert "Phường An Nhơn" in due[-2].text
    assert "Khu phố 2, Khu phố 3, Khu phố 4" in due[-1].text


def test_what_the_ward_owes_is_due_by_its_secretariat(an: Town) -> None:
    since, until = (datetime(2026, 11, day, tzinfo=ZONE) for day in (3, 5))
    due = an.database.read(lambda db: preview(db, an.world.plan, an.world.calendar, since, until))
    owing = {each.unit for each in due if each.rule == "deadlines"}
    assert owing == {"AN", "AN-VHXH", "AN-PN"}


def test_a_tick_reminds_who_has_not_reported(an: Town) -> None:
    an.joined("propagandist", "AN-KP01", channel="telegram")
    an.later(days=2, hours=6)
    an.database.write(lambda db: tick(db, an.world.plan, an.world.calendar, an.now)).result()
    assert an.database.read(lambda db: db.scalars(select(t.due.c.rule)).all()) == ["weekly_nudge"]
