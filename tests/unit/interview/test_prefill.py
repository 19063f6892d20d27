"""Answers known before anybody is asked, and a report in one line."""

from datetime import timedelta

import pytest

from interview import OneLine, prefill_from
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
    first = (
        Person(report())
        .says("tọa đàm", "hôm qua", "nữ 30 nam 15", "nhà văn hóa", "mưa", "chủ đề", "A")
        .says("gửi")
        .done
    )
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


TALK: dict[str, Json] = {"activity": "talk"}
YESTERDAY: dict[str, Json] = {"date": "2026-11-21"}
PEOPLE: dict[str, Json] = {"women": 30, "men": 15}


@pytest.mark.parametrize(
    ("line", "answers", "topic"),
    [
        ("15/11 tọa đàm nữ 30 nam 15", {"date": "2026-11-15"} | TALK | PEOPLE, ""),
        ("toa dam hom qua 45 nguoi, 30 nu", YESTERDAY | TALK | PEOPLE, ""),
        ("họp mặt về bạo lực gia đình", TALK, "bạo lực gia đình"),
        (
            "tọa đàm tại trường học thứ sáu tuần trước nữ ba mươi nam năm",
            {"activity": "talk", "place": "school", "date": "2026-11-13", "women": 30, "men": 5},
            "",
        ),
        ("phát tờ rơi 200", {"activity": "media", "copies": 200}, ""),
        ("15/12/2027 tọa đàm", TALK, ""),
        ("20/12 tọa đàm", TALK | {"date": "2025-12-20"}, ""),
        ("tọa đàm 8h sáng hôm qua", TALK | YESTERDAY, ""),
        ("tọa đàm đem qua bên kia", TALK, "đem qua bên kia"),
        ("phát tờ rơi hôm qua hai trăm tờ", {"activity": "media", "copies": 200} | YESTERDAY, ""),
        ("phát tờ rơi 200 và 300 tờ", {"activity": "media"}, ""),
        ("15/11 hoặc 16/11 tọa đàm", TALK, ""),
        ("tọa đàm rồi phát tờ rơi", {}, "tọa đàm rồi phát tờ rơi"),
        ("tọa đàm thông qua kịch mùa thu", TALK, "thông qua kịch mùa thu"),
        ("nữ 30 nam 15", TALK | PEOPLE, ""),
        ("ở trường học hôm qua", {"place": "school"} | TALK | YESTERDAY, ""),
        ("", {}, ""),
        ("tọa đàm " * 100, {}, ("tọa đàm " * 100).strip()),
        ("em có tổ chức buổi tọa đàm với bà con hôm qua ạ 😀", TALK | YESTERDAY, "bà con"),
        ("hom qua em co to chuc toa dam co 30 chi va 15 anh", TALK | YESTERDAY | PEOPLE, ""),
        ("tọa đàm từ 8h đến 10h buổi sáng hôm qua nữ 30 nam 15", TALK | YESTERDAY | PEOPLE, ""),
        ("tọa đàm bạo lực trẻ em nữ 30 nam 15", TALK | PEOPLE, "bạo lực trẻ em"),
        ("tọa đàm người cao tuổi nữ 30 nam 15", TALK | PEOPLE, "người cao tuổi"),
        ("tọa đàm ngày phụ nữ việt nam nữ 30 nam 15", TALK | PEOPLE, "ngày phụ nữ việt nam"),
    ],
)
def test_one_line_gives_what_it_surely_says(line: str, answers: dict[str, Json], topic: str) -> None:
    said = prefill_from(report(), line, {}, NOW)
    assert (said.answers, said.topic) == (answers, topic)


@pytest.mark.parametrize(
    ("line", "place", "topic"),
    [
        ("tọa đàm ở hội trường khu phố 5 hôm qua", "hội trường khu phố 5", ""),
        ("phát 200 tờ rơi ở khu phố 5", "khu phố 5", ""),
        ("tờ rơi ở khu phố 5", "khu phố 5", ""),
        ("tờ rơi khu phố 5", "", "khu phố 5"),
        ("toa dam tai nha ong Ba hom qua", "nha ong Ba", ""),
        ("tọa đàm tại hội trường phường, 30 nữ 15 nam", "hội trường phường", ""),
        ("tọa đàm tại chợ về bình đẳng giới", "chợ", "bình đẳng giới"),
        ("toa dam tai nan giao thong", "", "tai nan giao thong"),
    ],
)
def test_one_line_says_where_it_was(line: str, place: str, topic: str) -> None:
    said = prefill_from(report(), line, {}, NOW)
    assert (said.place, said.topic) == (place, topic)


