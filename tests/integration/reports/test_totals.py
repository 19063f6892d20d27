"""The rollup equals the sums over the reports, whatever was done to them and in whatever order."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Executable, select
from sqlalchemy.exc import IntegrityError

from periods.weeks import week_of
from storage import tables as t
from storage.db.database import Database
from storage.records.totals import change, record, strays
from tests.integration.reports.world import World, small_world

STATES = ("sent", "approved", "returned", "withdrawn")
DAYS = [date(2020, 11, 1) + timedelta(days=offset) for offset in range(3)]
UNITS = ("P10-KP1", "P10-KP2")

facts = st.fixed_dictionaries(
    {
        "day": st.sampled_from(DAYS),
        "women": st.integers(0, 500),
        "men": st.integers(0, 500),
        "quantity": st.integers(0, 9),
        "activity": st.sampled_from(("A2", "A1.4")),
        "kind": st.sampled_from(("event", "service")),
        "target_group": st.sampled_from(("residents", "")),
    }
)
sent = st.tuples(st.just("send"), st.sampled_from(UNITS), facts)
changed = st.tuples(st.integers(0, 9), st.sampled_from(STATES), st.none() | facts)


def rollup(db: Connection) -> list[tuple[Any, ...]]:
    columns = list(t.weekly_total.c)
    return [tuple(row) for row in db.execute(select(*columns).order_by(*columns))]


def corrected(values: dict[str, Any]) -> dict[str, Any]:
    """Facts as a corrected report gives them."""
    day = values["day"]
    return {"event_date": day, "week": week_of(day)} | {name: values[name] for name in values if name != "day"}


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=st.lists(sent | changed, max_size=12))
def test_after_any_history_the_rollup_is_what_the_reports_add_up_to(
    world: World, steps: Sequence[tuple[Any, Any, Any]]
) -> None:
    with world.db.begin_nested() as history:
        reports: list[int] = []
        for what, where, values in steps:
            if what == "send":
                reports.append(world.report(where, **values))
            elif reports:
                change(world.db, reports[what % len(reports)], corrected(values) if values else None, where)
        assert strays(world.db) == 0
        history.rollback()


@pytest.mark.parametrize(
    ("damage", "wrong"),
    [
        (t.weekly_total.update().values(women=99), 1),
        (t.weekly_total.update().values(week="2020-W01"), 2),
        (t.weekly_total.delete(), 1),
        (t.activity.delete(), 1),
    ],
    ids=["wrong", "elsewhere", "missing", "left over"],
)
def test_a_row_that_is_not_what_the_reports_add_up_to_is_found(world: World, damage: Executable, wrong: int) -> None:
    world.report("P10-KP1", DAYS[0], 30, 15)
    world.db.execute(damage)
    assert strays(world.db) == wrong


def test_a_correction_moves_a_report_to_another_week(world: World) -> None:
    submission = world.report("P10-KP1", DAYS[0], 30, 15, quantity=2)
    change(world.db, submission, {"event_date": DAYS[1], "week": week_of(DAYS[1]), "women": 31}, "sent")
    unit = world.units["P10-KP1"]
    assert rollup(world.db) == [("2020-W45", unit, unit, "A2", "event", "residents", "sent", 1, 31, 15, 2)]


def test_a_withdrawal_leaves_no_share_among_the_sent(world: World) -> None:
    world.report("P10-KP1", DAYS[0], 1, 1)
    change(world.db, world.report("P10-KP1", DAYS[0], 30, 15), None, "withdrawn")
    counted = {row[6]: row[7:] for row in rollup(world.db)}
    assert counted == {"sent": (1, 1, 1, 0), "withdrawn": (1, 30, 15, 0)}


def test_facts_left_out_are_zero(world: World) -> None:
    submission = world.report("P10-KP1", DAYS[0], 0, 0)
    stored = world.db.execute(select(t.activity).where(t.activity.c.submission_id == submission)).one()
    assert (stored.quantity, stored.violations, stored.state) == (0, 0, "sent")


def test_a_submission_without_typed_facts_changes_nothing(world: World) -> None:
    change(world.db, world.submission("P10-KP1", date(2020, 11, 4)), None, "withdrawn")
    assert rollup(world.db) == []


def test_a_report_is_counted_once_even_if_it_is_recorded_again(world: World) -> None:
    world.report("P10-KP1", DAYS[0], 30, 15)
    before = rollup(world.db)
    again = world.db.execute(select(t.activity)).one()._asdict()
    with pytest.raises(IntegrityError), world.db.begin_nested():
        record(world.db, again)
    assert rollup(world.db) == before


def test_reports_that_change_at_once_are_all_counted(database: Database) -> None:
    """On PostgreSQL these run in parallel, half of them from one week to the other and half the other way."""
    world = database.write(small_world).result()
    submissions = database.write(lambda db: _one_report_a_day(World(db, world.units, world.people))).result()
    moves = [(each, DAYS[(turn + index) % 2]) for turn in (1, 2, 3) for index, each in enumerate(submissions)]
    jobs = [database.write(_moving(each, day), key=each) for each, day in moves]
    for job in jobs:
        job.result(timeout=30)
    assert database.read(strays) == 0
    assert sum(row[7] for row in database.read(rollup)) == len(submissions)


def _one_report_a_day(world: World) -> list[int]:
    world.numbers = count(1_000)
    return [world.report("P10-KP1", DAYS[index % 2], 1 + index, index) for index in range(16)]


def _moving(submission: int, day: date) -> Callable[[Connection], None]:
    return lambda db: change(db, submission, {"event_date": day, "week": week_of(day)}, "sent")
