"""Days and times as people write them, on Sunday 22 November 2026."""

import random
from datetime import date, time
from typing import TypeGuard

import pytest

from interview import Unreadable, read_date, read_time
from interview.lines.phrases import LONGEST_DAY, days_in, may_be_day
from interview.reading.dates import was_long_ago
from interview.steps import Ask
from tests.unit.interview.person import Person
from tests.unit.interview.report import report

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hôm nay", "2026-11-22"),
        ("hom qua", "2026-11-21"),
        ("Yesterday", "2026-11-21"),
        ("hôm kia", "2026-11-20"),
        ("ngày mai", "2026-11-23"),
        ("15/11", "2026-11-15"),
        ("15-11-2026", "2026-11-15"),
        ("15.11.26", "2026-11-15"),
        ("ngày 15/11", "2026-11-15"),
        ("15/12", "2025-12-15"),
        ("29/2", "2024-02-29"),
        ("15 tháng 11", "2026-11-15"),
        ("ngày 15 tháng 11 năm 2025", "2025-11-15"),
        ("mùng 5 tháng 3", "2026-03-05"),
        ("ngày 15", "2026-11-15"),
        ("ngày 31", "2026-10-31"),
        ("2026-11-15", "2026-11-15"),
        ("15 Nov", "2026-11-15"),
        ("Nov 15, 2025", "2025-11-15"),
        ("thứ sáu", "2026-11-20"),
        ("t6", "2026-11-20"),
        ("thu 6 tuan nay", "2026-11-20"),
        ("thứ sáu tuần trước", "2026-11-13"),
        ("chủ nhật", "2026-11-22"),
        ("chủ nhật tuần trước", "2026-11-15"),
        ("chủ nhật vừa rồi", "2026-11-22"),
        ("last friday", "2026-11-20"),
        ("last sunday", "2026-11-15"),
        ("1️⃣5️⃣/11", "2026-11-15"),
        ("hom qa", "2026-11-21"),
        ("hqua", "2026-11-21"),
        ("hnay", "2026-11-22"),
        ("sáng nay", "2026-11-22"),
        ("chiều qua", "2026-11-21"),
        ("toi qua", "2026-11-21"),
        ("tối hôm qua", "2026-11-21"),
        ("8h sáng hôm qua", "2026-11-21"),
        ("hôm qua lúc 8h30", "2026-11-21"),
        ("19 giờ tối thứ sáu", "2026-11-20"),
        ("8h 15/11", "2026-11-15"),
        ("mùng 5", "2026-11-05"),
        ("ngày mùng 5", "2026-11-05"),
        ("mùng 5 tháng 11", "2026-11-05"),
        ("dạ hôm qua ạ 😀", "2026-11-21"),
        ("da hom qua a", "2026-11-21"),
    ],
)
def test_a_day_is_read(text: str, day: str) -> None:
    assert read_date(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("20/12", True),
        ("ngày 23 tháng 11", True),
        ("20/12/2025", False),
        ("20/12/25", False),
        ("5/3", False),
        ("hôm qua", False),
        ("15/11/2020", False),
        ("29/2", False),
    ],
)
def test_a_day_that_may_be_of_last_year_or_to_come_is_told_apart(text: str, asked: bool) -> None:
    day = read_date(text, TODAY)
    assert isinstance(day, date)
    assert was_long_ago(text, day, TODAY) is asked


def test_in_january_a_day_of_december_is_surely_the_last_one() -> None:
    january = date(2027, 1, 5)
    assert not was_long_ago("28/12", date(2026, 12, 28), january)


def test_a_day_of_which_the_year_is_not_sure_is_asked_back() -> None:
    person = Person(report()).says("tọa đàm", "20/12")
    assert (person.refused, person.asked) == ("which_year", "date")
    assert [option.token for option in person.sees(Ask).options][:2] == ["yes", "no"]
    assert person.says("không", "20/11").values["date"] == "2026-11-20"
    person = Person(report()).says("tọa đàm", "20/12", "đúng")
    assert person.values["date"] == "2025-12-20"


@pytest.mark.parametrize("text", ["31/02", "30/2/2026", "11/15", "0/1", "15/11/1026", "ngày 32", "31 tháng 4"])
def test_a_day_that_does_not_exist_is_told_apart(text: str) -> None:
    assert read_date(text, TODAY) == Unreadable("invalid_date")


@pytest.mark.parametrize(
    "text", ["15", "abc", "", "tọa đàm", "thứ chín", "15/11 nữ 30", "tuần trước", "đem qua", "8h", "8h30"]
)
def test_what_is_no_day_is_not_read(text: str) -> None:
    assert read_date(text, TODAY) == Unreadable("not_a_date")


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("14:30", 14, 30),
        ("14h30", 14, 30),
        ("8h", 8, 0),
        ("8 giờ sáng", 8, 0),
        ("2 giờ chiều", 14, 0),
        ("2 giờ rưỡi chiều", 14, 30),
        ("lúc 7 giờ tối", 19, 0),
        ("12 giờ trưa", 12, 0),
        ("1 giờ trưa", 13, 0),
        ("2:30 pm", 14, 30),
        ("12 am", 0, 0),
    ],
)
def test_a_time_is_read(text: str, hour: int, minute: int) -> None:
    assert read_time(text) == time(hour, minute)


@pytest.mark.parametrize(
    ("text", "code"),
    [("14", "not_a_time"), ("abc", "not_a_time"), ("25:00", "invalid_time"), ("14:75", "invalid_time")],
)
def test_what_is_no_time_says_why(text: str, code: str) -> None:
    assert read_time(text) == Unreadable(code)


def test_looking_for_days_only_where_their_words_are_misses_none() -> None:
    words = (
        *(
            "hôm",
            "qua",
            "nay",
            "thứ",
            "sáu",
            "6",
            "t6",
            "tuần",
            "trước",
            "này",
            "rồi",
            "15/11",
            "15",
            "tháng",
            "11",
            "năm",
        ),
        *("2026", "ngày", "mùng", "kia", "mai", "last", "friday", "nov", "1st", "of", "8h", "sáng", "lúc", "30", "giờ"),
        *(
            "buổi",
            "chiều",
            "dạ",
            "ạ",
            "nhé",
            "😀",
            "qua,",
            "nữ",
            "nam",
            "tọa",
            "đàm",
            "chủ",
            "nhật",
            "chu",
            "nhat",
            "cn",
        ),
        *("vào", "today", "the", "day", "before", "yesterday", "2026-11-15", "①"),
    )
    chance, today = random.Random(11), date(2026, 11, 22)
    for _ in range(400):
        line = tuple(chance.choices(words, k=8))
        stretches = {(at, at + many) for many in range(1, LONGEST_DAY + 1) for at in range(len(line) - many + 1)}
        said = {span: " ".join(line[slice(*span)]).strip(" ,.;:") for span in stretches}
        days = {span: day for span, text in said.items() if may_be_day(text) and is_day(day := read_date(text, today))}
        assert days_in(line, today).keys() == {
            span for span, day in days.items() if not was_long_ago(said[span], day, today)
        }


def is_day(found: date | Unreadable) -> TypeGuard[date]:
    return isinstance(found, date)
