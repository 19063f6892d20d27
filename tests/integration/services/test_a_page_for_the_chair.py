"""A page where a chair sees the week needs use cases and figures, and no handler: here is all that it would call."""

from datetime import timedelta

from sqlalchemy import Connection

from periods.period import week_around
from rules.roles import Role
from rules.states import ReportState
from services import access, figures, obligations, reports, review
from services.figures import Overview
from services.results import Changed, News, Refusal, Refused
from services.review import Returned
from services.viewer import Viewer
from storage.records import submissions
from tests.conversation import WEDNESDAY as NOW
from tests.conversation import shipped_plan
from tests.integration.services.house import House
from tests.integration.services.walk import EVENT, TODAY


def test_the_chair_sees_the_week_of_the_ward_and_acts_on_what_came_in(db: Connection) -> None:
    house = House(db)
    chair, officer = house.member(Role.WARD_CHAIR, "P10"), house.member(Role.PROPAGANDIST, "P10-KP05")
    report = house.report(officer, "P10-KP05")
    week, next_week = week_around(TODAY), week_around(TODAY + timedelta(weeks=1))

    assert figures.period_for(chair, next_week) == week
    page = figures.overview(db, chair, shipped_plan(), unit="P10", period=week, language="vi")
    assert isinstance(page, Overview)
    assert (page.figures.reports, page.figures.people.female, page.figures.people.male) == (
        1,
        EVENT["women"],
        EVENT["men"],
    )
    assert (page.after, page.is_above) == (None, True)
    missing = page.figures.completeness.missing.codes
    assert missing is not None
    assert "P10-KP05" not in missing

    (listed,) = _reports(db, chair)
    assert access.may_review(chair, listed)
    assert isinstance(review.approve(db, chair, listed.id, listed.revision, NOW), Changed)
    assert review.approve(db, chair, listed.id, listed.revision, NOW) == Refused(
        Refusal.MOVED_ON, reports.find(db, chair, report.id)
    )
    (approved,) = _reports(db, chair)
    returned = review.send_back(db, chair, approved.id, approved.revision, "numbers", NOW)
    assert isinstance(returned, Returned)
    assert [(notice.person_id, notice.news) for notice in returned.notices] == [(officer.person_id, News.RETURNED)]
    assert [each.state for each in _reports(db, chair)] == [ReportState.RETURNED]
    assert obligations.duties(db, chair) == []


def _reports(db: Connection, chair: Viewer) -> list[submissions.Report]:
    listed = figures.reports_in(db, chair, "P10", week_around(TODAY), offset=0, limit=9)
    assert not isinstance(listed, Refused)
    return listed


def test_another_wards_chair_gets_nothing_of_it(db: Connection) -> None:
    house = House(db)
    officer, other = house.member(Role.PROPAGANDIST, "P10-KP05"), house.member(Role.WARD_CHAIR, "P11")
    report = house.report(officer, "P10-KP05")
    week = week_around(TODAY)
    refused = Refused(Refusal.UNKNOWN)
    assert figures.overview(db, other, shipped_plan(), unit="P10", period=week, language="vi") == refused
    assert figures.reports_in(db, other, "P10", week, offset=0, limit=9) == refused
    assert review.approve(db, other, report.id, report.revision, NOW) == refused
