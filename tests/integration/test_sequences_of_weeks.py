"""Sequences walked through by hand: what becomes of a unit's week. Times are of week 45 (2/11 to 8/11/2020)."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from rules.states import ReportState
from rules.weeks import Judged, WeekState
from services.nil import NilOutcome
from tests.integration.story import MONDAY, Story, on, story

KP5, KP6 = "P10-KP05", "P10-KP06"
THURSDAY, SUNDAY = MONDAY + timedelta(days=3), MONDAY + timedelta(days=6)
NEXT, LAST = "2020-W46", "2020-W44"


@pytest.fixture
def told(db: Connection) -> Story:
    return story(db)


def test_a_nil_report_on_friday_and_a_report_on_tuesday_after_is_late(told: Story) -> None:
    told.says_nil(KP5, on("T6"))
    assert told.week(KP5) == Judged(WeekState.NIL, on("T6"), on_time=True, said_at=on("T6"))
    told.sends("A", KP5, THURSDAY, on("T3+"))
    assert told.week(KP5) == Judged(WeekState.REPORTED, on("T3+"), on_time=False, after_nil=True)


def test_a_nil_report_stands_again_once_the_only_report_is_withdrawn(told: Story) -> None:
    told.says_nil(KP5, on("T6"))
    told.sends("A", KP5, THURSDAY, on("T7"))
    assert told.state(KP5) is WeekState.REPORTED
    told.becomes("A", ReportState.WITHDRAWN, on("T3+"))
    assert told.week(KP5) == Judged(WeekState.NIL, on("T6"), on_time=True, said_at=on("T6"))


def test_a_report_on_time_stays_so_while_it_is_returned_and_mended(told: Story) -> None:
    told.sends("A", KP5, THURSDAY, on("T6"))
    assert told.week(KP5) == Judged(WeekState.REPORTED, on("T6"), on_time=True)
    told.becomes("A", ReportState.RETURNED, on("T2+"))
    mending = told.week(KP5)
    assert (mending.state, mending.on_time, mending.received) == (WeekState.MENDING, True, True)
    told.corrects("A", THURSDAY + timedelta(days=1), on("T4+"))
    assert told.week(KP5) == Judged(WeekState.REPORTED, on("T6"), on_time=True)


@pytest.mark.parametrize("is_nil", [False, True])
def test_a_report_that_is_moved_to_the_week_before_leaves_its_own(told: Story, is_nil: bool) -> None:
    if is_nil:
        told.says_nil(KP5, on("T6"))
    told.sends("A", KP5, THURSDAY, on("T7"))
    told.corrects("A", THURSDAY - timedelta(days=7), on("T4+"))
    assert told.state(KP5) is (WeekState.NIL if is_nil else WeekState.MISSING)
    assert told.week(KP5, LAST) == Judged(WeekState.REPORTED, on("T4+"), on_time=False)


def test_a_report_that_comes_back_into_a_week_is_as_old_there_as_it_was(told: Story) -> None:
    told.sends("A", KP5, THURSDAY, on("T7"))
    told.corrects("A", THURSDAY - timedelta(days=7), on("T3+"))
    told.corrects("A", THURSDAY, on("T4+"))
    assert told.week(KP5) == Judged(WeekState.REPORTED, on("T7"), on_time=True)
    assert told.state(KP5, LAST) is WeekState.MISSING


def test_a_nil_report_is_refused_while_a_report_stands_and_names_it(told: Story) -> None:
    told.sends("A", KP5, THURSDAY, on("T7"))
    for state in (None, ReportState.APPROVED, ReportState.RETURNED):
        if state:
            told.becomes("A", state, on("T7", 12))
        said = told.says_nil(KP5, on("CN"))
        assert (said.said, said.reports) == (NilOutcome.REPORTED, (told.reports["A"],))
    told.becomes("A", ReportState.WITHDRAWN, on("CN"))
    assert told.says_nil(KP5, on("CN")).said is NilOutcome.NOTED


def test_a_returned_report_is_being_mended_for_good(told: Story) -> None:
    told.sends("A", KP5, THURSDAY, on("T6"))
    told.becomes("A", ReportState.RETURNED, on("T7"))
    assert told.week(KP5).state is WeekState.MENDING


def test_an_event_over_a_sunday_and_a_monday_is_in_both_weeks(told: Story) -> None:
    told.sends("A", KP5, SUNDAY, on("T2+"), last=SUNDAY + timedelta(days=1))
    assert told.week(KP5) == Judged(WeekState.REPORTED, on("T2+"), on_time=False)
    assert told.week(KP5, NEXT) == Judged(WeekState.REPORTED, on("T2+"), on_time=True)
    told.becomes("A", ReportState.RETURNED, on("T3+"))
    assert {told.state(KP5), told.state(KP5, NEXT)} == {WeekState.MENDING}
    told.corrects("A", SUNDAY + timedelta(days=1), on("T4+"))
    assert (told.state(KP5), told.state(KP5, NEXT)) == (WeekState.MISSING, WeekState.REPORTED)


def test_what_was_said_before_thursday_stands_and_is_said_again(told: Story) -> None:
    assert told.says_nil(KP5, on("T3")).said is NilOutcome.NOTED_EARLY
    assert told.says_nil(KP5, on("T4")).said is NilOutcome.KNOWN
    assert told.says_nil(KP5, on("T5")).said is NilOutcome.NOTED
    assert told.says_nil(KP5, on("T6")).said is NilOutcome.KNOWN
    assert told.week(KP5) == Judged(WeekState.NIL, on("T3"), on_time=True, said_at=on("T5"))


def test_a_nil_report_can_be_taken_back_and_given_again(told: Story) -> None:
    first = told.says_nil(KP5, on("T6"))
    assert told.takes_back(KP5, first.revision, on("T7")).said is NilOutcome.TAKEN_BACK
    assert told.state(KP5) is WeekState.MISSING
    again = told.says_nil(KP5, on("T3+"))
    assert told.week(KP5) == Judged(WeekState.NIL, on("T3+"), on_time=False, said_at=on("T3+"))
    assert told.takes_back(KP5, first.revision, on("T4+")).said is NilOutcome.NOT_SAID
    assert told.takes_back(KP5, again.revision, on("T4+")).said is NilOutcome.TAKEN_BACK


def test_no_week_is_too_old_for_a_nil_report(told: Story) -> None:
    assert told.says_nil(KP5, on("CN"), "2020-W05").said is NilOutcome.NOTED
    assert told.state(KP5, "2020-W05") is WeekState.NIL
