"""What a unit has done about a week, from plain values: its reports' histories, its words, and what it comes from."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

import pytest

from periods.days import ZONE
from rules.nil import begun, is_asked_about, is_early
from rules.states import ReportState
from rules.timeliness import timely_until
from rules.weeks import History, Judged, Lying, Nil, NilWord, Origin, Version, WeekState, history, judge, lineage, since
from storage.records.unit_weeks import Tally

WEEK = "2020-W45"
MONDAY = date(2020, 11, 2)
UNIT, OTHER, PART, SECOND_PART, WHOLE = range(1, 6)


def at(day: int, hour: int = 9) -> datetime:
    """An hour of the week's Monday (0) to Sunday (6), and of the days after it."""
    return datetime(2020, 11, 2, hour, tzinfo=ZONE) + timedelta(days=day)


def alone(*reports: Lying, words: Sequence[NilWord] = ()) -> Judged:
    return judge(WEEK, UNIT, {UNIT: history(reports, words)}, lambda _unit: ())


def sent(day: int, hour: int = 9) -> Lying:
    return Lying(ReportState.SENT, at(day, hour))


def returned(day: int) -> Lying:
    return Lying(ReportState.RETURNED, at(day))


def nil(day: int) -> NilWord:
    return NilWord(at(day), given=True)


def taken_back(day: int) -> NilWord:
    return NilWord(at(day), given=False)


def test_a_unit_without_reports_and_words_is_missing() -> None:
    assert alone() == Judged(WeekState.MISSING)
    assert not alone().received


def test_a_report_that_was_withdrawn_is_none() -> None:
    assert alone(Lying(ReportState.WITHDRAWN, at(1))) == Judged(WeekState.MISSING)


@pytest.mark.parametrize(
    ("reports", "words", "state"),
    [
        ([sent(1), returned(0)], [], WeekState.REPORTED),
        ([Lying(ReportState.APPROVED, at(1))], [nil(4)], WeekState.REPORTED),
        ([returned(1)], [nil(4)], WeekState.MENDING),
        ([], [nil(4)], WeekState.NIL),
        ([], [nil(4), taken_back(5)], WeekState.MISSING),
        ([], [nil(4), taken_back(5), nil(5)], WeekState.NIL),
    ],
)
def test_reported_comes_before_mending_before_nil_before_missing(
    reports: list[Lying], words: list[NilWord], state: WeekState
) -> None:
    assert alone(*reports, words=words).state is state


@pytest.mark.parametrize(("day", "hour", "is_on_time"), [(7, 6, True), (7, 7, False), (0, 9, True), (8, 9, False)])
def test_a_week_is_on_time_before_seven_on_the_monday_after_it(day: int, hour: int, is_on_time: bool) -> None:
    assert alone(sent(day, hour)).on_time is is_on_time


def test_the_first_report_that_stands_decides_whether_a_week_is_on_time() -> None:
    assert alone(sent(8), returned(2)).on_time
    assert not alone(sent(8), Lying(ReportState.WITHDRAWN, at(2))).on_time


def test_a_report_after_the_deadline_is_added_to_a_nil_that_was_on_time() -> None:
    assert alone(sent(8), words=[nil(4)]) == Judged(WeekState.REPORTED, at(8), after_nil=True)
    assert not alone(sent(5), words=[nil(4)]).after_nil
    assert not alone(sent(9), words=[nil(8)]).after_nil


def test_a_nil_said_again_is_as_old_as_when_it_was_first_said() -> None:
    assert alone(words=[nil(1), nil(9)]) == Judged(WeekState.NIL, at(1), on_time=True, said_at=at(9))
    assert alone(words=[nil(1), taken_back(2), nil(9)]) == Judged(WeekState.NIL, at(9), said_at=at(9))


def test_a_report_lies_in_a_week_since_its_first_version_that_touches_it() -> None:
    there = Version(at(1), MONDAY, MONDAY)
    gone = Version(at(2), MONDAY - timedelta(days=7), MONDAY - timedelta(days=7))
    back = Version(at(9), MONDAY + timedelta(days=1), MONDAY + timedelta(days=8))
    assert since([there, gone, back]) == {"2020-W45": at(1), "2020-W44": at(2), "2020-W46": at(9)}


