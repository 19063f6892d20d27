"""Figures over a reorganisation: as they were, each under the parent of its day, or restated to the units of a day."""

from datetime import date, timedelta

import pytest

from periods.period import period_of
from reports.figures import Figures
from reports.reckoning import figures_of
from reports.scope import UnknownUnitError
from reports.texts import summary_text
from rules.changes import ChangeKind
from storage.directory.unit_rows import add_change, set_unit, set_version
from storage.directory.units import directory_changed, unit_tree
from storage.records import branch_totals
from tests.integration.reports.world import NOW, World, small_plan

TUESDAY, WEDNESDAY, THURSDAY = (date(2020, 11, day) for day in (3, 4, 5))
WEEK, YEAR = "2020-W45", "2020"
LATER = date(2021, 1, 1)
LATER_NOW = NOW.replace(year=2021)


def summary(world: World, unit: str, period: str = WEEK, units_of: date | None = None) -> Figures:
    return figures_of(world.db, small_plan(), unit, period_of(period), LATER_NOW, units_of=units_of)


def lines(value: Figures) -> list[tuple[str, str, int]]:
    return [(row.code, row.name, row.people.female) for row in value.by_unit]


def missing(value: Figures) -> list[str]:
    return sorted(value.completeness.missing.codes or ())


def change(world: World, kind: ChangeKind, before: str, *after: str, day: date = WEDNESDAY) -> None:
    """Note what a unit became; it ends, unless it keeps its code."""
    for code in after:
        add_change(world.db, kind, before=world.units[before], after=world.units[code], on_date=day)
    if before not in after:
        set_unit(world.db, world.units[before], valid_to=day - timedelta(days=1))
    directory_changed(world.db)


def move(world: World, code: str, parent: str, name: str, day: date = WEDNESDAY) -> None:
    before = unit_tree(world.db)
    set_version(world.db, world.units[code], day, name=name, parent_id=world.units[parent])
    change(world, ChangeKind.MOVE, code, code, day=day)
    branch_totals.follow(world.db, before)


@pytest.fixture
def moved(world: World) -> World:
    """P10-KP2 moves to P14 on Wednesday; it reported on Tuesday and on Thursday."""
    move(world, "P10-KP2", "P14", "Khu phố 2")
    world.report("P10-KP2", TUESDAY, 30, 15)
    world.report("P10-KP2", THURSDAY, 4, 1)
    return world


def test_attendance_stands_under_the_parent_of_its_day_and_completeness_under_sundays(moved: World) -> None:
    before, after = summary(moved, "P10"), summary(moved, "P14")
    assert (lines(before), lines(after)) == ([("P10-KP2", "Khu phố 2", 30)], [("P10-KP2", "Khu phố 2", 4)])
    assert (before.completeness.expected, missing(before)) == (2, ["P10-KP1", "P10-KP10"])
    assert (after.completeness.expected, missing(after)) == (2, ["P14-KP1"])
    assert lines(summary(moved, "GV")) == [("P10", "Phường 10", 30), ("P14", "Phường 14", 4)]
    assert "lượt dự tính cho nơi đơn vị thuộc về hôm đó" in summary_text(before)
    assert before.basis.moved == (WEDNESDAY,)


def test_a_neighbourhoods_own_figures_go_on_through_its_move(moved: World) -> None:
    value = summary(moved, "P10-KP2")
    assert (value.people.female, value.title, value.completeness.reported) == (34, "Khu phố 2, Phường 14", 1)


def test_figures_that_no_move_touches_say_nothing_of_it(moved: World) -> None:
    moved.report("P14-KP1", WEDNESDAY, 7, 0)
    assert summary(moved, "P14-KP1").basis.moved == ()
    assert summary(moved, "P10", "2020-W46").basis.moved == ()


