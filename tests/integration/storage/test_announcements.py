"""Announcements on both databases: a person is addressed once, gets one message, and what waits can be stopped."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, func, select, update

from handlers.announcing import going
from periods.days import ZONE
from storage import tables as t
from storage.delivery import announcements
from storage.delivery.announcements import TAKEN_BACK, UNREACHABLE
from storage.delivery.told import Fate
from storage.tables.states import AnnouncementState, OutboxState
from tests.crowd import crowd
from tests.sweeping import sweep

NOW = datetime(2026, 11, 18, 10, tzinfo=ZONE)
SINCE = NOW - timedelta(days=9)
PEOPLE = 7


def announce(db: Connection) -> tuple[int, range]:
    """An announcement of the first of a crowd to all of it, whose time has come."""
    people = crowd(db, PEOPLE, SINCE)
    of = {"person_id": people[0], "unit_id": people[0], "audience": "all", "units": "", "words": "Họp", "sha256": ""}
    how = {"file_name": "", "is_image": False, "urgent": False, "goes_at": NOW, "state": "waiting", "created_at": NOW}
    return announcements.add(db, {**of, **how}), people


def tick(db: Connection, now: datetime = NOW) -> None:
    for task in going.tasks(now):
        after = 0
        while ids := task.find(db, after, 3):
            task.do(db, ids)
            after = ids[-1]


@pytest.mark.parametrize("at_once", [2, 3, 500])
def test_everybody_but_its_author_gets_it_once(db: Connection, at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcements, "ADDRESSED_AT_ONCE", at_once)
    number, people = announce(db)
    tick(db)
    tick(db)
    db.execute(update(t.announcement).values(state=AnnouncementState.WAITING))
    tick(db)
    rows = db.execute(select(t.outbox.c.person_id, t.outbox.c.account_id).order_by(t.outbox.c.person_id)).all()
    assert [row.person_id for row in rows] == list(people[1:])
    receipt = t.announcement_receipt.c
    pairs = select(receipt.person_id, t.outbox.c.person_id).join(t.outbox, t.outbox.c.id == receipt.outbox_id)
    assert all(mine == theirs for mine, theirs in db.execute(pairs))
    assert announcements.fates(db, number) == {Fate.WAITING: PEOPLE - 1}


def test_only_the_slice_at_hand_is_taken(db: Connection) -> None:
    announce(db)
    first, second = going.tasks(NOW)
    first.do(db, first.find(db, 0, 10))
    found = second.find(db, 0, 10)
    assert len(found) == PEOPLE - 1
    _, taken = announcements.take_open(db, found[:2], ())
    assert [one.id for one in taken] == found[:2]


def test_what_was_sent_stays_and_the_rest_is_taken_back(db: Connection) -> None:
    number, people = announce(db)
    db.execute(update(t.account).where(t.account.c.person_id == people[6]).values(usable=False))
    tick(db)
    for person, values in (
        (people[1], {"state": OutboxState.SENT}),
        (people[2], {"state": OutboxState.SENDING, "token": "mine"}),
        (people[3], {"state": OutboxState.DEAD, "error": "too_long"}),
    ):
        db.execute(update(t.outbox).where(t.outbox.c.person_id == person).values(**values))
    assert announcements.stop(db, number) == 2
    fates = {Fate.SENT: 1, Fate.WAITING: 1, Fate.FAILED: 2, Fate.STOPPED: 2}
    assert announcements.fates(db, number) == fates
    told = announcements.people_of(db, number, offset=0, limit=9)
    assert [(each.fate, each.reason) for each in told] == [
        (Fate.FAILED, "too_long"),
        (Fate.FAILED, UNREACHABLE),
        (Fate.WAITING, ""),
        (Fate.STOPPED, TAKEN_BACK),
        (Fate.STOPPED, TAKEN_BACK),
        (Fate.SENT, ""),
    ]


def test_stopped_halfway_the_others_get_no_message(db: Connection) -> None:
    number, _ = announce(db)
    address, send = going.tasks(NOW)
    address.do(db, [number])
    send.do(db, send.find(db, 0, 2))
    announcements.set_state(db, number, AnnouncementState.STOPPED)
    assert announcements.stop(db, number) == PEOPLE - 1
    tick(db)
    assert announcements.fates(db, number) == {Fate.STOPPED: PEOPLE - 1}


def test_people_are_counted_by_the_bot_that_reaches_them(db: Connection) -> None:
    people = crowd(db, 5, SINCE, "zalo")
    db.execute(update(t.account).where(t.account.c.person_id == people[4]).values(usable=False))
    everybody = announcements.People(("propagandist",), None, but=people[0])
    assert announcements.count(db, everybody, (), NOW) == {("zalo", "1"): 3, None: 1}
    assert announcements.count(db, everybody, [("zalo", "1")], NOW) == {None: 4}
    two = announcements.People(("propagandist",), people[:2], but=people[0])
    assert announcements.count(db, two, (), NOW) == {("zalo", "1"): 1}


def test_it_is_kept_for_a_year_with_whom_it_reached(db: Connection) -> None:
    announce(db)
    tick(db)
    db.execute(update(t.announcement).values(sha256="ab" * 32))
    counted = select(func.count()).select_from(t.announcement_receipt)
    sweep(db, NOW + timedelta(days=364))
    assert db.scalar(counted) == PEOPLE - 1
    sweep(db, NOW + timedelta(days=366))
    assert (db.scalar(counted), db.scalar(select(func.count()).select_from(t.announcement))) == (0, 0)
