"""The demo's clock and sample: forwards only, the same every time, and quick to put in place."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from bot.demo.clock import LAST, START, DemoClock
from bot.demo.run import Demo, open_demo
from bot.demo.sample import PEOPLE
from bot.settings import Settings
from periods.period import period_of
from reports.reckoning import figures_of
from storage import tables as t

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
    begun = time.process_time()
    demo = open_demo(settings, lambda: MACHINE)
    assert time.process_time() - begun < 6  # under three; a machine that does other things as well changes nothing
    with demo.prepared.database as database:
        assert [phone.role for phone in demo.phones] == [role for role, _, _ in PEOPLE]
        reports = database.read(lambda db: count(db, t.submission))
        labelled = database.read(lambda db: db.scalars(select(t.submission.c.sample)).all())
        assert reports > 200
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
