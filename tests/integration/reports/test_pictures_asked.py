"""Pictures hold the very figures that texts show: of a unit, a period and a moment, from what is stored."""

from datetime import date, datetime

import pytest

from messages.outgoing import Picture
from periods.days import ZONE
from periods.neighbours import last_action_month
from periods.period import Length, Period, period_of, week_period
from reports.pictures.asked import Asked, PictureKind, has_days, picture_of, weeks_of_calendar
from reports.reckoning import figures_of
from reports.rendering import render_png
from reports.series import until
from rules.states import ReportState
from tests.conversation import shipped_plan
from tests.integration.reports.world import World

NOW = datetime(2020, 11, 25, 9, 0, tzinfo=ZONE)
W45 = week_period("2020-W45")


@pytest.fixture
def busy(world: World) -> World:
    """Reports of both wards in two years; the world writes down everything on 9 November 2020, 7:30."""
    world.report("P10-KP1", date(2020, 11, 5), 30, 10, unsorted=5)
    world.report("P10-KP2", date(2020, 10, 29), 20, 5)
    returned = world.report("P14-KP1", date(2020, 11, 6), 9, 9)
    world.becomes(returned, ReportState.RETURNED)
    world.report("P14-KP1", date(2020, 11, 16), 12, 3)
    world.report("P10-KP1", date(2019, 11, 15), 40, 2)
    world.nil("P10-KP10", "2020-W45", sample=True)
    return world


def picture(world: World, kind: PictureKind, period: Period = W45, unit: str = "GV") -> Picture:
    made = picture_of(kind, Asked(world.db, shipped_plan(), unit, period, NOW, "vi"))
    assert made is not None
    return made


def test_a_trend_holds_each_weeks_figures(busy: World) -> None:
    columns = picture(busy, PictureKind.WEEKS).data["columns"]
    periods = until(Length.WEEK, W45.last)
    figures = [figures_of(busy.db, shipped_plan(), "GV", period, NOW) for period in periods]
    assert [column[2:6] for column in columns] == [
        [each.reports, each.people.female, each.people.male, each.people.unsorted] for each in figures
    ]
    assert columns[-1][:6] == ["45", "", 1, 30, 10, 5]


def test_a_trend_by_months_ends_with_the_month_of_today(busy: World) -> None:
    columns = picture(busy, PictureKind.MONTHS, period_of("2020")).data["columns"]
    assert [column[0] for column in columns] == ["12", *map(str, range(1, 12))]
    assert columns[-1][2:] == [2, 42, 13, 5, True]


def test_the_calendar_says_what_each_neighbourhood_did(busy: World) -> None:
    data = picture(busy, PictureKind.CALENDAR).data
    last = {name: letters[-1] for _, _, _, rows in data["blocks"] for name, letters in rows}
    assert [block[0] for block in data["blocks"]] == ["Phường 10", "Phường 14"]
    assert [(name, letters[-1]) for name, letters in data["blocks"][0][3]] == [("1", "l"), ("2", "x"), ("10", "n")]
    assert last["Khu phố 1"] == "m"
    assert data["sample"]
    figures = figures_of(busy.db, shipped_plan(), "GV", W45, NOW)
    done = [letters[-1] for _, _, _, rows in data["blocks"] for _, letters in rows]
    assert (done.count("x"), done.count("m"), done.count("n")) == (
        figures.completeness.missing.count,
        figures.completeness.mending.count,
        figures.completeness.nil.count,
    )


def test_more_neighbourhoods_than_can_be_shown_have_no_calendar(busy: World) -> None:
    for number in range(250):
        busy.unit(f"P14-X{number}", f"Khu phố {number}", "neighbourhood", "P14")
    assert picture_of(PictureKind.CALENDAR, Asked(busy.db, shipped_plan(), "GV", W45, NOW, "vi")) is None


def test_the_action_month_is_the_last_that_began_and_stands_against_the_one_before(busy: World) -> None:
    data = picture(busy, PictureKind.ACTION_MONTH, period_of("2020")).data
    assert (data["first"], data["length"], len(data["visits"])) == ("2020-11-15", 31, 11)
    assert (sum(data["visits"]), sum(data["visits_before"])) == (15, 42)
    assert last_action_month(shipped_plan().periods, date(2020, 11, 14)) == period_of("2019-AM", shipped_plan().periods)


def test_targets_hold_the_texts_words(busy: World) -> None:
    data = picture(busy, PictureKind.TARGETS).data
    assert [line[0] for line in data["targets"]] == ["T1", "T2", "T3", "T4", "T5"]


@pytest.mark.parametrize("kind", list(PictureKind))
@pytest.mark.parametrize("unit", ["GV", "P10-KP1", "CQ-VHTT"])
def test_every_kind_is_drawn_for_every_level(world: World, kind: PictureKind, unit: str) -> None:
    asked = Asked(world.db, shipped_plan(), unit, W45, NOW, "en")
    made = picture_of(kind, asked)
    if made is None:
        assert (kind, unit) == (PictureKind.CALENDAR, "CQ-VHTT")
    else:
        assert render_png(made.kind, made.data).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2020-W45", "2020-W34", "2020-W45"),
        ("2020-11", "2020-W37", "2020-W48"),
        ("2020-Q3", "2020-W27", "2020-W39"),
        ("2020", "2020-W37", "2020-W48"),
    ],
)
def test_a_calendar_shows_a_quarters_weeks_or_the_last_twelve(code: str, first: str, last: str) -> None:
    weeks = weeks_of_calendar(period_of(code), NOW)
    assert (weeks[0], weeks[-1]) == (first, last)


@pytest.mark.parametrize(("code", "shown"), [("2020-W45", False), ("2020-11", True), ("2020-Q4", False)])
def test_a_month_is_shown_day_by_day(code: str, shown: bool) -> None:
    assert has_days(period_of(code)) is shown
