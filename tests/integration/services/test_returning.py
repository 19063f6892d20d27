"""Who may mend what is returned, who is told, and what becomes of leave that was asked for."""

import pytest
from sqlalchemy import Connection, func, select

from rules.warnings import ReportWarning, WarningRule
from services import amending, reports, review, second_look
from services.amending import Leave
from services.projections import ACTIVITY_REPORT
from services.results import Refusal, Refused
from services.review import Returned
from storage import tables as t
from storage.conversation.turns import OpenInterview
from storage.directory.accounts import add_account
from storage.records import amendments
from tests.integration.reports.world import NOW, small_plan
from tests.integration.reviewing import BLANK, Office, office


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


def test_leave_is_given_by_who_reviews_the_report_alone(db: Connection, place: Office) -> None:
    report = sent(db, place, "author")
    chair, author = place.viewer(db, "chair"), place.viewer(db, "author")
    review.approve(db, chair, report, 1, chair.now)
    leave = amending.ask(db, author, report, 2, author.now)
    assert isinstance(leave, Leave)
    for name, wish in (("author", leave.amendment.id), ("neighbour", leave.amendment.id), ("chair", 999)):
        viewer = place.viewer(db, name)
        found = amending.decide(db, viewer, wish, granted=True, now=viewer.now)
        assert isinstance(found, Refused)
        assert found.why is Refusal.UNKNOWN
    assert not amendments.has_leave(db, report, place.people["author"])
    assert isinstance(amending.decide(db, chair, leave.amendment.id, granted=True, now=chair.now), Leave)
    assert amendments.has_leave(db, report, place.people["author"])


def test_what_reports_of_one_event_share_needs_no_look(db: Connection, place: Office) -> None:
    shared, own = ({"report": number} for number in (7, 8))
    found = tuple(ReportWarning(WarningRule.SAME_PHOTO, "photos", arguments) for arguments in (shared, own))
    opened = OpenInterview(1, ACTIVITY_REPORT, "1", place.units["P10-KP1"], None, None, BLANK)
    viewer = place.viewer(db, "author")
    for same_as, kept in ((0, found), (7, found[1:])):
        said = second_look.remarks(db, viewer, small_plan(), opened, {}, same_as=same_as, found=found)
        assert said.warnings == kept
