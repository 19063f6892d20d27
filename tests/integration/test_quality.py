"""Where advice may help: by unit and matter, down to the reports, for those above."""

from sqlalchemy import update

from storage import tables as t
from tests.conversation import Town


def test_a_chair_sees_by_neighbourhood_what_happened_to_reports_and_opens_them(gv: Town) -> None:
    five, six = (gv.joined("propagandist", code) for code in ("P10-KP05", "P10-KP06"))
    chair = gv.joined("ward_chair", "P10")
    chair.says("/chatluong")
    chair.sees("tháng 11/2026: chưa có gì cần góp ý")
    five.reports(day="2/11")
    six.reports()
    gv.database.write(
        lambda db: db.execute(update(t.submission).where(t.submission.c.id == 2).values(warned=True))
    ).result()
    chair.says("chất lượng báo cáo")
    chair.sees(
        "• Khu phố 5 (1 báo cáo): 1 trễ hạn", "• Khu phố 6 (1 báo cáo): 1 có điểm cần xem lại", "không để xếp hạng ai"
    )
    assert chair.labels[:3] == ["Khu phố 5", "Khu phố 6", "Tháng 10/2026"]
    chair.taps("Khu phố 5")
    chair.taps("1 trễ hạn")
    chair.sees("Khu phố 5, Phường 10, tháng 11/2026: 1 trễ hạn")
    chair.taps("2/11")
    chair.sees("2/11/2026", "45 lượt")


def test_the_secretariat_sees_wards_and_goes_down(gv: Town) -> None:
    gv.joined("propagandist", "P10-KP05").reports(day="2/11")
    secretariat = gv.joined("secretariat", "GV")
    secretariat.says("/chatluong")
    secretariat.taps("Phường 10")
    secretariat.sees("• Khu phố 5 (1 báo cáo): 1 trễ hạn")
    secretariat.taps("Tháng 10/2026")
    secretariat.sees("chưa có gì cần góp ý")


def test_a_report_in_time_needs_no_advice_until_the_week_is_over(gv: Town) -> None:
    officer, chair = gv.joined("propagandist", "P10-KP05"), gv.joined("ward_chair", "P10")
    officer.reports()
    gv.later(days=7)
    chair.says("/chatluong")
    chair.sees("chưa có gì cần góp ý")


def test_an_officer_is_not_shown_it(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("/chatluong")
    officer.sees("chưa mở cho anh/chị")
