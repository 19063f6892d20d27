"""What a clock that was ahead took for late waits again, if its rule is still there and it is still of use."""

from datetime import date, datetime, timedelta

from sqlalchemy import Connection, insert, select

from periods.days import ZONE
from storage import tables as t
from storage.delivery import due_upkeep
from tests.crowd import crowd

NOW = datetime(2020, 11, 6, 15, tzinfo=ZONE)
USEFUL = {"kept": timedelta(hours=2)}


def test_only_rows_of_a_rule_that_are_still_of_use_wait_again(db: Connection) -> None:
    (person,) = crowd(db, 1, NOW - timedelta(days=9))
    rows = (("kept", NOW - timedelta(hours=1)), ("gone", NOW), ("kept", NOW - timedelta(hours=3)))
    for number, (rule, occurrence) in enumerate(rows, 1):
        row = {"rule": rule, "rule_version": "1", "about": date(2020, 11, number), "occurrence": occurrence}
        late = {"state": "missed", "reason": "too_late", "useful_until": NOW + timedelta(hours=1), "created_at": NOW}
        db.execute(insert(t.due).values(**row, **late, person_id=person))
    ids = list(db.scalars(select(t.due.c.id).order_by(t.due.c.id)))
    assert due_upkeep.not_late(db, 0, 9, USEFUL, NOW) == ids[:1]
    due_upkeep.await_again(db, ids[:1], NOW)
    assert list(db.scalars(select(t.due.c.state).order_by(t.due.c.id))) == ["waiting", "missed", "missed"]
