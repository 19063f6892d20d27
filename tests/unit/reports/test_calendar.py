"""Neighbourhoods by weeks: each of the states has its shape and its count, and a district's 186 rows can be read."""

import re

import pytest
from lxml import etree

from reports.drawing.calendar import split
from reports.drawing.palette import LATE, MENDING, MISSING, NIL, ON_TIME
from tests.unit.reports.pictured import Ward, calendar, district
from tests.unit.reports.seen import SVG, assert_legible, drawn, opened, words

WARD: list[Ward] = [("Phường 10", [("Khu phố 1", "oolx"), ("Khu phố 2", "nmx ")])]


def shapes(picture: etree._Element, colour: str) -> int:
    """How many cells of a colour there are, without the legend's, which stands in a group."""
    paths = (path for path in picture.iter(f"{SVG}path") if path.getparent() is picture)
    return sum(colour in (path.get("fill"), path.get("stroke")) for path in paths)


def test_each_week_is_drawn_as_what_was_done_about_it() -> None:
    picture = drawn(calendar(WARD, 4))
    assert [shapes(picture, colour) for colour in (ON_TIME, LATE, NIL, MENDING, MISSING)] == [2, 1, 1, 1, 2]


def test_the_legend_counts_what_is_drawn() -> None:
    said = words(drawn(calendar(WARD, 4, free=("2020-W45",))))
    assert {
        "đúng hạn: 2",
        "sau hạn: 1",
        "không có hoạt động: 1",
        "đang bổ sung: 1",
        "chưa báo cáo: 2",
        "tuần nghỉ: 1",
    } <= set(said)
    assert said[said.index("42") :][:6] == ["42", "43", "44", "45", "Khu phố 1", "Khu phố 2"]


def test_a_district_names_its_wards_with_what_was_received_and_its_neighbourhoods_by_number() -> None:
    blocks = [*WARD, ("Phường 11", [(f"Khu phố {n}", "oooo") for n in range(1, 31)])]
    said = words(drawn(calendar(blocks, 4)))
    assert said[said.index("Phường 10") + 1] == "71 %"
    assert said[said.index("Phường 11") + 1] == "100 %"
    assert "30" in said
    assert not any(re.fullmatch("Khu phố .*", line) for line in said)


def test_a_week_that_is_not_owed_is_left_blank() -> None:
    picture = drawn(calendar([("Phường 10", [("Khu phố 1", "   o")])], 4))
    assert sum(shapes(picture, colour) for colour in (ON_TIME, LATE, NIL, MENDING, MISSING)) == 1


def test_a_week_that_is_not_due_yet_is_no_gap() -> None:
    said = words(drawn(calendar([("Phường 10", [("Khu phố 1", "ooo.")])], 4)))
    assert {"chưa báo cáo: 0", "chưa đến hạn: 1"} <= set(said)


def test_the_alternative_text_counts_every_state() -> None:
    assert calendar(WARD, 4).alt == (
        "Lịch báo cáo tuần, Quận Gò Vấp, 4 tuần, 12/10 – 8/11/2020: 2 đúng hạn, 1 sau hạn, 1 không có hoạt động, "
        "1 đang bổ sung, 2 chưa báo cáo"
    )


LONG: list[Ward] = [
    (f"{n}. Phường mang một cái tên rất dài", [("Khu phố Bình Minh Thống Nhất " * 2, "o" * 12)] * 11) for n in range(4)
]


WARD_12: list[Ward] = [("Phường 10", [("Khu phố 1", "oolx" * 3), ("Khu phố 2", "nm. " * 3)])]


@pytest.mark.parametrize(
    "blocks",
    [[], WARD_12, LONG, district(), [(f"P{n}", [("1", "x" * 12)] * 60) for n in range(4)]],
    ids=["nobody", "two rows", "long names", "186 rows", "240 rows"],
)
def test_a_calendar_can_be_read_whatever_is_in_it(blocks: list[Ward]) -> None:
    assert_legible(drawn(calendar(blocks)))


def test_a_district_is_as_wide_as_a_phone_after_telegram_has_shrunk_it() -> None:
    """Telegram shows photos within 1,280 pixels: what is higher than three and a half times its width gets narrower."""
    image = opened(calendar(district()))
    assert image.height * 360 <= image.width * 1_280


def test_blocks_are_split_in_order_so_that_the_highest_column_is_lowest() -> None:
    assert [[*part] for part in split([5, 1, 1, 1, 4], 2)] == [[0, 1], [2, 3, 4]]
    assert [*map(len, split([1], 3))].count(1) == 1
