"""What is read of a report's versions: who wrote it last, and whether it was changed since somebody saw it."""

import pytest
from sqlalchemy import Connection, func, select

from services import reports, review
from services.reports import known
from services.review_queue import waiting
from storage import tables as t
from storage.directory import staff
from storage.records import review_queue, revisions, submissions
from tests.integration.reviewing import Office, office


@pytest.fixture
def place(db: Connection) -> Office:
    return office(db)


def sent(db: Connection, place: Office) -> int:
    place.sends(db, "author", 30)
    return db.scalar(select(func.max(t.submission.c.id))) or 0


def corrects(db: Connection, place: Office, report: int, women: int) -> None:
    """The button "Sửa" of whoever looks at the report now."""
    place.looks(db, "author", report - 1, women)[3](db)


def test_a_report_was_corrected_or_not_whatever_became_of_others(db: Connection, place: Office) -> None:
    one, other = sent(db, place), sent(db, place)
    corrects(db, place, other, 31)
    assert known(db, other).revision == 2
    found = [submissions.is_corrected_since(db, *seen) for seen in ((one, 1), (other, 1), (other, 2))]
    assert found == [False, True, False]


def test_an_approval_changes_a_report_and_not_who_wrote_it(db: Connection, place: Office) -> None:
    report, chair = sent(db, place), place.viewer(db, "chair")
    review.approve(db, chair, report, 1, chair.now)
    assert revisions.last_written(db, report).person == "author"
    assert not submissions.is_corrected_since(db, report, 1)
    assert submissions.is_changed_since(db, report, 1)
    assert not submissions.is_changed_since(db, report, 2)


def test_what_was_reported_on_the_same_day_stands_beside_a_report(db: Connection, place: Office) -> None:
    one, other = sent(db, place), sent(db, place)
    beside = [report.id for report in review_queue.earlier(db, known(db, other), 5)]
    assert beside == [one]
    author = place.viewer(db, "author")
    reports.withdraw(db, author, one, 1, author.now)
    assert review_queue.earlier(db, known(db, other), 5) == []


def test_what_somebody_wrote_waits_for_others_and_nothing_else_does(db: Connection, place: Office) -> None:
    theirs = sent(db, place)
    place.sends(db, "chair", 30)  # in a neighbourhood's place
    own = theirs + 1

    def queue(name: str) -> list[int]:
        return [one.id for one in waiting(db, place.viewer(db, name))]

    assert (queue("chair"), queue("deputy"), queue("secretariat")) == ([theirs], [theirs, own], [])
    (deputy,) = (one for one in staff.in_units(db, [place.units["P10"]], place.now) if one.name == "deputy")
    staff.end(db, deputy.assignment_id, place.now)
    assert (queue("chair"), queue("deputy"), queue("secretariat")) == ([theirs], [], [own])