def of_parts(histories: Mapping[int, History], *origins: Origin, unit: int = WHOLE) -> Judged:
    return judge(WEEK, unit, histories, lambda one: origins if one == WHOLE else ())


SAID = History(nil=Nil(at(1), at(1)))
WEDNESDAY = MONDAY + timedelta(days=2)
MERGED = (Origin(PART, WEDNESDAY), Origin(SECOND_PART, WEDNESDAY))


def test_a_merged_units_nil_needs_all_its_parts() -> None:
    assert of_parts({PART: SAID}, *MERGED).state is WeekState.MISSING
    later = History(nil=Nil(at(8), at(8)))
    assert of_parts({PART: SAID, SECOND_PART: later}, *MERGED) == Judged(WeekState.NIL, at(8), said_at=at(8))


def test_one_report_of_a_part_is_enough_for_a_merged_unit() -> None:
    assert of_parts({PART: history([sent(1)], [])}, *MERGED).state is WeekState.REPORTED


def test_a_unit_into_which_another_was_merged_speaks_for_both_from_that_day_on() -> None:
    merged = (Origin(PART, WEDNESDAY), Origin(WHOLE, WEDNESDAY))
    assert of_parts({WHOLE: SAID}, *merged).state is WeekState.MISSING
    assert of_parts({WHOLE: SAID, PART: SAID}, *merged).state is WeekState.NIL
    assert of_parts({WHOLE: history([], [nil(3)])}, *merged).state is WeekState.NIL


def test_parts_that_ended_before_the_week_need_not_say_anything() -> None:
    early = History(nil=Nil(at(-1), at(-1)))
    assert of_parts({WHOLE: early}, Origin(PART, MONDAY)).state is WeekState.NIL


def test_what_a_unit_becomes_after_the_week_is_nothing_to_it() -> None:
    after = Origin(PART, MONDAY + timedelta(days=7))
    assert of_parts({PART: history([sent(1)], [])}, after).state is WeekState.MISSING
    assert lineage(WEEK, WHOLE, lambda _unit: [after]) == {WHOLE}


def test_a_report_counts_for_whatever_its_unit_became_however_often() -> None:
    before = {WHOLE: [Origin(PART, WEDNESDAY)], PART: [Origin(OTHER, MONDAY + timedelta(days=1))]}
    assert lineage(WEEK, WHOLE, lambda unit: before.get(unit, [])) == {WHOLE, PART, OTHER}


@pytest.mark.parametrize(
    ("said", "is_asked"), [([], True), ([nil(2)], True), ([nil(2), nil(3)], False), ([nil(3)], False)]
)
def test_a_week_is_asked_about_while_it_is_missing_or_was_given_up_early(said: list[NilWord], is_asked: bool) -> None:
    assert is_asked_about(WEEK, alone(words=said)) is is_asked
    assert not is_asked_about(WEEK, alone(returned(1), words=said))


def test_no_activity_is_early_before_thursday() -> None:
    assert [is_early(WEEK, MONDAY + timedelta(days=days)) for days in range(7)] == [True] * 3 + [False] * 4


@pytest.mark.parametrize(
    ("week", "found"), [("2020-w45", WEEK), ("2019-W01", "2019-W01"), ("2020-W46", None), ("2020-W54", None)]
)
def test_no_activity_is_said_of_any_week_that_has_begun(week: str, found: str | None) -> None:
    assert begun(week, MONDAY) == found


def test_the_deadline_is_a_moment() -> None:
    assert timely_until(WEEK) == datetime(2020, 11, 9, 7, tzinfo=ZONE)


def test_weeks_are_added_up() -> None:
    weeks = (Judged(WeekState.REPORTED, at(1), on_time=True), Judged(WeekState.REPORTED, at(8), after_nil=True))
    one, other = map(Tally.of, weeks)
    both = one + other
    assert (both.expected, both.on_time, both.after_nil) == (2, 1, 1)
    assert both.states == {WeekState.REPORTED: 2}
