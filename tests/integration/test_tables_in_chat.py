"""Tables in chat: asked for by a button, as far as the channel can show one, and as pages of lines elsewhere."""

import pytest

from messages import Table
from messages.limits import units
from tests.conversation import Officer, Town


def table_of(officer: Officer) -> Table:
    table = officer.heard[-1].table
    assert table is not None
    return table


@pytest.fixture
def secretariat(gv: Town) -> Officer:
    gv.joined("propagandist", "P10-KP05").reports()
    return gv.joined("secretariat", "GV")


def test_the_district_s_table_holds_every_ward_with_its_neighbourhoods(secretariat: Officer) -> None:
    secretariat.says("tóm tắt")
    secretariat.taps("Hình, bảng…")
    secretariat.taps("Bảng")
    table = table_of(secretariat)
    assert [group.title for group in table.groups][:2] == ["Phường 1", "Phường 3"]
    assert len(table.groups) == 16
    assert sum(len(group.rows) for group in table.groups) == 186
    assert table.totals == ("Cộng", 1, 45, 30, 15, 66.7, 185)
    assert secretariat.labels == [
        "Bảng theo hoạt động",
        "Bảng theo đối tượng",
        "Bảng theo nơi diễn ra",
        "Tóm tắt",
        "Menu",
    ]

    secretariat.taps("Bảng theo hoạt động")
    assert table_of(secretariat).rows == (("Nói chuyện: gia đình, chống bạo lực", 1, 45, 30, 15, 66.7),)
    secretariat.taps("Bảng theo đối tượng")
    assert table_of(secretariat).rows == (("Người dân", 1, 45, 30, 15, 66.7),)
    secretariat.taps("Bảng theo nơi diễn ra")
    assert table_of(secretariat).rows == (("Phường 10", 1, 45, 30, 15, 66.7),)
    secretariat.taps("Tóm tắt")
    secretariat.sees("1 hoạt động")


def test_a_breakdown_in_words_leads_to_its_table(secretariat: Officer) -> None:
    for by in ("unit", "activity", "group", "place"):
        secretariat.presses(f"by:GV:2026-W47:{by}")
        secretariat.taps("Xem bảng")
        assert table_of(secretariat).totals[:2] == ("Cộng", 1)


def test_a_ward_in_the_table_is_opened_by_its_own_button(secretariat: Officer) -> None:
    secretariat.presses("table")
    tenth = next(group for group in table_of(secretariat).groups if group.title == "Phường 10")
    assert tenth.opens is not None
    assert tenth.opens.label == "Xem Phường 10"
    secretariat.presses(tenth.opens.id)
    secretariat.sees("Phường 10", "1 hoạt động")


def test_where_no_table_can_be_shown_pages_of_lines_come_one_by_one(gv: Town) -> None:
    for number in range(1, 4):
        gv.joined("propagandist", f"P10-KP0{number}").reports()
    officer = gv.joined("secretariat", "GV", channel="zalo")
    officer.says("tóm tắt")
    officer.taps("Hình, bảng…")
    officer.taps("Bảng")
    assert officer.heard[-1].table is None
    officer.sees("Theo phường và cơ quan", "Cộng: 3 hoạt động · 135 lượt người · 90 nữ · 45 nam · tỷ lệ nữ 66,7 %")
    assert units(officer.text) < 1_500
    officer.presses("table:GV:2026-W47::9")
    officer.sees("Theo phường và cơ quan")
    officer.says("/chitieu")
    assert "Xem bảng" not in officer.labels


def test_an_app_that_may_be_too_old_for_tables_has_the_text_one_tap_away(gv: Town) -> None:
    officer = gv.joined("secretariat", "GV", channel="telegram")
    for asked, total in (("table", "Cộng: 186 chưa báo cáo"), ("table:GV:2020-11:a", "Cộng: 0 hoạt động")):
        officer.presses(asked)
        assert table_of(officer)
        officer.taps("Xem dạng chữ")
        assert officer.heard[-1].table is None
        officer.sees(total)


def test_who_has_not_reported_is_a_table_too(secretariat: Officer) -> None:
    secretariat.says("ai chưa báo cáo")
    secretariat.taps("Xem bảng")
    table = table_of(secretariat)
    assert sum(len(group.rows) for group in table.groups) == 185
    assert table.groups[0].rows[0] == ("Khu phố 1", "chưa báo cáo")
    secretariat.taps("Ai chưa báo cáo")
    secretariat.sees("chưa báo cáo: 185")


def test_the_targets_are_a_table_too(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    chair.says("/chitieu")
    chair.taps("Xem bảng")
    table = table_of(chair)
    assert [(row[0], row[1]) for row in table.rows] == [("T1", 70), ("T2", 50), ("T3", 100), ("T4", 100), ("T5", 100)]
    assert table.rows[0][2:6] == (None, 0, None, "chưa đủ cơ sở đánh giá")
    chair.taps("Tất cả chỉ tiêu")
    chair.sees("Tiến độ chỉ tiêu – Phường 10")


def test_another_ward_s_table_is_not_shown(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    for asked in ("table:P14", "missing_table:P14", "target_table:P14"):
        chair.presses(asked)
        assert chair.heard[-1].table is None
