"""The week's figures, as they are read back from what was stored."""

from datetime import date
from typing import Any

import pytest

from periods.period import period_of
from reports.figures import Figures, Inspections, People
from reports.reckoning import figures_of
from reports.scope import UnknownUnitError
from rules.states import ReportState
from storage.records import free_weeks
from tests.integration.reports.world import NOW, World, small_plan

WEDNESDAY = date(2020, 11, 4)
WEEK = "2020-W45"


def summary(world: World, unit: str, period: str = WEEK, language: str = "vi") -> Figures:
    return figures_of(world.db, small_plan(), unit, period_of(period), NOW, language)


def counts(value: Figures) -> tuple[int, int, int]:
    return value.reports, value.people.female, value.people.male


def missing(value: Figures) -> list[str]:
    return value.completeness.missing.codes or []


def test_the_dictionary_has_exactly_the_promised_keys_and_figures(world: World) -> None:
    world.report("P10-KP2", WEDNESDAY, 30, 15)
    people = {"female": 30, "male": 15, "unsorted": 0}
    assert summary(world, "P10").to_dict() == {
        "period": "2020-W45",
        "week": "2020-W45",
        "from": "2020-11-02",
        "to": "2020-11-08",
        "unit": "P10",
        "reports": 1,
        **people,
        "first_female": 0,
        "first_male": 0,
        "by_kind": [{"kind": "event", "name": "event", "reports": 1, **people}],
        "helped": {"female": 0, "male": 0, "unsorted": 0},
        "by_help": [],
        "media": [],
        "inspections": {"checked": 0, "violations": 0, "handled": 0},
        "surveys": 0,
        "documents": 0,
        "by_unit": [{"unit": "P10-KP2", "name": "Khu phố 2", "reports": 1, **people}],
        "by_activity": [{"activity": "A2", "name": "Tuyên truyền theo nhóm đối tượng", "reports": 1, **people}],
        "by_group": [{"group": "residents", "name": "Người dân", "reports": 1, **people}],
        "by_level": [{"level": "neighbourhood", "name": "Khu phố", "reports": 1, **people}],
        "by_place": [{"place": "P10-KP2", "name": "Khu phố 2", "reports": 1, **people}],
        "not_approved": 1,
        "disputed": 0,
        "expected_units": 3,
        "reported_units": 1,
        "on_time_units": 0,
        "missing_units": ["P10-KP1", "P10-KP10"],
        "mending_units": [],
        "nil_units": [],
    }


def test_unsorted_people_are_visits_and_never_split(world: World) -> None:
    world.report("P10-KP2", WEDNESDAY, 0, 0, unsorted=75)
    value = summary(world, "P10")
    assert (value.people, value.people.total) == (People(0, 0, 75), 75)
    assert value.by_group[0].people == value.by_unit[0].people == People(0, 0, 75)


def test_made_and_given_products_are_two_rows(world: World) -> None:
    made = {"item": "leaflet", "mode": "made", "quantity": 2000, "opens_item": 0}
    given = {"item": "leaflet", "mode": "given", "quantity": 200, "target_group": ""}
    world.report("P10-KP2", WEDNESDAY, 0, 0, activity="A1.2", kind="media", **given, lines=[made])
    rows = [(row.product, row.mode, row.quantity) for row in summary(world, "P10").media]
    assert rows == [("leaflet", "given", 200), ("leaflet", "made", 2000)]


def test_every_kind_has_its_own_measure(world: World) -> None:
    of_none = {"target_group": ""}
    inspected = {"quantity": 12, "violations": 2, "handled": 1}
    world.report("P10-KP2", WEDNESDAY, 0, 0, activity="A3.3", kind="inspection", **inspected, **of_none)
    world.report("P10-KP2", WEDNESDAY, 0, 0, activity="A1.3", kind="survey", quantity=120, **of_none)
    world.report("P10-KP2", WEDNESDAY, 0, 0, activity="B2.1", kind="document", quantity=3, **of_none)
    value = summary(world, "P10")
    assert (value.inspections, value.surveys, value.documents) == (Inspections(12, 2, 1), 120, 3)
    assert [row.code for row in value.by_kind] == ["survey", "inspection", "document"]


def test_a_report_stands_once_in_the_row_of_each_group_that_came(world: World) -> None:
    world.report("P10-KP2", WEDNESDAY, 30, 15, lines=({"target_group": "workers", "women": 4},))
    value = summary(world, "P10")
    assert (value.reports, value.people) == (1, People(34, 15))
    assert [(row.code, row.reports, row.people.total) for row in value.by_group] == [
        ("residents", 1, 45),
        ("workers", 1, 4),
    ]


def test_a_quiet_week_is_zeros_and_everybody_is_missing(world: World) -> None:
    quiet = summary(world, "GV")
    assert counts(quiet) == (0, 0, 0)
    assert (quiet.by_unit, quiet.by_activity, quiet.by_group) == ((), (), ())
    assert quiet.to_dict()["missing_units"] == ["P10-KP1", "P10-KP2", "P10-KP10", "P14-KP1"]


