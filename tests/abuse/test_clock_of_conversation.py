"""The conversation's clock is wrong for an hour: nothing is lost by it, nobody is told twice, nothing stays blocked."""

from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, func, select, update

from bot.operations.housekeeping import Housekeeping
from reports.gallery import Gallery
from scheduler.disk_alerts import warn_of_full_disk
from storage import tables as t
from storage.db import even_clock
from storage.db.even_clock import AHEAD, BACK, EVEN_FOR, Seen
from storage.directory import strangers
from storage.files.media import MediaStore
from tests.conversation import Town as Spoken
from tests.integration.scheduler.town import Town, at

DAY, YEAR = timedelta(days=1), timedelta(days=365)
HOUR = timedelta(hours=1)
FRIDAY = at("2020-11-06 15:00")
"""A nudge falls due; so it does a year later, less a day."""
THURSDAY = FRIDAY - DAY
LONG_ENOUGH = int(EVEN_FOR / HOUR) + 1


@pytest.fixture
def town(db: Connection) -> Town:
    return Town(db)


@pytest.fixture
def lan(town: Town) -> int:
    return town.joins("Lan", "propagandist", "P10-KP01")


with_lan = pytest.mark.usefixtures("lan")


def told(town: Town, *moments: datetime) -> int:
    """How many messages are sent by ticks at some moments."""
    return sum(len(town.ticks_and_delivers(f"{moment:%Y-%m-%d %H:%M}")) for moment in moments)


def long_enough(first: datetime) -> tuple[datetime, datetime]:
    """Until the clock is believed again."""
    return first, first + EVEN_FOR


def hours(first: datetime, number: int) -> list[datetime]:
    return [first + HOUR * each for each in range(number)]


@with_lan
@pytest.mark.parametrize("jump", [DAY, YEAR])
def test_what_a_clock_ahead_has_said_is_said_when_its_time_comes(town: Town, jump: timedelta) -> None:
    assert told(town, THURSDAY) == 0
    assert told(town, *hours(THURSDAY + jump, 2)) == 1
    assert told(town, *long_enough(THURSDAY + 2 * HOUR)) == 0
    assert told(town, *hours(THURSDAY + jump, 2)) == 1


@with_lan
@pytest.mark.parametrize("jump", [DAY, YEAR])
def test_what_a_clock_ahead_had_still_to_say_is_said_by_nobody_before_its_time(town: Town, jump: timedelta) -> None:
    town.tick(f"{THURSDAY:%Y-%m-%d %H:%M}")
    town.tick(f"{THURSDAY + jump:%Y-%m-%d %H:%M}")
    for moment in long_enough(THURSDAY + HOUR):
        town.tick(f"{moment:%Y-%m-%d %H:%M}")
    assert town.delivers(f"{THURSDAY + 8 * HOUR:%Y-%m-%d %H:%M}") == {}
    assert told(town, THURSDAY + jump) == 1


@with_lan
@pytest.mark.parametrize("jump", [DAY, YEAR])
def test_a_clock_behind_repeats_nothing(town: Town, jump: timedelta) -> None:
    assert told(town, FRIDAY) == 1
    assert told(town, *hours(FRIDAY - jump, 2)) == 0
    assert told(town, *hours(FRIDAY + HOUR, 2), *hours(FRIDAY + DAY, 2)) == 0


@pytest.mark.parametrize("jump", [timedelta(days=3), YEAR])
def test_what_a_clock_ahead_took_for_late_is_said(town: Town, lan: int, jump: timedelta) -> None:
    town.tick("2020-11-06 15:00")
    town.tick(f"{FRIDAY + jump - timedelta(hours=2):%Y-%m-%d %H:%M}")
    assert ("weekly_nudge", "missed", "too_late") in town.dues(lan)
    assert told(town, FRIDAY + HOUR) == 1


@with_lan
def test_a_digest_of_a_day_to_come_keeps_no_day_from_its_own(town: Town) -> None:
    """All that it said had fallen due."""
    assert told(town, FRIDAY) == 1
    town.db.execute(update(t.outbox).values(local_day=date(2020, 11, 13)))
    town.tick("2020-11-06 16:00")
    assert told(town, FRIDAY + 7 * DAY) == 1


