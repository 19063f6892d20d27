"""Figures as tables: the totals are the figures' own, shares say what they are of, and nobody who owes is left out."""

from dataclasses import replace

import pytest

from messages import Cell, Choice, Table, Valued
from messages.tables import cell_text
from reports.figures import Figures, People, UnitsOfWeek
from reports.help import HelpRow, Services
from reports.tables import by_activity, by_group, by_help, by_unit, share_of_women, who_owes
from rules.suppression import Hidden
from tests.unit.reports.samples import changed, missing, row, summary

WARD = summary(
    row("P10-KP1", "Khu phố 1", 1, 12, 3),
    row("P10-KP10", "Khu phố 10", 3, 1200, 345),
    by_activity=(row("A2", "Nói chuyện", 4, 1212, 348), row("A1.2", "Tờ rơi", 2)),
    by_group=(row("residents", "Người dân", 4, 1212, 348), row("children", "Trẻ em", 4, 10, 10)),
    missing=missing(2),
)


def heads(table: Table) -> list[str]:
    return [column.head for column in table.columns]


def read(table: Table) -> list[str]:
    """The rows of no group, and the totals, as they are read."""
    return [" | ".join(table.text(cell) for cell in row) for row in (*table.rows, table.totals) if row]


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (People(62, 38), "62,0"),
        (People(62, 38, 5), "62,0"),
        (People(60, 30, 10), "60,0–70,0"),
        (People(0, 0, 10), "–"),
        (People(), "–"),
        (People(1, 2), "33,3"),
        (People(0, 3), "0,0"),
    ],
)
def test_a_share_is_of_those_whose_sex_is_known_or_between_two_ends(people: People, said: str) -> None:
    assert cell_text(share_of_women(people, "vi"), "vi") == said


def test_a_share_between_two_ends_is_sorted_by_its_lower_one() -> None:
    assert share_of_women(People(60, 30, 10), "en") == Valued("60.0–70.0", 60.0)


def test_a_ward_s_table_names_who_only_owes_its_week_in_the_order_of_their_numbers() -> None:
    table = by_unit(WARD, {}, {})
    assert heads(table) == ["Đơn vị", "Hoạt động", "Lượt người", "Nữ", "Nam", "Tỷ lệ nữ (%)", "Chưa báo cáo"]
    assert read(table) == [
        "Khu phố 1 | 1 | 15 | 12 | 3 | 80,0 | 1",
        "Khu phố 2 | 0 | 0 | 0 | 0 | – | 1",
        "Khu phố 10 | 3 | 1.545 | 1.200 | 345 | 77,7 | 0",
        "Cộng | 4 | 1.560 | 1.212 | 348 | 77,7 | 2",
    ]


def test_visits_without_a_sex_have_a_column_where_there_are_any() -> None:
    unsorted = changed(WARD, people=People(1212, 348, 40))
    assert "Chưa phân nam nữ" in heads(by_activity(unsorted))
    assert "Chưa phân nam nữ" not in heads(by_activity(WARD))


def test_a_total_is_never_made_of_rows() -> None:
    assert read(by_group(WARD)) == [
        "Người dân | 4 | 1.560 | 1.212 | 348 | 77,7",
        "Trẻ em | 4 | 20 | 10 | 10 | 50,0",
        "Cộng | 4 | 1.560 | 1.212 | 348 | 77,7",
    ]


def test_an_activity_without_visits_has_no_share() -> None:
    assert read(by_activity(WARD))[1] == "Tờ rơi | 2 | 0 | 0 | 0 | –"


def test_a_district_s_wards_hold_their_neighbourhoods_and_open(figures_of_district: Figures) -> None:
    opens = {"Phường 10": Choice("summary:P10", "Xem Phường 10")}
    table = by_unit(figures_of_district, {"Phường 10": WARD.by_unit, "Phường 3": ()}, opens)
    assert read(table) == ["Công an quận | 1 | 5 | 2 | 3 | 40,0 | 0", "Cộng | 5 | 1.565 | 1.214 | 351 | 77,6 | 2"]
    tenth, third = table.groups
    assert tenth.title == "Phường 10"
    assert [row[0] for row in tenth.rows] == ["Khu phố 1", "Khu phố 2", "Khu phố 10"]
    assert tenth.totals[:2] == ("Phường 10", 4)
    assert tenth.totals[-1] == 2
    assert tenth.opens == opens["Phường 10"]
    assert third.totals[:3] == ("Phường 3", 0, 0)


@pytest.fixture
def figures_of_district() -> Figures:
    return summary(
        row("P10", "Phường 10", 4, 1212, 348),
        row("CA", "Công an quận", 1, 2, 3),
        missing=missing(2, "Phường 10"),
        unit="GV",
        title="Quận Gò Vấp",
        parts=("phường", "cơ quan"),
    )


def test_who_owes_a_week_stands_by_ward(figures_of_district: Figures) -> None:
    mending = changed(figures_of_district, mending=missing(1, "Phường 3"))
    table = who_owes(mending, {"Phường 3": Choice("missing:P3", "Xem Phường 3")})
    assert [(group.title, group.rows) for group in table.groups] == [
        ("Phường 10 (2)", (("Khu phố 1", "chưa báo cáo"), ("Khu phố 2", "chưa báo cáo"))),
        ("Phường 3 (1)", (("Khu phố 1", "đang bổ sung"),)),
    ]
    assert [group.opens and group.opens.id for group in table.groups] == [None, "missing:P3"]


def test_who_owes_a_week_in_one_ward_needs_no_groups() -> None:
    table = who_owes(WARD, {})
    assert not table.groups
    assert [row[0] for row in table.rows] == ["Khu phố 1", "Khu phố 2"]


def test_a_longer_period_names_nobody_who_owes() -> None:
    month = replace(WARD, completeness=replace(WARD.completeness, missing=UnitsOfWeek(5, None)))
    assert heads(by_unit(month, {}, {}))[-1] == "Tỷ lệ nữ (%)"


def test_people_helped_are_shown_as_far_as_they_may_be() -> None:
    services = Services(
        HelpRow("GV", "Quận Gò Vấp", 25, 20, 5, 0),
        (
            HelpRow("legal", "Tư vấn pháp luật", 19, Hidden.WITHHELD, Hidden.WITHHELD, 0),
            HelpRow("shelter", "Tạm lánh", Hidden.FEW, Hidden.FEW, 0, 0),
            HelpRow("other", "Khác", 6),
        ),
    )
    table = by_help(services, "vi")
    assert heads(table) == ["Hình thức hỗ trợ", "Lượt người", "Nữ", "Nam", "Chưa phân nam nữ"]
    assert read(table) == [
        "Tư vấn pháp luật | 19 | không hiển thị | không hiển thị | 0",
        "Tạm lánh | dưới 5 | dưới 5 | 0 | 0",
        "Khác | 6 | – | – | –",
        "Cộng | 25 | 20 | 5 | 0",
    ]


def test_a_cell_of_a_name_is_a_text(figures_of_district: Figures) -> None:
    cells: list[Cell] = [row[0] for row in by_unit(figures_of_district, {}, {}).rows]
    assert cells == ["Phường 10", "Công an quận"]
