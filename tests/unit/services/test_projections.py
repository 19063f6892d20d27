"""The lines, days and place that are read out of the answers of an activity report."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from rules.levels import Level
from services.projections import ACTIVITY_REPORT, project
from storage.directory.units import Unit, UnitTree
from storage.records.activities import Projection

DAY = date(2020, 11, 4)


def unit(row: int, code: str, level: Level, parent: int | None) -> Unit:
    since = date(2019, 1, 1)
    return Unit(row, code, code, level, parent, since, None, sample=False, since=since)


GV, P10 = unit(1, "GV", Level.DISTRICT, None), unit(2, "P10", Level.WARD, 1)
KP5, AGENCY = unit(3, "P10-KP05", Level.NEIGHBOURHOOD, 2), unit(4, "CQ-VHTT", Level.AGENCY, 1)
TREE = UnitTree([GV, P10, KP5, AGENCY])


def projected(answers: Mapping[str, Any], by: Unit = KP5) -> Projection:
    said = {"kind": "event", "activity": "A2", "date": "2020-11-04", **answers}
    found = project(ACTIVITY_REPORT, said, by, TREE, DAY).activity
    assert found is not None
    return found


def lines(answers: Mapping[str, Any], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(line.get(name) for name in names) for line in projected(answers).lines]


def test_two_audiences_are_two_lines() -> None:
    more = [{"more_group": "workers", "more_women": 4, "more_unsorted": 6}]
    answers = {"group": "residents", "women": 30, "men": 15, "more_lines": more}
    assert lines(answers, "target_group", "women", "men", "unsorted") == [
        ("residents", 30, 15, 0),
        ("workers", 4, 0, 6),
    ]


def test_the_same_group_twice_is_one_line_with_the_sum() -> None:
    more = [{"more_group": "residents", "more_women": 4, "more_men": 1}]
    answers = {"group": "residents", "women": 30, "men": 15, "first_women": 10, "more_lines": more}
    assert lines(answers, "women", "men", "first_women", "first_men") == [(34, 16, 10, 0)]


def test_made_and_given_leaflets_are_two_lines_of_one_product() -> None:
    more = [{"more_product": "leaflet", "more_mode": "made", "more_quantity": 2000}]
    answers = {"kind": "media", "product": "leaflet", "quantity": 200, "more_lines": more}
    names = ("item", "mode", "quantity", "opens_item")
    assert lines(answers, *names) == [("leaflet", "given", 200, 1), ("leaflet", "made", 2000, 0)]


def test_kinds_of_help_are_of_people_in_need() -> None:
    more = [{"more_service_kind": "health", "more_helped_women": 2}]
    answers = {"kind": "service", "service_kind": "legal", "helped_women": 3, "helped_men": 1, "more_lines": more}
    names = ("target_group", "item", "women", "men", "opens_group")
    assert lines(answers, *names) == [("in_need", "legal", 3, 1, 1), ("in_need", "health", 2, 0, 0)]


def test_an_answer_that_was_not_given_about_newcomers_is_unknown_and_not_none() -> None:
    assert lines({"women": 3, "men": 1}, "first_women", "first_men") == [(None, None)]
    assert lines({"women": 3, "men": 1, "first_women": 0}, "first_women", "first_men") == [(0, 0)]


def test_an_event_of_two_days_is_counted_by_its_last() -> None:
    facts = projected({"date": "2020-11-08", "last_date": "2020-11-09", "women": 1}).facts
    assert (facts["first_day"], facts["last_day"], facts["week"]) == (date(2020, 11, 8), date(2020, 11, 9), "2020-W46")


@pytest.mark.parametrize(
    ("by", "said", "place"),
    [
        (KP5, None, ("unit", 3)),
        (KP5, "P10", ("unit", 2)),
        (KP5, "outside", ("outside", None)),
        (P10, None, ("unit", 2)),
        (AGENCY, None, ("unknown", None)),
        (AGENCY, "GV", ("unit", 1)),
    ],
)
def test_where_it_took_place(by: Unit, said: str | None, place: tuple[str, int | None]) -> None:
    facts = projected({"women": 1, **({"place_unit": said} if said else {})}, by).facts
    assert (facts["place"], facts["place_unit_id"]) == place
