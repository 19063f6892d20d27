"""Replicas and strangers: whom nobody knows yet is let in by one of them at a time."""

from datetime import UTC, datetime
from threading import Event

import pytest
from sqlalchemy import Connection

from storage.conversation.turns import Known, known_sender
from storage.db.database import Database, open_database
from storage.directory import accounts, persons
from tests.waiting import PATIENCE

NOW = datetime(2026, 11, 18, 3, 0, tzinfo=UTC)


def look(db: Connection) -> Known | None:
    return known_sender(db, "zalo", "1", "c1")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_second_replica_waits_for_the_first_and_then_knows_the_person(database: Database, database_url: str) -> None:
    looked, go_on = Event(), Event()

    def let_in(db: Connection) -> Known | None:
        found = look(db)
        looked.set()
        assert go_on.wait(PATIENCE)
        accounts.add_account(db, persons.add_person(db, "Lan", "vi", NOW), "zalo", "1", "c1", NOW)
        return found

    with open_database(database_url) as replica:
        first = database.write(let_in)
        assert looked.wait(PATIENCE)
        second = replica.write(look)
        other = replica.write(lambda db: known_sender(db, "zalo", "1", "c2"))
        assert other.result(PATIENCE) is None  # another stranger waits for nobody
        assert not second.done()
        go_on.set()
        assert first.result(PATIENCE) is None
        known = second.result(PATIENCE)
    assert known is not None
    assert known.name == "Lan"
