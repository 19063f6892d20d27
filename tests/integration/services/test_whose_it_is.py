"""What one person may and another may not, where a use case tells them apart by more than whether it answers."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from periods.period import period_of
from reports.pictures.asked import PictureKind
from rules.documents import DocumentKind
from rules.handing import How
from rules.roles import Role
from rules.states import Deed, ReportState
from services import access, drafts, handing, letters, pictures
from services.directory import handing_over
from services.directory.joining import Joined
from services.drafts import AsItWas, Kept
from services.events import viewing
from services.handing import ToHandIn
from services.obligations import NotHandedIn
from services.projections import ACTIVITY_REPORT
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage import tables as t
from storage.conversation import interviews
from storage.records import obligations, submissions
from storage.records.submissions import Report
from tests.conversation import WEDNESDAY as NOW
from tests.conversation import shipped_plan
from tests.integration.services.house import House
from tests.integration.services.walk import BLANK, DEADLINE
from tests.levels import shipped_levels


@pytest.fixture
def house(db: Connection) -> House:
    return House(db)


def drafted(house: House, person: int, unit: str, corrects: Report | None = None) -> int:
    """An interview that somebody put aside."""
    row = interviews.open_interview(
        house.db,
        person_id=person,
        unit_id=house.unit_id(unit),
        form=(ACTIVITY_REPORT, "1"),
        state=BLANK,
        revision=0,
        asks=None,
        corrects=(corrects.id, corrects.revision) if corrects else None,
        now=NOW,
    )
    interviews.put_aside_open(house.db, person, NOW)
    return row


def set_state(house: House, report: Report, state: ReportState, deed: Deed, by: Viewer) -> None:
    at = NOW + timedelta(minutes=1)
    submissions.set_state(house.db, report, state=state, person_id=by.person_id, deed=deed, now=at)


def test_only_a_chair_issues_letters_and_only_those_of_their_own_ward(house: House) -> None:
    chair, agency = house.member(Role.WARD_CHAIR, "P10"), house.member(Role.AGENCY, "CQ-VHTT")
    assert access.may_issue(chair, "P10", DocumentKind.LETTER)
    assert access.may_issue(chair, "P10", DocumentKind.PLAN)
    assert not access.may_issue(chair, "P11", DocumentKind.PLAN)
    assert not access.may_issue(chair, "P10", DocumentKind.WORKBOOK)
    assert not access.may_issue(chair, "P11", DocumentKind.LETTER)
    assert not access.may_issue(agency, "CQ-VHTT", DocumentKind.LETTER)


def test_what_came_on_paper_may_still_be_handed_in_by_form_and_what_came_by_form_may_not(house: House) -> None:
    chair, plan = house.member(Role.WARD_CHAIR, "P10"), shipped_plan()
    obligations.write_down(house.db, [house.unit_id("P10")], ["periodic_report"], DEADLINE)
    row = house.db.scalars(select(t.obligation.c.id)).one()
    assert isinstance(handing.begin(house.db, chair, plan, row), ToHandIn)
    assert obligations.mark_done(house.db, row, 1, chair.person_id, NOW, how=How.PAPER)
    assert isinstance(handing.begin(house.db, chair, plan, row), ToHandIn)
    obligations.sent(house.db, row, house.report(chair, "P10").id, chair.person_id, NOW, NOW)
    again = handing.begin(house.db, chair, plan, row)
    assert isinstance(again, NotHandedIn)
    assert (again.why, again.owed and again.owed.how) == (Refusal.MOVED_ON, How.SENT)


def test_drafts_are_listed_to_who_agreed(house: House) -> None:
    officer = house.member(Role.PROPAGANDIST, "P10-KP05")
    row = drafted(house, officer.person_id, "P10-KP05")
    assert [draft.id for draft in drafts.listed(house.db, officer, offset=0, limit=9)] == [row]
    house.issue(Role.PROPAGANDIST, "P10-KP06")
    joined = house.join()
    assert isinstance(joined, Joined)
    stranger = house.viewer(joined.person_id)
    drafted(house, stranger.person_id, "P10-KP06")
    assert drafts.listed(house.db, stranger, offset=0, limit=9) == []


def test_a_correction_that_cannot_go_on_says_whether_its_report_may_still_be_seen(house: House) -> None:
    chair, officer = house.member(Role.WARD_CHAIR, "P10"), house.member(Role.PROPAGANDIST, "P10-KP05")
    own = house.report(officer, "P10-KP05")
    row = drafted(house, officer.person_id, "P10-KP05", own)
    set_state(house, own, ReportState.WITHDRAWN, Deed.WITHDRAW, officer)
    seen = drafts.take_up(house.db, officer, row, NOW)
    assert isinstance(seen, AsItWas)
    assert (seen.why, seen.report and seen.report.id) == (Kept.READ_ONLY, own.id)
    elsewhere = drafted(house, officer.person_id, "P10-KP05", house.report(chair, "P10"))
    unseen = drafts.take_up(house.db, officer, elsewhere, NOW)
    assert isinstance(unseen, AsItWas)
    assert (unseen.why, unseen.report) == (Kept.NOT_SEEN, None)


def test_a_report_is_reviewed_by_the_chair_above_it_else_by_the_secretariat(house: House) -> None:
    chair, officer = house.member(Role.WARD_CHAIR, "P10"), house.member(Role.PROPAGANDIST, "P10-KP05")
    other, office = house.member(Role.WARD_CHAIR, "P11"), house.member(Role.SECRETARIAT, "GV")
    assert officer.reviewers_of(house.report(officer, "P10-KP05")) == {chair.person_id}
    assert officer.reviewers_of(house.report(chair, "P10")) == {office.person_id}
    assert other.person_id not in officer.reviewers_of(house.report(chair, "P10"))


def test_a_neighbourhood_sees_its_figures_as_a_picture_but_not_who_has_not_reported(house: House) -> None:
    officer, chair = house.member(Role.PROPAGANDIST, "P10-KP05"), house.member(Role.WARD_CHAIR, "P10")
    for kind in PictureKind:
        is_open = kind is not PictureKind.CALENDAR
        assert pictures.may_see_picture(officer, kind, "P10-KP05") is is_open
        assert pictures.may_see_picture(chair, kind, "P10-KP05")
        assert not pictures.may_see_picture(chair, kind, "P11")


def test_letters_are_offered_to_those_who_answer_for_the_unit(house: House) -> None:
    chair, officer, plan = (
        house.member(Role.WARD_CHAIR, "P10"),
        house.member(Role.PROPAGANDIST, "P10-KP05"),
        shipped_plan(),
    )
    period = period_of("2026-Q3")
    assert letters.kinds_for(chair, plan, "P10", period)
    assert letters.kinds_for(officer, plan, "P10", period) == []
    assert letters.kinds_for(chair, plan, "P11", period) == []
    assert letters.kinds_for(chair, plan, "P99", period) == []


def test_a_successor_is_greeted_with_what_was_returned_in_that_unit(house: House) -> None:
    chair, officer = house.member(Role.WARD_CHAIR, "P10"), house.member(Role.PROPAGANDIST, "P10-KP05")
    returned, _ = house.report(officer, "P10-KP05"), house.report(officer, "P10-KP05")
    set_state(house, returned, ReportState.RETURNED, Deed.RETURN, chair)
    here, there = house.unit_id("P10-KP05"), house.unit_id("P10-KP06")
    again = Viewer(house.db, officer.person_id, "Hoa", NOW, shipped_levels().owing)
    assert [each.id for each in handing_over.open_things(house.db, again, here).returned] == [returned.id]
    assert handing_over.open_things(house.db, again, there).returned == ()


def test_a_report_is_linked_with_others_never_with_itself(house: House) -> None:
    chair, officer = house.member(Role.WARD_CHAIR, "P10"), house.member(Role.PROPAGANDIST, "P10-KP05")
    one, other = house.report(officer, "P10-KP05"), house.report(chair, "P10-KP06")
    near = viewing.linkable(house.db, chair, one.id, offset=0, limit=9)
    assert not isinstance(near, Refused)
    assert [report.id for report in near] == [other.id]
