"""What is shown ahead (/lich, `python -m bot reminders`) and afterwards (/giao) are the same reminders."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from periods.days import local_day
from rules.times_of_day import EVENING, MORNING
from scheduler.occurrences import ticks_between
from scheduler.preview import Reminder, preview
from services import reminders
from services.results import Refused
from services.viewer import Viewer
from storage.delivery.told import Fate
from tests.integration.scheduler.town import CALENDAR, PLAN, Town, at

BEGIN, DAYS = at("2020-10-26 00:00"), 10
"""Two Mondays, a nudge, the last days before two deadlines and the first days after them, and a weekend."""
END = BEGIN + timedelta(days=DAYS)

PeopleByRule = Mapping[tuple[date, str], int]


def people_by_rule(found: list[Reminder]) -> PeopleByRule:
    """By day and rule how many people the list names."""
    people: defaultdict[tuple[date, str], set[str]] = defaultdict(set)
    for each in found:
        if each.person is not None:
            people[date.fromisoformat(each.due_at[:10]), each.rule].add(each.person)
    return {key: len(persons) for key, persons in people.items()}


def test_lich_the_list_and_giao_agree_about_days_and_people(town: Town) -> None:
    for name, role, unit in (
        ("Lan", "propagandist", "P10-KP01"),
        ("Mai", "propagandist", "P14-KP01"),
        ("Hoa", "ward_chair", "P10"),
        ("Sáu", "ward_chair", "P10"),
        ("Minh", "agency", "CQ-VHTT"),
    ):
        town.joins(name, role, unit)
    secretary = town.joins("Thu", "secretariat", "GV")
    town.tick(f"{BEGIN:%Y-%m-%d %H:%M}")  # what the plan asks for is written down when it is announced, weeks before
    ahead = people_by_rule(preview(town.db, PLAN, CALENDAR, BEGIN, END))
    viewer = Viewer(town.db, secretary, "Thu", BEGIN, ("neighbourhood",))
    lich = reminders.upcoming(town.db, viewer, CALENDAR, local_day(BEGIN), DAYS, BEGIN)
    assert not isinstance(lich, Refused)
    assert {(day.day, rule): count for day in lich for rule, count in day.people.items()} == ahead

    messages: defaultdict[date, int] = defaultdict(int)
    for now in ticks_between(CALENDAR.values(), BEGIN, END):
        if MORNING <= now.time() < EVENING:
            messages[local_day(now)] += len(town.ticks_and_delivers(f"{now:%Y-%m-%d %H:%M}"))
    giao = reminders.lately(town.db, viewer, CALENDAR, END)
    assert not isinstance(giao, Refused)
    assert {(local_day(one.at), one.rule): one.counts[Fate.SENT] for one in giao} == ahead
    assert all(set(one.counts) == {Fate.SENT} for one in giao)
    assert {day: count for day, count in messages.items() if count} == {day.day: day.messages for day in lich}
