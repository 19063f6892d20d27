"""What is kept of one person, matter, day or chat is told from what is kept of another."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, func, insert, select

from messages import Document, Outgoing
from messages.pushing import Subscription
from periods.period import period_of
from storage import tables as t
from storage.delivery import due, file_orders, knowns, notices, nudges, planned_nudges, subscriptions, usage
from storage.delivery.file_orders import Order
from storage.delivery.planned_nudges import PlannedNudge
from storage.directory import accounts, persons
from storage.records import change_requests, free_weeks, letters, trail
from storage.tables.states import DueState, RequestState
from tests.crowd import crowd

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)
GREETING = Outgoing("Xin chào")


@pytest.fixture
def people(db: Connection) -> range:
    """Each of them answers for the unit of the same number."""
    return crowd(db, 2, NOW - 9 * DAY)


def account_of(db: Connection, person: int) -> int:
    return int(db.execute(select(t.account.c.id).where(t.account.c.person_id == person)).scalar_one())


def test_somebody_knows_what_they_said_and_were_asked_about(db: Connection, people: range) -> None:
    one, other = people
    knowns.know(db, one, {"a", "b"}, NOW)
    knowns.know(db, other, {"c"}, NOW)
    assert knowns.known_to(db, one, {"a", "c"}) == {"a": NOW}


def test_a_day_has_its_own_nudges_each_about_a_matter(db: Connection, people: range) -> None:
    nudges.take_day(db, "a", TODAY, people[0], NOW)
    nudges.take_day(db, "b", TODAY, people[0], NOW)
    nudges.take_day(db, "c", TODAY - DAY, people[0], NOW)
    assert nudges.of_day(db, {"a", "c"}, TODAY) == {"a"}


def test_planned_nudges_are_found_on_their_day_and_each_once(db: Connection, people: range) -> None:
    for unit, day in zip(people, (TODAY, TODAY), strict=True):
        planned_nudges.plan(db, PlannedNudge(unit, "2026-W47", people[0], day), NOW)
    planned_nudges.plan(db, PlannedNudge(people[0], "2026-W47", people[0], TODAY + DAY), NOW)
    (first,) = planned_nudges.due(db, 0, 1, TODAY)
    (second,) = planned_nudges.due(db, first, 9, TODAY)
    assert first < second
    assert planned_nudges.due(db, second, 9, TODAY) == []


def test_a_notice_says_whether_there_is_a_chat_for_it(db: Connection) -> None:
    nowhere = persons.add_person(db, "Hoa", "vi", NOW)
    (reached,) = crowd(db, 1, NOW - 9 * DAY)
    assert [notices.notify(db, one, GREETING, NOW) for one in (reached, nowhere)] == [True, False]
    assert list(db.scalars(select(t.outbox.c.person_id))) == [reached]


def test_only_the_rows_of_the_digest_that_was_not_sent_wait_again(db: Connection, people: range) -> None:
    row = {"rule": "r", "rule_version": "1", "occurrence": NOW, "useful_until": NOW + DAY, "created_at": NOW}
    said = [{**row, "about": TODAY, "person_id": one, "state": "digested", "outbox_id": one} for one in people]
    db.execute(insert(t.due), said)
    due.release(db, people[0])
    kept = db.execute(select(t.due.c.state, t.due.c.outbox_id).order_by(t.due.c.person_id)).all()
    assert [tuple(one) for one in kept] == [(DueState.WAITING, None), (DueState.DIGESTED, people[1])]


def test_the_very_first_message_is_knocked_for(db: Connection, people: range) -> None:
    account = account_of(db, people[0])
    subscriptions.keep(db, account, Subscription("https://push.example/1", "k", "s"), NOW - DAY)
    assert not subscriptions.is_any_due(db, NOW, NOW)
    notices.notify(db, people[0], GREETING, NOW - DAY)
    assert db.scalar(select(func.max(t.outbox.c.id))) == 1
    assert subscriptions.is_any_due(db, NOW, NOW)


def test_the_people_of_a_bot_are_not_those_of_another(db: Connection) -> None:
    for number, bot in enumerate(("1", "1", "2")):
        accounts.add_account(db, None, "zalo", bot, f"c{number}", NOW)
    assert [usage.users(db, "zalo", bot) for bot in ("1", "2", "3")] == [2, 1, 0]


def test_two_people_may_ask_for_the_same_file(db: Connection, people: range) -> None:
    assert file_orders.count_waiting(db, people[0]) == 0
    document = Document("figures", {}, "a.xlsx")
    for one in (*people, people[0]):
        file_orders.add(db, Order(one, document, "figures of November", (), GREETING), NOW)
    assert [file_orders.count_waiting(db, one) for one in people] == [1, 1]


def test_a_week_is_free_if_it_was_said_of_this_week(db: Connection, people: range) -> None:
    free_weeks.declare(db, "2026-W48", "Tết", people[0], NOW)
    found = [db.scalar(select(free_weeks.is_free(week))) for week in ("2026-W47", "2026-W48")]
    assert [bool(one) for one in found] == [False, True]


def test_a_part_of_a_letter_stands_whatever_was_written_into_others(db: Connection, people: range) -> None:
    period = period_of("2026-11")
    letter = letters.open_letter(db, "monthly", people[0], period, NOW)
    texts = (("one", "first"), ("two", "second"), ("two", "second, again"))
    for (part, text), seen in zip(texts, (0, 0, 1), strict=True):
        assert letters.write(db, letter.id, part, text, seen=seen, person_id=people[0], now=NOW)
    written = letters.written_by(db, "monthly", period, [people[0]])
    assert sorted((each.part, each.text) for each in written) == [("one", "first"), ("two", "second, again")]


def test_the_trail_names_who_did_something_and_nobody_where_it_is_not_known(db: Connection, people: range) -> None:
    trail.note(db, "obligation:1", "done", people[0], NOW, {})
    trail.note(db, "obligation:1", "undone", None, NOW, {})
    assert [(deed.action, deed.person) for deed in trail.of(db, "obligation:1", 9)] == [("undone", ""), ("done", "Lan")]


def test_a_request_is_decided_once(db: Connection, people: range) -> None:
    days = {"first_day": TODAY, "last_day": TODAY, "closed_by": people[0], "closed_at": NOW}
    closed = insert(t.closed_period).values(code="2026-11", reason="", reopened_because="", **days)
    period = db.scalar(closed.returning(t.closed_period.c.id))
    asked = {"kind": "nil", "unit_id": people[0], "person_id": people[0], "asked_at": NOW, "period_id": period}
    request = insert(t.change_request).values(**asked, deed={}, open_key="nil", state="open", reason="")
    number = db.scalar(request.returning(t.change_request.c.id)) or 0
    states = (RequestState.ADMITTED, RequestState.DECLINED)
    assert [change_requests.decide(db, number, state, people[1], "", NOW) for state in states] == [True, False]
