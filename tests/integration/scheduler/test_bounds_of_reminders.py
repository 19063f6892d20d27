"""Where reminders begin and end: the days of a week, how many units are named, and which buttons stand below."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, insert

from messages import Outgoing
from messages.actions import DueNow, Missing, decode
from periods.days import local_day
from scheduler import below, deadline, tick
from scheduler.held_back import Listener, say_along
from scheduler.sections import Moment
from scheduler.slices import Task, work
from scheduler.topics import TOPICS, who
from scheduler.upcoming import planned
from storage import tables as t
from storage.db.database import Database
from tests.integration.scheduler.test_issued_summaries import reports
from tests.integration.scheduler.town import CALENDAR, PLAN, Town, at

MONDAY = "2020-11-09 07:30"


@pytest.mark.parametrize(("day", "hears"), [("11-01", 0), ("11-02", 1), ("11-08", 1), ("11-09", 0)])
def test_mondays_card_is_about_the_seven_days_before_it(town: Town, day: str, hears: int) -> None:
    town.joins("Lan", "propagandist", "P10-KP01")
    reports(town, "P10-KP01", 30, 15, at(f"2020-{day} 06:00"))
    moment = Moment(CALENDAR["weekly_card"], date(2020, 11, 9), at(MONDAY), at(MONDAY))
    assert len(who(town.db, moment)) == hears


def test_a_silent_neighbourhoods_button_shows_the_week_that_ended_last(town: Town) -> None:
    town.calendar = {"silent_neighbourhoods": CALENDAR["silent_neighbourhoods"]}
    chair = town.joins("Hoa", "ward_chair", "P14")
    choices = town.ticks_and_delivers(MONDAY)[chair].choices
    (missing,) = (action for each in choices if isinstance(action := decode(each.id), Missing))
    assert missing.week is not None
    assert missing.week.code == "2020-W45"


@pytest.mark.parametrize(("most", "named"), [(3, True), (2, False)])
def test_as_many_units_are_named_as_may_be(town: Town, most: int, named: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(below, "MOST_NAMED", most)
    town.calendar = {"deadlines_below": CALENDAR["deadlines_below"]}
    thu = town.joins("Thu", "secretariat", "GV")
    for unit in ("P10", "P14"):
        town.owes(unit, "plan_draft", "2020-11-04")
    text = town.ticks_and_delivers("2020-11-03 08:00")[thu].text
    assert ("3 đơn vị" not in text) is named
    assert ("Phường 10, Phường 14" in text) is named


@pytest.mark.parametrize(("most", "more"), [(2, False), (1, True)])
def test_what_is_due_stands_below_only_if_some_of_it_has_no_button(
    town: Town, most: int, more: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadline, "MOST_OFFERED", most)
    town.calendar = {"deadlines_of_others": CALENDAR["deadlines_of_others"]}
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    for title in ("Danh sách mô hình", "Danh sách loa"):
        town.is_asked("P10-KP01", title, "2020-09-11", "2020-09-07 10:00")
    choices = town.ticks_and_delivers("2020-09-10 08:00")[lan].choices
    assert any(isinstance(decode(each.id), DueNow) for each in choices) is more


@pytest.mark.parametrize(("days", "is_first"), [(7, True), (8, False)])
def test_a_deadline_comes_first_from_a_week_before_it(town: Town, days: int, is_first: bool) -> None:
    town.joins("Lan", "propagandist", "P10-KP01")
    town.is_asked("P10-KP01", "Danh sách loa", "2020-09-11", "2020-09-01 10:00")
    rule, spoken = CALENDAR["deadlines_of_others"], at("2020-09-10 08:00")
    held = who(town.db, Moment(rule, local_day(spoken), spoken, spoken))
    seen = Moment(rule, local_day(spoken), spoken, at("2020-09-11 08:00") - timedelta(days=days))
    urgency = TOPICS[rule.topic].say(town.db, PLAN, seen, held, "vi").urgency
    assert rule.priority > deadline.SOON
    assert urgency == (deadline.SOON if is_first else rule.priority)


def test_the_opening_of_the_month_has_no_gap_where_no_theme_is_known(town: Town) -> None:
    town.calendar = {"action_month_opening": CALENDAR["action_month_opening"]}
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    town.tick("2020-11-16 08:00")
    assert "  " not in town.delivers("2020-11-16 08:00")[lan].text


def test_units_that_nobody_has_joined_to_hear_for_are_counted(town: Town) -> None:
    calendar = {"weekly_nudge": CALENDAR["weekly_nudge"]}
    town.joins("Lan", "propagandist", "P10-KP01")
    (day,) = planned(town.db, calendar, at("2020-11-06"), at("2020-11-07"))
    assert (day.people, day.vacant, day.messages) == ({"weekly_nudge": 1}, 2, 1)


def test_what_fell_due_by_a_rule_that_is_no_more_is_not_said_along(town: Town) -> None:
    lan = town.joins("Lan", "propagandist", "P10-KP01")
    times = {"occurrence": at(MONDAY), "useful_until": at("2020-11-12"), "created_at": at(MONDAY)}
    row = {"rule": "gone", "rule_version": "1", "about": date(2020, 11, 9), "person_id": lan, "state": "waiting"}
    town.db.execute(insert(t.due).values(**row, **times, reason=""))
    listener = Listener(lan, town.account(lan), "vi")
    answer = Outgoing("Xin chào")
    assert say_along(town.db, PLAN, CALENDAR, listener, answer, at(MONDAY)) == answer


@pytest.mark.parametrize(("minutes", "is_kept"), [(1, False), (3, True)])
def test_an_occurrence_is_looked_for_until_nobody_who_joined_before_it_can_still_turn_up(
    minutes: int, is_kept: bool
) -> None:
    rule = CALENDAR["weekly_nudge"]
    fell_due = at("2020-11-06 15:00")
    found = tick.tasks(PLAN, {rule.id: rule}, fell_due + timedelta(minutes=minutes))
    known = [task.known for task in found if isinstance(task.known, tuple)]
    assert ((rule.id, rule.version, fell_due) in known) is is_kept


async def _looked_for(database: Database, ids: tuple[int, ...]) -> tuple[bool, list[int]]:
    done: list[int] = []

    def find(_db: Connection, after: int, _most: int) -> list[int]:
        return [number for number in ids if number > after]

    was_any = await work(database, Task(find, lambda _db, part: done.extend(part)), lambda: 0.0)
    return was_any, done


@pytest.mark.parametrize("ids", [(), (1,), (1, 2)])
async def test_work_begins_with_the_very_first_row(database: Database, ids: tuple[int, ...]) -> None:
    assert await _looked_for(database, ids) == (bool(ids), list(ids))
