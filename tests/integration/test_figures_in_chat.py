"""A person's way through the figures: the first message, the menus behind it, and the way back."""

import pytest

from handlers.figures import offers, submenus
from handlers.figures.breakdowns import narrowed
from handlers.figures.offers import Offer
from messages import MAX_CHOICE_ID_BYTES
from messages.actions import UnitReports
from periods.period import period_of
from reports.filtering import Filter
from services.access import may_see_reports
from tests.conversation import Officer, Town


@pytest.fixture
def chair(gv: Town) -> Officer:
    return gv.joined("ward_chair", "P10")


def test_the_first_message_has_a_few_buttons_and_the_rest_is_one_tap_away(gv: Town, chair: Officer) -> None:
    gv.joined("propagandist", "P10-KP05").reports()
    chair.says("tóm tắt")
    assert chair.labels[:3] == ["← Tuần trước", "Kỳ khác…", "Chi tiết…"]
    assert len(chair.labels) <= 7
    chair.taps("Chi tiết…")
    chair.sees("Phường 10, tuần 47 (16/11 – 22/11/2026): anh/chị muốn xem chi tiết gì?")
    assert {"Các báo cáo", "Tiến độ chỉ tiêu", "Tóm tắt", "Menu"} <= set(chair.labels)
    chair.taps("Tóm tắt")
    chair.sees("Tuần 47", "– Phường 10")


def test_other_periods_are_offered_and_lead_to_their_figures(chair: Officer) -> None:
    chair.says("tóm tắt")
    chair.taps("Kỳ khác…")
    chair.sees("anh/chị muốn xem kỳ nào khác?")
    chair.taps("Tháng 10/2026")
    chair.sees("Tháng 10/2026 – Phường 10")
    chair.taps("Kỳ sau")
    chair.sees("Tháng 11/2026 – Phường 10")


