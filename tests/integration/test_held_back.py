"""What a shrinking quota kept back is said once, in the person's next conversation, and never amid questions."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, func, select

from scheduler import held_back
from storage import tables as t
from storage.delivery import usage
from storage.directory.accounts import add_account
from tests.conversation import CALENDAR, Officer, Town
from tests.ticking import tick

FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
"""16:00, an hour after the nudge."""
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""9:00, after the week's summary and the Action Month's Monday."""
NUDGE = "chưa có báo cáo tuần này"
OPENING = "Nhân tiện, xin nhắc anh/chị:"


@pytest.fixture
def officer(gv: Town) -> Officer:
    """Somebody in Zalo, whose nudge has to wait: the bot is at 70 percent of its month."""
    officer = gv.joined("propagandist", "P10-KP05", channel="zalo")
    uses(gv, 2_100)
    ticks(gv, FRIDAY)
    return officer


def uses(gv: Town, messages: int) -> None:
    gv.database.write(lambda db: usage.add(db, "zalo", "bot", "2026-11", sent=messages)).result()


def ticks(gv: Town, now: datetime) -> None:
    gv.now = now
    gv.database.write(lambda db: tick(db, gv.world.plan, CALENDAR, now)).result()


def dues(gv: Town) -> list[tuple[str, str, str]]:
    query = select(t.due.c.rule, t.due.c.state, t.due.c.reason).order_by(t.due.c.id)
    return [(row[0], row[1], row[2]) for row in gv.database.read(lambda db: db.execute(query).all())]


def digests(gv: Town) -> int:
    query = select(func.count()).where(t.outbox.c.kind == "digest")
    return gv.database.read(lambda db: db.execute(query).scalar_one())


def test_it_joins_the_answer_to_whatever_is_said_next_once(gv: Town, officer: Officer) -> None:
    assert dues(gv) == [("weekly_nudge", "waiting", "")]
    officer.says("trợ giúp")
    assert len(officer.heard) == 1
    assert officer.text.count(OPENING) == officer.text.count(NUDGE) == 1
    assert "Báo cáo ngay" not in officer.labels, "the answer offers a report already"
    assert "Tuần này không có hoạt động" in officer.labels
    assert dues(gv) == [("weekly_nudge", "digested", "")]
    officer.says("trợ giúp")
    assert OPENING not in officer.text
    ticks(gv, FRIDAY)
    assert digests(gv) == 0


def test_what_it_offers_can_be_chosen_by_its_number(officer: Officer) -> None:
    officer.says("trợ giúp")
    officer.says(f"{officer.labels.index('Tuần này không có hoạt động') + 1}")
    officer.sees("Đã ghi nhận")


def test_not_amid_an_interview_but_when_it_is_put_aside(officer: Officer) -> None:
    for said in ("báo cáo", "1", "/tomtat", "hủy"):
        officer.says(said)
        assert OPENING not in officer.text
    officer.taps("Đúng, dừng lại")
    officer.sees("Bản nháp được giữ", NUDGE)


def test_a_report_that_is_sent_leaves_nothing_to_remind_of(gv: Town, officer: Officer) -> None:
    officer.reports()
    assert OPENING not in officer.text
    assert dues(gv) == [("weekly_nudge", "done", "nothing_owed")]


def test_it_is_said_on_whatever_channel_the_person_speaks_next(gv: Town, officer: Officer) -> None:
    def connect(db: Connection) -> None:
        person = db.scalars(select(t.account.c.person_id).where(t.account.c.external_id == officer.account)).one()
        add_account(db, person, "web", "bot", "page", gv.now)

    gv.database.write(connect).result()
    page = Officer(gv, "web", "page")
    page.says("menu")
    page.sees(NUDGE)


def test_the_weekly_picture_comes_along(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10", channel="zalo")
    uses(gv, 2_800)
    ticks(gv, MONDAY)
    chair.says("menu")
    chair.sees("Tháng hành động", "Tuần 47")
    (message,) = chair.heard
    assert [picture.kind for picture in message.pictures] == ["attendance"]


def test_a_message_that_will_go_by_itself_is_left_to_its_digest(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel="zalo")
    ticks(gv, FRIDAY)
    assert digests(gv) == 1
    officer.says("menu")
    assert OPENING not in officer.text


def test_a_bot_that_is_refused_says_nothing_along(gv: Town, officer: Officer) -> None:
    gv.database.write(lambda db: usage.refuse(db, "zalo", "bot", "2026-11")).result()
    officer.says("menu")
    assert OPENING not in officer.text
    assert dues(gv) == [("weekly_nudge", "waiting", "")]


def test_a_reminder_that_cannot_be_said_keeps_nobody_from_an_answer(
    gv: Town, officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_back, "say_what_is_owed", lambda *_: 1 // 0)
    officer.says("menu")
    officer.sees("muốn làm gì")
    assert dues(gv) == [("weekly_nudge", "missed", "not_composed")]
