"""A month that is used up: what was refused takes the person's other account, or waits without piling up."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from messages import Choice, Outgoing, decode, encode
from scheduler.claiming import take_in_hand
from scheduler.outcomes import Delivered, Outcome, Spent, Unreachable
from scheduler.settling import Attempt, settle
from storage import tables as t
from storage.delivery import usage
from storage.delivery.claims import Claimed
from storage.delivery.usage import Stage
from storage.directory.accounts import accounts_of, add_account, set_usable
from tests.integration.scheduler.town import CALENDAR, PLAN, Town, at

NOW = "2020-11-06 15:00"
NEXT_MONTH = "2020-12-01 08:00"
ZALO = ("zalo", "100")
OTHER_ZALO = ("zalo", "200")
TELEGRAM = ("telegram", "1")
SPENT = Spent("quota", 21_600.0)


@pytest.fixture
def lan(town: Town) -> int:
    """Somebody whose only account is a Zalo bot's."""
    person = town.joins("Lan", "propagandist", "P10-KP01", channel="zalo")
    town.db.execute(t.account.update().values(bot="100"))
    return person


def connects(town: Town, person: int, channel: str, bot: str = "") -> int:
    return add_account(town.db, person, channel, bot, f"{channel}-{bot}-Lan", at("2020-01-01"))


def answered(town: Town, person: int, message: Outgoing, kind: str = "answer") -> int:
    values = {"account_id": town.account(person, "zalo"), "person_id": person, "kind": kind, "priority": 0}
    update = town.db.scalar(select(func.count()).select_from(t.outbox))
    row = t.outbox.insert().values(
        **values, inbox_id=update, body=encode(message), lasting=message.lasting, created_at=at(NOW), state="pending"
    )
    fixed = row.values(token="", attempts=0, external_id="", error="").returning(t.outbox.c.id)
    return int(town.db.execute(fixed).scalar_one())


def claim(town: Town, lane: tuple[str, str] = ZALO, when: str = NOW) -> list[Claimed]:
    return take_in_hand(town.db, PLAN, CALENDAR, lane, 50, token=f"{lane}", machine=town.machine, now=at(when))


def tries(town: Town, outcome: Outcome = SPENT, lane: tuple[str, str] = ZALO, when: str = NOW) -> list[Outgoing]:
    """Everything that can go is tried, and comes to this end; what was tried."""
    tried = []
    while rows := claim(town, lane, when):
        attempts = [Attempt(lane, row, outcome) for row in rows]
        settle(town.db, attempts, machine=town.machine, now=at(when), chance=1.0)
        tried += [decode(row.body) for row in rows]
    return tried


def said(messages: list[Outgoing]) -> list[str]:
    return [message.text for message in messages]


def test_an_answer_takes_the_other_account_and_says_why(town: Town, lan: int) -> None:
    telegram = connects(town, lan, "telegram", "1")
    answered(town, lan, Outgoing("Làm vào ngày nào?", (Choice("i:1:2:x", "Hôm nay"),)))
    tries(town)
    (message,) = tries(town, Delivered("1"), TELEGRAM)
    assert message.text.endswith("\n\nLàm vào ngày nào?")
    assert "Zalo" in message.text
    assert [choice.label for choice in town.offered(telegram)] == ["Hôm nay"]
    assert all(account.usable for account in accounts_of(town.db, lan))


def test_a_returned_report_goes_elsewhere_in_its_own_words(town: Town, lan: int) -> None:
    connects(town, lan, "telegram", "1")
    answered(town, lan, Outgoing("Báo cáo bị trả lại."), "notice")
    tries(town)
    assert said(tries(town, Delivered("1"), TELEGRAM)) == ["Báo cáo bị trả lại."]


def test_the_browser_is_the_last_resort(town: Town, lan: int) -> None:
    web = connects(town, lan, "web")
    answered(town, lan, Outgoing("Menu"))
    tries(town)
    row = town.db.execute(select(t.outbox.c.account_id, t.outbox.c.state)).one()
    assert tuple(row) == (web, "pending")


def test_two_bots_that_refuse_do_not_pass_a_message_to_and_fro(town: Town, lan: int) -> None:
    answered(town, lan, Outgoing("Menu"))
    connects(town, lan, *OTHER_ZALO)
    assert len(tries(town)) == 1
    assert len(tries(town, lane=OTHER_ZALO)) == 1
    assert tries(town) == tries(town, lane=OTHER_ZALO) == []
    assert town.states() == ["pending"]


