"""Numbers of people as somebody types them in one line."""

from datetime import date

import pytest

from plan.model import Plan
from plan.typed_numbers import Lacks, typed_numbers
from reports.target_texts import example_of
from rules.kinds import Measure

TODAY = date(2020, 11, 4)
DAY = date(2019, 12, 31)

READ = [
    (
        "người dân nữ 12.000 nam 11.500, nguồn: Chi cục Thống kê, ngày 31/12/2019",
        [("people", "residents", "female", 12000), ("people", "residents", "male", 11500)],
        "Chi cục Thống kê",
    ),
    (
        "nguoi dan: nu 12000, nam 11500; nguon Chi cuc Thong ke ngay 31/12/2019",
        [("people", "residents", "female", 12000), ("people", "residents", "male", 11500)],
        "Chi cuc Thong ke",
    ),
    (
        "học sinh, sinh viên tổng số 4500 nguồn Phòng GDĐT 2019-12-31",
        [("people", "students", "all", 4500)],
        "Phòng GDĐT",
    ),
    ("người dân 23.500 người, nguồn TK, số liệu đến ngày 31/12/2019", [("people", "residents", "all", 23500)], "TK"),
    (
        "đã tập huấn cộng tác viên nữ 9 nam 4, nguồn: danh sách 2020, ngày 31/12/2019",
        [("trained", "gender_officers", "female", 9), ("trained", "gender_officers", "male", 4)],
        "danh sách 2020",
    ),
    (
        "nữ lãnh đạo kiến thức 30 kỹ năng 28, nguồn: danh sách, 31/12/2019",
        [("knowledge", "women_leaders", "all", 30), ("skills", "women_leaders", "all", 28)],
        "danh sách",
    ),
    (
        "officials women 120 men 80, source: own list, day 2019-12-31",
        [
            ("people", "officials", "female", 120),
            ("people", "officials", "male", 80),
        ],
        "own list",
    ),
]


@pytest.mark.parametrize(("text", "numbers", "source"), READ)
def test_a_line_is_read(plan: Plan, text: str, numbers: list[tuple[str, str, str, int]], source: str) -> None:
    found = typed_numbers(text, plan, 7, TODAY)
    assert not found.lacks
    assert [(n.measure, n.about, n.sex, n.value) for n in found.numbers] == numbers
    assert {(n.source, n.as_of, n.unit_id) for n in found.numbers} == {(source, DAY, 7)}


LACKING = [
    ("người dân nữ 120 nam 80", [Lacks.SOURCE, Lacks.DAY]),
    ("người dân nữ 120, nguồn: TK", [Lacks.DAY]),
    ("người dân, nguồn: TK, ngày 31/12/2019", [Lacks.NUMBERS]),
    ("người sao hỏa nữ 120, nguồn: TK, ngày 31/12/2019", [Lacks.GROUP]),
    ("người dân nữ 120, nguồn: TK, ngày 5/11/2020", [Lacks.FUTURE]),
    ("tuần trước", [Lacks.GROUP, Lacks.NUMBERS, Lacks.SOURCE, Lacks.DAY]),
    ("người dân nữ ² nam ①, nguồn: TK, ngày 31/12/2019", [Lacks.GROUP, Lacks.NUMBERS]),
]


@pytest.mark.parametrize(("text", "lacks"), LACKING)
def test_what_is_missing_is_named_and_nothing_is_guessed(plan: Plan, text: str, lacks: list[Lacks]) -> None:
    found = typed_numbers(text, plan, 7, TODAY)
    assert (found.numbers, list(found.lacks)) == ((), lacks)


def test_a_long_text_costs_no_more_than_a_line(plan: Plan) -> None:
    assert typed_numbers("người dân nữ 1 " * 100_000, plan, 7, TODAY).lacks


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("measure", [Measure.PEOPLE, Measure.TRAINED, Measure.KNOWLEDGE])
def test_the_example_that_units_are_given_can_be_sent_as_it_is(plan: Plan, language: str, measure: Measure) -> None:
    for group in plan.groups.values():
        example = example_of(group, measure, language)
        rest = example.removeprefix("số liệu ").removeprefix("numbers ")
        found = typed_numbers(rest, plan, 7, TODAY)
        assert (found.lacks, {number.about for number in found.numbers}) == ((), {group.code}), example