def test_a_clock_is_even_again_some_hours_after_its_last_jump() -> None:
    seen = Seen(FRIDAY, FRIDAY - DAY)
    for jump in (AHEAD + HOUR, YEAR, -BACK - HOUR, -DAY, -YEAR):
        there = seen.at(FRIDAY + jump)
        assert not there.is_even
        assert not there.at(there.last + EVEN_FOR - HOUR).is_even
        assert there.at(there.last + EVEN_FOR).is_even
        back = there.at(FRIDAY + HOUR).at(FRIDAY + EVEN_FOR)
        assert not back.is_even or abs(jump) < DAY - HOUR
        assert back.at(back.last + HOUR).is_even
    for step in (AHEAD, HOUR, -BACK):
        assert seen.at(FRIDAY + step).is_even


def test_a_clock_is_noted_when_it_jumps_and_now_and_then(db: Connection) -> None:
    even_clock.note(db, FRIDAY)
    steps = [timedelta(), timedelta(minutes=29), timedelta(minutes=30), DAY, -DAY]
    assert [even_clock.is_to_be_noted(db, FRIDAY + step) for step in steps] == [False, False, True, True, True]


def keeper(gv: Spoken, folder: Path) -> Housekeeping:
    store = MediaStore(folder / "media")
    return Housekeeping(gv.database, store, Gallery(folder / "rendered", store), lambda: gv.now)


def kept(gv: Spoken) -> list[int]:
    def count(db: Connection, table: Table) -> int:
        return db.scalar(select(func.count()).select_from(table)) or 0

    tables = (t.inbox, t.interview, t.attachment, t.outbox)
    return gv.database.read(lambda db: [count(db, table) for table in tables])


@pytest.fixture
def full(gv: Spoken) -> Spoken:
    """With a draft, its photo and what was said about them."""
    officer = gv.joined("propagandist", "P10-KP05", channel="telegram")
    officer.photographs()
    officer.says("hủy")
    officer.taps("Đúng, dừng lại")
    return gv


@pytest.mark.parametrize("jump", [31 * DAY, YEAR, -YEAR])
async def test_a_sweep_by_a_wrong_clock_deletes_nothing(full: Spoken, tmp_path: Path, jump: timedelta) -> None:
    await keeper(full, tmp_path).sweep()
    before = kept(full)
    assert all(before)
    full.now += jump
    for _ in range(3):
        await keeper(full, tmp_path).sweep()  # each by a process that has just begun
        full.later(minutes=5)
    full.now += HOUR - jump
    for _ in range(LONG_ENOUGH + 1):
        await keeper(full, tmp_path).sweep()
        full.later(hours=1)
    assert kept(full) == before


async def test_after_a_long_rest_a_sweep_waits_until_the_clock_has_gone_on_for_a_while(
    full: Spoken, tmp_path: Path
) -> None:
    await keeper(full, tmp_path).sweep()
    full.now += YEAR
    counts = []
    for _ in range(LONG_ENOUGH + 1):
        await keeper(full, tmp_path).sweep()
        counts.append(kept(full))
        full.later(hours=1)
    assert all(counts[LONG_ENOUGH - 2])
    assert counts[-1] == [0, 0, 0, 0]


def test_a_full_disk_is_told_on_the_day_although_a_clock_ahead_told_of_another(gv: Spoken) -> None:
    office = gv.joined("secretariat", "GV")
    for now in (gv.now + YEAR, gv.now):
        gv.database.write(partial(warn_of_full_disk, now=now)).result()
    assert len(gv.notices(office)) == 2


def test_a_person_who_guessed_while_the_clock_was_ahead_is_not_barred_for_as_long(gv: Spoken) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel="telegram")
    gv.now += YEAR
    for _ in range(strangers.FREE_TRIES + 1):
        officer.says("/start KKKK-KKKK")
    officer.sees("tạm nghỉ")
    gv.now -= YEAR
    officer.says(f"/start {gv.invitation('ward_chair', 'P10')}")
    assert "tạm nghỉ" not in officer.text