def test_a_longer_period_adds_up_whatever_is_cut_where(moved: World) -> None:
    moved.report("P10-KP1", date(2020, 1, 1), 1, 0)
    moved.report("P10-KP2", date(2020, 12, 31), 2, 0)
    move(moved, "P10-KP2", "P10", "Khu phố 2", day=date(2020, 12, 1))
    assert [summary(moved, unit, YEAR).people.female for unit in ("GV", "P10", "P14")] == [37, 33, 4]
    assert summary(moved, "P10", YEAR).basis.moved == (WEDNESDAY, date(2020, 12, 1))


def test_a_rename_does_not_change_how_last_years_report_reads(world: World) -> None:
    world.report("P10-KP2", TUESDAY, 30, 15)
    set_version(world.db, world.units["P10"], LATER, name="Phường Mới", parent_id=world.units["GV"])
    change(world, ChangeKind.RENAME, "P10", "P10", day=LATER)
    value = summary(world, "P10")
    assert (value.title, summary(world, "GV").by_unit[0].name) == ("Phường 10", "Phường 10")
    assert value.basis.is_former
    assert "Theo các đơn vị lúc đó." in summary_text(value)
    assert summary(world, "P10", "2021-W01").title == "Phường Mới"


@pytest.fixture
def merged(world: World) -> World:
    """P10 goes into P14 in the new year, with its neighbourhoods; both reported in the week."""
    for code in ("P10-KP1", "P10-KP2", "P10-KP10"):
        move(world, code, "P14", f"Khu phố {code[6:]} cũ", day=LATER)
    change(world, ChangeKind.MERGE, "P10", "P14", day=LATER)
    world.report("P10", WEDNESDAY, 10, 0)
    world.report("P10-KP2", WEDNESDAY, 20, 0)
    world.report("P14-KP1", WEDNESDAY, 30, 0)
    return world


def test_a_merged_ward_is_restated_to_its_successor(merged: World) -> None:
    assert lines(summary(merged, "GV")) == [("P10", "Phường 10", 30), ("P14", "Phường 14", 30)]
    restated = summary(merged, "GV", units_of=LATER)
    assert lines(restated) == [("P14", "Phường 14", 60)]
    assert "Theo 1 phường từ 1/1/2021" in summary_text(restated)
    assert restated.to_dict()["units_of"] == "2021-01-01"
    assert lines(summary(merged, "P14", units_of=LATER)) == [
        ("P10-KP2", "Khu phố 2 cũ", 20),
        ("P14-KP1", "Khu phố 1", 30),
        ("P14", "Phường 14 (cấp phường)", 10),
    ]


def test_completeness_is_never_restated(merged: World) -> None:
    restated, was = summary(merged, "GV", units_of=LATER), summary(merged, "GV")
    assert restated.completeness == was.completeness
    assert summary(merged, "P14", units_of=LATER).completeness.expected == 1


def test_a_unit_that_does_not_exist_on_the_day_cannot_be_asked_about(merged: World) -> None:
    with pytest.raises(UnknownUnitError):
        summary(merged, "P10", units_of=LATER)


def test_what_a_split_makes_indivisible_stands_on_its_own_line_under_the_nearest_common_parent(world: World) -> None:
    world.report("P10-KP2", WEDNESDAY, 20, 0)
    for number in (3, 4):
        world.unit(f"P10-KP{number}", f"Khu phố {number}", "neighbourhood", "P10", valid_from=LATER)
    change(world, ChangeKind.SPLIT, "P10-KP2", "P10-KP3", "P10-KP4", day=LATER)
    assert lines(summary(world, "P10", units_of=LATER)) == [("P10-KP2", "Khu phố 2 (cũ), chưa phân bổ", 20)]
    assert lines(summary(world, "GV", units_of=LATER)) == [("P10", "Phường 10", 20)]
    assert summary(world, "P10-KP3", units_of=LATER).reports == 0


