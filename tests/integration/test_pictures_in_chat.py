"""Pictures in the chat: offered behind the figures, to those who may see what they show."""

from messages import Outgoing, Picture
from messages.actions import ShowPicture
from storage.db.database import Database
from tests.conversation import town


def test_the_chair_looks_at_the_calendar_and_goes_on_to_the_trend(database: Database) -> None:
    gv = town(database)
    gv.joined("propagandist", "P10-KP05").reports()
    chair = gv.joined("ward_chair", "P10")
    chair.says("tóm tắt")
    chair.taps("Hình, bảng…")
    (shown,) = chair.taps("Lịch báo cáo tuần")
    assert [picture.kind for picture in shown.pictures] == ["calendar"]
    chair.sees("Lịch báo cáo tuần, Phường 10, 12 tuần", "1 đúng hạn")
    (shown,) = chair.taps("Xu hướng 12 tuần")
    assert shown.pictures[0].data["columns"][-1][2:5] == [1, 30, 15]
    chair.taps("Hình tiến độ chỉ tiêu")
    chair.taps("Tháng hành động từng ngày")
    chair.taps("Tóm tắt")
    chair.sees("– Phường 10")


def test_an_officer_sees_figures_but_not_who_has_not_reported(database: Database) -> None:
    officer = town(database).joined("propagandist", "P10-KP05")
    officer.says("tóm tắt")
    officer.taps("Hình, bảng…")
    assert "Xu hướng 12 tháng" in officer.labels
    assert "Lịch báo cáo tuần" not in officer.labels
    assert pictures(officer.presses(str(ShowPicture("P10-KP05", kind="calendar")))) == []
    assert pictures(officer.presses(str(ShowPicture("P10-KP06", kind="weeks")))) == []
    assert pictures(officer.presses(str(ShowPicture("P10-KP05", kind="pie")))) == []


def pictures(messages: list[Outgoing]) -> list[Picture]:
    return [picture for message in messages for picture in message.pictures]
