"""A quarter reckoned by hand: each number below was added up on paper from the reports that stand above it.

It has a neighbourhood that moves to another ward on 2 November 2020, reports on the days at which official reports cut
the year, the Action Month of two years, a service, leaflets, an approved report and one that was returned.
"""

from datetime import date
from typing import Any

import pytest

from periods.period import period_of
from reports import tables
from reports.day_by_day import day_by_day
from reports.figures import Figures, People
from reports.filtering import ALL, Filter
from reports.reckoning import figures_of
from reports.texts import summary_text
from rules.states import ReportState
from storage.records.totals import strays
from tests.cuts import shipped_cuts
from tests.integration.reports.world import NOW, World, small_plan

LATER = NOW.replace(year=2021, month=1, day=5)
HELP: dict[str, Any] = {"activity": "D3", "kind": "service", "target_group": "in_need", "item": "legal"}
GIVEN: dict[str, Any] = {"activity": "A1.2", "kind": "media", "target_group": "", "item": "leaflet", "mode": "given"}
WARDS = ("P10", "P14")


@pytest.fixture
def quarter(world: World) -> World:
    """All days are of 2020 unless said."""
    # Before the quarter, and on the edges of what official reports count.
    world.report("P10-KP1", date(2020, 9, 14), 1, 0)  # quý III theo kỳ báo cáo: its last day
    world.report("P10-KP1", date(2020, 9, 15), 2, 0)  # quý IV theo kỳ báo cáo: its first day
    world.report("P10-KP1", date(2020, 9, 30), 4, 0)
    # October: 10 women and 5 men on the 1st; 20 and 10 on the 14th; 40, 20 and 3 unsorted on the 15th.
    world.report("P10-KP1", date(2020, 10, 1), 10, 5)
    world.report("P10-KP2", date(2020, 10, 14), 20, 10)
    approved = world.report("P10-KP2", date(2020, 10, 15), 40, 20, unsorted=3)
    world.becomes(approved, ReportState.APPROVED)
    world.report("P14", date(2020, 10, 31), 100, 50, activity="A1.4", place_unit_id=world.units["P14-KP1"])
    # November: P10-KP2 lies in P14 from the 2nd on; it reports on both sides of it.
    world.report("P10-KP2", date(2020, 11, 1), 7, 0)
    world.moves("P10-KP2", "P14", date(2020, 11, 2))
    world.report("P10-KP2", date(2020, 11, 2), 8, 0)
    world.report("P14-KP1", date(2020, 11, 14), 16, 0)
    world.report("P14-KP1", date(2020, 11, 15), 32, 0, activity="A1.4")
    world.report("P10-KP1", date(2020, 11, 16), 3, 1, **HELP)
    # December: leaflets, the Action Month's last day, the year's last day; one is returned.
    world.report("P10-KP1", date(2020, 12, 14), 0, 0, **GIVEN, quantity=500)
    world.report("P10-KP1", date(2020, 12, 15), 64, 0, activity="A1.4")
    world.report("P10-KP1", date(2020, 12, 31), 128, 0)
    world.becomes(world.report("P10-KP1", date(2020, 12, 31), 999, 999), ReportState.RETURNED)
    # A year earlier.
    world.report("P10-KP1", date(2019, 11, 20), 5, 5, activity="A1.4")
    assert strays(world.db) == 0
    return world


def figures(world: World, code: str, unit: str = "GV", only: Filter = ALL, units_of: date | None = None) -> Figures:
    period = period_of(code, shipped_cuts())
    return figures_of(world.db, small_plan(), unit, period, LATER, only=only, units_of=units_of)


def test_the_quarter(quarter: World) -> None:
    value = figures(quarter, "2020-Q4")
    # 10+20+40+100 + 7+8+16+32 + 64+128 = 425 women; 5+10+20+50 = 85 men; 3 unsorted.
    assert (value.reports, value.people, value.helped) == (12, People(425, 85, 3), People(3, 1))
    assert value.not_approved == 11
    assert [(row.product, row.mode, row.quantity) for row in value.media] == [("leaflet", "given", 500)]
    assert [(row.code, row.reports, row.people) for row in value.by_unit] == [
        ("P10", 8, People(269, 35, 3)),  # 10+20+40+7 +64+128, the service and the leaflets
        ("P14", 4, People(156, 50)),  # 100+8+16+32
    ]
    assert [(row.code, row.reports, row.people.total) for row in value.by_level] == [
        ("ward", 1, 150),
        ("neighbourhood", 11, 363),
    ]
    assert {row.code: (row.reports, row.people.total) for row in value.by_activity} == {
        "A2": (7, 267),
        "A1.4": (3, 246),
        "A1.2": (1, 0),
        "D3": (1, 0),
    }
    assert {row.code: (row.reports, row.people.total) for row in value.by_place} == {"P10": (8, 307), "P14": (4, 206)}


