"""Sequences walked through by hand: what becomes of a unit's week. Times are of week 45 (2/11 to 8/11/2020)."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from reports.texts import summary_text
from rules.states import ReportState
from rules.weeks import Judged, WeekState
from services.nil import NilOutcome
from tests.integration.story import MONDAY, WEEK, Story, on, story

KP5, KP6 = "P10-KP05", "P10-KP06"
WEDNESDAY, THURSDAY, SUNDAY = (MONDAY + timedelta(days=days) for days in (2, 3, 6))
NEXT, LAST = "2020-W46", "2020-W44"


@pytest.fixture
def told(db: Connection) -> Story:
    return story(db)


def test_of_linked_reports_the_returned_one_is_being_mended_and_the_other_counts(told: Story) -> None:
    told.sends("A", KP5, THURSDAY, on("T6"))
    told.sends("B", KP6, THURSDAY, on("T7"))
    told.links("B", "A")
    told.becomes("A", ReportState.RETURNED, on("CN"))
    assert told.figures("P10").reports == 1
    assert (told.state(KP5), told.state(KP6)) == (WeekState.MENDING, WeekState.REPORTED)


def test_a_linked_report_of_the_same_unit_keeps_its_week_reported(told: Story) -> None:
    told.sends("A", KP5, THURSDAY, on("T6"))
    told.sends("B", KP5, THURSDAY, on("T7"))
    told.links("B", "A")
    told.becomes("A", ReportState.RETURNED, on("CN"))
    assert told.week(KP5) == Judged(WeekState.REPORTED, on("T6"), on_time=True)


def test_a_linked_report_fulfils_its_own_units_week(told: Story) -> None:
    told.sends("A", KP5, THURSDAY, on("T6"))
    told.sends("B", KP6, THURSDAY, on("T6"))
    told.links("B", "A")
    assert told.figures("P10").reports == 1
    assert told.state(KP6) is WeekState.REPORTED


def test_linked_reports_of_two_weeks_are_counted_once_and_both_weeks_are_reported(told: Story) -> None:
    told.sends("A", KP5, SUNDAY, on("T2+"))
    told.sends("B", KP6, SUNDAY + timedelta(days=1), on("T2+", 12))
    told.links("B", "A")
    assert [told.figures("P10", week).reports for week in (WEEK, NEXT)] == [1, 0]
    assert (told.state(KP5), told.state(KP6, NEXT)) == (WeekState.REPORTED, WeekState.REPORTED)


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


def test_a_merged_units_nil_needs_all_parts_and_one_report_is_enough(told: Story) -> None:
    told.says_nil(KP5, on("T3"))
    told.sends("A", KP6, MONDAY, on("T3"))
    told.merges([KP5, KP6], "P10-KP56", WEDNESDAY)
    assert told.state("P10-KP56") is WeekState.REPORTED
    told.becomes("A", ReportState.WITHDRAWN, on("T5"))
    assert told.state("P10-KP56") is WeekState.MISSING
    told.says_nil("P10-KP56", on("T6"))
    assert told.week("P10-KP56") == Judged(WeekState.NIL, on("T6"), on_time=True, said_at=on("T6"))


def test_the_nils_of_all_parts_are_the_merged_units(told: Story) -> None:
    told.says_nil(KP5, on("T2"))
    told.says_nil(KP6, on("T3"))
    told.merges([KP5, KP6], "P10-KP56", WEDNESDAY)
    assert told.week("P10-KP56") == Judged(WeekState.NIL, on("T3"), on_time=True, said_at=on("T3"))


def test_a_unit_that_others_were_merged_into_is_expected_once(told: Story) -> None:
    before = told.figures("P10").completeness.expected
    told.sends("A", KP6, MONDAY, on("T3"))
    told.merges([KP5, KP6], KP5, WEDNESDAY)
    kept = told.figures("P10").completeness
    assert (kept.expected, kept.reported) == (before - 1, 1)
    assert told.state(KP5) is WeekState.REPORTED
    assert told.figures("P10", NEXT).completeness.reported == 0


def test_all_parts_of_a_split_unit_are_being_mended_while_its_old_report_is(told: Story) -> None:
    told.sends("A", KP5, MONDAY, on("T3"))
    told.splits(KP5, ["P10-KP51", "P10-KP52"], WEDNESDAY)
    parts = ("P10-KP51", "P10-KP52")
    assert [told.state(part) for part in parts] == [WeekState.REPORTED] * 2
    told.becomes("A", ReportState.RETURNED, on("T5"))
    assert [told.state(part) for part in parts] == [WeekState.MENDING] * 2
    assert [told.state(part, NEXT) for part in parts] == [WeekState.MISSING] * 2
    told.corrects("A", MONDAY, on("T4+"))
    assert [told.week(part) for part in parts] == [Judged(WeekState.REPORTED, on("T3"), on_time=True)] * 2


def test_a_unit_that_moves_owes_the_week_where_it_lies_on_sunday(told: Story) -> None:
    before = {ward: told.figures(ward).completeness.expected for ward in ("P10", "P12")}
    told.sends("A", KP5, MONDAY + timedelta(days=1), on("T3"))
    told.moves(KP5, "P12", WEDNESDAY)
    figures = {ward: told.figures(ward) for ward in ("P10", "P12")}
    kept = {ward: shown.completeness for ward, shown in figures.items()}
    assert (kept["P10"].expected, kept["P10"].reported) == (before["P10"] - 1, 0)
    assert (kept["P12"].expected, kept["P12"].reported) == (before["P12"] + 1, 1)
    attended = {ward: (shown.reports, shown.people.total) for ward, shown in figures.items()}
    assert attended == {"P10": (1, 45), "P12": (0, 0)}
    for shown in figures.values():
        assert "ngày 4/11/2020: lượt dự tính cho nơi đơn vị thuộc về hôm đó" in summary_text(shown)


def test_the_last_week_of_a_unit_that_ended_can_still_be_said_to_be_without_activity(told: Story) -> None:
    told.officer(KP5)
    told.merges([KP5, KP6], "P10-KP56", SUNDAY + timedelta(days=1))
    assert told.owed_weeks(KP5, on("T3+"))[-1] == (KP5, WEEK)
    assert told.says_nil(KP5, on("T3+")).said is NilOutcome.NOTED
    assert told.state(KP5) is WeekState.NIL
    assert (KP5, WEEK) not in told.owed_weeks(KP5, on("T3+"))
    assert not told.may_say_nil(KP5, on("T3+") + timedelta(weeks=4))
