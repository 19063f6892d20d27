"""A person's way through the figures: the first message, the menus behind it, and the way back."""

import pytest

from handlers.figures import offers, submenus
from handlers.figures.offers import Offer
from messages.actions import UnitReports
from services.access import may_see_reports
from storage.db.database import Database
from tests.conversation import Officer, Town, town


@pytest.fixture
def gv(database: Database) -> Town:
    return town(database)


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
    assert "Hình, bảng…" not in chair.labels
