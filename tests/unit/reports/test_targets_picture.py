"""The targets as intervals with the line to reach: the very shares of the text, and none where there is no whole."""

import pytest

from reports.drawing.palette import SURE
from reports.drawing.sheet import INNER, STRIPED_POSSIBLE
from reports.progress import Progress
from rules.targets import Basis
from tests.unit.reports.pictured import FIVE, progress, targets
from tests.unit.reports.seen import assert_legible, boxes, drawn, opened, words


def test_the_recipe_holds_each_targets_ends_and_its_line() -> None:
    lines = targets(*FIVE).data["targets"]
    assert [line[:1] + line[2:5] for line in lines] == [
        ["T1", 70, 34.2, 81.0],
        ["T2", 50, 52.0, 88.0],
        ["T3", 100, 80.0, 80.0],
        ["T4", 100, None, None],
        ["T5", 100, None, None],
    ]


def test_what_is_sure_is_full_and_what_may_be_is_striped() -> None:
    picture = drawn(targets(progress("T1", 70, 25, 75, 100)))
    assert boxes(picture, SURE) == [(INNER / 4, 44)]
    assert boxes(picture, STRIPED_POSSIBLE)[0][0] == pytest.approx(INNER / 2 - 3)


def test_what_was_counted_has_nothing_striped() -> None:
    assert boxes(drawn(targets(progress("T3", 100, 80, 80, 100, Basis.ROSTER))), STRIPED_POSSIBLE) == []


def test_without_a_denominator_it_is_said_what_is_missing() -> None:
    picture = drawn(targets(progress("T5", 100, 12, 40, None)))
    assert boxes(picture, SURE) == []
    said = words(picture)
    assert {"100 %", "Từ 12 đến 40 người", "Chưa đủ cơ sở đánh giá"} <= set(said)
    assert any("Phường 10" in line for line in said)


def test_the_alternative_text_names_every_target() -> None:
    assert targets(*FIVE[:3]).alt == (
        "Tiến độ chỉ tiêu, Quận Gò Vấp: T1: 34,2–81 %, chưa đủ cơ sở đánh giá; T2: 52–88 %, đạt, theo giả định; "
        "T3: 80 %, chưa đạt"
    )


@pytest.mark.parametrize(
    "listed",
    [
        (),
        FIVE,
        (progress("T1", 70, 0, 0, 10), progress("T2", 1, 10**9, 10**9, 10**9), progress("T3", 0, 1, 2, 3)),
        (progress("T1", 70, 12, 14, 10),),
    ],
    ids=["none", "five", "the ends", "a contradiction"],
)
def test_targets_can_be_read_whatever_they_are(listed: tuple[Progress, ...]) -> None:
    picture = targets(*listed)
    assert_legible(drawn(picture))
    assert opened(picture).width == 1080
