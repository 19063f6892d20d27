"""The demo's clock and sample: forwards only, the same every time, and quick to put in place."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from bot.demo.clock import LAST, START, DemoClock
from bot.demo.run import Demo, open_demo
from bot.demo.sample import PEOPLE, keep_told, tell_earlier
from bot.demo.year import FIRST_DAY
from bot.settings import Settings
from periods.period import period_of
from reports.reckoning import figures_of
from services import week_history
from storage import tables as t
from storage.records import totals

MACHINE = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{tmp_path}/demo.db", media=tmp_path / "media")


def count(db: Connection, table: Any) -> int:
    return int(db.execute(select(func.count()).select_from(table)).scalar_one())


def week(demo: Demo) -> dict[str, object]:
    plan, now = demo.prepared.plan, demo.now()
    return demo.prepared.database.read(lambda db: figures_of(db, plan, "GV", period_of("2020-W43"), now)).to_dict()


def test_the_clock_moves_forwards_only() -> None:
    machine = [MACHINE]
    clock = DemoClock(lambda: machine[0])
    assert clock.now() == START
    machine[0] += timedelta(minutes=5)
    assert clock.now() == START + timedelta(minutes=5)
    clock.move_to(START + timedelta(days=1))
    clock.move_to(START)
    assert clock.now() == START + timedelta(days=1)
    clock.move_to(LAST + timedelta(days=9_999))
    assert clock.now() == LAST
    clock.begin_again()
    assert clock.now() == START


async def test_a_new_demo_is_there_at_once_with_labelled_sample_reports(settings: Settings) -> None:
    """Most of the year is told behind the open page: what is told before takes a second or two."""
    demo = open_demo(settings, lambda: MACHINE)
    with demo.prepared.database as database:
        assert [phone.role for phone in demo.phones] == [role for role, _, _ in PEOPLE]
        reports = database.read(lambda db: count(db, t.submission))
        labelled = database.read(lambda db: db.scalars(select(t.submission.c.sample)).all())
        assert 200 < reports < 900
        assert all(labelled)
        assert all(database.read(lambda db: db.scalars(select(t.person.c.is_sample)).all()))


async def test_the_sample_is_the_same_every_time_and_after_beginning_again(settings: Settings, tmp_path: Path) -> None:
    first = open_demo(settings, lambda: MACHINE)
    with first.prepared.database:
        figures, chats = week(first), {phone.chat for phone in first.phones}
        await first.go_to(START + timedelta(days=7))
        await first.begin_again()
        assert first.now() == START
        assert week(first) == figures
        assert chats.isdisjoint(phone.chat for phone in first.phones)
        digests = select(func.count()).where(t.outbox.c.kind == "digest")
        assert first.prepared.database.read(lambda db: db.scalar(digests))  # at once, not with the next minute's tick
    other = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path}/other.db"})
    second = open_demo(other, lambda: MACHINE + timedelta(days=99))
    with second.prepared.database:
        assert week(second) == figures


async def test_a_restart_goes_on_where_it_was_and_sends_nothing_again(settings: Settings) -> None:
    demo = open_demo(settings, lambda: MACHINE)
    with demo.prepared.database as database:
        await demo.go_to(START + timedelta(days=7))
        sent = database.read(lambda db: count(db, t.outbox))
    again = open_demo(settings, lambda: MACHINE)
    with again.prepared.database as database:
        assert again.now() == START + timedelta(days=7)
        assert again.phones == demo.phones
        await again.tick_at(again.now())
        assert database.read(lambda db: count(db, t.outbox)) == sent


async def test_the_next_reminder_is_one_that_a_phone_gets(settings: Settings) -> None:
    demo = open_demo(settings, lambda: MACHINE)
    with demo.prepared.database as database:
        for _ in range(6):
            before, sent = demo.now(), database.read(lambda db: count(db, t.outbox))
            await demo.go_to_next()
            assert demo.now() > before
            assert database.read(lambda db: count(db, t.outbox)) > sent


async def test_the_year_is_told_behind_the_open_page_and_figures_hold(settings: Settings) -> None:
    demo = open_demo(settings, lambda: MACHINE)
    with demo.prepared.database as database:
        before = database.read(lambda db: count(db, t.submission))
        forms = demo.prepared.world.forms
        left = [await database.awrite(lambda db: tell_earlier(db, forms)) for _ in range(4)]
        assert left == [51, 50, 49, 48]
        assert database.read(lambda db: count(db, t.submission)) > before + 300
        assert database.read(totals.strays) == 0
        assert database.read(week_history.strays) == 0
        assert all(database.read(lambda db: db.scalars(select(t.submission.c.sample)).all()))


async def test_the_year_ends_where_it_begins_and_a_restart_goes_on(settings: Settings) -> None:
    demo = open_demo(settings, lambda: MACHINE)
    with demo.prepared.database as database:
        now = demo.now()
        database.write(lambda db: keep_told(db, FIRST_DAY + timedelta(weeks=1), now)).result()
    again = open_demo(settings, lambda: MACHINE)
    with again.prepared.database as database:
        forms = again.prepared.world.forms
        assert await database.awrite(lambda db: tell_earlier(db, forms)) == 0
        told = database.read(lambda db: count(db, t.submission))
        assert await database.awrite(lambda db: tell_earlier(db, forms)) == 0
        assert database.read(lambda db: count(db, t.submission)) == told


async def test_the_others_go_on_reporting_as_the_clock_moves(settings: Settings) -> None:
    demo = open_demo(settings, lambda: MACHINE)
    with demo.prepared.database as database:
        await demo.go_to(START + timedelta(days=9))
        plan, now = demo.prepared.plan, demo.now()
        week = database.read(lambda db: figures_of(db, plan, "GV", period_of("2020-W44"), now))
        own = database.read(lambda db: figures_of(db, plan, "P10-KP05", period_of("2020-W44"), now))
        assert week.reports > 80
        assert own.reports == 0
        assert database.read(totals.strays) == 0
