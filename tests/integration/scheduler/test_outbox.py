"""Rows are claimed once, in order, and survive whoever died with them in hand."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from messages import Choice, Outgoing, encode
from scheduler.claiming import InHand, keep
from scheduler.outcomes import MAX_ATTEMPTS, Ambiguous, Delivered, Impossible, Moved, NotSent, Outcome, Unreachable
from scheduler.settling import Attempt, settle
from storage import tables as t
from storage.delivery import chat_queue, claims, due, offers, outbox, usage
from storage.delivery.claims import LEASE
from storage.directory.accounts import add_account, set_usable
from tests.integration.scheduler.town import LANE, Town, at

NOW = "2020-11-06 15:00"


@pytest.fixture
def lan(town: Town) -> int:
    return town.joins("Lan", "propagandist", "P10-KP01")


def queue(town: Town, person: int, text: str, kind: str = "answer", priority: int = 0) -> int:
    values = {"account_id": town.account(person), "person_id": person, "kind": kind, "priority": priority}
    row = t.outbox.insert().values(**values, body=encode(Outgoing(text)), created_at=at(NOW), state="pending")
    fixed = row.values(token="", attempts=0, external_id="", error="").returning(t.outbox.c.id)
    return int(town.db.execute(fixed).scalar_one())


def ids(town: Town) -> list[int]:
    return [row.id for row in town.claim(NOW)]


def ends(town: Town, outcome: Outcome, when: str = NOW) -> None:
    """One claimed row comes to this end."""
    (row,) = town.claim(when, 1)
    settle(town.db, [Attempt(LANE, row, outcome)], machine=town.machine, now=at(when), chance=1.0)


def test_a_chat_gets_one_row_at_a_time_in_order(town: Town, lan: int) -> None:
    first, second = queue(town, lan, "1"), queue(town, lan, "2")
    rows = town.claim(NOW)
    assert [row.id for row in rows] == [first]
    assert ids(town) == []
    town.finish(rows, NOW)
    assert ids(town) == [second]


def test_many_chats_go_at_once_answers_first(town: Town, lan: int) -> None:
    mai, hoa = town.joins("Mai", "propagandist", "P10-KP02"), town.joins("Hoa", "ward_chair", "P10")
    reminder = queue(town, lan, "r", "notice", 1)
    answers = [queue(town, mai, "a"), queue(town, hoa, "b")]
    assert [row.id for row in town.claim(NOW, 2)] == answers
    assert ids(town) == [reminder]


def test_an_answer_overtakes_a_waiting_notice(town: Town, lan: int) -> None:
    notice, answer = queue(town, lan, "n", "notice", 1), queue(town, lan, "a")
    rows = town.claim(NOW)
    assert [row.id for row in rows] == [answer]
    town.finish(rows, NOW)
    assert ids(town) == [notice]


def test_back_off_holds_back_its_own_priority_only(town: Town, lan: int) -> None:
    first, second = queue(town, lan, "1", "notice", 1), queue(town, lan, "2", "notice", 1)
    ends(town, NotSent("429", retry_in=60))
    answer = queue(town, lan, "a")
    rows = town.claim(NOW)
    assert [row.id for row in rows] == [answer]
    town.finish(rows, NOW)
    assert ids(town) == []
    town.waits(60)
    rows = town.claim(NOW)
    assert [row.id for row in rows] == [first]
    town.finish(rows, NOW)
    assert ids(town) == [second]


def test_other_bots_and_channels_are_left_alone(town: Town, lan: int) -> None:
    queue(town, lan, "1")
    for channel, bot in (("telegram", "2"), ("zalo", "1")):
        soon = town.machine + timedelta(minutes=1)
        found = claims.claim(town.db, channel, bot, 9, token="x", machine=town.machine, lease_until=soon)
        assert found == []


def test_a_worker_that_died_with_an_answer_has_it_sent_again(town: Town, lan: int) -> None:
    row = queue(town, lan, "1")
    assert ids(town) == [row]
    assert claims.reap(town.db, town.machine, MAX_ATTEMPTS) == 0
    town.waits(3_600)
    assert claims.reap(town.db, town.machine, MAX_ATTEMPTS) == 1
    assert ids(town) == [row]


def test_a_message_that_kills_each_worker_is_given_up_in_the_end(town: Town, lan: int) -> None:
    queue(town, lan, "1")
    town.db.execute(t.outbox.update().values(attempts=MAX_ATTEMPTS - 2))
    for state in ("pending", "dead"):
        assert len(town.claim(NOW)) == 1
        town.waits(3_600)
        claims.reap(town.db, town.machine, MAX_ATTEMPTS)
        assert town.states() == [state]
    assert town.db.scalar(select(t.outbox.c.error)) == "gave_up: lease_expired"


def test_a_worker_that_died_with_a_reminder_leaves_it_uncertain(town: Town, lan: int) -> None:
    town.tick(NOW)
    assert len(ids(town)) == 1
    town.waits(3_600)
    claims.reap(town.db, town.machine, MAX_ATTEMPTS)
    assert town.states() == ["uncertain"]
    assert ids(town) == []
    assert town.dues(lan) == [("weekly_nudge", "digested", "")]
    offers.proved(town.db, lan, "report", at(NOW))
    assert town.states() == ["sent"]


def test_a_stale_worker_cannot_finish_what_another_has_in_hand(town: Town, lan: int) -> None:
    queue(town, lan, "1")
    stale = town.claim(NOW)
    town.waits(3_600)
    claims.reap(town.db, town.machine, MAX_ATTEMPTS)
    assert len(town.claim("2020-11-06 16:00")) == 1
    town.finish(stale, NOW)
    assert town.states() == ["sending"]


def test_a_stale_worker_cannot_keep_what_another_has_in_hand(town: Town, lan: int) -> None:
    queue(town, lan, "1")
    stale = town.claim(NOW)
    town.waits(3_600)
    claims.reap(town.db, town.machine, MAX_ATTEMPTS)
    assert len(town.claim("2020-11-06 16:00")) == 1
    claims.renew(town.db, stale, town.machine + timedelta(days=1))
    assert town.db.execute(t.outbox.select()).one().lease_until == town.machine + LEASE


def test_a_machine_that_slept_keeps_what_it_has_in_hand(town: Town, lan: int) -> None:
    queue(town, lan, "1")
    rows = town.claim(NOW)
    town.waits(3_600)
    assert keep(town.db, rows, town.machine) == 0
    town.waits(LEASE.total_seconds())
    assert keep(town.db, [], town.machine) == 1


def test_leases_are_renewed_together_once_one_is_older_than_a_third(town: Town, lan: int) -> None:
    mai = town.joins("Mai", "propagandist", "P10-KP02")
    queue(town, lan, "1")
    rows, hand = town.claim(NOW), InHand()
    hand.add(rows, town.machine)
    town.waits(LEASE.total_seconds() / 3)
    assert hand.to_renew(town.machine) == []
    queue(town, mai, "2")
    rows += town.claim(NOW)
    hand.add(rows[1:], town.machine)
    town.waits(1)
    assert hand.to_renew(town.machine) == rows
    hand.drop(rows[:1])
    hand.renewed(rows, town.machine)
    assert hand.to_renew(town.machine) == []
    town.waits(LEASE.total_seconds())
    assert hand.to_renew(town.machine) == rows[1:]


def test_a_button_of_an_uncertain_reminder_proves_that_it_arrived(town: Town, lan: int) -> None:
    town.tick(NOW)
    town.finish(town.claim(NOW), NOW, "uncertain")
    offers.proved(town.db, lan, "nil:P10-KP01:2020-W44", at(NOW))
    assert town.states() == ["uncertain"]
    offers.proved(town.db, lan, "nil:P10-KP01:2020-W45", at(NOW))
    assert town.states() == ["sent"]


@pytest.mark.parametrize(
    ("outcome", "answer", "reminder"),
    [
        (Delivered("77"), "sent", "sent"),
        (NotSent("dns"), "pending", "pending"),
        (Ambiguous("timeout"), "pending", "uncertain"),
        (Impossible("too_long"), "dead", "dead"),
        (Unreachable("403"), "dead", "dead"),
        (Moved("-100"), "pending", "pending"),
    ],
)
def test_each_outcome_has_its_end(town: Town, lan: int, outcome: Outcome, answer: str, reminder: str) -> None:
    town.tick(NOW)
    ends(town, outcome)
    town.db.execute(t.account.update().values(usable=True))
    queue(town, lan, "1")
    ends(town, outcome)
    assert town.states() == [reminder, answer]


def test_a_reminder_that_cannot_be_sent_is_missed_and_says_why(town: Town, lan: int) -> None:
    town.tick(NOW)
    ends(town, Impossible("too_long"))
    assert town.dues(lan) == [("weekly_nudge", "missed", "too_long")]


def test_who_blocked_the_bot_gets_the_same_row_by_the_other_account(town: Town, lan: int) -> None:
    row = queue(town, lan, "1")
    zalo = add_account(town.db, lan, "zalo", "7", "z", at("2020-01-01"))
    ends(town, Unreachable("403"))
    soon = town.machine + timedelta(minutes=1)
    found = claims.claim(town.db, "zalo", "7", 9, token="x", machine=town.machine, lease_until=soon)
    assert [(each.id, each.account_id, each.address) for each in found] == [(row, zalo, "z")]
    usable = town.db.execute(t.account.select().where(t.account.c.channel == "telegram")).one().usable
    assert usable is False


def test_a_reminder_that_moves_to_the_web_is_there_to_be_looked_at(town: Town, lan: int) -> None:
    web = add_account(town.db, lan, "web", "", "page", at("2020-01-01"))
    town.tick(NOW)
    ends(town, Unreachable("403"))
    row = town.db.execute(t.outbox.select()).one()
    assert (row.account_id, row.state) == (web, "pending")
    assert town.dues(lan) == [("weekly_nudge", "digested", "")]
    assert "chưa có báo cáo" in row.body


def test_a_chat_that_moved_is_written_to_at_its_new_address(town: Town, lan: int) -> None:
    add_account(town.db, lan, "zalo", "7", "-100123", at("2020-01-01"))  # another bot's chats have ids of their own
    queue(town, lan, "1")
    ends(town, Moved("-100123"))
    assert [row.address for row in town.claim(NOW)] == ["-100123"]


def test_what_cannot_be_sent_for_a_day_is_given_up(town: Town, lan: int) -> None:
    queue(town, lan, "1")
    town.db.execute(t.outbox.update().values(attempts=299))
    ends(town, NotSent("dns"))
    assert town.states() == ["dead"]


def test_sent_messages_are_counted_by_bot_and_month(town: Town, lan: int) -> None:
    queue(town, lan, "1")
    queue(town, lan, "2")
    ends(town, Delivered(messages=2))
    ends(town, NotSent("dns"))
    assert usage.of(town.db, *LANE, "2020-11").sent == 2


def test_a_digest_that_could_not_be_sent_is_composed_anew(town: Town, lan: int) -> None:
    town.tick(NOW)
    ends(town, NotSent("dns", retry_in=5))
    town.says_nothing_took_place(lan, "P10-KP01", "2020-W45")
    town.waits(5)
    assert town.claim(NOW) == []
    assert town.states() == ["skipped"]


def test_numbers_typed_after_a_reminder_mean_its_choices(town: Town, lan: int) -> None:
    town.tick(NOW)
    assert town.offered(town.account(lan)) == []
    ends(town, Delivered())
    offered = town.offered(town.account(lan))
    assert [choice.id for choice in offered] == ["report", "nil:P10-KP01:2020-W45", "put_off:weekly_nudge:2020-11-02"]


def test_an_answer_leaves_the_menu_to_its_turn(town: Town, lan: int) -> None:
    queue(town, lan, "1")
    ends(town, Delivered())
    assert town.offered(town.account(lan)) == []


def test_a_digest_that_cannot_be_composed_holds_nobody_up(
    town: Town, lan: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.tick(NOW)
    mai = town.joins("Mai", "ward_chair", "P10")
    answer = queue(town, mai, "1")

    def broken(*_: object) -> None:
        raise LookupError

    monkeypatch.setattr("scheduler.digest.compose", broken)
    assert ids(town) == [answer]
    assert town.states() == ["dead", "sending"]
    assert town.dues(lan) == [("weekly_nudge", "missed", "not_composed")]


@pytest.mark.usefixtures("lan")
def test_what_somebody_else_has_sent_is_neither_written_anew_nor_buried(town: Town) -> None:
    town.tick(NOW)
    (row,) = town.claim(NOW)
    assert not outbox.set_body(town.db, row.id, "")
    town.finish([row], NOW)
    assert not outbox.set_body(town.db, row.id, None, row.token)
    assert not outbox.bury(town.db, row.id, "late", row.token)
    stored = town.db.execute(select(t.outbox.c.state, t.outbox.c.body)).one()
    assert tuple(stored) == ("sent", row.body)


def test_an_unreadable_notice_is_handed_on_to_be_called_dead(town: Town, lan: int) -> None:
    row = queue(town, lan, "1", "notice", 1)
    town.db.execute(t.outbox.update().values(body="not JSON"))
    assert ids(town) == [row]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_neither_delivery_nor_the_tick_nor_an_answer_reads_through_years_of_messages(town: Town, lan: int) -> None:
    queue(town, lan, "1")
    ran: list[str] = []
    driver: Any = town.db.connection.driver_connection
    driver.set_trace_callback(ran.append)
    town.tick(NOW)
    assert len(town.claim(NOW)) == 1
    town.waits(3_600)
    assert claims.reap(town.db, town.machine, MAX_ATTEMPTS) == 1
    assert due.waiting_for(town.db, lan) == []
    driver.set_trace_callback(None)
    explained = [f"EXPLAIN QUERY PLAN {each}" for each in ran if each.startswith(("SELECT", "UPDATE", "DELETE"))]
    plans = [line[3] for each in explained for line in driver.execute(each)]
    assert "SCAN o USING INDEX ix_outbox_sending" in plans
    assert not {"SCAN o", "SCAN earlier", "SCAN outbox", "SCAN due", "SCAN q", "SCAN chat_queue"} & set(plans)


def test_a_chat_that_nobody_reads_or_that_has_nothing_left_leaves_the_line(town: Town, lan: int) -> None:
    mai = town.joins("Mai", "propagandist", "P10-KP02")
    queue(town, lan, "1")
    queue(town, mai, "2")
    chat_queue.fill(town.db)
    set_usable(town.db, town.account(lan), usable=False)
    town.db.execute(t.outbox.update().where(t.outbox.c.person_id == mai).values(state="skipped"))
    assert ids(town) == []
    assert town.db.execute(select(t.chat_queue)).all() == []


def test_by_night_answers_go_and_reminders_wait_for_the_morning(town: Town, lan: int) -> None:
    mai = town.joins("Mai", "propagandist", "P10-KP02")
    town.tick(NOW)
    answer = queue(town, mai, "1")
    assert [row.id for row in town.claim("2020-11-06 23:30")] == [answer]
    assert ("weekly_nudge", "waiting", "") in town.dues(lan)


def test_a_notice_sets_the_menu_of_its_chat(town: Town, lan: int) -> None:
    row = queue(town, lan, "1", "notice", 1)
    body = encode(Outgoing("1", choices=(Choice("report", "Báo cáo"),)))
    town.db.execute(t.outbox.update().where(t.outbox.c.id == row).values(body=body))
    ends(town, Delivered())
    assert [choice.id for choice in town.offered(town.account(lan))] == ["report"]
