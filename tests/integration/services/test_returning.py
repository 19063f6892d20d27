"""Who may mend what is returned, who is told, and what becomes of leave that was asked for."""

import pytest
from sqlalchemy import Connection, func, select

from services import amending, reports, review
from services.results import Refusal, Refused
from services.review import Returned
from storage import tables as t
from storage.directory.accounts import add_account
from tests.integration.reports.world import NOW
from tests.integration.reviewing import Office, office


@pytest.fixture
def place(db: Connection) -> Office:
    return office(db)


def sent(db: Connection, place: Office, name: str) -> int:
    place.sends(db, name, 30)
    return db.scalar(select(func.max(t.submission.c.id))) or 0


def returned(db: Connection, place: Office, name: str, report: int, seen: int = 1) -> Returned:
    viewer = place.viewer(db, name)
    done = review.send_back(db, viewer, report, seen, "numbers", viewer.now)
    assert isinstance(done, Returned)
    return done


def names(place: Office, done: Returned) -> tuple[set[str], set[str]]:
    """Who could mend it, and who is told."""
    of = {person: name for name, person in place.people.items()}
    return {of[one.person_id] for one in done.members}, {of[one.person_id] for one in done.asked}


def test_its_author_is_told_else_all_who_can_be_reached(db: Connection, place: Office) -> None:
    able = {"author", "colleague"}
    assert names(place, returned(db, place, "chair", sent(db, place, "author"))) == (able, set())
    for name, told in (("colleague", {"colleague"}), ("author", {"author"})):
        add_account(db, place.people[name], "telegram", "bot", name, NOW)
        done = returned(db, place, "chair", sent(db, place, "author"))
        assert names(place, done) == (able, told)
        assert {notice.person_id for notice in done.notices} == {place.people[one] for one in told}


def test_who_reported_in_their_place_may_mend_it_and_no_other_chair(db: Connection, place: Office) -> None:
    done = returned(db, place, "secretariat", sent(db, place, "chair"))
    assert names(place, done)[0] == {"neighbour", "chair"}


def test_what_is_returned_needs_no_leave_any_more(db: Connection, place: Office) -> None:
    report = sent(db, place, "author")
    chair, author = place.viewer(db, "chair"), place.viewer(db, "author")
    review.approve(db, chair, report, 1, chair.now)
    amending.ask(db, author, report, 2, author.now)
    seen = reports.find(db, author, report)
    assert seen is not None
    assert len(amending.asked_on(db, chair, seen)) == 1
    returned(db, place, "chair", report, 2)
    assert amending.asked_on(db, chair, seen) == []


def test_a_report_that_is_not_there_is_unknown(db: Connection, place: Office) -> None:
    chair = place.viewer(db, "chair")
    found = review.approve(db, chair, 999, 1, chair.now), review.send_back(db, chair, 999, 1, "numbers", chair.now)
    assert all(isinstance(one, Refused) and one.why is Refusal.UNKNOWN for one in found)
