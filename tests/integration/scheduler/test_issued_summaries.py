"""Monday's summary is issued by the first reminder that shows it: all see that one, and hear later what has changed."""

from datetime import date, datetime
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Connection, select

from messages import Outgoing
from messages.actions import ViewIssued, decode
from periods.days import local_day
from periods.period import week_period
from periods.weeks import week_of
from scheduler import issuing
from scheduler.sections import Moment
from storage import tables as t
from storage.db.database import open_database
from storage.records import issued
from storage.records.activities import Projection, record
from tests.integration.scheduler.town import CALENDAR, PLAN, Town, at
from tests.waiting import PATIENCE

MONDAY, TUESDAY, NEXT = "2020-11-09 07:30", "2020-11-10 08:10", "2020-11-16 07:30"
WEDNESDAY, A_WEEK_BEFORE = at("2020-11-04 15:00"), at("2020-10-28 15:00")


def reports(town: Town, unit: str, women: int, men: int, when: datetime = WEDNESDAY) -> None:
    """An event of week 45, or of another day, that is written down only now."""
    person = town.db.scalar(select(t.person.c.id).limit(1))
    day = local_day(when)
    values = {"form_id": "activity_report", "form_version": "1", "person_id": person, "unit_id": town.unit[unit]}
    row = t.submission.insert().values(**values, state="sent", revision=1, day=day, sample=False)
    stored = town.db.execute(row.values(created_at=when, updated_at=when).returning(t.submission.c.id))
    facts: dict[str, Any] = {"activity": "A2", "kind": "event", "first_day": day, "last_day": day}
    facts |= {"week": week_of(day), "unit_id": town.unit[unit], "place": "unit", "place_unit_id": town.unit[unit]}
    line = {"target_group": "residents", "women": women, "men": men}
    record(town.db, int(stored.scalar_one()), Projection(facts, (line,)), when)


@pytest.fixture
def monday(town: Town) -> Town:
    """Only the weekly summary, and two reports of the week."""
    town.calendar = {"weekly_summary": CALENDAR["weekly_summary"]}
    town.joins("Lan", "propagandist", "P10-KP01")
    reports(town, "P10-KP01", 30, 15)
    return town


def figure(message: Outgoing) -> str:
    return next(line for line in message.text.splitlines() if "lượt người" in line)


def test_whoever_gets_it_later_sees_the_very_same_figures(monday: Town) -> None:
    first = monday.joins("Thu", "secretariat", "GV")
    one = monday.ticks_and_delivers(MONDAY)[first]
    reports(monday, "P14-KP01", 10, 9)
    second = monday.joins("Mai", "secretariat", "GV")
    other = monday.ticks_and_delivers(TUESDAY)[second]
    assert figure(one) == figure(other) == "1 buổi, 45 lượt người (30 nữ, 15 nam)"
    assert "Tính đến 07:30 ngày 9/11/2020." in other.text
    assert one.pictures == other.pictures
    assert "Sau bản gửi sáng thứ Hai, có thêm 01 báo cáo (Phường 14: 10 lượt nữ, 09 lượt nam)." in other.text