def test_who_blocked_one_bot_waits_for_the_other_ones_next_month(town: Town, lan: int) -> None:
    answered(town, lan, Outgoing("Menu"))
    second = connects(town, lan, *OTHER_ZALO)
    usage.refuse(town.db, *OTHER_ZALO, "2020-11")
    tries(town, Unreachable("refused"))
    assert town.db.scalar(select(t.outbox.c.account_id)) == second


def test_what_still_goes_out_proves_that_the_month_is_not_used_up(town: Town, lan: int) -> None:
    answered(town, lan, Outgoing("1"))
    tries(town)
    assert usage.of(town.db, *ZALO, "2020-11").stage is Stage.SPENT
    usage.add(town.db, *ZALO, "2020-11", received=1)
    assert usage.of(town.db, *ZALO, "2020-11").refused
    town.waits(30_000)
    tries(town, Delivered("1"))
    assert usage.of(town.db, *ZALO, "2020-11") == usage.Usage(received=1, sent=1)


def test_after_a_spent_month_only_receipts_and_the_newest_answer_come(town: Town, lan: int) -> None:
    """Somebody writes all month, although nobody answers."""
    for week in range(3):
        for text in ("Chọn giúp ạ", "Làm vào ngày nào?"):
            answered(town, lan, Outgoing(f"{text} {week}"))
        answered(town, lan, Outgoing(f"Đã lưu {week}", lasting=True))
        answered(town, lan, Outgoing("Báo cáo bị trả lại."), "notice")
        tries(town)
        town.waits(30_000)
    answered(town, lan, Outgoing("Menu"))
    tries(town)
    town.waits(30_000)
    returned = "Báo cáo bị trả lại."
    expected = ["Đã lưu 0", returned, "Đã lưu 1", returned, "Đã lưu 2", returned, "Menu"]
    assert said(tries(town, Delivered("1"), when=NEXT_MONTH)) == expected


def test_a_refused_reminder_is_said_by_the_other_account(town: Town, lan: int) -> None:
    connects(town, lan, "telegram", "1")
    set_usable(town.db, town.account(lan), usable=False)
    town.tick(NOW)
    set_usable(town.db, town.account(lan), usable=True)
    tries(town)
    (reminder,) = tries(town, Delivered("1"), TELEGRAM)
    assert "chưa có báo cáo" in reminder.text
    assert town.dues(lan) == [("weekly_nudge", "digested", "")]


def test_a_refused_reminder_waits_where_there_is_no_other_account(town: Town, lan: int) -> None:
    town.tick(NOW)
    assert len(tries(town)) == 1
    assert town.states() == ["skipped"]
    assert town.dues(lan) == [("weekly_nudge", "waiting", "")]
    town.tick("2020-11-07 09:00")
    assert tries(town, when="2020-11-07 09:00") == []
    town.tick("2020-11-09 09:00")
    assert town.dues(lan) == [("weekly_nudge", "missed", "too_late")]


def test_what_waits_at_the_end_of_a_month_is_one_message_of_the_next(town: Town) -> None:
    """Monday 30 November: the summary and the Action Month; on Tuesday both are still of use."""
    person = town.joins("Mai", "ward_chair", "P10", channel="zalo")
    town.db.execute(t.account.update().values(bot="100"))
    town.tick("2020-11-30 09:00")
    tries(town, when="2020-11-30 09:00")
    town.tick(NEXT_MONTH)
    (digest,) = tries(town, Delivered("1"), when=NEXT_MONTH)
    assert "Tháng hành động" in digest.text
    assert {state for rule, state, _ in town.dues(person) if rule != "weekly_nudge"} >= {"digested"}


def test_a_row_that_another_worker_holds_is_left_alone(town: Town, lan: int) -> None:
    web = connects(town, lan, "web")
    answered(town, lan, Outgoing("Menu"))
    (row,) = claim(town)
    town.db.execute(t.outbox.update().values(token="another", lease_until=town.machine + timedelta(minutes=1)))
    settle(town.db, [Attempt(ZALO, row, SPENT)], machine=town.machine, now=at(NOW), chance=1.0)
    assert town.db.scalar(select(t.outbox.c.account_id)) != web
    assert town.states() == ["sending"]


def test_a_reminder_that_another_worker_holds_is_left_alone(town: Town, lan: int) -> None:
    town.tick(NOW)
    (row,) = claim(town)
    town.db.execute(t.outbox.update().values(token="another", lease_until=town.machine + timedelta(minutes=1)))
    settle(town.db, [Attempt(ZALO, row, SPENT)], machine=town.machine, now=at(NOW), chance=1.0)
    assert town.states() == ["sending"]
    assert town.dues(lan) == [("weekly_nudge", "digested", "")]
