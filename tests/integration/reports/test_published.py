"""What of services is shown to those who may not open the reports, read back from what was stored."""

import json
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from locales import texts
from periods.period import period_of
from plan.model import Plan, PlannedActivity
from reports.figures import People
from reports.help import HelpRow
from reports.published import Published, published
from reports.reckoning import figures_of
from reports.texts import summary_text
from reports.wording import services_text
from rules.kinds import ActivityKind
from rules.suppression import Hidden, is_few
from tests.integration.reports.world import World, small_plan

AFTER = datetime(2021, 3, 1, tzinfo=UTC)
OCTOBER = date(2020, 10, 14)
FEW, WITHHELD = Hidden.FEW, Hidden.WITHHELD


def plan_with_services() -> Plan:
    plan = small_plan()
    help_ = PlannedActivity("D3", "Tư vấn", "Help", "Tư vấn", "Help", (), "", ActivityKind.SERVICE, (), (), ())
    return replace(plan, activities={**plan.activities, "D3": help_})


PLAN = plan_with_services()


def helps(world: World, unit: str, women: int, men: int = 0, day: date = OCTOBER, **values: Any) -> None:
    line = {"target_group": "in_need", "item": values.pop("item", "legal"), **values}
    world.report(unit, day, women, men, activity="D3", kind="service", **line)


def seen(world: World, unit: str, period: str, *, opens: bool = False, now: datetime = AFTER) -> Published:
    figures = figures_of(world.db, PLAN, unit, period_of(period), now)
    return published(world.db, PLAN, figures, opens=opens)


def test_of_a_neighbourhood_nothing_is_shown(world: World) -> None:
    helps(world, "P10-KP1", 30, 20)
    world.report("P10-KP1", OCTOBER, 10, 5)
    shown = seen(world, "P10-KP1", "2020-Q4")
    assert shown.services is None
    assert shown.figures.helped == People()
    assert [row.code for row in (*shown.figures.by_kind, *shown.figures.by_activity)] == ["event", "A2"]
    assert (shown.figures.reports, shown.figures.people) == (2, People(10, 5)), "all else stays"


def test_of_a_ward_a_quarters_total_without_sex_or_kind(world: World) -> None:
    helps(world, "P10-KP1", 30, 20)
    helps(world, "P14", 6)
    shown = seen(world, "P10", "2020-Q4").services
    assert shown is not None
    assert shown.whole == HelpRow("P10", "Phường 10", 50)
    assert (shown.by_help, shown.by_unit) == ((), ())
    assert all(seen(world, "P10", code).services is None for code in ("2020-10", "2020-W42", "2020-H2", "2020"))


def test_of_the_district_also_kinds_and_sexes(world: World) -> None:
    helps(world, "P10-KP1", 30, 20)
    helps(world, "P14", 6, 7, item="shelter")
    shown = seen(world, "GV", "2020-Q4").services
    assert shown is not None
    assert shown.whole == HelpRow("GV", "Quận Gò Vấp", 63, 36, 27, 0)
    assert shown.by_help == (HelpRow("legal", "legal", 50, 30, 20, 0), HelpRow("shelter", "shelter", 13, 6, 7, 0))
    assert shown.by_unit == (HelpRow("P10", "Phường 10", 50), HelpRow("P14", "Phường 14", 13))
    year = seen(world, "GV", "2020").services
    assert year is not None
    assert (year.whole, year.by_unit) == (shown.whole, ()), "wards only by quarter"


def test_a_small_ward_is_hidden_with_the_next_smallest_in_its_own_figures_too(world: World) -> None:
    helps(world, "P10", 30, 20)
    helps(world, "P14-KP1", 3)
    helps(world, "CQ-VHTT", 8, 9)
    of_district = seen(world, "GV", "2020-Q4").services
    assert of_district is not None
    assert [(row.code, row.total) for row in of_district.by_unit] == [("P10", 50), ("P14", FEW), ("CQ-VHTT", WITHHELD)]
    for code, total in (("P10", 50), ("P14", FEW), ("CQ-VHTT", WITHHELD)):
        own = seen(world, code, "2020-Q4").services
        assert own is not None
        assert own.whole.total == total


