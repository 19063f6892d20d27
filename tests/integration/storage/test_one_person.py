"""Replicas and one person: a turn that waited for another one sees what that one did."""

from concurrent.futures import Future
from threading import Event

import pytest
from sqlalchemy import Connection, select

from conversation.intake import take_once
from messages import Incoming, Text
from storage import tables as t
from storage.db.database import open_database
from tests.conversation import Town
from tests.waiting import PATIENCE


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_answers_at_once_are_taken_one_after_the_other(gv: Town, database_url: str) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel="telegram")
    officer.says("báo cáo")
    for label in ("Buổi sinh hoạt", "Nói chuyện: gia đình"):
        officer.taps(label)
    began, go_on = Event(), Event()

    def takes(db: Connection, message_id: str, text: str, *, waits: bool) -> None:
        sent = Incoming(officer.channel, officer.bot, officer.account, message_id, Text(text))
        take_once(db, gv.world, sent, gv.now)
        if waits:
            began.set()
            assert go_on.wait(PATIENCE)

    with open_database(database_url) as replica:
        first = gv.database.write(lambda db: takes(db, "first", "hôm nay", waits=True))
        assert began.wait(PATIENCE)
        second: Future[None] = replica.write(lambda db: takes(db, "second", "17/11", waits=False))
        assert not second.done()
        go_on.set()
        first.result(PATIENCE)
        second.result(PATIENCE)
    state = gv.database.read(lambda db: db.execute(select(t.interview.c.state)).scalar_one())
    assert '"date":"2026-11-18"' in state