def test_an_offer_is_one_line_and_shown_to_those_who_may(gv: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    files = (Offer("reports", lambda say: say("The reports"), UnitReports, may_see_reports),)
    monkeypatch.setattr(submenus, "FILES", files)
    monkeypatch.setattr(offers, "FILES", files)
    chair, officer = gv.joined("ward_chair", "P10"), gv.joined("propagandist", "P10-KP05")
    chair.says("tóm tắt")
    chair.taps("Tệp…")
    assert chair.labels[0] == "Các báo cáo"
    officer.says("tóm tắt")
    assert "Tệp…" not in officer.labels


def test_the_secretariat_goes_from_the_district_down_to_a_report(gv: Town) -> None:
    for unit, women, men in (("P10-KP05", 30, 15), ("P10-KP06", 20, 25), ("P14-KP01", 12, 3)):
        gv.joined("propagandist", unit).reports(women=women, men=men)
    secretariat = gv.joined("secretariat", "GV")
    secretariat.says("tóm tắt")
    secretariat.sees("3 buổi, 105 lượt người (62 nữ, 43 nam)", "Chưa duyệt: 3/3 báo cáo")
    secretariat.taps("Chi tiết…")
    secretariat.taps("Theo phường")
    secretariat.sees(
        "Theo phường (1–12/16), trong ngoặc là số hoạt động:", "• Phường 9: chưa có\n• Phường 10: 50 nữ, 40 nam (2)\n"
    )
    secretariat.taps("Xem thêm")
    secretariat.sees("Theo phường (13–16/16), trong ngoặc là số hoạt động:\n• Phường 14: 12 nữ, 3 nam (1)\n")
    secretariat.taps("Chi tiết…")
    secretariat.taps("Theo phường")
    secretariat.taps("Phường 10")
    secretariat.sees("– Phường 10\n2 buổi, 90 lượt")
    secretariat.taps("Chi tiết…")
    secretariat.taps("Theo khu phố")
    secretariat.taps("Khu phố 6")
    secretariat.sees("– Khu phố 6, Phường 10\n1 buổi, 45 lượt người (20 nữ, 25 nam)")
    secretariat.taps("Chi tiết…")
    secretariat.taps("Các báo cáo")
    assert len(secretariat.labels) == 3
    secretariat.taps("18/11 · Khu phố 6")
    secretariat.sees("45 lượt người: 20 nữ, 25 nam")


def test_a_chair_narrows_the_figures_to_an_activity_and_sees_its_reports(gv: Town, chair: Officer) -> None:
    gv.joined("propagandist", "P10-KP05").reports()
    gv.joined("propagandist", "P10-KP06").says("báo cáo hôm nay phát 200 tờ rơi ở chợ")
    chair.says("tóm tắt")
    chair.taps("Chi tiết…")
    chair.taps("Theo hoạt động")
    chair.taps("Nói chuyện")
    chair.sees("– Phường 10\nChỉ tính: Nói chuyện: gia đình, chống bạo lực\n1 buổi, 45 lượt")
    assert "Tệp…" not in chair.labels
    chair.taps("Chi tiết…")
    assert not {"Theo hoạt động", "Báo cáo tuần", "Tiến độ chỉ tiêu"} & set(chair.labels)
    chair.taps("Các báo cáo")
    assert [label for label in chair.labels if "·" in label] == ["18/11 · Khu phố 5 · 45 lượt"]
    chair.taps("Tóm tắt")
    chair.taps("Mọi báo cáo")
    assert "Chỉ tính" not in chair.text
    chair.taps("Chi tiết…")
    chair.taps("Cách xem khác…")
    chair.taps("Chỉ báo cáo đã duyệt")
    chair.sees("Chỉ tính: báo cáo đã duyệt\nChưa có hoạt động nào được báo cáo.")


def test_shares_weeks_levels_and_places_are_one_tap_away(gv: Town, chair: Officer) -> None:
    gv.joined("propagandist", "P10-KP05").reports()
    chair.says("tóm tắt")
    for way, said in (
        ("Nữ và nam", "Nữ chiếm 67 % trong 45 lượt."),
        ("Báo cáo tuần", "Đã nhận: 1/13 báo cáo tuần (8 %)"),
    ):
        chair.taps("Chi tiết…")
        chair.taps(way)
        chair.sees(said)
    for way, said in (
        ("Theo cấp báo cáo", "• Khu phố: 30 nữ, 15 nam (1)"),
        ("Theo nơi diễn ra", "• Khu phố 5: 30 nữ, 15 nam (1)"),
        ("Theo loại hỗ trợ", "Theo loại hỗ trợ, trong ngoặc"),
    ):
        chair.taps("Chi tiết…")
        chair.taps("Cách xem khác…")
        chair.taps(way)
        chair.sees(said)


def test_a_line_by_place_opens_down_to_its_reports(gv: Town) -> None:
    gv.joined("propagandist", "P10-KP05").reports()
    gv.joined("propagandist", "P14-KP01").reports()
    secretary = gv.joined("secretariat", "GV")
    secretary.says("tóm tắt")
    for step in ("Chi tiết…", "Cách xem khác…", "Theo nơi diễn ra", "Phường 10"):
        secretary.taps(step)
    secretary.sees("Chỉ tính: diễn ra ở Phường 10", "1 buổi")
    secretary.taps("Chi tiết…")
    assert "Theo nơi diễn ra" not in secretary.labels
    secretary.taps("Các báo cáo")
    assert [label for label in secretary.labels if "Khu phố" in label] == [secretary.labels[0]]
    assert "Phường 10" in secretary.labels[0]


def test_a_year_earlier_wider_and_narrower_periods_are_offered(chair: Officer) -> None:
    chair.says("tóm tắt tháng 10")
    chair.taps("Kỳ khác…")
    chair.taps("Cùng kỳ năm trước: tháng 10/2025")
    chair.sees("Tháng 10/2025 – Phường 10")
    chair.taps("Kỳ khác…")
    chair.taps("Rộng hơn: quý IV/2025")
    chair.taps("Kỳ khác…")
    chair.taps("Từng kỳ ngắn hơn…")
    assert chair.labels[:3] == ["Tháng 10/2025", "Tháng 11/2025", "Tháng 12/2025"]
    chair.taps("Tóm tắt")
    chair.taps("Kỳ khác…")
    assert {"Tuần 47", "Tháng hành động 2026", "Kỳ báo cáo tháng 11/2026"} <= set(chair.labels)


def test_a_week_that_is_over_is_compared_with_the_one_before(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.reports(women=10, men=10)
    gv.later(days=7)
    officer.reports(women=20, men=10)
    officer.says("số liệu tuần này")
    assert "So với" not in officer.text
    gv.later(days=7)
    officer.says("số liệu tuần trước")
    officer.sees("So với tuần 47 (16/11 – 22/11/2026): không đổi (1 hoạt động); nhiều hơn 10 lượt người (+50 %).")


def test_a_chair_opens_nothing_of_another_ward(chair: Officer) -> None:
    for press in ("by:P14:2026-W47:unit", "by:GV::activity", "details:P14", "periods:GV", "summary:P14:2026-W47:ok"):
        chair.presses(press)
        chair.sees("chưa mở cho anh/chị")


def test_no_button_is_longer_than_a_channel_takes(gv: Town, chair: Officer) -> None:
    gv.joined("propagandist", "P10-KP05").reports()
    chair.says("tóm tắt từ 8/5/2019 đến 18/11/2026")
    for steps in (("Chi tiết…", "Theo hoạt động", "Nói chuyện"), ("Chi tiết…", "Theo nhóm đối tượng", "Người dân")):
        for step in steps:
            chair.taps(step)
            assert all(len(choice.id.encode()) <= MAX_CHOICE_ID_BYTES for choice in chair.choices)
    chair.taps("Chi tiết…")
    chair.taps("Cách xem khác…")
    chair.taps("Chỉ báo cáo đã duyệt")
    chair.sees("Chỉ tính: Nói chuyện: gia đình, chống bạo lực, Người dân, báo cáo đã duyệt")
    assert narrowed("P10-KP05", period_of("2019-05-08..2020-12-31"), Filter(activity="A2.1", group="a" * 20)) is None