def test_a_unit_that_was_split_between_two_wards_stands_under_the_district(world: World) -> None:
    world.report("P10-KP2", WEDNESDAY, 20, 0)
    world.unit("P10-KP3", "Khu phố 3", "neighbourhood", "P10", valid_from=LATER)
    world.unit("P14-KP4", "Khu phố 4", "neighbourhood", "P14", valid_from=LATER)
    change(world, ChangeKind.SPLIT, "P10-KP2", "P10-KP3", "P14-KP4", day=LATER)
    assert lines(summary(world, "GV", units_of=LATER)) == [("P10-KP2", "Khu phố 2 (cũ), chưa phân bổ", 20)]
    assert [summary(world, ward, units_of=LATER).reports for ward in ("P10", "P14")] == [0, 0]


def test_parts_that_are_joined_again_are_whole(world: World) -> None:
    world.report("P10-KP2", WEDNESDAY, 20, 0)
    for number in (3, 4):
        world.unit(f"P10-KP{number}", f"Khu phố {number}", "neighbourhood", "P10", valid_from=LATER)
    world.unit("P10-KP5", "Khu phố 5", "neighbourhood", "P10", valid_from=date(2021, 7, 1))
    change(world, ChangeKind.SPLIT, "P10-KP2", "P10-KP3", "P10-KP4", day=LATER)
    for number in (3, 4):
        change(world, ChangeKind.MERGE, f"P10-KP{number}", "P10-KP5", day=date(2021, 7, 1))
    assert lines(summary(world, "P10", units_of=date(2021, 7, 1))) == [("P10-KP5", "Khu phố 5", 20)]


def test_restated_to_an_earlier_day_a_renamed_unit_is_what_it_was_and_a_merged_one_stands_alone(world: World) -> None:
    world.unit("P10-KP7", "Khu phố 7", "neighbourhood", "P10", valid_from=WEDNESDAY)
    world.unit("P10-KP8", "Khu phố 8", "neighbourhood", "P10", valid_from=WEDNESDAY)
    change(world, ChangeKind.RENAME, "P10-KP2", "P10-KP7")
    for code in ("P10-KP1", "P10-KP10"):
        change(world, ChangeKind.MERGE, code, "P10-KP8")
    world.report("P10-KP7", THURSDAY, 7, 0)
    world.report("P10-KP8", THURSDAY, 8, 0)
    assert lines(summary(world, "P10", units_of=TUESDAY)) == [
        ("P10-KP2", "Khu phố 2", 7),
        ("P10-KP8", "Khu phố 8", 8),
    ]


def test_a_code_that_is_used_again_for_another_ward_is_another_line(world: World) -> None:
    """P10 goes into P14, and in the new year another ward is called P10."""
    world.report("P10-KP2", WEDNESDAY, 20, 0)
    for code in ("P10-KP1", "P10-KP2", "P10-KP10"):
        move(world, code, "P14", f"Khu phố {code[6:]}", day=LATER)
    change(world, ChangeKind.MERGE, "P10", "P14", day=LATER)
    world.unit("P10", "Phường mang số 10", "ward", "GV", valid_from=LATER)
    world.report("P10", LATER, 5, 0)
    both = "2020-11-01..2021-01-31"
    assert lines(summary(world, "GV", both)) == [("P10", "Phường 10", 20), ("P10", "Phường mang số 10", 5)]
    assert [summary(world, "P10", period).people.female for period in (WEEK, both)] == [20, 5]


def test_a_code_that_was_closed_and_began_again_is_one_line(world: World) -> None:
    world.report("P10-KP2", WEDNESDAY, 20, 0)
    set_unit(world.db, world.units["P10-KP2"], valid_to=LATER - timedelta(days=1))
    world.unit("P10-KP2", "Khu phố 2 mới", "neighbourhood", "P10", valid_from=LATER)
    world.report("P10-KP2", LATER, 5, 0)
    assert lines(summary(world, "P10", "2020-11-01..2021-01-31")) == [("P10-KP2", "Khu phố 2 mới", 25)]
