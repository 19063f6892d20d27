"""What ships is the plan of 2019: its units, its activities, and who is asked about which."""

from collections import Counter
from datetime import date

import pytest

from plan.model import Plan
from rules.kinds import ActivityKind
from rules.levels import Level
from storage.directory.units import UnitsOfDay
from tests.units import tree_of

DAY = date(2020, 11, 4)


@pytest.fixture(scope="module")
def units(plan: Plan) -> UnitsOfDay:
    return tree_of(plan.shipped_units).on(DAY)


def offered(plan: Plan, unit: str) -> list[str]:
    units = tree_of(plan.shipped_units).on(DAY)
    level, ward = units[unit].level, units.ward_of(unit)
    asked = (each for each in plan.activities.values() if each.reported_by(level, unit, ward.code if ward else ""))
    return [each.code for each in asked]


def test_one_district_has_sixteen_wards_and_186_neighbourhoods(plan: Plan) -> None:
    assert Counter(unit.level for unit in plan.shipped_units.values()) == {
        Level.DISTRICT: 1,
        Level.WARD: 16,
        Level.AGENCY: 15,
        Level.NEIGHBOURHOOD: 186,
    }


def test_the_district_is_the_unit_that_lies_in_no_other(units: UnitsOfDay) -> None:
    assert [unit for unit in units.standing if unit.parent_id is None] == [units.root]


def test_the_wards_are_1_and_3_to_17(units: UnitsOfDay) -> None:
    wards = units.of_level(Level.WARD)
    assert [unit.code for unit in wards] == [f"P{number:02}" for number in (1, *range(3, 18))]
    assert wards[8].name == "Phường 10"


def test_every_neighbourhood_is_marked_as_sample_and_nothing_else_is(plan: Plan) -> None:
    assert {unit.code for unit in plan.shipped_units.values() if unit.sample} == {
        unit.code for unit in plan.shipped_units.values() if unit.level is Level.NEIGHBOURHOOD
    }


def test_neighbourhoods_carry_their_ward_and_number_in_the_code(plan: Plan) -> None:
    fifth = plan.shipped_units["P10-KP05"]
    assert (fifth.name, fifth.parent) == ("Khu phố 5", "P10")
    others = [unit for unit in plan.shipped_units.values() if unit.level is Level.NEIGHBOURHOOD]
    assert all(unit.code.startswith(f"{unit.parent}-KP") for unit in others)


def test_units_are_valid_from_2019_without_an_end(plan: Plan) -> None:
    tree = tree_of(plan.shipped_units)
    assert tree.on(date(2019, 1, 1)).standing == tree.on(date(2030, 1, 1)).standing == tree.units
    assert not tree.on(date(2018, 12, 31)).standing


def test_the_plan_has_19_activities_15_groups_and_5_targets(plan: Plan) -> None:
    assert (len(plan.activities), len(plan.groups), len(plan.targets)) == (19, 15, 5)
    assert set(plan.kinds) == set(ActivityKind)


def test_a_propagandist_has_what_a_neighbourhood_does_and_no_document_review(plan: Plan) -> None:
    assert offered(plan, "P03-KP01") == ["A1.2", "A1.4", "A2", "A3.1", "D3"]


def test_the_tenant_workers_club_is_offered_in_wards_10_and_14_only(plan: Plan) -> None:
    units = {code for code in plan.shipped_units if "D1" in offered(plan, code)}
    assert units == {code for code in plan.shipped_units if code.startswith(("P10", "P14"))}


def test_a_lead_agency_is_offered_what_it_leads(plan: Plan) -> None:
    agencies = [unit.code for unit in plan.shipped_units.values() if unit.level is Level.AGENCY]
    for agency in agencies:
        led = {each.code for each in plan.activities.values() if agency in each.lead}
        assert led <= set(offered(plan, agency))
    assert {code for each in plan.activities.values() for code in each.lead} - {"P10", "P14"} <= set(agencies)


@pytest.mark.parametrize("code", ["GV", "CQ-TP"])
def test_the_district_and_agencies_lie_in_no_ward(units: UnitsOfDay, code: str) -> None:
    assert units.ward_of(code) is None


@pytest.mark.parametrize("code", ["P10", "P10-KP05"])
def test_a_ward_is_found_from_below_and_from_itself(units: UnitsOfDay, code: str) -> None:
    ward = units.ward_of(code)
    assert ward is not None
    assert ward.code == "P10"


def test_anything_with_a_code_has_a_name_in_both_languages(plan: Plan) -> None:
    assert plan.name("residents", "en") == "Residents"
    assert plan.name("D1", "vi") == "Câu lạc bộ nữ công nhân nhà trọ"


def test_a_neighbourhood_is_told_apart_by_its_ward(units: UnitsOfDay) -> None:
    assert units.title("P10-KP05") == "Khu phố 5, Phường 10"
    assert [units.title(code) for code in ("P10", "GV", "X9")] == ["Phường 10", "Quận Gò Vấp", "X9"]


def test_what_has_left_the_plan_is_known_by_its_code(plan: Plan) -> None:
    assert plan.name("X9", "vi") == plan.short("X9", "vi") == "X9"
    assert plan.short("D1", "en") == "Club of women tenant workers"


def test_targets_count_groups_many_to_many(plan: Plan) -> None:
    counted = {code: [name for name, group in plan.groups.items() if code in group.targets] for code in plan.targets}
    assert counted == {
        "T1": ["students", "officials", "armed_forces", "teachers", "gender_officers", "policy_makers"],
        "T2": ["residents", "youth_union", "children", "workers", "tenant_workers", "in_need", "employers"],
        "T3": ["gender_officers", "policy_makers"],
        "T4": ["women_leaders"],
        "T5": ["in_need"],
    }


def test_the_neighbourhoods_propagandists_are_a_group_of_their_own_that_no_target_counts(plan: Plan) -> None:
    assert (plan.groups["propagandists"].targets, plan.groups["propagandists"].partly) == ((), ())


def test_people_who_live_where_they_are_reached_are_local(plan: Plan) -> None:
    local = [code for code, group in plan.groups.items() if group.local]
    assert local == ["residents", "children", "tenant_workers", "in_need", "propagandists"]