def test_only_sent_and_checked_reports_count(world: World) -> None:
    reports = {state: world.report("P10-KP1", WEDNESDAY, 10, 1) for state in ("approved", "returned", "withdrawn")}
    for state, submission in reports.items():
        world.becomes(submission, ReportState(state))
    world.report("P10-KP1", WEDNESDAY, 100, 5)
    assert counts(summary(world, "P10")) == (2, 110, 6)


def test_a_unit_whose_only_report_was_returned_is_mending_it_and_missing_once_it_is_withdrawn(world: World) -> None:
    report = world.report("P14-KP1", WEDNESDAY, 10, 1)
    world.becomes(report, ReportState.RETURNED)
    value = summary(world, "P14").to_dict()
    assert (value["reports"], value["reported_units"], value["missing_units"]) == (0, 0, [])
    assert value["mending_units"] == ["P14-KP1"]
    world.becomes(report, ReportState.WITHDRAWN)
    value = summary(world, "P14").to_dict()
    assert (value["missing_units"], value["mending_units"]) == (["P14-KP1"], [])


def test_a_report_that_is_linked_to_another_fulfils_its_own_units_week(world: World) -> None:
    world.links(world.report("P14-KP1", WEDNESDAY, 10, 1), world.report("P10-KP1", WEDNESDAY, 10, 1))
    value = summary(world, "GV").to_dict()
    assert (value["reports"], value["reported_units"]) == (1, 2)


def test_on_time_is_before_seven_on_the_monday_after_the_week(world: World) -> None:
    """What the tests store, they store half an hour after it."""
    world.report("P10-KP1", WEDNESDAY, 10, 1)
    world.report("P10-KP2", date(2020, 11, 9), 10, 1)
    assert summary(world, "P10").to_dict()["on_time_units"] == 0
    assert summary(world, "P10", "2020-W46").to_dict()["on_time_units"] == 1


def test_nobody_is_expected_in_a_free_week_and_reports_count_all_the_same(world: World) -> None:
    world.report("P10-KP1", WEDNESDAY, 10, 1)
    free_weeks.declare(world.db, WEEK, "Tết", world.person(), NOW)
    value = summary(world, "P10")
    assert value.to_dict()["expected_units"] == value.completeness.received == 0
    assert (value.reports, value.completeness.free) == (1, (WEEK,))
    assert summary(world, "P10", "2020-11").completeness.expected == 3 * 4


def test_an_event_over_a_weeks_end_is_counted_once_and_fulfils_both_weeks(world: World) -> None:
    world.report("P10-KP1", date(2020, 11, 9), 10, 1, first_day=date(2020, 11, 8))
    assert [summary(world, "P10", week).reports for week in (WEEK, "2020-W46")] == [0, 1]
    assert [summary(world, "P10", week).completeness.reported for week in (WEEK, "2020-W46")] == [1, 1]


@pytest.mark.parametrize(
    ("unit", "expected", "lines"),
    [
        ("P10-KP1", (1, 1, 10), ["P10-KP1"]),
        ("P10", (3, 7, 70), ["P10-KP1", "P10-KP2", "P10"]),
        ("CQ-VHTT", (1, 16, 160), ["CQ-VHTT"]),
        ("GV", (6, 63, 630), ["P10", "P14", "CQ-VHTT", "GV"]),
    ],
)
def test_each_scope_holds_what_lies_in_it(
    world: World, unit: str, expected: tuple[int, int, int], lines: list[str]
) -> None:
    for power, reporter in enumerate(("P10-KP1", "P10-KP2", "P10", "P14-KP1", "CQ-VHTT", "GV")):
        world.report(reporter, WEDNESDAY, 2**power, 10 * 2**power)
    value = summary(world, unit)
    assert counts(value) == expected
    assert [row.code for row in value.by_unit] == lines


def test_every_breakdown_adds_up_to_the_totals(world: World) -> None:
    world.report("P10-KP1", WEDNESDAY, 3, 4)
    world.report("P10-KP2", WEDNESDAY, 0, 0, activity="A1.2", kind="media", target_group="", quantity=200)
    world.report("P14-KP1", WEDNESDAY, 50, 6, activity="A1.4", target_group="workers")
    value = summary(world, "GV")
    for rows in (value.by_unit, value.by_activity, value.by_group):
        assert sum(row.reports for row in rows) == value.reports == 3
        assert sum((row.people for row in rows), People()) == value.people


def test_people_helped_are_never_added_to_visits(world: World) -> None:
    world.report("P10-KP1", WEDNESDAY, 30, 15)
    world.report("P10-KP1", WEDNESDAY, 3, 1, activity="A1.4", kind="service")
    world.report("P10-KP1", WEDNESDAY, 7, 8, activity="A1.4", kind="event")
    value = summary(world, "P10")
    assert counts(value) == (3, 37, 23)
    assert value.helped == People(3, 1)
    (talk, month) = value.by_activity
    assert (talk.people, month.people, month.reports) == (People(30, 15), People(7, 8), 2)