@pytest.mark.parametrize(
    ("code", "reports", "women", "men", "unsorted"),
    [
        ("2020-10", 4, 170, 85, 3),
        ("2020-11", 5, 63, 0, 0),
        ("2020-12", 3, 192, 0, 0),
        ("2020-10@chot", 4, 36, 15, 0),  # 15/9 to 14/10: 2+4+10+20
        ("2020-11@chot", 5, 171, 70, 3),  # 15/10 to 14/11: 40+100+7+8+16
        ("2020-12@chot", 3, 32, 0, 0),  # 15/11 to 14/12: 32, the service, the leaflets
        ("2020-Q4@chot", 12, 239, 85, 3),  # 15/9 to 14/12
        ("2020-Q3@chot", 1, 1, 0, 0),
        ("2020-9M", 3, 7, 0, 0),
        ("2020-9M@chot", 1, 1, 0, 0),
        ("2020-10M", 7, 177, 85, 3),
        ("2020-KQ", 7, 177, 85, 3),
        ("2020-H2", 15, 432, 85, 3),
        ("2020-H2@chot", 13, 240, 85, 3),
        ("2020", 15, 432, 85, 3),
        ("2020@chot", 13, 240, 85, 3),
        ("2020-AM", 4, 96, 0, 0),  # 15/11 to 15/12: 32+64, the service, the leaflets
        ("2019-AM", 1, 5, 5, 0),
        ("2019-11-20..2020-11-01", 9, 189, 90, 3),
    ],
)
def test_every_kind_of_period(quarter: World, code: str, reports: int, women: int, men: int, unsorted: int) -> None:
    value = figures(quarter, code)
    assert (value.reports, value.people) == (reports, People(women, men, unsorted))
    told = value.to_dict()
    assert (told["period"], told["reports"], told["female"], told["male"]) == (code, reports, women, men)
    parts = [figures(quarter, code, ward) for ward in WARDS]
    assert sum(part.reports for part in parts) == reports
    assert sum((part.people for part in parts), People()) == value.people


def test_a_ward_has_what_lay_in_it_on_the_day(quarter: World) -> None:
    value = figures(quarter, "2020-11@chot", "P10")
    assert [(row.code, row.people.total) for row in value.by_unit] == [("P10-KP2", 70)]
    assert figures(quarter, "2020-11@chot", "P14").people == People(124, 50)
    assert value.basis.moved == (date(2020, 11, 2),)


def test_restated_the_ward_has_all_that_its_units_of_the_day_reported(quarter: World) -> None:
    value = figures(quarter, "2020-Q4", units_of=date(2020, 12, 31))
    assert [(row.code, row.reports, row.people) for row in value.by_unit] == [
        ("P10", 5, People(202, 5)),
        ("P14", 7, People(223, 80, 3)),
    ]
    assert value.people == figures(quarter, "2020-Q4").people


def test_narrowed_to_what_was_approved_and_to_the_action_month(quarter: World) -> None:
    assert figures(quarter, "2020-Q4", only=Filter(approved_only=True)).people == People(40, 20, 3)
    assert figures(quarter, "2020-Q4", only=Filter(activity="A1.4")).people == People(196, 50)
    month = day_by_day(quarter.db, "GV", period_of("2020-AM", shipped_cuts()), LATER)
    this, last = month.so_far()
    assert (this.people, this.helped, last.people) == (People(96), People(3, 1), People(5, 5))


def test_the_weeks_of_the_quarter_are_its_sundays(quarter: World) -> None:
    # 13 Sundays (4/10 to 27/12) of four neighbourhoods. Their weeks with a report: KP1 W40, W47, W51 (14 and 15/12);
    # KP2 W42 (14 and 15/10), W44 (1/11), W45 (2/11); P14-KP1 W46 (14 and 15/11).
    kept = figures(quarter, "2020-Q4").completeness
    assert (kept.expected, kept.received, kept.missing.count) == (52, 7, 45)
    assert kept.missing.codes is None


def test_the_quarter_as_people_read_it_in_the_chat(quarter: World) -> None:
    text = summary_text(figures(quarter, "2020-Q4"))
    assert "Quý IV/2020" in text
    assert "513 lượt người (425 nữ, 85 nam, 3 " in text
    assert "• Phường 10: 269 nữ, 35 nam, 3 chưa phân nam nữ (8 hoạt động)" in text
    assert "• Phường 14: 156 nữ, 50 nam (4 hoạt động)" in text
    assert "Chưa duyệt: 11/12 báo cáo" in text


def test_the_quarter_as_a_table(quarter: World) -> None:
    table = tables.by_unit(figures(quarter, "2020-Q4"), {}, {})
    assert [row[1:5] for row in table.rows] == [(8, 307, 269, 35), (4, 206, 156, 50)]
    assert table.totals[1:5] == (12, 513, 425, 85)
