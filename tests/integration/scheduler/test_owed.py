"""What is owed is data: the plan's duties of a year and of one day, and what the secretariat asks for besides."""

from sqlalchemy import select

from rules.handing import How
from scheduler.preview import preview
from storage import tables as t
from storage.records import obligations
from tests.integration.scheduler.town import CALENDAR, PLAN, Town, at

RULES = {rule: CALENDAR[rule] for rule in ("deadlines", "deadlines_of_others", "deadlines_below")}


def test_the_final_review_of_october_is_reminded_of_by_its_name_with_buttons(town: Town) -> None:
    town.calendar = RULES
    chair, agency = town.joins("Hoa", "ward_chair", "P10"), town.joins("Minh", "agency", "CQ-VHTT")
    messages = town.ticks_and_delivers("2020-10-30 08:00")  # the 31st is a Saturday, the last day of the draft near
    assert "Phường 10 còn 1 ngày để nộp, trước ngày 1/11/2020 (ngày cuối: 31/10/2020):" in messages[chair].text
    assert "• báo cáo tổng kết Chương trình giai đoạn 2011–2020" in messages[chair].text
    assert [choice.label for choice in messages[chair].choices if "tổng kết" in choice.label] == [
        *("Nộp: tổng kết cấp phường", "Đã nộp giấy: tổng kết cấp phường"),
    ]
    assert "tổng kết" not in messages[agency].text


def test_the_districts_own_reviews_are_reminded_of_and_those_of_wards_escalated(town: Town) -> None:
    town.calendar = RULES
    town.joins("Hoa", "ward_chair", "P10")
    thu = town.joins("Thu", "secretariat", "GV")
    town.ticks_and_delivers("2020-10-30 08:00")
    late = town.ticks_and_delivers("2020-11-02 07:30")[thu].text
    assert "Quá hạn, chưa nộp:" in late
    assert "(cấp phường, tháng 10/2020), trước ngày 1/11/2020 (ngày cuối: 31/10/2020): Phường 10, Phường 14" in late
    assert "cấp quận, tháng 11/2020" in town.ticks_and_delivers("2020-11-30 07:30")[thu].text


def test_what_was_asked_for_besides_is_reminded_of_by_its_title_from_then_on(town: Town) -> None:
    town.calendar = RULES
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    town.is_asked("P10-KP01", "Danh sách mô hình", "2020-09-11", "2020-09-08 10:00")
    assert lan not in town.ticks_and_delivers("2020-09-08 10:30")  # three days before fell due before it was asked
    first = town.ticks_and_delivers("2020-09-10 08:00")[lan]
    assert "Khu phố 1" in first.text
    assert "• Danh sách mô hình" in first.text
    assert "Nộp: Danh sách mô hình" in [choice.label for choice in first.choices]
    assert "Hôm nay là ngày cuối" in town.ticks_and_delivers("2020-09-11 08:00")[lan].text


def test_what_was_handed_in_already_is_not_offered_beside_what_was_not(town: Town) -> None:
    town.calendar = RULES
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    for title in ("Danh sách mô hình", "Danh sách loa"):
        town.is_asked("P10-KP01", title, "2020-09-11", "2020-09-07 10:00")
    done, seen = town.db.execute(
        select(t.obligation.c.id, t.obligation.c.revision).order_by(t.obligation.c.id)
    ).first() or (0, 0)
    assert obligations.mark_done(town.db, done, seen, lan, at("2020-09-09 10:00"), how=How.PAPER)
    message = town.ticks_and_delivers("2020-09-10 08:00")[lan]
    assert "Nộp: Danh sách loa" in [choice.label for choice in message.choices]
    assert "mô hình" not in f"{message.text} {[choice.label for choice in message.choices]}"


def test_what_was_asked_for_besides_is_escalated_by_its_title(town: Town) -> None:
    town.calendar = RULES
    chair = town.joins("Hoa", "ward_chair", "P10")
    town.is_asked("P10-KP01", "Danh sách mô hình", "2020-09-11", "2020-09-07 10:00")
    assert "• Danh sách mô hình, trước ngày 12/9/2020" in town.ticks_and_delivers("2020-09-10 08:00")[chair].text
    late = town.ticks_and_delivers("2020-09-14 07:30")[chair]
    assert "Quá hạn" in late.text
    assert "Danh sách mô hình" in late.text
    assert late.choices[0].id.startswith("outstanding")


def test_what_is_not_written_down_yet_is_previewed_for_those_who_will_owe_it(town: Town) -> None:
    found = preview(town.db, PLAN, CALENDAR, at("2020-10-16"), at("2020-10-17"))
    theirs = {each.unit for each in found if each.rule == "deadlines" and "tổng kết" in each.text}
    assert theirs == {"P10", "P14"}
    found = preview(town.db, PLAN, CALENDAR, at("2020-12-30"), at("2020-12-31"))
    assert [each.unit for each in found if "đánh giá kết quả thực hiện Kế hoạch năm 2020" in each.text] == ["GV"]