def test_a_quarter_that_is_not_over_is_not_shown(world: World) -> None:
    helps(world, "P10-KP1", 30, 20)
    during = datetime(2020, 11, 9, tzinfo=UTC)
    assert seen(world, "GV", "2020-Q4", now=during).services is None
    assert seen(world, "GV", "2020-Q3", now=during).services == seen(world, "GV", "2020-Q3").services is not None


def test_who_may_open_the_reports_sees_everything_in_any_period(world: World) -> None:
    helps(world, "P10-KP1", 1, 2)
    for code in ("2020-W42", "2020-10", "2020-Q4"):
        shown = seen(world, "P10", code, opens=True)
        assert shown.figures == figures_of(world.db, PLAN, "P10", period_of(code), AFTER)
        assert shown.services is not None
        assert shown.services.whole == HelpRow("P10", "Phường 10", 3, 1, 2, 0)


def test_what_is_hidden_is_said_in_words_and_in_json(world: World) -> None:
    helps(world, "P10", 30, 3)
    helps(world, "P14", 9, 12)
    shown = seen(world, "GV", "2020-Q4")
    assert shown.services is not None
    said = services_text(texts("vi"), shown.services.whole)
    assert said == "54 lượt người được tư vấn, hỗ trợ: 39 nữ, 15 nam"
    assert said in summary_text(shown.figures, shown.services)
    helps(world, "P10", 40, 0, day=date(2020, 8, 5))
    helps(world, "P10", 0, 2, day=date(2020, 8, 5))
    shown = seen(world, "GV", "2020-Q3")
    assert shown.services is not None
    assert services_text(texts("vi"), shown.services.whole) == (
        "42 lượt người được tư vấn, hỗ trợ: không hiển thị nữ, dưới 5 nam"
    )
    told = shown.to_dict()
    assert told["helped"] == {
        "unit": "GV", "name": "Quận Gò Vấp", "total": 42, "female": "withheld", "male": "few", "unsorted": 0
    }  # fmt: skip
    assert json.loads(json.dumps(told))["by_help"][0]["male"] == "few"


@pytest.mark.parametrize("seed", range(3))
def test_nothing_small_is_left_when_shown_figures_are_subtracted(world: World, seed: int) -> None:
    """Every unit and period as a reader who may not open the reports sees it."""
    chance = random.Random(seed)
    units = [code for code in world.units if code != "GV" or seed]
    for _ in range(40):
        day = date(2020, 1, 1) + timedelta(days=chance.randrange(366))
        people = {"women": chance.choice((0, 1, 2, 9)), "men": chance.choice((0, 1, 3))}
        helps(world, chance.choice(units), **people, day=day, item=chance.choice(("legal", "shelter")))
    periods = [*(f"2020-W{week:02}" for week in range(1, 53, 7)), *(f"2020-{month:02}" for month in range(1, 13))]
    quarters, longer = [f"2020-Q{number}" for number in range(1, 5)], ["2020-H1", "2020-H2", "2020-9M", "2020"]
    shown = {(unit, code): seen(world, unit, code) for unit in world.units for code in (*periods, *quarters, *longer)}
    assert all(one.figures.helped == People() for one in shown.values())
    assert all(not row.helped.total for one in shown.values() for row in one.figures.by_unit)
    assert all(shown[unit, code].services is None for unit in world.units for code in periods)
    for code in quarters:
        whole = shown["GV", code].services
        assert whole is not None
        lines = {row.code: row.total for row in whole.by_unit}
        own = {unit: shown[unit, code].services for unit in lines if unit != "GV"}
        assert all(services and services.whole.total == lines[unit] for unit, services in own.items())
        if isinstance(whole.whole.total, int):
            rest = whole.whole.total - sum(total for total in lines.values() if isinstance(total, int))
            assert not is_few(rest)
    for part, rest_of in (("2020-9M", "2020"), ("2020-H1", "2020"), ("2020-Q1", "2020-H1"), ("2020-H1", "2020-9M")):
        less, more = shown["GV", part].services, shown["GV", rest_of].services
        assert less is not None
        assert more is not None
        for name in ("total", "women", "men", "unsorted"):
            smaller, larger = getattr(less.whole, name), getattr(more.whole, name)
            assert isinstance(smaller, Hidden) or isinstance(larger, Hidden) or not is_few(larger - smaller)
