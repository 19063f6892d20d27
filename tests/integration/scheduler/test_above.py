"""What those above hear: who owes what below them, until it is done or they say that they know."""

from datetime import date

from sqlalchemy import update

from messages import Outgoing
from messages.actions import Known, OnPaper, Papers, decode
from services import reminding
from services.viewer import Viewer
from storage import tables as t
from storage.delivery import due
from tests.integration.scheduler.town import CALENDAR, Town, at

BELOW = {"deadlines_below": CALENDAR["deadlines_below"]}


def hears(town: Town, person: int, *moments: str) -> list[bool]:
    return [person in town.ticks_and_delivers(moment) for moment in moments]


def says_they_know(town: Town, person: int, message: Outgoing, now: str) -> None:
    """As the press of "Đã biết" does it."""
    (pressed,) = (action for choice in message.choices if isinstance(action := decode(choice.id), Known))
    assert pressed.about is not None
    known = reminding.know(town.db, viewer_of(town, person, now), CALENDAR, pressed.rule, pressed.about, at(now))
    assert known == 1


def test_the_secretariat_hears_of_wards_the_day_before_and_while_they_are_late(town: Town) -> None:
    town.calendar = BELOW
    thu, chair = town.joins("Thu", "secretariat", "GV"), town.joins("Hoa", "ward_chair", "P10")
    town.owes("P10", "plan_draft", "2020-11-04")
    town.owes("P14", "plan_draft", "2020-11-04")
    assert hears(town, thu, "2020-11-02 07:30") == [False]
    first = town.ticks_and_delivers("2020-11-03 08:00")
    assert set(first) == {thu}
    assert "Phường 10, Phường 14" in first[thu].text
    assert "Chưa nộp:" in first[thu].text
    assert hears(town, thu, "2020-11-04 08:00") == [False]
    town.db.execute(
        update(t.obligation).where(t.obligation.c.unit_id == town.unit["P10"]).values(done_at=at("2020-11-04"))
    )
    late = town.ticks_and_delivers("2020-11-05 08:00")[thu]
    assert "Quá hạn" in late.text
    assert "Phường 10" not in late.text
    days = ("06 08:00", "09 07:30", "10 08:00", "11 08:00", "12 08:00", "13 08:00", "16 07:30", "17 08:00")
    assert hears(town, thu, *(f"2020-11-{day}" for day in days)) == [True] * 4 + [False, False, True, False]
    assert town.dues(chair) == []


def test_the_secretariat_notes_what_came_on_paper_straight_from_the_digest_and_a_chair_cannot(town: Town) -> None:
    town.calendar = BELOW
    thu, chair = town.joins("Thu", "secretariat", "GV"), town.joins("Hoa", "ward_chair", "P10")
    for ward in ("P10", "P14"):
        town.owes(ward, "plan_draft", "2020-11-04")
    town.owes("P10-KP01", "ad_hoc", "2020-11-04")
    told = town.ticks_and_delivers("2020-11-05 08:00")
    papers = [each for each in told[thu].choices if isinstance(decode(each.id), OnPaper)]
    assert [each.label for each in papers] == [
        "Đã nhận giấy: Phường 10 · dự thảo năm 2021",
        "Đã nhận giấy: Phường 14 · dự thảo năm 2021",
    ]
    assert not [each for each in told[chair].choices if isinstance(decode(each.id), OnPaper | Papers)]
    for ward in ("P10", "P14"):
        town.owes(ward, "periodic_report", "2020-11-04")
    many = town.ticks_and_delivers("2020-11-06 08:00")[thu]
    assert [each.label for each in many.choices if isinstance(decode(each.id), OnPaper | Papers)] == [
        "Đã nhận bản giấy…"
    ]


def test_a_chair_hears_which_neighbourhoods_are_late_and_says_they_know(town: Town) -> None:
    town.calendar = BELOW
    chair, other = town.joins("Hoa", "ward_chair", "P10"), town.joins("Nam", "ward_chair", "P14")
    town.owes("P10-KP01", "ad_hoc", "2020-11-04")
    message = town.ticks_and_delivers("2020-11-05 08:00")[chair]
    assert "Khu phố 1" in message.text
    says_they_know(town, chair, message, "2020-11-05 09:00")
    assert hears(town, chair, "2020-11-06 08:00") == [False]
    town.owes("P10-KP02", "ad_hoc", "2020-11-06")
    again = town.ticks_and_delivers("2020-11-09 07:30")[chair]
    assert "Khu phố 2" in again.text
    assert "Khu phố 1" not in again.text
    assert town.dues(other) == []


def test_a_silence_that_is_known_is_not_told_again_and_a_new_one_is(town: Town) -> None:
    town.calendar = {"silent_neighbourhoods": CALENDAR["silent_neighbourhoods"]}
    chair = town.joins("Hoa", "ward_chair", "P14")
    message = town.ticks_and_delivers("2020-11-09 07:30")[chair]
    says_they_know(town, chair, message, "2020-11-09 07:30")
    assert hears(town, chair, "2020-11-16 07:30", "2020-11-23 07:30") == [False, False]
    town.has_report("P14-KP01", "2020-W48")
    assert hears(town, chair, "2020-11-30 07:30", "2020-12-07 07:30", "2020-12-14 07:30") == [False, False, True]


def viewer_of(town: Town, person: int, now: str) -> Viewer:
    return Viewer(town.db, person, "Hoa", at(now), ("neighbourhood",))


def test_what_a_yearly_reminder_named_can_be_known_of(town: Town) -> None:
    town.calendar = {"action_month_half_time": CALENDAR["action_month_half_time"]}
    chair, now = town.joins("Hoa", "ward_chair", "P10"), "2020-11-30 09:00"
    [known] = [it for it in town.ticks_and_delivers("2020-11-30 07:30")[chair].choices if it.id.startswith("known:")]
    rule, about = known.id.split(":")[1:]
    day = date.fromisoformat(about)
    assert reminding.know(town.db, viewer_of(town, chair, now), town.calendar, rule, day, at(now)) == 2


def test_a_deadline_that_was_put_off_on_a_friday_comes_on_monday(town: Town) -> None:
    town.calendar = {"deadlines": CALENDAR["deadlines"]}
    agency = town.joins("Hoa", "agency", "CQ-VHTT")
    assert hears(town, agency, "2020-10-30 08:00") == [True]
    day, now = at("2020-10-30").date(), "2020-10-30 09:00"
    assert reminding.put_off(town.db, viewer_of(town, agency, now), town.calendar, "deadlines", day, at(now))
    assert hears(town, agency, "2020-10-31 08:00", "2020-11-01 08:00", "2020-11-02 07:30") == [False, False, True]


def test_a_deadline_that_was_put_off_comes_again_the_next_day_once(town: Town) -> None:
    town.calendar = {"deadlines": CALENDAR["deadlines"]}
    chair = town.joins("Hoa", "agency", "CQ-VHTT")
    assert hears(town, chair, "2020-10-21 08:00") == [True]
    assert due.put_off(town.db, chair, "deadlines", at("2020-10-21").date(), at("2020-10-22 20:30"))
    assert hears(town, chair, "2020-10-21 10:00", "2020-10-22 08:00", "2020-10-23 08:00") == [False, True, False]
    assert not due.put_off(town.db, chair, "deadlines", at("2020-10-20").date(), at("2020-10-22 20:30"))
