"""Answers known before anybody is asked, and a report in one line."""

from datetime import timedelta

import pytest

from interview import prefill_from
from interview.steps import Json
from tests.unit.interview.person import NOW, Person, form_of
from tests.unit.interview.report import report


def test_known_answers_are_not_asked() -> None:
    person = Person(report(), {"activity": "talk", "women": 30, "men": 15, "place": "hall", "level": "ward"})
    assert person.asked == "date"
    assert person.values["level"] == "ward"


@pytest.mark.parametrize(
    "prefill",
    [
        {"activity": "review"},  # not for this level
        {"activity": "nonsense"},
        {"activity": 3},
        {"activity": ["talk"]},
        {"date": "2026-13-45"},
        {"date": "2027-01-01"},  # not in the future
        {"women": 30},  # not relevant yet
        {"nonsense": 1},
    ],
)
def test_what_does_not_fit_is_asked_as_if_unknown(prefill: dict[str, Json]) -> None:
    person = Person(report(), prefill)
    assert person.asked == "activity"
    assert person.interview.answers == {}


@pytest.mark.parametrize(
    ("row", "value", "kept"),
    [
        ("text|a|A|yes||||||", " x ", "x"),
        ("text|a|A|yes||||||", "", None),
        ("integer|a|A|yes||||||", True, None),
        ("integer|a|A|yes||||||", -1, None),
        ("integer|a|A|yes||||||", 2_000_000, None),
        ("integer|a|A|yes||||||", 1.5, None),
        ("decimal|a|A|yes||||||", 2, 2.0),
        ("time|a|A|yes||||||", "14:30:00", "14:30"),
        ("time|a|A|yes||||||", "26:00", None),
        ("select_multiple c|a|A|yes||||||", ["x"], ["x"]),
        ("select_multiple c|a|A|yes||||||", ["x", "z"], None),
        ("image|a|A|yes||||||", ["p"], ["p"]),
        ("image|a|A|yes||||||", "p", None),
        ("file|a|A|yes||||||", "f", "f"),
        ("geopoint|a|A|yes||||||", [10, 106], [10.0, 106.0]),
        ("geopoint|a|A|yes||||||", [100, 106], None),
    ],
)
def test_a_known_value_is_checked_like_an_answer(row: str, value: Json, kept: Json) -> None:
    assert Person(form_of(row, "c|x|X||\nc|y|Y||"), {"a": value}).values.get("a") == kept


def test_an_earlier_report_goes_straight_to_the_review() -> None:
    first = Person(report()).says("tọa đàm", "hôm qua", "30 15", "nhà văn hóa", "mưa", "chủ đề", "A").says("gửi").done
    again = Person(report(), first, now=NOW + timedelta(days=3))
    assert again.at_review
    assert {**again.values, "today": "2026-11-22"} == first


def test_entries_of_a_repeat_are_known_too() -> None:
    form = form_of("begin repeat|r|R|||||||\ntext|a|A|yes||||||\nend repeat|||||||||")
    person = Person(form, {"r": [{"a": "x"}, {"a": "y"}]})
    assert person.at_review
    assert person.values == {"r": [{"a": "x"}, {"a": "y"}]}


def test_computed_defaults_of_hidden_values_are_computed_once() -> None:
    form = form_of("hidden|day||||||today()||\ntext|a|A|yes||||||")
    person = Person(form)
    person.now = NOW + timedelta(days=2)
    assert person.says("x").values["day"] == "2026-11-22"


def test_the_default_of_an_on_review_question_stands() -> None:
    form = form_of("text|a|A|yes||||||\ninteger|n|N||||on-review|3||")
    assert Person(form).says("x", "gửi").done == {"a": "x", "n": 3}


@pytest.mark.parametrize(
    ("line", "answers", "rest"),
    [
        (
            "15/11 tọa đàm nữ 30 nam 15",
            {"date": "2026-11-15", "activity": "talk", "women": 30, "men": 15},
            "",
        ),
        ("toa dam hom qua 45 nguoi, 30 nu", {"date": "2026-11-21", "activity": "talk", "women": 30, "men": 15}, ""),
        ("họp mặt về bạo lực gia đình", {"activity": "talk"}, "về bạo lực gia đình"),
        (
            "tọa đàm tại trường học thứ sáu tuần trước nữ ba mươi nam năm",
            {"activity": "talk", "place": "school", "date": "2026-11-13", "women": 30, "men": 5},
            "tại",
        ),
        ("phát tờ rơi 200", {"activity": "media", "copies": 200}, ""),
        ("45 người", {}, "45 người"),
        ("tọa đàm 30 15", {"activity": "talk"}, "30 15"),
        ("tọa đàm 45 người, nữ 50", {"activity": "talk"}, "45 người, nữ 50"),
        ("15/12/2027 tọa đàm", {"activity": "talk"}, "15/12/2027"),
        ("phát 200 tờ rơi ở khu phố 5", {"activity": "media", "copies": 200}, "phát ở khu phố 5"),
        ("tờ rơi ở khu phố 5", {"activity": "media"}, "ở khu phố 5"),
        ("tờ rơi khu phố 5", {"activity": "media"}, "khu phố 5"),
        ("phát tờ rơi hôm qua hai trăm tờ", {"activity": "media", "date": "2026-11-21", "copies": 200}, ""),
        ("phát tờ rơi 200 và 300 tờ", {"activity": "media"}, "200 và 300 tờ"),
        ("15/11 hoặc 16/11 tọa đàm", {"activity": "talk"}, "15/11 hoặc 16/11"),
        ("tọa đàm rồi phát tờ rơi", {}, "tọa đàm rồi phát tờ rơi"),
        ("tọa đàm thông qua kịch mùa thu", {"activity": "talk"}, "thông qua kịch mùa thu"),
        ("tọa đàm nữ 30 nam 15 hôm qua nữ 3", {"activity": "talk", "date": "2026-11-21"}, "nữ 30 nam 15 nữ 3"),
        ("nữ 30 nam 15", {"activity": "talk", "women": 30, "men": 15}, ""),
        ("ở trường học hôm qua", {"activity": "talk", "place": "school", "date": "2026-11-21"}, "ở"),
        ("", {}, ""),
        ("tọa đàm " * 50, {}, ("tọa đàm " * 50).strip()),
    ],
)
def test_one_line_gives_what_it_surely_says(line: str, answers: dict[str, Json], rest: str) -> None:
    assert prefill_from(report(), line, {}, NOW) == (answers, rest)
