"""Numbers as people write them."""

from datetime import date

import pytest

from interview import Unreadable, read_date, read_number, read_time
from interview.reading.digits import whole_number
from interview.reading.numbers import read_decimal


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("45", 45),
        ("0", 0),
        ("007", 7),
        (" 45 người ", 45),
        ("45 đại biểu tham dự", 45),
        ("khoảng 45 người", 45),
        ("1.200", 1200),
        ("1,200", 1200),
        ("1 200", 1200),
        ("999.999", 999_999),
        ("2 nghìn", 2000),
        ("hai mươi", 20),
        ("ba mươi lăm", 35),
        ("ba muoi", 30),
        ("mười lăm người", 15),
        ("Một trăm linh năm", 105),
        ("mot tram le nam", 105),
        ("một trăm", 100),
        ("một nghìn hai trăm", 1200),
        ("hai mươi mốt nghìn", 21_000),
        ("không", 0),
        ("thirty five", 35),
        ("one hundred and five", 105),
        ("３０", 30),
        ("٤٥", 45),
        ("3️⃣0️⃣", 30),
        ("\u200f45\u200e", 45),
        ("+5", 5),
        ("0 ạ", 0),
        ("ko có", 0),
        ("không có ai", 0),
        ("dạ 15 ạ", 15),
        ("da 15 a", 15),
        ("15 thôi em", 15),
        ("2 chục", 20),
        ("hai chục", 20),
        ("2 trăm", 200),
        ("15 👍", 15),
    ],
)
def test_a_number_is_read(text: str, number: int) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("abc", "not_a_number"),
        ("2 trăm rưỡi", "not_a_number"),
        ("không có nữ", "not_a_number"),
        ("không biết", "not_a_number"),
        ("bà", "not_a_number"),
        ("²", "not_a_number"),
        ("①", "not_a_number"),
        ("1_000", "not_a_number"),
        ("1e3", "not_a_number"),
        ("0x10", "not_a_number"),
        ("45%", "not_a_number"),
        ("45 hay 50", "not_a_number"),
        ("15/11", "not_a_number"),
        ("hai ba", "not_a_number"),
        ("một trăm hai", "not_a_number"),
        ("hai nghìn ba", "not_a_number"),
        ("2 nghìn ba", "not_a_number"),
        ("1.20", "decimal"),
        ("45,5", "decimal"),
        ("-5", "negative"),
        ("âm năm", "negative"),
        ("1000000000", "too_large"),
        ("1.000.000.000", "too_large"),
        ("10 triệu", "too_large"),
        ("9" * 5000, "too_large"),
    ],
)
def test_what_is_no_number_says_why(text: str, code: str) -> None:
    found = read_number(text)
    assert isinstance(found, Unreadable)
    assert found.code == code


def test_a_form_may_allow_more_than_the_usual_range() -> None:
    assert read_number("5.000.000", highest=10_000_000) == 5_000_000
    assert read_number("-5", lowest=-10) == -5
    below = read_number("-15", lowest=-10)
    assert isinstance(below, Unreadable)
    assert (below.code, below.params) == ("too_small", {"limit": -10})


@pytest.mark.parametrize(("text", "number"), [("1,5", 1.5), ("1.5", 1.5), ("1.200", 1200), ("2", 2), ("0.125", 0.125)])
def test_decimals_are_read_where_they_are_asked(text: str, number: float) -> None:
    assert read_decimal(text) == number


def test_a_decimal_is_not_read_out_of_something_else() -> None:
    assert isinstance(read_decimal("1.5.3"), Unreadable)
    assert isinstance(read_decimal("hôm 1,5"), Unreadable)


@pytest.mark.parametrize("text", ["๓๐", "٣٠", "۳۰", "３０", "३०", "𝟛𝟘", "3️⃣0️⃣", "៣០ người"])
def test_digits_of_other_scripts_are_digits(text: str) -> None:
    assert read_number(text) == 30


@pytest.mark.parametrize("text", ["①", "²", "½", "30²", "② người", "৩০", "Ⅳ", "一", "٣²", "①" * 400])
def test_what_only_looks_like_a_digit_is_asked_about(text: str) -> None:
    assert isinstance(read_number(text), Unreadable)
    assert isinstance(read_decimal(text), Unreadable)
    assert isinstance(read_date(f"{text}/11", date(2026, 11, 22)), Unreadable)
    assert isinstance(read_time(f"{text}h30"), Unreadable)


@pytest.mark.parametrize("text", ["", "²", "①", "٣", "1_000", "+5", " 5", "-1", "5.0", "9" * 16, "9" * 5000])
def test_only_plain_digits_and_not_too_many_become_a_number(text: str) -> None:
    assert whole_number(text) is None


def test_plain_digits_become_a_number() -> None:
    assert (whole_number("007"), whole_number("9" * 18, most=18)) == (7, 10**18 - 1)
