"""A fortnight reckoned by hand: each number below was added up on paper from the reports that stand above it.

It has an event with two audiences, people whose sex nobody noted, an event over a week's end, two reports of one event,
leaflets made and given out, help, and a report that was returned.
"""

from datetime import date
from typing import Any

from sqlalchemy import insert, update

from periods.period import period_of
from reports.figures import Figures, Inspections, People
from reports.reckoning import figures_of
from rules.states import ReportState
from storage import tables as t
from storage.records.activities import change, recount
from tests.integration.reports.world import NOW, World, small_plan

FIRST_WEEK, SECOND_WEEK, BOTH = "2020-W45", "2020-W46", "2020-11-02..2020-11-15"
OF_MEDIA: dict[str, Any] = {"activity": "A1.2", "kind": "media", "target_group": "", "item": "leaflet"}


def fortnight(world: World) -> None:
    """Week 45 is 2/11 to 8/11, week 46 is 9/11 to 15/11."""
    # Tuesday 3/11: residents 30 women, 15 men, of whom 12 and 6 newcomers; workers 10 women, 5 men, 4 unsorted.
    workers = {"target_group": "workers", "women": 10, "men": 5, "unsorted": 4}
    world.report("P10-KP1", date(2020, 11, 3), 30, 15, first_women=12, first_men=6, lines=[workers])
    # Thursday 5/11: 75 people, nobody noted who.
    world.report("P10-KP2", date(2020, 11, 5), 0, 0, unsorted=75)
    # Sunday 8/11 to Monday 9/11: counted in week 46, by its last day.
    over_sunday = {"first_day": date(2020, 11, 8)}
    world.report("P14-KP1", date(2020, 11, 9), 20, 22, activity="A1.4", **over_sunday)
    # Wednesday 11/11: the ward and the neighbourhood report one event; the earlier report counts.
    ward = world.report("P10", date(2020, 11, 11), 40, 10)
    same = world.report("P10-KP10", date(2020, 11, 11), 55, 12)
    link(world, ward, same)
    # Thursday 12/11: the ward made 2,000 leaflets, a neighbourhood gave out 200 of them.
    world.report("P10", date(2020, 11, 12), 0, 0, **OF_MEDIA, mode="made", quantity=2000)
    world.report("P10-KP1", date(2020, 11, 12), 0, 0, **OF_MEDIA, mode="given", quantity=200)
    # Friday 13/11: help for 3 women and 1 man, and an inspection; an approved one.
    help_ = {"activity": "D3", "kind": "service", "target_group": "in_need", "item": "legal"}
    world.report("P14-KP1", date(2020, 11, 13), 3, 1, **help_, state=ReportState.APPROVED)
    inspected = {"activity": "A3.3", "kind": "inspection", "target_group": ""}
    world.report("CQ-VHTT", date(2020, 11, 13), 0, 0, **inspected, quantity=12, violations=2, handled=1)
    # Saturday 14/11: returned, so it does not count.
    change(world.db, world.report("P10-KP2", date(2020, 11, 14), 99, 99), None, ReportState.RETURNED)


def link(world: World, *reports: int) -> None:
    number = next(world.numbers)
    world.db.execute(insert(t.event_set), {"id": number, "reason": "", "created_at": NOW})
    world.db.execute(update(t.activity).where(t.activity.c.submission_id.in_(reports)).values(event_set_id=number))
    recount(world.db, number)


def figures(world: World, unit: str, period: str) -> Figures:
    return figures_of(world.db, small_plan(), unit, period_of(period), NOW)


def test_the_first_week(world: World) -> None:
    fortnight(world)
    week = figures(world, "GV", FIRST_WEEK)
    assert (week.reports, week.people, week.first) == (2, People(40, 20, 79), People(12, 6))
    assert {row.code: (row.reports, row.people) for row in week.by_group} == {
        "residents": (2, People(30, 15, 75)),
        "workers": (1, People(10, 5, 4)),
    }
    assert {row.code: row.people for row in week.by_unit} == {"P10": People(40, 20, 79)}


def test_the_second_week(world: World) -> None:
    fortnight(world)
    week = figures(world, "GV", SECOND_WEEK)
    assert (week.reports, week.people) == (6, People(60, 32))
    assert {row.code: (row.reports, row.people.total) for row in week.by_unit} == {
        "P10": (3, 50),
        "P14": (2, 42),
        "CQ-VHTT": (1, 0),
    }
    assert [(row.mode, row.quantity) for row in week.media] == [("given", 200), ("made", 2000)]
    assert (week.helped, week.inspections, week.not_approved) == (People(3, 1), Inspections(12, 2, 1), 5)


def test_the_fortnight_in_a_ward(world: World) -> None:
    fortnight(world)
    ward = figures(world, "P10", BOTH)
    assert (ward.reports, ward.people) == (5, People(80, 30, 79))
    assert {row.code: (row.reports, row.people.total) for row in ward.by_unit} == {
        "P10-KP1": (2, 64),
        "P10-KP2": (1, 75),
        "P10": (2, 50),
    }


def test_the_fortnight_adds_up_to_its_weeks(world: World) -> None:
    fortnight(world)
    weeks = [figures(world, "GV", week) for week in (FIRST_WEEK, SECOND_WEEK)]
    whole = figures(world, "GV", BOTH)
    assert whole.reports == sum(week.reports for week in weeks)
    assert whole.people == weeks[0].people + weeks[1].people


def test_a_neighbourhood_that_moved_stands_in_each_ward_with_what_it_did_there(world: World) -> None:
    """From Tuesday 10/11 on P10-KP1 lies in P14: its event of 3/11 stays in P10, its leaflets of 12/11 are P14's."""
    fortnight(world)
    world.moves("P10-KP1", "P14", date(2020, 11, 10))
    rows = {row.code: (row.reports, row.people) for row in figures(world, "GV", BOTH).by_unit}
    assert rows == {
        "P10": (4, People(80, 30, 79)),
        "P14": (3, People(20, 22)),
        "CQ-VHTT": (1, People()),
    }
    weeks = {week: figures(world, "P14", week).completeness.expected for week in (FIRST_WEEK, SECOND_WEEK)}
    assert weeks == {FIRST_WEEK: 1, SECOND_WEEK: 2}
