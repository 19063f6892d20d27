"""Days and times as people write them, on Sunday 22 November 2026."""

from datetime import date, time

import pytest

from interview import Unreadable, read_date, read_time

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