@pytest.mark.parametrize(
    ("line", "women", "men"),
    [
        ("hôm qua tọa đàm 50 bà con dự trong đó có 35 chị em", 35, 15),
        ("tọa đàm câu lạc bộ phụ nữ 30 người toàn nữ", 30, 0),
        ("tọa đàm ở tổ 5 nữ 30 nam 15", 30, 15),
        ("tọa đàm 8h30 nữ 30 nam 15", 30, 15),
        ("tọa đàm lúc 8 giờ, 30 chị với 15 anh em", 30, 15),
        ("tọa đàm nữ 30 thôi", 30, None),
        ("tọa đàm tổng số 50 người, nữ 30", 30, 20),
        ("tọa đàm bốn mươi người đến, nam 15", 25, 15),
    ],
)
def test_one_line_counts_people_as_they_are_called(line: str, women: int, men: int | None) -> None:
    said = prefill_from(report(), line, {}, NOW)
    assert (said.answers.get("women"), said.answers.get("men"), said.unsure) == (women, men, None)


@pytest.mark.parametrize(
    ("line", "answer", "code"),
    [
        ("tọa đàm nam nữ 45 người", "nam nữ 45 người", "parts_needed"),
        ("tọa đàm nữ 30 nam 15 tổng 50", "nữ 30 nam 15 tổng 50", "total_mismatch"),
        ("nữ 30 nam 15 tổng 50", "nữ 30 nam 15 tổng 50", "total_mismatch"),
        ("tọa đàm 45 người, nữ 50", "45 người, nữ 50", "total_mismatch"),
        ("45 người", "45 người", "parts_needed"),
        ("tọa đàm 45 người", "45 người", "parts_needed"),
        ("tọa đàm 30 15", "30 15", "which_counts"),
        ("tọa đàm nữ 30 nam 15 hôm qua nữ 3", "nữ 30 nam 15 hôm qua nữ 3", "group_unclear"),
        ("tọa đàm nữ 30 nam 15, 5 em bé", "nữ 30 nam 15, 5 em bé", "group_unclear"),
        ("tọa đàm đợt này 30 nữ 25", "30 nữ 25", "group_unclear"),
        ("tọa đàm 30-35 nữ", "30-35 nữ", "group_unclear"),
    ],
)
def test_one_line_takes_no_count_beside_one_that_it_cannot_read(line: str, answer: str, code: str) -> None:
    said = prefill_from(report(), line, {}, NOW)
    assert not {"women", "men"} & said.answers.keys()
    assert said.unsure is not None
    assert (said.unsure.params["answer"], said.unsure.code, said.place) == (answer, code, "")


@pytest.mark.parametrize(
    ("line", "women", "topic"),
    [
        ("tọa đàm ở nhà có diện tích 50m ² nữ 30 nam 15", 30, "diện tích 50m ²"),
        ("tọa đàm nhà 50m² nữ 30 nam 15", 30, "nhà 50m²"),
        ("tọa đàm nhà 50 m2 nữ 30 nam 15", 30, "nhà 50 m2"),
        ("tọa đàm đường 2km nữ 30 nam 15", 30, "đường 2km"),
        ("tọa đàm nữ ๓๐ nam ๑๕", 30, ""),
        ("tọa đàm nữ ① nam 15", None, ""),
        ("tọa đàm nữ ² nam 15", None, ""),
        ("② buổi tọa đàm nữ 30 nam 15", 30, ""),
    ],
)
def test_what_only_looks_like_a_digit_is_no_count_in_a_line(line: str, women: int | None, topic: str) -> None:
    said = prefill_from(report(), line, {}, NOW)
    assert (said.answers.get("women"), said.topic) == (women, topic)


def test_a_story_is_a_topic_as_a_whole() -> None:
    story = "hôm qua tọa đàm " + "x" * 900 + " nữ 30 nam 15"
    assert prefill_from(report(), story, {}, NOW) == OneLine({}, topic=story)


@pytest.mark.parametrize(
    ("text", "topic", "beyond"),
    [
        ("a " * 999 + "bc", "a " * 999 + "bc", ""),
        ("a " * 999 + "bcd e", ("a " * 999).strip(), "bcd e"),
        ("a " * 1_500, ("a " * 1_000).strip(), ("a " * 500).strip()),
        ("x" * 3_000, "x" * 2_000, "x" * 1_000),
    ],
)
def test_a_topic_fits_into_one_answer_and_nothing_is_lost_unsaid(text: str, topic: str, beyond: str) -> None:
    said = prefill_from(report(), text, {}, NOW)
    assert said == OneLine({}, topic=topic, beyond=beyond)
    assert Person(report(), {"activity": "talk", "topic": said.topic}).values["topic"] == topic
