"""The rollup equals the sums over the lines of the reports that count, whatever was done to them and in which order."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Executable, select

from rules.states import ReportState
from storage import tables as t
from storage.db.database import Database
from storage.records.activities import change, lines_of
from storage.records.totals import strays
from tests.integration.reports.world import World, small_world
from tests.waiting import PATIENCE

DAYS = [date(2020, 11, 1) + timedelta(days=offset) for offset in range(3)]
UNITS = ("P10-KP1", "P10-KP2")
IN_BRANCHES = 3 * 2
"""Rows of a report with one line in the rollup of branches: three parts, by week and by month."""

further = st.fixed_dictionaries(
    {
        "target_group": st.sampled_from(("workers", "")),
        "item": st.sampled_from(("", "leaflet")),
        "mode": st.sampled_from(("", "made", "given")),
        "unsorted": st.integers(0, 9),
        "first_women": st.none() | st.integers(0, 9),
        "opens_group": st.integers(0, 1),
        "opens_item": st.integers(0, 1),
    }
)
facts = st.fixed_dictionaries(
    {
        "day": st.sampled_from(DAYS),
        "women": st.integers(0, 500),
        "men": st.integers(0, 500),
        "unsorted": st.integers(0, 50),
        "quantity": st.integers(0, 9),
        "activity": st.sampled_from(("A2", "A1.4")),
        "kind": st.sampled_from(("event", "service")),
        "place_unit_id": st.none() | st.just(2),
        "lines": st.lists(further, max_size=2),
    }
)
sent = st.tuples(st.just("send"), st.sampled_from(UNITS), facts)
linked = st.tuples(st.just("link"), st.integers(0, 9), st.integers(0, 9))
changed = st.tuples(st.integers(0, 9), st.sampled_from(ReportState), st.none() | facts)


def rollup(db: Connection) -> list[Any]:
    columns = list(t.weekly_total.c)
    return list(db.execute(select(*columns).order_by(*columns)))


def unit_of(world: World, submission: int) -> str:
    unit = world.db.scalar(select(t.activity.c.unit_id).where(t.activity.c.submission_id == submission))
    return next(code for code, row in world.units.items() if row == unit)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=st.lists(sent | changed | linked, max_size=12))
def test_after_any_history_the_rollup_is_what_the_reports_add_up_to(
    world: World, steps: Sequence[tuple[Any, Any, Any]]
) -> None:
    with world.db.begin_nested() as history:
        reports: list[int] = []
        free: list[int] = []
        for what, where, values in steps:
            if what == "send":
                reports.append(world.report(where, **values))
                free.append(reports[-1])
            elif what == "link" and len(free) > 1:
                pair = {free[where % len(free)], free[values % len(free)]}
                world.links(*sorted(pair))
                free = [report for report in free if report not in pair]
            elif reports and what != "link":
                report = reports[what % len(reports)]
                change(world.db, report, world.projection(unit_of(world, report), **values) if values else None, where)
        assert strays(world.db) == 0
        history.rollback()


@pytest.mark.parametrize(
    ("damage", "wrong"),
    [
        (t.weekly_total.update().values(women=99), 1),
        (t.weekly_total.update().values(week="2020-W01"), 2),
        (t.weekly_total.delete(), 1),
        (t.activity_line.delete(), 1 + IN_BRANCHES),
        (t.activity_line.update().values(unsorted=5), 1 + IN_BRANCHES),
        (t.branch_total.delete(), IN_BRANCHES),
        (t.branch_total.update().values(men=99), IN_BRANCHES),
        (t.branch_total.update().where(t.branch_total.c.part == "place").values(branch_id=1), 2 * 2),
        (t.unit_version.update().where(t.unit_version.c.unit_id == 4).values(parent_id=7), 2 * IN_BRANCHES),
    ],
    ids=["wrong", "elsewhere", "missing", "left over", "another line", "none", "men", "another branch", "moved"],
)
def test_a_row_that_is_not_what_the_reports_add_up_to_is_found(world: World, damage: Executable, wrong: int) -> None:
    world.report("P10-KP1", DAYS[0], 30, 15)
    world.db.execute(damage)
    assert strays(world.db) == wrong


def test_a_correction_moves_a_report_to_another_week(world: World) -> None:
    submission = world.report("P10-KP1", DAYS[0], 30, 15, quantity=2)
    change(world.db, submission, world.projection("P10-KP1", DAYS[1], women=31, men=15), ReportState.SENT)
    (row,) = rollup(world.db)
    assert (row.week, row.unit_id, row.place_unit_id) == ("2020-W45", *[world.units["P10-KP1"]] * 2)
    assert (row.reports, row.women, row.men, row.quantity) == (1, 31, 15, 0)


def test_only_what_counts_is_in_the_rollup(world: World) -> None:
    world.report("P10-KP1", DAYS[0], 1, 1)
    report = world.report("P10-KP1", DAYS[0], 30, 15)
    change(world.db, report, None, ReportState.RETURNED)
    assert [row.women for row in rollup(world.db)] == [1]
    change(world.db, report, None, ReportState.APPROVED)
    assert [(row.state, row.women) for row in rollup(world.db)] == [("approved", 30), ("sent", 1)]


def test_a_report_with_two_audiences_counts_once_and_in_each_of_them(world: World) -> None:
    world.report("P10-KP1", DAYS[0], 30, 15, lines=({"target_group": "workers", "women": 4, "unsorted": 6},))
    rows = {row.target_group: (row.reports, row.group_reports, row.women, row.unsorted) for row in rollup(world.db)}
    assert rows == {"residents": (1, 1, 30, 0), "workers": (0, 1, 4, 6)}


def test_who_came_first_this_year_is_counted_only_where_it_was_asked(world: World) -> None:
    world.report("P10-KP1", DAYS[0], 30, 15, first_women=10, first_men=0)
    world.report("P10-KP1", DAYS[0], 20, 5)
    (row,) = rollup(world.db)
    assert (row.women, row.first_women, row.first_men, row.asked_women, row.asked_men) == (50, 10, 0, 30, 15)
    world.report("P10-KP1", DAYS[0], 7, 4, first_women=3)  # one answer of the two is asking, too
    (row,) = rollup(world.db)
    assert (row.first_women, row.first_men, row.asked_women, row.asked_men) == (13, 0, 37, 19)
    assert strays(world.db) == 0


def test_of_reports_of_one_event_the_next_counts_when_the_first_is_returned(world: World) -> None:
    first, second = (world.report("P10-KP1", DAYS[0], women, 0) for women in (30, 44))
    world.links(first, second)
    assert [row.women for row in rollup(world.db)] == [30]
    change(world.db, first, None, ReportState.RETURNED)
    assert [row.women for row in rollup(world.db)] == [44]
    change(world.db, first, None, ReportState.SENT)
    assert [row.women for row in rollup(world.db)] == [30]


def test_facts_left_out_are_zero(world: World) -> None:
    submission = world.report("P10-KP1", DAYS[0], 0, 0)
    (line,) = lines_of(world.db, [submission])[submission]
    assert (line.quantity, line.violations, line.unsorted, line.first_women) == (0, 0, 0, None)


def test_a_submission_without_typed_facts_changes_nothing(world: World) -> None:
    change(world.db, world.submission("P10-KP1", date(2020, 11, 4)), None, ReportState.WITHDRAWN)
    assert rollup(world.db) == []


def test_reports_that_change_at_once_are_all_counted(database: Database) -> None:
    """On PostgreSQL these run in parallel, half of them from one week to the other and half the other way."""
    world = database.write(small_world).result()
    submissions = database.write(lambda db: _one_report_a_day(World(db, world.units, world.people))).result()
    moves = [(each, DAYS[(turn + index) % 2]) for turn in (1, 2, 3) for index, each in enumerate(submissions)]
    jobs = [database.write(_moving(world, each, day), key=each) for each, day in moves]
    for job in jobs:
        job.result(PATIENCE)
    assert database.read(strays) == 0
    assert sum(row.reports for row in database.read(rollup)) == len(submissions)


def _one_report_a_day(world: World) -> list[int]:
    world.numbers = count(1_000)
    return [world.report("P10-KP1", DAYS[index % 2], 1 + index, index) for index in range(16)]


def _moving(world: World, submission: int, day: date) -> Callable[[Connection], None]:
    moved = world.projection("P10-KP1", day, women=1)
    return lambda db: change(db, submission, moved, ReportState.SENT)
