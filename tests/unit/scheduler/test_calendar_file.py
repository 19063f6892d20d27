"""A calendar with an error says where, what and how to mend it."""

from datetime import date
from pathlib import Path

import pytest

from plan.calendar_file import load_calendar
from plan.problems import PlanError

GOOD = """
[[rule]]
id = "a"
version = "1"
topic = "week_summary"
roles = ["ward_chair"]
when = [{ day_of_week = "mon", hour = 7 }]
useful_hours = 24
"""


def complaint(tmp_path: Path, text: str) -> str:
    path = tmp_path / "plan" / "calendar.toml"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    with pytest.raises(PlanError) as caught:
        load_calendar(path)
    return str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"calendar\.toml\] There is no such file"):
        load_calendar(tmp_path / "calendar.toml")


@pytest.mark.parametrize(
    ("old", "new", "row", "words"),
    [
        ('id = "a"', 'id = "a', 3, "not TOML"),
        ('id = "a"\n', "", 2, "“id” is missing"),
        ('version = "1"', "version = 1", 4, "“version” is no text"),
        ('"week_summary"', '"weather"', 5, "“weather” in “topic” is not known. Use one of: week_unreported"),
        ('"ward_chair"', '"mayor"', 6, "“mayor” in “roles” is not known"),
        ('["ward_chair"]', "[]", 6, "“roles” is missing"),
        ('"mon"', '"someday"', 7, "“when” does not say a moment"),
        ("hour = 7", "hour = 25", 7, "“when” does not say a moment"),
        (", hour = 7", "", 7, "the hour is missing"),
        ("hour = 7", "second = 7", 7, "it takes a list of tables of"),
        ("useful_hours = 24", "useful_hours = 0", 8, "“0” in “useful_hours” is no whole number from 1 to 168"),
        ("useful_hours = 24", "useful_hours = true", 8, "“useful_hours” is no whole number"),
        ("useful_hours = 24", "useful_hours = 24\nsnooze = 1", 9, "“snooze” is not known"),
        ('when = [{ day_of_week = "mon", hour = 7 }]\n', "", 3, "never falls due"),
        ('"week_summary"', '"deadline"', 5, "A deadline needs"),
        ('"week_summary"', '"month_opening"', 5, "needs “period”"),
        ("useful_hours = 24", 'useful_hours = 24\nperiod = ["11-31", "12-15"]', 9, "“11-31” in “period” is no day"),
        ("useful_hours = 24", 'useful_hours = 24\nlast_day = "11-04"', 9, "both “when” and “last_day”"),
    ],
)
def test_an_error_names_row_problem_and_remedy(tmp_path: Path, old: str, new: str, row: int, words: str) -> None:
    said = complaint(tmp_path, GOOD.replace(old, new))
    assert said.startswith(f"[plan/calendar.toml row {row}] ")
    assert words in said


@pytest.mark.parametrize(
    ("last_day", "at", "words"), [("02-29", "08:00", "no day"), ("11-04", "8 h", "no time of day")]
)
def test_a_bad_last_day_or_time_is_refused(tmp_path: Path, last_day: str, at: str, words: str) -> None:
    moment = f'last_day = "{last_day}"\ndays_before = [1]\nat = "{at}"'
    assert words in complaint(tmp_path, GOOD.replace('when = [{ day_of_week = "mon", hour = 7 }]', moment))


def test_all_broken_rules_are_listed_together(tmp_path: Path) -> None:
    said = complaint(tmp_path, GOOD.replace("24", "0") + GOOD + GOOD)
    assert [line.split("]")[0] for line in said.splitlines()] == [
        "[plan/calendar.toml row 8",
        "[plan/calendar.toml row 19",
    ]
    assert "names another rule already" in said


def test_an_empty_calendar_is_refused(tmp_path: Path) -> None:
    assert "There are no rules" in complaint(tmp_path, "")


def test_the_shipped_calendar_holds_the_plans_obligations() -> None:
    rules = load_calendar(Path(__file__).parents[3] / "plan" / "calendar.toml")
    deadline = rules["before_5_november"]
    assert deadline.obligations == ("plan_draft", "periodic_report")
    assert deadline.due_on(date(2019, 1, 1)) == date(2019, 11, 4)
