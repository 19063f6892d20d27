"""What a closed period refuses becomes a request, which the secretariat admits or declines; nothing is lost."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, insert, select, update

from interview import to_json
from interview.steps import Interview, Json
from periods.period import period_of
from rules.roles import Role
from rules.states import ReportState
from services import admitting, closing, drafts, free_weeks, nil, reports, requests, review
from services.admitting import OVERTAKEN, Decided, Undecided
from services.closing import ClosingOutcome, ClosingResult, Reopened
from services.drafts import TakenUp
from services.events import sets
from services.nil import NilResult
from services.projections import ACTIVITY_REPORT
from services.results import Changed, Refusal, Requested, RequestNews
from services.review import Returned
from services.viewer import Viewer
from storage import tables as t
from storage.conversation import interviews
from storage.conversation.turns import OpenInterview
from storage.directory import personal
from storage.records import activities, unit_weeks
from storage.records.closed_periods import Closed
from storage.records.submissions import Report
from storage.tables.states import RequestState
from tests.conversation import WEDNESDAY as NOW
from tests.integration.services.house import House

OCTOBER = period_of("2026-10")
CLOSED_DAY, OPEN_DAY = date(2026, 10, 20), date(2026, 11, 10)
UNIT = "P10-KP05"
BLANK = to_json(Interview(ACTIVITY_REPORT, "1", "vi", NOW, 0, {}))
Answers = dict[str, Json]


def answers(day: date = CLOSED_DAY, women: int = 30, **more: Json) -> Answers:
    return {"kind": "event", "activity": "A2", "date": day.isoformat(), "group": "residents"} | {
        "women": women,
        "men": 15,
        **more,
    }


@dataclass
class Office:
    """The secretariat, a chair and an officer; `sent` and `corrected` do what a chat would."""

    db: Connection
    house: House
    officer: Viewer
    chair: Viewer
    secretariat: Viewer

    def has_nil(self, week: str) -> bool:
        held = unit_weeks.find(self.db, self.house.unit_id(UNIT), week)
        return held is not None and held.history.nil is not None

    def interview(self, corrects: Report | None = None) -> OpenInterview:
        at, unit = (corrects.id, corrects.revision) if corrects else None, self.house.unit_id(UNIT)
        form = (ACTIVITY_REPORT, "1")
        row = interviews.open_interview(
            self.db,
            person_id=self.officer.person_id,
            unit_id=unit,
            form=form,
            state=BLANK,
            revision=0,
            asks=None,
            corrects=at,
            now=NOW,
        )
        report, revision = at or (None, None)
        return OpenInterview(row, *form, unit, report, revision, BLANK)

    def sends(self, said: Answers, corrects: Report | None = None) -> object:
        return reports.submit(self.db, self.officer, self.interview(corrects), said, NOW)

    def stored(self, day: date) -> Report:
        """A report that was sent while all was open."""
        result = self.sends(answers(day))
        assert isinstance(result, Changed)
        return result.report

    def asks(self, said: Answers, corrects: Report | None = None) -> Requested:
        result = self.sends(said, corrects)
        assert isinstance(result, Requested), result
        return result

    def closes(self, code: str = OCTOBER.code) -> int:
        result = closing.close(self.db, self.secretariat, period_of(code), "", NOW)
        assert isinstance(result, ClosingResult)
        assert result.closed is not None
        return result.closed.id

    def admits(self, asked: Requested) -> Decided:
        result = admitting.admit(self.db, self.secretariat, asked.request.id, NOW + timedelta(hours=1))
        assert isinstance(result, Decided), result
        return result

    def written(self) -> list[tuple[str, date, int]]:
        """The state, day and revision of every report."""
        row = t.submission.c
        return [tuple(found) for found in self.db.execute(select(row.state, row.day, row.revision).order_by(row.id))]

    def now(self, report: Report) -> Report:
        return reports.known(self.db, report.id)

    def status(self, asked: Requested) -> str | None:
        assert asked.request.interview_id is not None
        return self.db.scalar(select(t.interview.c.status).where(t.interview.c.id == asked.request.interview_id))


@pytest.fixture
def office(db: Connection) -> Office:
    house = House(db)
    officer, chair = house.member(Role.PROPAGANDIST, UNIT), house.member(Role.WARD_CHAIR, "P10")
    return Office(db, house, officer, chair, house.member(Role.SECRETARIAT, "GV"))


# Sequence 17


def test_a_first_report_for_a_day_in_a_closed_period_is_a_request_and_is_kept(office: Office) -> None:
    office.closes()
    asked = office.asks(answers())
    assert office.written() == []
    assert (asked.closed.code, asked.is_new, office.status(asked)) == ("2026-10", True, "asked")
    assert office.admits(asked).request.state is RequestState.ADMITTED
    assert office.written() == [("sent", CLOSED_DAY, 1)]
    [report] = office.db.scalars(select(t.submission.c.id))
    assert reports.known(office.db, report).answers == answers()
    assert interviews.outcome(office.db, office.officer.person_id, asked.request.interview_id or 0)[0] == "done"


# Sequence 18


@pytest.mark.parametrize(("before", "after"), [(OPEN_DAY, CLOSED_DAY), (CLOSED_DAY, OPEN_DAY)])
def test_a_correction_across_a_closed_border_is_a_request_and_the_old_version_counts(
    office: Office, before: date, after: date
) -> None:
    report = office.stored(before)
    office.closes()
    asked = office.asks(answers(after), report)
    assert office.written() == [("sent", before, 1)]
    assert asked.request.records == ((report.id, 1),)
    office.admits(asked)
    assert office.written() == [("sent", after, 2)]


# Sequence 21


def linked(office: Office, *reports_of_it: Report) -> None:
    """The reports are of one event."""
    made = insert(t.event_set).values(reason="", created_by=office.chair.person_id, created_at=NOW)
    set_id = office.db.scalar(made.returning(t.event_set.c.id))
    ids = [report.id for report in reports_of_it]
    office.db.execute(update(t.activity).where(t.activity.c.submission_id.in_(ids)).values(event_set_id=set_id))
    activities.recount(office.db, set_id)


def counting(office: Office) -> list[int]:
    return list(
        office.db.scalars(select(t.activity.c.submission_id).where(t.activity.c.counts).order_by("submission_id"))
    )


def test_a_withdrawal_covers_the_report_that_counts_instead(office: Office) -> None:
    a, b = office.stored(CLOSED_DAY), office.stored(CLOSED_DAY)
    linked(office, a, b)
    office.closes()
    asked = reports.withdraw(office.db, office.officer, a.id, 1, NOW)
    assert isinstance(asked, Requested)
    assert asked.request.records == ((a.id, 1), (b.id, 1))
    assert counting(office) == [a.id]
    office.admits(asked)
    assert counting(office) == [b.id]
    assert office.now(a).state == ReportState.WITHDRAWN


def test_it_is_not_done_if_the_other_report_has_changed_since(office: Office) -> None:
    a, b = office.stored(CLOSED_DAY), office.stored(CLOSED_DAY)
    linked(office, a, b)
    closed = office.closes()
    asked = reports.withdraw(office.db, office.officer, a.id, 1, NOW)
    assert isinstance(asked, Requested)
    closing.reopen(office.db, office.secretariat, closed, "sửa sai", NOW)
    assert isinstance(reports.withdraw(office.db, office.officer, b.id, 1, NOW), Changed)
    assert office.admits(asked).request.reason == OVERTAKEN
    assert counting(office) == [a.id]


def test_an_open_report_that_lets_a_closed_one_count_is_asked_about(office: Office) -> None:
    """A ends in November, B of the same event in October: without A, October would count B."""
    a, b = office.stored(OPEN_DAY), office.stored(CLOSED_DAY)
    linked(office, a, b)
    office.closes()
    assert isinstance(reports.withdraw(office.db, office.officer, a.id, 1, NOW), Requested)


def test_a_request_is_not_done_if_another_report_has_joined_the_event_since(office: Office) -> None:
    a, b, c = (office.stored(CLOSED_DAY) for _ in range(3))
    linked(office, a, b)
    closed = office.closes()
    asked = reports.withdraw(office.db, office.officer, a.id, 1, NOW)
    assert isinstance(asked, Requested)
    closing.reopen(office.db, office.secretariat, closed, "sửa sai", NOW)
    assert isinstance(sets.link(office.db, office.chair, c.id, 1, a.id, NOW), Changed)
    assert office.admits(asked).request.reason == OVERTAKEN


# The rest of "only a period closed by the secretariat refuses"


def test_days_outside_the_closed_period_are_reported_as_ever(office: Office) -> None:
    office.closes()
    assert isinstance(office.sends(answers(OPEN_DAY)), Changed)


def test_a_day_before_the_period_is_refused_if_its_week_counts_in_it(office: Office) -> None:
    """Wednesday 30/9 lies in the week of Sunday 4/10."""
    office.closes()
    office.asks(answers(date(2026, 9, 30)))


def test_a_correction_that_changes_no_figure_needs_no_leave(office: Office) -> None:
    report = office.stored(CLOSED_DAY)
    office.closes()
    assert isinstance(office.sends(answers(note="Có hình"), report), Changed)
    office.asks(answers(women=31), office.now(report))


def test_approving_stays_free(office: Office) -> None:
    report = office.stored(CLOSED_DAY)
    office.closes()
    assert isinstance(review.approve(office.db, office.chair, report.id, 1, NOW), Changed)


def test_a_withdrawal_is_a_request(office: Office) -> None:
    report = office.stored(CLOSED_DAY)
    office.closes()
    asked = reports.withdraw(office.db, office.officer, report.id, 1, NOW)
    assert isinstance(asked, Requested)
    assert office.now(report).state == ReportState.SENT
    office.admits(asked)
    assert office.now(report).state == ReportState.WITHDRAWN


def test_a_return_is_a_request_and_its_author_is_asked_once_it_is_admitted(office: Office) -> None:
    report = office.stored(CLOSED_DAY)
    office.closes()
    asked = review.send_back(office.db, office.chair, report.id, 1, "numbers", NOW)
    assert isinstance(asked, Requested)
    assert office.now(report).state == ReportState.SENT
    decided = office.admits(asked)
    assert office.now(report).state == ReportState.RETURNED
    assert [(notice.person_id, notice.reason) for notice in decided.report_notices] == [
        (office.officer.person_id, "numbers")
    ]
    assert [(notice.person_id, notice.news) for notice in decided.notices] == [
        (office.chair.person_id, RequestNews.ADMITTED)
    ]


def test_approving_a_returned_report_would_count_it_again_so_it_is_a_request(office: Office) -> None:
    report = office.stored(CLOSED_DAY)
    assert isinstance(review.send_back(office.db, office.chair, report.id, 1, "numbers", NOW), Returned)
    office.closes()
    asked = review.approve(office.db, office.chair, report.id, 2, NOW)
    assert isinstance(asked, Requested)
    assert office.now(report).state == ReportState.RETURNED
    office.admits(asked)
    assert office.now(report).state == ReportState.APPROVED


def test_a_returned_report_that_is_sent_again_is_a_request(office: Office) -> None:
    report = office.stored(CLOSED_DAY)
    assert isinstance(review.send_back(office.db, office.chair, report.id, 1, "numbers", NOW), Returned)
    office.closes()
    office.asks(answers(), office.now(report))
    assert office.now(report).state == ReportState.RETURNED


def test_a_nil_report_of_a_closed_week_is_a_request(office: Office) -> None:
    office.closes()
    asked = nil.say_nil(office.db, office.officer, UNIT, "2026-W43", NOW)
    assert isinstance(asked, Requested)
    assert not office.has_nil("2026-W43")
    office.admits(asked)
    assert office.has_nil("2026-W43")


def test_taking_back_a_nil_report_of_a_closed_week_is_a_request(office: Office) -> None:
    said = nil.say_nil(office.db, office.officer, UNIT, "2026-W43", NOW)
    assert isinstance(said, NilResult)
    office.closes()
    asked = nil.take_back(office.db, office.officer, UNIT, "2026-W43", said.revision, NOW)
    assert isinstance(asked, Requested)
    assert office.has_nil("2026-W43")
    office.admits(asked)
    assert not office.has_nil("2026-W43")


def test_free_weeks_of_a_closed_period_stay_as_they_are(office: Office) -> None:
    free_weeks.declare(office.db, office.secretariat, "2026-W42", "", NOW)
    office.closes()
    assert isinstance(free_weeks.declare(office.db, office.secretariat, "2026-W43", "", NOW), Closed)
    assert isinstance(free_weeks.revoke(office.db, office.secretariat, "2026-W42"), Closed)
    assert free_weeks.free_among(office.db, office.secretariat, ["2026-W42", "2026-W43"]) == {"2026-W42"}


# Deciding


def test_what_was_declined_stays_a_draft_and_its_author_hears_why(office: Office) -> None:
    office.closes()
    asked = office.asks(answers())
    result = admitting.decline(office.db, office.secretariat, asked.request.id, "đã báo cáo cấp trên", NOW)
    assert isinstance(result, Decided)
    [notice] = result.notices
    assert (notice.person_id, notice.news) == (office.officer.person_id, RequestNews.DECLINED)
    assert (notice.request.reason, notice.interview) == ("đã báo cáo cấp trên", asked.request.interview_id)
    assert office.written() == []
    assert isinstance(drafts.take_up(office.db, office.officer, notice.interview, NOW), TakenUp)


def test_a_declined_correction_leaves_the_report_as_it_is(office: Office) -> None:
    report = office.stored(CLOSED_DAY)
    office.closes()
    asked = office.asks(answers(women=99), report)
    assert isinstance(admitting.decline(office.db, office.secretariat, asked.request.id, "", NOW), Decided)
    assert (office.now(report).revision, office.status(asked)) == (1, "draft")


def test_a_request_whose_report_has_changed_is_not_done_and_the_draft_comes_back(office: Office) -> None:
    report = office.stored(CLOSED_DAY)
    closed = office.closes()
    asked = office.asks(answers(women=99), report)
    assert isinstance(closing.reopen(office.db, office.secretariat, closed, "sửa sai", NOW), Reopened)
    assert isinstance(office.sends(answers(women=50), report), Changed)
    decided = office.admits(asked)
    assert (decided.request.state, decided.request.reason) == (RequestState.DECLINED, OVERTAKEN)
    assert [(notice.news, notice.interview) for notice in decided.notices] == [
        (RequestNews.OVERTAKEN, asked.request.interview_id)
    ]
    assert office.now(report).answers["women"] == 50
    assert office.status(asked) == "draft"


def test_an_approval_meanwhile_does_not_stand_in_a_requests_way(office: Office) -> None:
    report = office.stored(CLOSED_DAY)
    office.closes()
    asked = office.asks(answers(women=99), report)
    assert isinstance(review.approve(office.db, office.chair, report.id, 1, NOW), Changed)
    office.admits(asked)
    assert (office.now(report).answers["women"], office.now(report).state) == (99, ReportState.SENT)


def test_but_it_stands_in_the_way_of_a_return(office: Office) -> None:
    report = office.stored(CLOSED_DAY)
    office.closes()
    asked = review.send_back(office.db, office.chair, report.id, 1, "numbers", NOW)
    assert isinstance(asked, Requested)
    assert isinstance(review.approve(office.db, office.chair, report.id, 1, NOW), Changed)
    assert office.admits(asked).request.reason == OVERTAKEN
    assert office.now(report).state == ReportState.APPROVED


def test_a_return_waits_while_nobody_could_correct_the_report(office: Office) -> None:
    report = office.stored(CLOSED_DAY)
    office.closes()
    asked = review.send_back(office.db, office.chair, report.id, 1, "numbers", NOW)
    assert isinstance(asked, Requested)
    office.db.execute(update(t.assignment).where(t.assignment.c.unit_id == report.unit_id).values(until=NOW))
    result = admitting.admit(office.db, office.secretariat, asked.request.id, NOW + timedelta(hours=1))
    assert isinstance(result, Undecided)
    assert (result.why, office.now(report).state) == (Refusal.NOBODY_THERE, ReportState.SENT)
    assert requests.count_waiting(office.db, office.secretariat) == 1


def test_a_request_is_decided_once(office: Office) -> None:
    office.closes()
    asked = office.asks(answers())
    office.admits(asked)
    for again in (admitting.admit, lambda *of: admitting.decline(of[0], of[1], of[2], "", of[3])):
        result = again(office.db, office.secretariat, asked.request.id, NOW)
        assert isinstance(result, Undecided)
        assert result.why is Refusal.MOVED_ON
    assert office.written() == [("sent", CLOSED_DAY, 1)]


def test_the_same_is_asked_for_once(office: Office) -> None:
    report = office.stored(CLOSED_DAY)
    office.closes()
    asked = [reports.withdraw(office.db, office.officer, report.id, 1, NOW) for _ in range(2)]
    assert [(one.request.id, one.is_new) for one in asked if isinstance(one, Requested)] == [(1, True), (1, False)]


def test_its_author_takes_a_request_back_and_has_the_draft_again(office: Office) -> None:
    office.closes()
    asked = office.asks(answers())
    assert isinstance(admitting.take_back(office.db, office.chair, asked.request.id, NOW), Undecided)
    result = admitting.take_back(office.db, office.officer, asked.request.id, NOW)
    assert isinstance(result, Decided)
    assert (result.request.state, result.notices) == (RequestState.TAKEN_BACK, ())
    assert office.status(asked) == "draft"


def test_an_officer_who_left_since_has_their_report_admitted_all_the_same(office: Office) -> None:
    office.closes()
    asked = office.asks(answers())
    office.db.execute(update(t.assignment).values(until=NOW).where(t.assignment.c.person_id == asked.request.person_id))
    office.admits(asked)
    assert office.written() == [("sent", CLOSED_DAY, 1)]


def test_the_secretariat_is_told_of_the_first_request_and_lists_all_oldest_first(office: Office) -> None:
    office.closes()
    first, second = office.asks(answers()), office.asks(answers(women=5))
    assert [notice.person_id for notice in first.notices] == [office.secretariat.person_id]
    assert second.notices == ()
    listed = requests.waiting(office.db, office.secretariat, offset=0, limit=9)
    assert [request.id for request in listed] == [first.request.id, second.request.id]
    assert requests.waiting(office.db, office.secretariat, offset=1, limit=1) == [second.request]
    assert requests.waiting(office.db, office.chair, offset=0, limit=9) == []
    assert requests.own(office.db, office.officer, offset=0, limit=9) == [second.request, first.request]


# Closing


def test_a_period_is_closed_once_and_only_when_it_is_over(office: Office) -> None:
    for code, outcome in (
        ("2026-10", ClosingOutcome.CLOSED),
        ("2026-10", ClosingOutcome.KNOWN),
        ("2026-11", ClosingOutcome.NOT_OVER),
    ):
        result = closing.close(office.db, office.secretariat, period_of(code), "", NOW)
        assert isinstance(result, ClosingResult)
        assert result.outcome is outcome
    assert closing.close(office.db, office.chair, period_of("2026-09"), "", NOW) is None
    assert [closed.code for closed in closing.closed_ones(office.db, office.secretariat, offset=0, limit=9)] == [
        "2026-10"
    ]


def test_a_period_is_opened_again_for_a_reason_and_takes_reports(office: Office) -> None:
    closed = office.closes()
    assert closing.reopen(office.db, office.secretariat, closed, " ", NOW) is None
    assert closing.reopen(office.db, office.chair, closed, "bổ sung", NOW) is None
    opened = closing.reopen(office.db, office.secretariat, closed, "bổ sung", NOW)
    assert isinstance(opened, Reopened)
    assert opened.still is None
    assert isinstance(office.sends(answers()), Changed)
    assert closing.reopen(office.db, office.secretariat, closed, "bổ sung", NOW) is None
    assert office.closes() != closed


def test_days_that_another_closed_period_holds_stay_closed(office: Office) -> None:
    month, _ = office.closes(), office.closes("2026-W43")
    opened = closing.reopen(office.db, office.secretariat, month, "bổ sung", NOW)
    assert isinstance(opened, Reopened)
    assert opened.still is not None
    assert opened.still.code == "2026-W43"
    assert office.asks(answers()).closed.code == "2026-W43"


def test_a_form_without_figures_is_never_closed(office: Office) -> None:
    office.closes()
    opened = replace(office.interview(), form_id="feedback")
    assert isinstance(reports.submit(office.db, office.officer, opened, {"words": "tốt"}, NOW), Changed)


def test_nothing_of_a_request_is_lost_when_its_author_has_everything_deleted(office: Office) -> None:
    office.closes()
    asked = office.asks(answers())
    personal.forget(office.db, office.officer.person_id, NOW)
    office.admits(asked)
    [stored] = office.db.scalars(select(t.submission.c.id))
    report = reports.known(office.db, stored)
    assert (report.answers, report.person) == (answers(), personal.NO_NAME)
