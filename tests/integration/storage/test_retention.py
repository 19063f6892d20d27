"""What is kept how long: each kind of row up to its day, and nothing else goes with it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Table, func, select, update

from services.directory.codes import Seal
from services.directory.invitations import issue
from services.limits import INVITATION_VALID
from storage import tables as t
from storage.db import retention
from storage.directory import strangers
from storage.directory.units import unit_id
from tests.conversation import Officer, Town
from tests.sweeping import sweep

CHANNELS = [("telegram", retention.PUSHED_KEPT), ("web", retention.SHOWN_KEPT)]


def count(gv: Town, table: Table) -> int:
    return gv.database.read(lambda db: int(db.execute(select(func.count()).select_from(table)).scalar_one()))


def sweep_after(gv: Town, age: timedelta) -> None:
    gv.database.write(lambda db: sweep(db, gv.now + age)).result()


def an_hour_less_and_more(age: timedelta) -> tuple[timedelta, timedelta]:
    return age - timedelta(hours=1), age + timedelta(hours=1)


@pytest.mark.parametrize(("channel", "kept"), CHANNELS)
def test_messages_are_kept_as_long_as_somebody_may_look_at_them(gv: Town, channel: str, kept: timedelta) -> None:
    gv.joined("propagandist", "P10-KP05", channel=channel).says("/menu")
    before, after = an_hour_less_and_more(kept)
    said = count(gv, t.outbox)
    sweep_after(gv, before)
    assert count(gv, t.outbox) == said > 0
    sweep_after(gv, after)
    assert count(gv, t.outbox) == 0


def test_a_message_in_hand_is_not_taken_away(gv: Town) -> None:
    gv.joined("propagandist", "P10-KP05", channel="telegram").says("/menu")
    gv.database.write(lambda db: db.execute(update(t.outbox).values(state="sending"))).result()
    said = count(gv, t.outbox)
    sweep_after(gv, timedelta(days=400))
    assert count(gv, t.outbox) == said


def test_drafts_go_and_reports_and_open_interviews_stay(gv: Town) -> None:
    officer: Officer = gv.joined("propagandist", "P10-KP05")
    officer.reports()
    officer.says("báo cáo")
    officer.says("hủy")
    officer.taps("Đúng, dừng lại")
    officer.says("báo cáo")
    sweep_after(gv, timedelta(days=29))
    assert count(gv, t.interview) == 3
    sweep_after(gv, timedelta(days=31))
    assert (count(gv, t.interview), count(gv, t.submission), count(gv, t.inbox)) == (2, 1, 0)
    officer.says("1")
    officer.sees("Hoạt động nào?")


def test_a_stranger_is_forgotten_a_month_after_the_last_message_even_one_who_guessed(gv: Town) -> None:
    for guess in ("alo", "KKKK-KKKK"):
        gv.stranger().says(guess)
    sweep_after(gv, timedelta(days=30))
    assert count(gv, t.stranger) == 2
    assert count(gv, t.account) == 0  # the addresses were for one answer
    sweep_after(gv, timedelta(days=32))
    assert count(gv, t.stranger) == 0


def test_counting_a_stranger_again_keeps_what_is_known(db: Connection) -> None:
    first, second = datetime(2026, 11, 18, tzinfo=UTC).date(), datetime(2026, 11, 20, tzinfo=UTC).date()
    strangers.see(db, "key", first)
    strangers.note_answer(db, "key", first)
    assert strangers.see(db, "key", second).answered_on == first
    assert db.execute(select(t.stranger.c.seen, t.stranger.c.seen_on)).one() == (2, second)


def test_an_account_that_was_let_go_is_forgotten_unless_a_report_has_its_photo(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel="telegram")
    officer.photographs()
    officer.reports()
    gv.joined("propagandist", "P10-KP06", channel="telegram")
    gv.database.write(lambda db: db.execute(update(t.account).values(person_id=None))).result()
    assert count(gv, t.attachment) == 1
    sweep_after(gv, timedelta(days=2))
    assert (count(gv, t.account), count(gv, t.outbox)) == (1, 0)


def test_photos_of_a_report_that_was_never_sent_go_with_its_draft(gv: Town) -> None:
    gone, going_on = (gv.joined("propagandist", f"P10-KP0{number}") for number in (5, 6))
    gone.photographs()
    gone.says("hủy")
    gone.taps("Đúng, dừng lại")
    going_on.photographs()
    sweep_after(gv, timedelta(days=29))
    assert count(gv, t.attachment) == 2
    sweep_after(gv, timedelta(days=31))
    assert count(gv, t.attachment) == 1


@pytest.mark.parametrize(("name", "is_sealed"), [("Đặng Thị Mẫu", False), ("", True), ("Đặng Thị Mẫu", True)])
def test_what_tells_of_somebody_who_never_came_goes_a_while_after_the_code_expired(
    gv: Town, name: str, *, is_sealed: bool
) -> None:
    expires = gv.now + INVITATION_VALID

    def invite(db: Connection) -> None:
        unit = unit_id(db, "P10-KP05") or 0
        seal = Seal(lambda: b"a secret") if is_sealed else None
        issue(db, "K7MX2QRT", role="propagandist", unit_id=unit, by=None, now=gv.now, name=name, seal=seal)

    gv.database.write(invite).result()
    before, after = an_hour_less_and_more(expires - gv.now + retention.NAMES_KEPT)
    sweep_after(gv, before)
    told = select(func.count()).where((t.invitation.c.name != "") | (t.invitation.c.sealed != ""))
    assert gv.database.read(lambda db: db.scalar(told)) == 1
    sweep_after(gv, after)
    assert gv.database.read(lambda db: db.scalar(told)) == 0