def test_breakdowns_follow_the_plan_and_unknown_codes_come_last(world: World) -> None:
    for activity, group in (("X9", "old_group"), ("A1.4", "workers"), ("A2", "residents"), ("A2", "")):
        world.report("P10-KP1", WEDNESDAY, 1, 1, activity=activity, target_group=group)
    value = summary(world, "P10", language="en")
    assert [row.name for row in value.by_activity] == ["Talk in the neighbourhood", "Action Month event", "X9"]
    assert [row.name for row in value.by_group] == ["Residents", "Workers", "No target group", "old_group"]


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2020, 11, 1), False),
        (date(2020, 11, 2), True),
        (date(2020, 11, 8), True),
        (date(2020, 11, 9), False),
    ],
)
def test_a_week_runs_from_monday_to_sunday_of_the_event(world: World, day: date, inside: bool) -> None:
    world.report("P10-KP1", day, 1, 0)
    assert summary(world, "P10").reports == int(inside)


def test_the_week_at_new_year_is_one(world: World) -> None:
    world.report("P10-KP1", date(2020, 12, 31), 1, 0)
    world.report("P10-KP1", date(2021, 1, 3), 1, 0)
    assert summary(world, "P10", "2020-W53").reports == 2


def test_a_nil_report_counts_as_reported_once(world: World) -> None:
    world.nil("P10-KP1", WEEK)
    world.nil("P10-KP2", WEEK)
    world.report("P10-KP2", WEDNESDAY, 1, 0)
    value = summary(world, "P10")
    assert (value.completeness.reported, value.completeness.nil.codes) == (2, ["P10-KP1"])
    assert missing(value) == ["P10-KP10"]


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (date(2020, 11, 9), None, 1),
        (date(2020, 11, 8), None, 2),
        (date(2019, 1, 1), date(2020, 11, 7), 1),
        (date(2019, 1, 1), date(2020, 11, 8), 2),
    ],
)
def test_only_neighbourhoods_that_exist_on_the_weeks_sunday_are_expected(
    world: World, since: date, until: date | None, expected: int
) -> None:
    world.unit("P14-KP2", "Khu phố 2", "neighbourhood", "P14", valid_from=since, valid_to=until)
    assert summary(world, "P14").completeness.expected == expected


def test_reports_of_a_unit_that_ended_stay_in_the_figures(world: World) -> None:
    world.unit("P14-KP2", "Khu phố 2", "neighbourhood", "P14", valid_to=date(2020, 6, 30))
    world.report("P14-KP2", WEDNESDAY, 5, 5)
    value = summary(world, "P14")
    assert counts(value) == (1, 5, 5)
    assert (value.completeness.expected, value.completeness.reported) == (1, 0)


def test_a_code_that_was_taken_over_is_expected_once_under_its_name_of_that_week(world: World) -> None:
    world.unit("P14-KP2", "Khu phố 2 cũ", "neighbourhood", "P14", valid_to=date(2020, 11, 3))
    world.report("P14-KP2", WEDNESDAY, 1, 0)
    world.unit("P14-KP2", "Khu phố 2 mới", "neighbourhood", "P14", valid_from=WEDNESDAY)
    world.report("P14-KP2", WEDNESDAY, 1, 0)
    value = summary(world, "P14")
    assert (value.completeness.expected, value.completeness.reported, value.by_unit[0].reports) == (2, 1, 2)
    assert value.by_unit[0].name == "Khu phố 2 mới"
    before = summary(world, "P14", "2020-W44").completeness.missing.units
    assert before is not None
    assert before[1].name == "Khu phố 2 cũ"


@pytest.mark.parametrize(("report", "nil", "sample"), [(True, False, True), (False, True, True), (False, False, False)])
def test_sample_reports_are_known_as_such(world: World, report: bool, nil: bool, sample: bool) -> None:
    world.report("P10-KP1", WEDNESDAY, 1, 0, sample=report)
    world.nil("P10-KP2", WEEK, sample=nil)
    assert summary(world, "GV").sample is sample
    assert summary(world, "P14").sample is False


def test_a_sample_spread_of_neighbourhoods_is_known_as_such(world: World) -> None:
    world.unit("P14-KP2", "Khu phố 2", "neighbourhood", "P14", sample=True)
    assert (summary(world, "P14").sample_units, summary(world, "P10").sample_units) == (True, False)


def test_a_week_may_be_written_without_its_hyphen(world: World) -> None:
    assert summary(world, "P10", "2020w45").period.code == WEEK


@pytest.mark.parametrize(
    ("unit", "week", "error"),
    [("P99", WEEK, UnknownUnitError), ("P10", "2020-W54", ValueError), ("P10", "", ValueError)],
)
def test_what_is_no_unit_or_no_week_is_refused(world: World, unit: str, week: str, error: Any) -> None:
    with pytest.raises(error):
        summary(world, unit, week)
