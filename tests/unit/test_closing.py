"""Which days' figures a change touches."""

from datetime import date
from typing import Any

import pytest

from rules.closing import Standing, days_changed, nil_days
from rules.states import ReportState

SENT, APPROVED, RETURNED, WITHDRAWN = ReportState


def day(text: str) -> date:
    return date.fromisoformat(f"2020-{text}")


def report(first: str = "11-04", last: str = "", state: ReportState = SENT, counted: Any = 45) -> Standing:
    return Standing(state, day(first), day(last or first), counted)


def test_a_report_shows_on_its_day_and_in_its_week() -> None:
    assert days_changed(None, report("11-04")) == {day("11-04"), day("11-08")}


def test_an_event_across_two_weeks_counts_on_its_last_day_and_fulfils_both() -> None:
    assert days_changed(None, report("11-08", "11-09")) == {day("11-08"), day("11-09"), day("11-15")}


def test_an_event_that_begins_in_october_and_counts_in_november_changes_no_october() -> None:
    touched = days_changed(None, report("10-30", "11-01"))
    assert touched == {day("11-01")}


def test_a_day_of_september_may_fulfil_a_week_of_october() -> None:
    assert days_changed(None, report("09-30")) == {day("09-30"), day("10-04")}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (report(), report()),
        (report(state=SENT), report(state=APPROVED)),
        (report(state=APPROVED), report(state=SENT)),
        (report(state=RETURNED), report(state=RETURNED)),
    ],
)
def test_approving_and_words_beside_the_figures_change_no_day(before: Standing, after: Standing) -> None:
    assert not days_changed(before, after)


@pytest.mark.parametrize(
    "after",
    [
        report(state=RETURNED),
        report(state=WITHDRAWN),
        report(counted=46),
    ],
)
def test_what_counts_otherwise_changes_its_days(after: Standing) -> None:
    assert days_changed(report(), after) == report().days


def test_a_correction_to_another_day_changes_both() -> None:
    assert days_changed(report("11-04"), report("10-28")) == report("11-04").days | report("10-28").days


def test_a_returned_report_that_is_sent_again_or_withdrawn_changes_its_days() -> None:
    for state in (SENT, WITHDRAWN):
        assert days_changed(report(state=RETURNED), report(state=state)) == report().days


def test_a_nil_report_changes_its_weeks_sunday() -> None:
    assert nil_days("2020-W45") == {day("11-08")}
