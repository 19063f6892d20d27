"""Who gets a digest: as many as a week has room for, and some only in the afternoon."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Connection, insert, update

from periods.days import ZONE
from storage import tables as t
from storage.delivery import digests
from storage.delivery.digests import Day, Reach
from storage.delivery.outbox import NEW
from tests.crowd import crowd

MONDAY = date(2020, 11, 2)
FRIDAY = MONDAY + timedelta(days=4)
NOW = datetime(2020, 11, 6, 15, tzinfo=ZONE)
NO_LIMITS = Reach((), ())


def with_something_waiting(db: Connection, size: int) -> range:
    people = crowd(db, size, NOW - timedelta(days=9))
    times = {"occurrence": NOW, "useful_until": NOW + timedelta(days=1), "created_at": NOW}
    row = {"rule": "r", "rule_version": "1", "about": MONDAY, "state": "waiting", "reason": ""}
    db.execute(insert(t.due), [{**row, **times, "person_id": person} for person in people])
    return people


def a_day(later: frozenset[str] = frozenset()) -> Day:
    return Day(FRIDAY, NOW, MONDAY, most=4, rides=frozenset(), exempt=frozenset(), later=later)


def digest(db: Connection, person: int, day: date, state: str) -> None:
    account = t.account.select().where(t.account.c.person_id == person).with_only_columns(t.account.c.id)
    row = {**NEW, "account_id": db.scalar(account), "person_id": person, "kind": "digest", "priority": 1}
    db.execute(insert(t.outbox).values({**row, "body": "", "local_day": day, "created_at": NOW, "state": state}))


@pytest.mark.parametrize(("had", "is_queued"), [(3, True), (4, False)])
def test_todays_digest_is_not_one_of_those_that_somebody_had(db: Connection, had: int, is_queued: bool) -> None:
    (person,) = with_something_waiting(db, 1)
    for number in range(had):
        digest(db, person, MONDAY + timedelta(days=number), "sent")
    digest(db, person, MONDAY - timedelta(days=1), "sent")  # of the week before
    digest(db, person, FRIDAY, "pending")
    assert digests.to_queue(db, 0, 9, a_day(), NO_LIMITS) == [person] * is_queued


def test_who_gets_it_in_the_afternoon_waits_and_others_do_not(db: Connection) -> None:
    chair, other = with_something_waiting(db, 2)
    db.execute(update(t.assignment).where(t.assignment.c.person_id == chair).values(role="ward_chair"))
    assert digests.to_queue(db, 0, 9, a_day(frozenset({"ward_chair"})), NO_LIMITS) == [other]
    assert digests.to_queue(db, 0, 9, a_day(), NO_LIMITS) == [chair, other]
