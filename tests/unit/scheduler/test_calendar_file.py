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
on = "mon"
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
        ('"mon"', '"someday"', 7, "“someday” in “on” is no day"),
        ('"mon"', '"02-29"', 7, "“02-29” in “on” is no day"),
        ('"mon"', "1", 7, "“on” is no text"),
        ('"mon"', '"mon"\nmoves = "away"', 8, "“away” in “moves” is not known. Use one of: before, after"),
        ('"mon"', '"mon"\npriority = 10', 8, "“10” in “priority” is no whole number from 0 to 9"),
        ('"mon"', '"mon"\nlate_weekday = "day"', 8, "“day” in “late_weekday” is not known"),
        ('"mon"', '"mon"\nrides = 1', 8, "“rides” is no true or false"),
        ('"mon"', '"mon"\ndays_before = [-1]', 8, "“-1” in “days_before” is no whole number"),
        ("useful_hours = 24", "useful_hours = 0", 8, "“0” in “useful_hours” is no whole number from 1 to 168"),
        ("useful_hours = 24", "useful_hours = true", 8, "“useful_hours” is no whole number"),
        ("useful_hours = 24", "useful_hours = 24\nsnooze = 1", 9, "“snooze” is not known"),
        ('on = "mon"\n', "", 2, "“on” is missing"),
        ('"week_summary"', '"deadline"', 5, "A deadline is looked for every working day"),
        ('"week_summary"', '"month_opening"', 5, "needs “period”"),
        ("useful_hours = 24", 'useful_hours = 24\nperiod = ["11-31", "12-15"]', 9, "“11-31” in “period” is no day"),
    ],
)
def test_an_error_names_row_problem_and_remedy(tmp_path: Path, old: str, new: str, row: int, words: str) -> None:
    said = complaint(tmp_path, GOOD.replace(old, new))
    assert said.startswith(f"[plan/calendar.toml row {row}] ")
    assert words in said


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
    deadline = rules["deadlines"]
    assert [duty.id for duty in deadline.duties] == ["plan_draft", "periodic_report", "final_review_ward"]
    assert [duty.id for duty in deadline.duties if duty.falls_on(date(2019, 11, 4))] == [
        "plan_draft",
        "periodic_report",
    ]
    assert [duty.id for duty in rules["deadlines_of_others"].duties] == ["final_review_district", "yearly_review"]
    assert not rules["weekly_nudge"].duties
