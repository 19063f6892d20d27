"""How far targets are, from reports, lists, surveys and denominators as they are stored."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from periods.period import period_of
from reports.progress import Progress, Targets
from reports.target_texts import pages_of, request_text, target_text, targets_text
from reports.targets import targets_of
from rules.bounds import Ends
from rules.changes import ChangeKind
from rules.kinds import Measure, Sex
from rules.states import ReportState
from storage.directory.unit_rows import add_change, set_unit
from storage.directory.units import directory_changed
from storage.records import supplies
from storage.records.supplies import Number
from tests.by_hand import STORIES, Story
from tests.conversation import shipped_plan
from tests.integration.reports.world import NOW, World

DAY = date(2020, 11, 4)
CENSUS = date(2019, 12, 31)


def targets(world: World, unit: str = "P10", period: str | None = None) -> Targets:
    return targets_of(world.db, shipped_plan(), unit, NOW, period_of(period) if period else None)


def target(world: World, code: str, unit: str = "P10", period: str | None = None) -> Progress:
    return next(each for each in targets(world, unit, period).listed if each.target.code == code)


def approved(world: World, unit: str, women: int, men: int, unsorted: int = 0, **values: Any) -> int:
    report = world.report(unit, values.pop("day", DAY), women, men, unsorted=unsorted, **values)
    world.becomes(report, ReportState.APPROVED)
    return report


def supplied(
    world: World,
    unit: str,
    about: str,
    value: int,
    *,
    sex: Sex = Sex.ALL,
    measure: Measure = Measure.PEOPLE,
    as_of: date = CENSUS,
    **more: Any,
) -> None:
    number = Number(measure, world.units[unit], about, sex, value, "Chi cục Thống kê", as_of, **more)
    supplies.confirm(world.db, supplies.supply(world.db, [number], NOW), None, NOW)


def worked_example(world: World) -> None:
    approved(world, "P10-KP1", 30, 10)
    approved(world, "P10-KP1", 25, 20)
    approved(world, "P10-KP2", 20, 5, 5)
    approved(world, "P10", 70, 15)


def ends(progress: Progress) -> tuple[int, int | None]:
    return progress.judged.low, progress.judged.high


def test_the_worked_example_comes_out_of_stored_reports(world: World) -> None:
    worked_example(world)
    ward = target(world, "T2")
    assert (ward.low, ward.high) == (Ends(70, 25, 95), Ends(150, 55, 200))
    assert ends(ward) == (95, 200)
    assert ends(target(world, "T2", "P10-KP1")) == (50, 85)
    assert ends(target(world, "T2", "P10-KP2")) == (30, 30)
    assert ends(target(world, "T2", "GV")) == (95, 200)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_stories_worked_out_by_hand_come_out_of_stored_reports(world: World, story: Story) -> None:
    for held in story.held:
        report = world.report(
            held.unit, DAY, held.women, held.men, unsorted=held.unsorted, place_unit_id=world.units[held.place]
        )
        if held.approved:
            world.becomes(report, ReportState.APPROVED)
    for unit, its in story.ends.items():
        progress = target(world, "T2", unit)
        assert (progress.low, progress.high) == (Ends(*its[:3]), Ends(*its[3:])), unit


def test_the_dictionary_has_exactly_the_promised_keys(world: World) -> None:
    worked_example(world)
    supplied(world, "P10", "residents", 180)
    listed = targets(world).to_dict()
    assert (listed["period"], listed["unit"]) == ("2019-05-08..2020-12-31", "P10")
    assert [each["code"] for each in listed["targets"]] == ["T1", "T2", "T3", "T4", "T5"]
    assert listed["targets"][1] == {
        "code": "T2",
        "percent": 50,
        "basis": "bounds",
        "low": 95,
        "high": 180,
        "denominator": 180,
        "source": "Chi cục Thống kê",
        "as_of": "2019-12-31",
        "share_low": 52.7,
        "share_high": 100.0,
        "state": "reached_if",
        "missing": [],
    }


def test_without_a_denominator_there_is_no_percentage_and_the_unit_that_must_supply_it_is_named(world: World) -> None:
    worked_example(world)
    ward = target(world, "T2")
    assert (ward.judged.share_low, ward.judged.share_high) == (None, None)
    assert [owing.unit.code for owing in ward.owing] == ["P10"]
    assert [owing.unit.code for owing in target(world, "T2", "GV").owing] == ["P10", "P14"]


def test_a_district_s_denominator_is_the_sum_of_its_wards_and_of_the_earliest_day(world: World) -> None:
    supplied(world, "P10", "residents", 100)
    supplied(world, "P14", "residents", 50, as_of=date(2018, 6, 1))
    denominator = target(world, "T2", "GV").denominator
    assert denominator is not None
    assert (denominator.total, denominator.as_of) == (150, date(2018, 6, 1))
    supplied(world, "GV", "residents", 170)
    own = target(world, "T2", "GV").denominator
    assert own is not None
    assert own.total == 170


def test_women_and_men_make_the_whole(world: World) -> None:
    approved(world, "P10", 70, 15, 20)
    supplied(world, "P10", "residents", 60, sex=Sex.FEMALE)
    supplied(world, "P10", "residents", 55, sex=Sex.MALE)
    ward = target(world, "T2")
    assert ward.denominator is not None
    assert ward.denominator.total == 115
    assert ward.high == Ends(60, 35, 105)


def test_only_approved_reports_raise_the_lower_end_and_returned_ones_nothing(world: World) -> None:
    approved(world, "P10-KP1", 10, 5)
    world.report("P10-KP2", DAY, 20, 10)
    world.becomes(world.report("P10-KP2", DAY, 40, 40), ReportState.RETURNED)
    assert ends(target(world, "T2")) == (15, 45)


def test_of_one_event_s_reports_one_counts(world: World) -> None:
    world.links(approved(world, "P10-KP1", 10, 5), approved(world, "P10-KP2", 20, 10))
    assert ends(target(world, "T2")) == (15, 15)


def test_an_agency_s_event_in_a_ward_belongs_to_the_district(world: World) -> None:
    approved(world, "CQ-VHTT", 60, 5, place_unit_id=world.units["P10"])
    approved(world, "P10-KP1", 10, 10)
    assert ends(target(world, "T2")) == (20, 20)
    assert ends(target(world, "T2", "GV")) == (70, 85)


def test_an_event_in_another_ward_or_outside_the_district_belongs_to_the_district(world: World) -> None:
    approved(world, "P10-KP1", 30, 0, place_unit_id=world.units["P14"])
    approved(world, "P10-KP1", 40, 0, place="outside", place_unit_id=None)
    assert ends(target(world, "T2")) == (0, 0)
    assert ends(target(world, "T2", "GV")) == (40, 70)


def test_an_event_belongs_to_its_organiser_whoever_reports_it(world: World) -> None:
    approved(world, "P10-KP1", 30, 0, organiser_unit_id=world.units["P10"])
    assert ends(target(world, "T2", "P10-KP1")) == (0, 0)
    assert ends(target(world, "T2")) == (30, 30)


def test_groups_of_one_event_are_added_and_those_that_are_not_local_are_never_summed(world: World) -> None:
    approved(world, "P10-KP1", 10, 0, lines=({"target_group": "workers", "women": 5, "men": 5},))
    approved(world, "P10-KP2", 8, 0, target_group="workers")
    # Residents 10, workers 10 and 8: the local ten, the event of twenty, the eight of another event.
    assert ends(target(world, "T2")) == (20, 28)


def test_the_first_target_counts_officials_soldiers_students_and_of_women_leaders_only_at_the_upper_end(
    world: World,
) -> None:
    approved(world, "P10", 10, 5, target_group="officials", lines=({"target_group": "women_leaders", "women": 7},))
    approved(world, "P10-KP1", 99, 99)
    found = target(world, "T1")
    assert ends(found) == (15, 22)
    assert [(each.group, each.visits.total, each.partly) for each in found.components] == [
        ("officials", 15, False),
        ("women_leaders", 7, True),
    ]
    for group in ("officials", "armed_forces", "students"):
        supplied(world, "P10", group, 10)
    denominator = target(world, "T1").denominator
    assert denominator is not None
    assert denominator.total == 30


def test_the_show_of_hands_lifts_the_lower_end_and_needs_no_assumption(world: World) -> None:
    approved(world, "P10-KP1", 30, 10, first_women=20, first_men=10)
    approved(world, "P10-KP1", 30, 10, first_women=15, first_men=5)
    supplied(world, "P10", "residents", 100)
    found = target(world, "T2")
    assert (found.basis, ends(found), found.judged.state) == ("first_time", (50, 80), "reached")


def test_only_trainings_count_for_the_target_of_training_and_a_list_goes_before_them(world: World) -> None:
    approved(world, "P10", 10, 5, target_group="gender_officers", activity="A1.1")
    approved(world, "P10", 40, 5, target_group="gender_officers", activity="A3.2")
    found = target(world, "T3")
    assert (found.basis, ends(found)) == ("bounds", (15, 15))
    for group, people, trained in (("gender_officers", 20, 12), ("policy_makers", 5, 5)):
        supplied(world, "GV", group, people)
        supplied(world, "GV", group, trained, measure=Measure.TRAINED)
    found = target(world, "T3", "GV")
    assert (found.basis, ends(found), found.judged.state) == ("roster", (17, 17), "not_reached")


def test_a_group_that_a_level_does_not_have_is_asked_of_nobody_there(world: World) -> None:
    supplied(world, "P10", "gender_officers", 20)
    supplied(world, "P10", "gender_officers", 20, measure=Measure.TRAINED)
    found = target(world, "T3")
    assert (found.owing, found.judged.state) == ((), "reached")
    neighbourhood = target(world, "T3", "P10-KP1")
    assert (neighbourhood.owing, neighbourhood.denominator) == ((), None)


def test_a_list_that_is_not_whole_decides_nothing_and_says_who_is_missing(world: World) -> None:
    for ward in ("P10", "P14"):
        supplied(world, ward, "gender_officers", 10)
    supplied(world, "P10", "gender_officers", 4, measure=Measure.TRAINED)
    found = target(world, "T3", "GV")
    assert (found.basis, found.judged.state) == ("roster", "unknown")
    assert [owing.unit.code for owing in found.owing] == ["CQ-VHTT", "P14"]


def test_leaders_need_knowledge_and_skills(world: World) -> None:
    assert ends(target(world, "T4")) == (0, None)
    supplied(world, "P10", "women_leaders", 30, sex=Sex.FEMALE)
    supplied(world, "P10", "women_leaders", 25, sex=Sex.FEMALE, measure=Measure.KNOWLEDGE)
    supplied(world, "P10", "women_leaders", 20, sex=Sex.FEMALE, measure=Measure.SKILLS)
    found = target(world, "T4")
    assert (found.basis, ends(found), found.judged.state) == ("roster", (15, 20), "not_reached")


def test_helped_people_are_those_helped_for_the_first_time_this_year(world: World) -> None:
    help_: dict[str, Any] = {"kind": "service", "activity": "D3", "target_group": "in_need", "item": "advice"}
    approved(world, "P10-KP1", 6, 2, first_women=3, first_men=1, **help_)
    approved(world, "P10-KP2", 4, 0, **help_)
    assert ends(target(world, "T5", "GV", "2020")) == (4, 8)
    assert ends(target(world, "T5", "GV")) == (4, 8)
    assert target(world, "T5", "GV").judged.share_low is None
    supplied(world, "GV", "in_need", 8)
    assert target(world, "T5", "GV").judged.share_low == 50.0


def test_over_two_years_the_upper_ends_are_added_and_the_larger_lower_end_counts(world: World) -> None:
    help_: dict[str, Any] = {"kind": "service", "activity": "D3", "target_group": "in_need", "item": "advice"}
    approved(world, "P10-KP1", 6, 0, first_women=5, first_men=0, day=date(2019, 6, 3), **help_)
    approved(world, "P10-KP1", 9, 0, first_women=4, first_men=0, **help_)
    assert ends(target(world, "T5", "GV", "2019-01-01..2020-12-31")) == (5, 9)
    # From May 2019 on that year's count is of newly met people: its visits bound it from above.
    assert ends(target(world, "T5", "GV")) == (5, 10)


def test_earlier_results_lift_the_lower_end_alone_and_are_added_to_the_upper_one(world: World) -> None:
    worked_example(world)
    supplied(world, "P10", "residents", 120, measure=Measure.REACHED)
    supplied(world, "P10", "residents", 300)
    found = target(world, "T2")
    assert (ends(found), found.single) == ((120, 300), 120)
    assert "Kết quả trước đó: 120 người (Chi cục Thống kê" in target_text(found, targets(world), shipped_plan())


def test_a_survey_decides_either_way(world: World) -> None:
    worked_example(world)
    supplied(world, "P10", "T2", 523, measure=Measure.SURVEY, sample_size=400, method="phiếu hỏi")
    found = target(world, "T2")
    assert (found.basis, found.judged.state, found.judged.share_low) == ("survey", "reached", 52.3)


def test_more_people_than_there_are_are_called_a_contradiction(world: World) -> None:
    worked_example(world)
    supplied(world, "P10", "residents", 60)
    found = target(world, "T2")
    assert found.judged.contradictory
    assert "số liệu mâu thuẫn, cần kiểm tra" in target_text(found, targets(world), shipped_plan())


def merge(world: World, *before: str, day: date) -> None:
    world.unit("P20", "Phường 20", "ward", "GV", valid_from=day)
    for code in before:
        set_unit(world.db, world.units[code], valid_to=date.fromordinal(day.toordinal() - 1))
        kind = ChangeKind.MERGE
        add_change(world.db, kind, before=world.units[code], after=world.units["P20"], on_date=day)
    directory_changed(world.db)


def test_denominators_are_carried_through_a_merger(world: World) -> None:
    supplied(world, "P10", "residents", 100)
    supplied(world, "P14", "residents", 50)
    merge(world, "P10", "P14", day=date(2020, 10, 1))
    found = target(world, "T2", "P20").denominator
    assert found is not None
    assert found.total == 150


def test_after_a_merger_a_missing_denominator_is_not_made_of_one_part(world: World) -> None:
    supplied(world, "P10", "residents", 100)
    merge(world, "P10", "P14", day=date(2020, 10, 1))
    assert target(world, "T2", "P20").denominator is None


def test_the_text_says_what_a_figure_rests_on_and_what_is_assumed(world: World) -> None:
    worked_example(world)
    supplied(world, "P10", "residents", 400)
    found = targets(world)
    text = target_text(found.listed[1], found, shipped_plan())
    for part in (
        "Kết quả: chưa đủ cơ sở đánh giá",
        "Từ 95 đến 200 người (23,7–50 %)",
        "Nữ: 70–150; nam: 25–55",
        "Không theo giả định: ít nhất 85 người",
        "Mẫu số: 400 người (Chi cục Thống kê, số liệu đến 31/12/2019)",
        "Số lượt theo nhóm: Người dân 200",
        "Ít nhất: giả định không ai được tính ở buổi riêng của hai khu phố. Nhiều nhất: chỉ trong",
        " các buổi đã báo cáo (",
        "% số tuần). Chỉ tính người dự trực tiếp.",
    ):
        assert part in text
    supplied(world, "P10", "residents", 500)
    assert "qua các buổi đã báo cáo: tối đa 40 %" in targets_text(targets(world))


def test_the_text_asks_the_units_for_what_is_missing(world: World) -> None:
    found = targets(world, "GV")
    said = request_text(found.listed[1], shipped_plan(), "vi")
    assert said.startswith("Kính gửi Phường 10, Phường 14: để đánh giá chỉ tiêu T2")
    assert "tổng số người (nữ, nam) của nhóm: Người dân trên địa bàn" in said
    assert "số liệu người dân nữ 120 nam 80, nguồn: danh sách năm 2020, ngày 31/12/2019" in said


def test_many_units_are_asked_in_messages_that_name_each_once(world: World) -> None:
    found = targets(world, "GV")
    progress = found.listed[1]
    unit = progress.owing[0].unit
    many = [replace(progress.owing[0], unit=replace(unit, name=f"Phường số {number}")) for number in range(90)]
    progress = replace(progress, owing=tuple(many))
    assert "– 90 đơn vị" in target_text(progress, found, shipped_plan())
    messages = [request_text(progress, shipped_plan(), "vi", page) for page in range(pages_of(progress))]
    named = [name for text in messages for name in text.removeprefix("Kính gửi ").partition(":")[0].split(", ")]
    assert named == [owing.unit.name for owing in many]
    assert max(map(len, messages)) < 1_900


@pytest.mark.parametrize("unit", ["GV", "P10", "P10-KP1", "CQ-VHTT"])
def test_all_targets_fit_one_message_of_any_channel(world: World, unit: str) -> None:
    worked_example(world)
    assert len(targets_text(targets(world, unit))) <= 1_900
