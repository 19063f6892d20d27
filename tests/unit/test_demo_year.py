"""The sample's year: the same every time, within what the plan opens to each unit, with every kind of thing in it."""

from collections import Counter
from datetime import date, timedelta

import pytest

from bot.demo.invented import Season
from bot.demo.year import FIRST_DAY, FREE, NilStory, Story, season_of, week_stories
from periods.weeks import monday_of
from rules.kinds import ActivityKind
from rules.levels import Level
from storage.directory.units import UnitsOfDay
from tests.conversation import shipped_plan
from tests.units import tree_of

OWN = "P10-KP05"
WEEKS = [FIRST_DAY + timedelta(weeks=number) for number in range(57)]


@pytest.fixture(scope="module")
def units() -> UnitsOfDay:
    return tree_of(shipped_plan().shipped_units).on(date(2020, 10, 27))


def reports(units: UnitsOfDay, *mondays: date) -> list[Story]:
    return [each for monday in mondays for each in week_stories(units, monday, OWN) if isinstance(each, Story)]


@pytest.mark.parametrize(
    ("monday", "season"),
    [
        (date(2019, 11, 11), Season.ACTION_MONTH),
        (date(2019, 12, 9), Season.ACTION_MONTH),
        (date(2019, 12, 16), Season.USUAL),
        (date(2020, 1, 20), Season.HOLIDAYS),
        (date(2020, 3, 2), Season.WOMENS_DAYS),
        (date(2020, 4, 6), Season.DISTANCING),
    ],
)
def test_seasons_follow_the_calendar(monday: date, season: Season) -> None:
    assert season_of(monday) is season


def test_the_free_weeks_are_those_of_tet() -> None:
    assert [monday_of(week) for week in FREE] == [date(2020, 1, 20), date(2020, 1, 27)]


def test_a_week_is_the_same_every_time_and_says_nothing_of_the_phones_own_unit(units: UnitsOfDay) -> None:
    week = week_stories(units, WEEKS[40], OWN)
    week_stories.cache_clear()
    assert week_stories(units, WEEKS[40], OWN) == week
    assert all(story.unit.code != OWN for story in week)


def test_the_action_month_is_the_peak_and_tet_the_low(units: UnitsOfDay) -> None:
    usual, month, tet, apart = (
        len(reports(units, date(*day))) for day in ((2020, 6, 8), (2019, 11, 18), (2020, 1, 20), (2020, 4, 6))
    )
    assert month > 1.4 * usual > 1.4 * apart > 1.4 * tet


def test_nobody_reports_what_is_not_open_to_them(units: UnitsOfDay) -> None:
    plan = shipped_plan()
    for story in reports(units, *WEEKS):
        unit, answers = story.unit, story.answers
        activity = plan.activities[str(answers["activity"])]
        assert activity.kind == answers["kind"]
        assert activity.reported_by(unit.level, unit.code, str(answers["ward"])), (unit.code, activity.code)
        if "group" in answers:
            assert unit.level in plan.groups[str(answers["group"])].levels, (unit.code, answers["group"])
        assert story.sent.date() >= date.fromisoformat(str(answers["date"]))


def test_a_year_holds_every_kind_of_thing(units: UnitsOfDay) -> None:
    told = reports(units, *WEEKS)
    kinds = Counter(str(story.answers["kind"]) for story in told)
    assert set(kinds) == set(ActivityKind)
    assert {story.answers.get("mode") for story in told} >= {"made", "given"}
    assert any("unsorted" in story.answers for story in told)
    assert any("more_lines" in story.answers for story in told)
    assert any("first_women" in story.answers for story in told)
    assert any(story.returned and story.mended for story in told)
    assert {story.unit.level for story in told} == {Level.NEIGHBOURHOOD, Level.WARD, Level.AGENCY}
    assert Counter(story.same_as for story in told if story.same_as) == {"2019-11-15": 2, "2020-10-20": 2}
    assert any(isinstance(each, NilStory) for each in week_stories(units, WEEKS[40], OWN))


def test_nothing_waits_for_its_approval_for_months(units: UnitsOfDay) -> None:
    told = reports(units, *WEEKS[:8])
    waited = [each.approved - (each.mended or each.sent) for each in told if each.approved]
    assert len(waited) > 0.99 * len(told)
    assert timedelta(weeks=3) < max(waited) < timedelta(weeks=5)
