"""What another worker does between two statements of this one: nothing is lost, and nothing is said twice."""

from typing import Any

import pytest
from sqlalchemy import Connection, select

from messages import decode
from storage import tables as t
from storage.delivery import digests
from tests.integration.scheduler.town import CALENDAR, Town


def test_what_falls_due_as_the_days_digest_goes_out_waits_for_the_next_one(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where another replica claims the digest between the tick's look at it and its writing."""
    chair = town.joins("Hoa", "ward_chair", "P10")
    town.calendar = {"weekly_summary": CALENDAR["weekly_summary"]}
    town.tick("2020-11-16 07:30")
    town.calendar = CALENDAR
    look, sent = digests.reached, {}

    def claimed_after_the_look(db: Connection, *whom: Any) -> dict[int, int]:
        found = look(db, *whom)
        sent.update(town.delivers("2020-11-16 07:31"))
        return found

    monkeypatch.setattr("storage.delivery.digests.reached", claimed_after_the_look)
    town.tick("2020-11-16 07:31")
    monkeypatch.undo()
    assert "Tháng hành động" not in sent[chair].text
    (stored,) = town.db.scalars(select(t.outbox.c.body))
    assert decode(stored) == sent[chair]
    assert "Tháng hành động" in town.ticks_and_delivers("2020-11-17 08:00")[chair].text
