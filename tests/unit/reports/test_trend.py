"""Weeks or months side by side: the picture holds the text's figures, and they are read off whatever their size."""

import pytest

from reports.drawing.palette import WOMEN
from reports.drawing.plot import round_step
from reports.drawing.trend import HEIGHT
from reports.figures import People
from tests.unit.reports.pictured import months, some_people, trend
from tests.unit.reports.seen import assert_legible, boxes, drawn, opened, words


def test_the_recipe_holds_each_weeks_figures_in_order() -> None:
    people = some_people(3)
    columns = trend(people).data["columns"]
    assert [column[3:6] for column in columns] == [[each.female, each.male, each.unsorted] for each in people]
    assert [column[:2] for column in columns] == [["43", "tháng 10"], ["44", "tháng 11"], ["45", ""]]


def test_columns_are_as_high_as_the_figures_are_large() -> None:
    picture = drawn(trend([People(100), People(400), People(200)]))
    heights = [height for _, height in boxes(picture, WOMEN) if height != 32]
    assert heights == pytest.approx([heights[1] / 4, heights[1], heights[1] / 2])
    assert heights[1] <= HEIGHT


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ([People(100), People(120, 5)], "Tuần 45: 125 lượt, tăng 25 lượt so với tuần 44."),
        ([People(100), People(10)], "Tuần 45: 10 lượt, giảm 90 lượt so với tuần 44."),
        ([People(5), People(3, 1, 1)], "Tuần 45: 5 lượt, bằng tuần 44."),
    ],
)
def test_the_last_week_is_compared_with_the_one_before(people: list[People], said: str) -> None:
    assert said in words(drawn(trend(people)))


def test_a_month_that_runs_is_not_compared() -> None:
    said = words(drawn(trend([People(100), People(300), People(10)], months(3))))
    assert "Tháng 10: 300 lượt, tăng 200 lượt so với tháng 9." in said
    assert "Tháng 11 chưa kết thúc." in said


def test_a_trend_without_visits_says_so() -> None:
    assert "Chưa có lượt dự nào được báo cáo." in words(drawn(trend([People()] * 3)))


def test_every_column_bears_its_total_where_there_is_room() -> None:
    said = words(drawn(trend(some_people())))
    assert {"546", "1.211", "809"} <= set(said)


def test_the_alternative_text_says_the_last_and_the_highest() -> None:
    alt = trend([People(100), People(400), People(200)]).alt
    assert alt == (
        "Xu hướng của Quận Gò Vấp, 3 tuần, 19/10 – 8/11/2020: tuần 45 có 200 lượt; cao nhất tuần 44: 400 lượt"
    )


@pytest.mark.parametrize(
    "people",
    [
        [People()],
        [People(1)],
        [People()] * 12,
        some_people(),
        some_people(12, 37),
        [People(10**9, 10**9, 10**9)] * 12,
        [People(1), *[People(10**6)] * 11],
    ],
    ids=["nothing", "one", "twelve empty weeks", "a year's end", "ten thousands", "huge", "one beside millions"],
)
def test_a_trend_can_be_read_whatever_its_figures(people: list[People]) -> None:
    picture = trend(people, unit="Ủy ban Mặt trận Tổ quốc Việt Nam quận " * 3)
    assert_legible(drawn(picture))
    assert opened(picture).width == 1080


@pytest.mark.parametrize(("most", "step"), [(1, 1), (4, 1), (5, 2), (20, 5), (1_211, 500), (43_727, 20_000)])
def test_a_scale_has_few_round_lines(most: int, step: int) -> None:
    assert round_step(most) == step