def test_the_summary_is_compared_with_the_week_before_as_that_was_then(
    monday: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("reports.beside.year_earlier")  # nothing is read that is not shown
    for unit in ("P10-KP01", "P10-KP02", "P14-KP01"):
        monday.has_report(unit, "2020-W44")
        monday.has_report(unit, "2020-W45")
    reports(monday, "P10-KP01", 10, 5, A_WEEK_BEFORE)
    first = monday.joins("Thu", "secretariat", "GV")
    against = "So với tuần 44 (26/10 – 1/11/2020): không đổi (1 hoạt động); nhiều hơn 30 lượt người (+200 %)."
    assert against in monday.ticks_and_delivers(MONDAY)[first].text
    reports(monday, "P10-KP02", 10, 5, A_WEEK_BEFORE)
    second = monday.joins("Mai", "secretariat", "GV")
    assert against in monday.ticks_and_delivers(TUESDAY)[second].text


def test_a_week_of_which_much_is_missing_is_not_compared(monday: Town) -> None:
    reports(monday, "P10-KP01", 10, 5, A_WEEK_BEFORE)
    first = monday.joins("Thu", "secretariat", "GV")
    text = monday.ticks_and_delivers(MONDAY)[first].text
    assert "Chưa so với tuần 44 (26/10 – 1/11/2020)" in text
    assert "nhiều hơn" not in text


def test_later_changes_come_with_the_next_reminder_and_only_once(monday: Town) -> None:
    thu, hoa = monday.joins("Thu", "secretariat", "GV"), monday.joins("Hoa", "ward_chair", "P10")
    monday.ticks_and_delivers(MONDAY)
    reports(monday, "P14-KP01", 10, 9)
    messages = monday.ticks_and_delivers(NEXT)
    told = "Sau bản gửi sáng thứ Hai (tuần 45), có thêm 01 báo cáo (Phường 14: 10 lượt nữ, 09 lượt nam)."
    assert told in messages[thu].text
    assert not [choice for choice in messages[thu].choices if "hết" in choice.label], "all of it is said already"
    assert "Sau bản gửi" not in messages[hoa].text, "nothing has changed in Phường 10"
    later = monday.ticks_and_delivers("2020-11-23 07:30")
    assert "tuần 45" not in later[thu].text


def test_a_summary_is_not_compared_with_itself(monday: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monday.joins("Thu", "secretariat", "GV")
    compared: list[object] = []
    monkeypatch.setattr(issuing, "changes_since", lambda *args, **_: compared.append(args))
    monday.ticks_and_delivers(MONDAY)
    assert not compared
    monday.ticks_and_delivers(NEXT)
    assert len(compared) == 1, "with the summary of the week before, not with the one that it brings"


def test_who_got_no_summary_hears_of_no_changes(monday: Town) -> None:
    monday.joins("Thu", "secretariat", "GV")
    monday.ticks_and_delivers(MONDAY)
    monday.calendar = CALENDAR
    reports(monday, "P14-KP01", 10, 9)
    lan = monday.joins("Mai", "propagandist", "P10-KP02")
    assert "Sau bản gửi" not in monday.ticks_and_delivers("2020-11-13 15:00")[lan].text


def test_every_unit_has_its_own_and_another_language_the_same_figures(monday: Town) -> None:
    hoa = monday.joins("Hoa", "ward_chair", "P10")
    monday.ticks_and_delivers(MONDAY)
    reports(monday, "P10-KP02", 10, 9)
    ann, thu = monday.joins("Ann", "ward_chair", "P10", language="en"), monday.joins("Thu", "secretariat", "GV")
    later = monday.ticks_and_delivers(TUESDAY)
    assert "1 event, 45 visits (30 women, 15 men)" in later[ann].text
    assert figure(later[thu]).startswith("2 buổi, 64 lượt")
    scopes = monday.db.execute(select(t.issued_document.c.unit_id, t.issued_document.c.state)).all()
    assert {tuple(row) for row in scopes} == {(monday.unit["P10"], "issued"), (monday.unit["GV"], "issued")}
    assert {receipt.document.unit_id for receipt in issued.received_by(monday.db, hoa, at("2020-11-01 00:00"))} == {
        monday.unit["P10"]
    }


def test_two_replicas_that_issue_at_once_show_the_same(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have looked and found nothing when the first one writes; SQLite's writers come one after the other."""
    with open_database(database_url) as one, open_database(database_url) as other:
        town = one.write(Town).result()
        both_have_looked = Barrier(2 if one.dialect == "postgresql" else 1, timeout=PATIENCE)
        look = issued.by_key
        names = iter(("first look", "first look"))

        def look_together(db: Connection, key: str) -> issued.Issued | None:
            found = look(db, key)
            if next(names, ""):
                both_have_looked.wait()
            return found

        monkeypatch.setattr(issued, "by_key", look_together)
        futures = [replica.write(partial(_issue, minute=minute)) for minute, replica in ((30, one), (31, other))]
        first, second = (future.result() for future in futures)
        assert first == second
        assert first.unit_id == town.unit["P10"]


def _issue(db: Connection, minute: int) -> issued.Issued:
    moment = Moment(CALENDAR["weekly_summary"], date(2020, 11, 9), at(MONDAY), at(f"2020-11-09 07:{minute}"))
    return issuing.issue(db, PLAN, moment, "P10", week_period("2020-W45"))


def test_where_more_units_changed_than_are_named_all_of_it_is_a_tap_away(
    monday: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.since.MOST_UNITS", 1)
    thu = monday.joins("Thu", "secretariat", "GV")
    monday.ticks_and_delivers(MONDAY)
    reports(monday, "P10-KP02", 5, 4)
    reports(monday, "P14-KP01", 10, 9)
    message = monday.ticks_and_delivers(NEXT)[thu]
    offered = [decode(choice.id) for choice in message.choices if choice.label == "Xem hết thay đổi: tuần 45"]
    assert [type(action) for action in offered] == [ViewIssued]
