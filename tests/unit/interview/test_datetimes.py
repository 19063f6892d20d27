"""A day with its time, as people write it in one message."""

from datetime import datetime

import pytest

from interview.reading.moments import read_moment
from interview.reading.unreadable import Unreadable
from interview.steps import Ask, Kind, Reject, Took
from tests.unit.interview.person import NOW, Person, form_of

ROW = "dateTime|a|Lúc nào?|yes||{}||{}||\ntext|last|Cuối|yes||||||"


def asked(constraint: str = "", default: str = "") -> Person:
    return Person(form_of(ROW.format(constraint, default)))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("8h sáng 15/11", "15 08:00"),
        ("15/11 8h sáng", "15 08:00"),
        ("8h30 ngày 15/11", "15 08:30"),
        ("15/11, 8:30", "15 08:30"),
        ("15/11 - 8h", "15 08:00"),
        ("8h, 15/11/2026", "15 08:00"),
        ("lúc 8 giờ 30 phút sáng ngày 15 tháng 11 năm 2026", "15 08:30"),
        ("hôm qua lúc 2 giờ chiều", "21 14:00"),
        ("2 giờ chiều hôm qua", "21 14:00"),
        ("chiều hôm qua 2 giờ", "21 14:00"),
        ("2h rưỡi chiều hôm qua", "21 14:30"),
        ("tối qua 19h30", "21 19:30"),
        ("sáng nay lúc 7h", "22 07:00"),
        ("hôm nay vào lúc 8h", "22 08:00"),
        ("thứ sáu tuần trước 14:30", "13 14:30"),
        ("7h tối chủ nhật tuần trước", "15 19:00"),
        ("8h 15 tháng 11", "15 08:00"),
        ("15.11 8h", "15 08:00"),
        ("8.30 15.11", "15 08:30"),
        ("hom qua luc 8h sang", "21 08:00"),
        ("yesterday at 2pm", "21 14:00"),
        ("8:00 on 15 november", "15 08:00"),
        ("2026-11-15 08:00", "15 08:00"),
        ("2026-11-15T08:00:59", "15 08:00"),
        ("2026-11-15T01:00:00Z", "15 08:00"),
        ("dạ 8h sáng hôm qua ạ", "21 08:00"),
        ("８h sáng １５/１１", "15 08:00"),
        ("8 giờ ngày 15", "15 08:00"),
        ("8h tối thứ 7", "21 20:00"),
        ("12h đêm 15/11", "15 00:00"),
        ("bây giờ", "22 09:00"),
    ],
)
def test_a_moment_is_read_as_people_write_it(text: str, moment: str) -> None:
    assert read_moment(text, NOW) == datetime.strptime(f"2026-11-{moment} +0700", "%Y-%m-%d %H:%M %z")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("15/11", "time_missing"),
        ("sáng hôm qua", "time_missing"),
        ("8h sáng", "day_missing"),
        ("lúc 14:30", "day_missing"),
        ("25h 15/11", "invalid_time"),
        ("8h 31/02", "invalid_date"),
        ("lâu rồi", "not_a_moment"),
        ("8 15", "not_a_moment"),
        ("8h 9h", "not_a_moment"),
        ("2026-13-15T08:00", "not_a_moment"),
        ("0001-01-01T00:00Z", "not_a_moment"),
        ("8h sáng 15/11 " + "rất vui " * 10, "not_a_moment"),
    ],
)
def test_what_is_no_moment_says_what_is_missing_or_wrong(text: str, code: str) -> None:
    found = read_moment(text, NOW)
    assert isinstance(found, Unreadable)
    assert found.code == code
    assert asked().says(text).refused == code


def test_half_a_moment_is_shown_whole() -> None:
    assert asked().says("15/11").sees(Reject).params["example"] == "08:00 15/11/2026"
    assert asked().says("14h30").sees(Reject).params["example"] == "14:30 22/11/2026"
    assert asked().says("hm").sees(Reject).params["example"] == "08:00 22/11/2026"


def test_a_moment_is_stored_with_its_zone_and_said_back() -> None:
    person = asked()
    assert person.sees(Ask).kind is Kind.DATETIME
    person.says("8h sáng 15/11")
    assert person.sees(Took).shown == "08:00 15/11/2026"
    assert person.values["a"] == "2026-11-15T08:00:00+07:00"


def test_a_constraint_reckons_with_the_time_of_day() -> None:
    assert asked(". <= now()").says("8h59 hôm nay").asked == "last"
    assert asked(". <= now()").says("9h01 hôm nay").refused == "constraint"
    assert asked(". <= now()").says("bây giờ").asked == "last"


def test_a_year_that_may_be_another_is_asked_about() -> None:
    person = asked().says("8h ngày 20/12")
    assert (person.refused, person.sees(Reject).params["choice"]) == ("which_year", "08:00 20/12/2025")
    assert person.says("đúng").values["a"] == "2025-12-20T08:00:00+07:00"


def test_the_default_is_offered_in_words() -> None:
    person = asked(default="now()")
    assert person.sees(Ask).options[0].label == "09:00 22/11/2026"
    assert person.presses("default").values["a"] == "2026-11-22T09:00:00+07:00"


def test_a_known_moment_is_taken_in_this_zone() -> None:
    form = form_of(ROW.format("", ""))
    assert Person(form, {"a": "2026-11-15T01:00:00Z"}).values["a"] == "2026-11-15T08:00:00+07:00"
    for wrong in ("2026-11-15", "08:00", 5, "2026-02-31T08:00"):
        assert "a" not in Person(form, {"a": wrong}).values


def test_a_moment_may_stand_in_a_group() -> None:
    asked_together = "dateTime|a|Lúc nào|yes||||||\ninteger|n|Bao nhiêu|yes||||||"
    rows = f"begin group|g|G||||field-list|||\n{asked_together}\nend group|||||||||"
    person = Person(form_of(rows)).says("8h sáng 15/11; 30")
    assert (person.values["a"], person.values["n"]) == ("2026-11-15T08:00:00+07:00", 30)
    assert Person(form_of(rows)).says("8h 20/12; 30").refused == "not_a_moment"
