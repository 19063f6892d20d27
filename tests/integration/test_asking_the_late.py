"""Those above see who has not reported, with name and last day here, and ask one or all: by day, once a day each."""

from datetime import timedelta

import pytest

from tests.conversation import CALENDAR, Officer, Town
from tests.ticking import tick


def ticks(gv: Town) -> None:
    gv.database.write(lambda db: tick(db, gv.world.plan, CALENDAR, gv.now)).result()


@pytest.fixture
def chair(gv: Town) -> Officer:
    return gv.joined("ward_chair", "P10")


def named(officer: Officer, name: str) -> Officer:
    officer.says(f"/toi {name}")
    return officer


def asked(gv: Town, officer: Officer) -> list[str]:
    return [message.text for message in gv.notices(officer) if "nhắc:" in message.text]


def test_a_chair_sees_the_officers_and_asks_one_whose_report_is_a_tap_away(gv: Town, chair: Officer) -> None:
    officer = named(gv.joined("propagandist", "P10-KP05", channel="zalo"), "Trần Thị Lan")
    named(gv.joined("propagandist", "P10-KP06"), "Lê Văn Hùng").reports()
    named(chair, "Phạm Văn Minh")
    chair.says("ai chưa báo cáo")
    chair.sees("• Khu phố 5: Trần Thị Lan (vào gần nhất 18/11/2026)", "• Khu phố 7: chưa có ai tham gia")
    assert "Ai đã tham gia" in chair.labels  # whoever takes part nowhere can be invited
    assert "Hùng" not in chair.text
    chair.taps("Nhắc Trần Thị Lan, Khu phố 5")
    chair.sees("Đã nhắc: Trần Thị Lan.")
    (message,) = [each for each in gv.notices(officer) if "nhắc:" in each.text]
    assert message.text.startswith("Phạm Văn Minh nhắc: Khu phố 5, Phường 10 chưa có báo cáo tuần 47")
    officer.presses(message.choices[0].id)
    officer.sees("Anh/chị muốn báo việc gì?")


def test_all_are_asked_with_one_tap_once_a_day_and_those_missing_are_named(gv: Town, chair: Officer) -> None:
    officers = [named(gv.joined("propagandist", f"P10-KP0{at}"), f"Cán bộ {'ABC'[at - 5]}") for at in (5, 6, 7)]
    chair.says("chưa báo cáo")
    chair.taps("Nhắc tất cả")
    chair.sees("Đã nhắc: Cán bộ A, Cán bộ B và Cán bộ C.", "Chưa có ai tham gia:")
    gv.later(hours=2)
    secretariat = gv.joined("secretariat", "GV")
    secretariat.says("chưa báo cáo")
    assert "Nhắc tất cả" not in secretariat.labels  # ward by ward
    secretariat.presses("nudge:GV:2026-W47")
    secretariat.sees("chưa báo cáo: 18")
    for _ in range(4):
        if "Phường 10: xem ai, và nhắc" not in secretariat.labels:
            secretariat.taps("Xem thêm")
    secretariat.taps("Phường 10: xem ai, và nhắc")
    secretariat.taps("Nhắc Cán bộ B")
    secretariat.sees("Hôm đó đã nhắc rồi", "Cán bộ B")
    assert [len(asked(gv, officer)) for officer in officers] == [1, 1, 1]
    gv.later(days=1)
    chair.presses("nudge:P10-KP06:2026-W47")
    assert [len(asked(gv, officer)) for officer in officers] == [1, 2, 1]


def test_at_night_it_is_offered_for_seven_and_said_only_to_whoever_is_still_late(gv: Town, chair: Officer) -> None:
    officer = named(gv.joined("propagandist", "P10-KP05"), "Trần Thị Lan")
    other = named(gv.joined("propagandist", "P10-KP06"), "Lê Văn Hùng")
    gv.later(hours=11)  # 21:00
    chair.says("chưa báo cáo")
    chair.taps("Nhắc tất cả")
    chair.sees("Từ 20:30 đến 7:00 tôi không nhắc ai", "7:00 ngày 19/11/2026")
    chair.taps("Được, lúc 7:00")
    chair.sees("7:00 ngày 19/11/2026 tôi sẽ nhắc: Trần Thị Lan và Lê Văn Hùng.")
    ticks(gv)
    other.reports()
    gv.later(hours=9, minutes=59)
    ticks(gv)
    assert asked(gv, officer) == []
    gv.now += timedelta(minutes=1)
    ticks(gv)
    ticks(gv)
    assert (len(asked(gv, officer)), len(asked(gv, other))) == (1, 0)


def test_last_week_is_a_tap_away_and_nobody_else_may_ask(gv: Town, chair: Officer) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    chair.says("chưa báo cáo")
    chair.taps("Tuần trước")
    chair.sees("tuần 46")
    chair.taps("Tuần này")
    chair.sees("tuần 47")
    for somebody in (officer, gv.joined("ward_chair", "P11"), gv.joined("agency", "CQ-VHTT")):
        somebody.presses("nudge:P10-KP05:2026-W47")
    assert asked(gv, officer) == []


def test_nobody_is_asked_in_the_name_of_somebody_who_is_forgotten(gv: Town, chair: Officer) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    gv.later(hours=11)
    chair.presses("nudge:P10-KP05:2026-W47:later")
    chair.sees("tôi sẽ nhắc")
    chair.says("/toi")
    chair.taps("Xóa thông tin của tôi")
    chair.says("xóa")
    gv.later(hours=10)
    ticks(gv)
    assert asked(gv, officer) == []
