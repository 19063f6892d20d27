"""Figures are frozen whole; what differs from them later is listed cell by cell and told in a sentence."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from locales import texts
from reports.differences import ChangedCell, Measure, changed_cells
from reports.figures import Basis, Completeness, Figures, Inspections, People, ProductRow
from reports.frozen import from_json, to_json
from reports.since import changes_since
from tests.unit.reports.samples import changed, missing, row, summary

SENT = summary(row("P10", "Phường 10", 2, 30, 15), row("P14", "Phường 14", 1, 5, 5), title="Quận Gò Vấp", unit="GV")


def test_frozen_figures_come_back_as_they_were() -> None:
    figures = replace(
        changed(SENT, missing=missing(3), mending=missing(1), nil=2, expected=8, free=("2020-W04",)),
        media=(ProductRow("leaflet", "given", "tờ rơi", 1, 200),),
        inspections=Inspections(3, 2, 1),
        by_help=(row("legal", "pháp lý", 1, 3, 4),),
        basis=Basis(SENT.period.first, "6 phường", (SENT.period.last,)),
    )
    assert from_json(json.loads(json.dumps(to_json(figures)))) == figures


def test_what_was_not_known_when_figures_were_frozen_is_empty() -> None:
    frozen = to_json(SENT)
    for name in ("by_help", "surveys", "basis", "completeness"):
        del frozen[name]
    figures = from_json(frozen)
    assert (figures.by_help, figures.surveys, figures.basis) == ((), 0, Basis())
    assert figures.completeness == Completeness()


def after(**values: Any) -> Figures:
    return replace(SENT, as_of=SENT.as_of + timedelta(days=1), **values)


P14 = row("P14", "Phường 14", 2, 15, 14)


def said(sent: Figures, now: Figures, language: str = "vi", *, lately: bool = True) -> str:
    told = changes_since(texts(language), sent, now, lately=lately)
    return told.text if told else ""


def test_a_report_that_came_later_is_told_with_its_unit() -> None:
    now = after(reports=4, people=People(45, 29), by_unit=(SENT.by_unit[0], P14))
    assert said(SENT, now) == ("Sau bản gửi sáng thứ Hai, có thêm 01 báo cáo (Phường 14: 10 lượt nữ, 09 lượt nam).")
    assert said(SENT, now, lately=False).startswith("Sau bản gửi sáng thứ Hai (tuần 45), có thêm")
    assert said(SENT, now, "en") == (
        "After Monday morning's message, there is 1 more report (Phường 14: 10 visits of women, 9 visits of men)."
    )


def test_where_many_units_have_changed_it_says_how_many_and_that_it_is_not_whole() -> None:
    units = tuple(row(f"P{number}", f"Phường {number}", 1, number, 0) for number in range(20, 28))
    told = changes_since(texts("vi"), SENT, after(reports=11, by_unit=(*SENT.by_unit, *units)), lately=True)
    assert told
    assert "(6 trong 8 nơi: Phường 20: 20 lượt nữ; " in told.text
    assert not told.is_whole


@pytest.mark.parametrize(
    ("values", "change"),
    [
        ({}, ""),
        (
            {"reports": 2, "people": People(25, 10), "by_unit": (row("P10", "Phường 10", 2, 30, 15),)},
            "bớt 01 báo cáo (Phường 14: bớt 05 lượt nữ, bớt 05 lượt nam)",
        ),
        (
            {"people": People(40, 15), "by_unit": (row("P10", "Phường 10", 2, 35, 10), SENT.by_unit[1])},
            "số liệu có thay đổi (Phường 10: 05 lượt nữ, bớt 05 lượt nam)",
        ),
        (
            {"reports": 4, "by_unit": (row("P10", "Phường 10", 3, 30, 15), SENT.by_unit[1])},
            "có thêm 01 báo cáo (Phường 10: 01 báo cáo)",
        ),
        ({"surveys": 100}, "số liệu có thay đổi"),
        ({"helped": People(1), "completeness": Completeness(expected=3)}, ""),
    ],
)
def test_each_change_has_its_words(values: dict[str, Any], change: str) -> None:
    assert said(SENT, after(**values)) == (f"Sau bản gửi sáng thứ Hai, {change}." if change else "")


def test_what_was_sent_at_another_time_says_when() -> None:
    sent = replace(SENT, as_of=SENT.as_of + timedelta(days=1))
    assert said(sent, after(surveys=1)) == "Sau bản gửi lúc 07:30 ngày 10/11/2020, số liệu có thay đổi."


def test_changed_cells_name_breakdown_row_measure_and_both_values() -> None:
    now = after(reports=4, people=People(45, 29), by_unit=(SENT.by_unit[0], P14), media=(PRODUCT,))
    assert changed_cells(SENT, now) == (
        ChangedCell("", "", "Quận Gò Vấp", Measure.REPORTS, 3, 4),
        ChangedCell("", "", "Quận Gò Vấp", Measure.WOMEN, 35, 45),
        ChangedCell("", "", "Quận Gò Vấp", Measure.MEN, 20, 29),
        ChangedCell("unit", "P14", "Phường 14", Measure.REPORTS, 1, 2),
        ChangedCell("unit", "P14", "Phường 14", Measure.WOMEN, 5, 15),
        ChangedCell("unit", "P14", "Phường 14", Measure.MEN, 5, 14),
        ChangedCell("media", "leaflet given", "tờ rơi", Measure.QUANTITY, 0, 200),
    )


PRODUCT = ProductRow("leaflet", "given", "tờ rơi", 1, 200)


def test_people_whom_services_helped_are_no_part_of_a_difference() -> None:
    helped = (row("service", "Tư vấn", 1, 3, 1),)
    assert changed_cells(SENT, after(helped=People(3, 1), by_kind=helped, by_help=helped)) == ()
