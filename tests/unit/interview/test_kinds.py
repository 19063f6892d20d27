"""Each kind of question: what it takes and what it says to anything else."""

from time import process_time

import pytest

from interview import MAX_TEXT
from interview.kinds.table import BY_CONTROL, KINDS
from interview.steps import Ask, Kind, Media, Option, Point, Reject, Took, WalkCommand
from tests.unit.interview.person import Person, form_of

CHOICES = "c|talk|Tọa đàm, hội thảo||hop mat\nc|media|Truyền thông||\nc|other|Khác||"
MANY = "\n".join(f"c|n{number}|Mục số {number} loại {chr(96 + number)}||" for number in range(1, 21))


def asked(row: str, choices: str = "") -> Person:
    return Person(form_of(row + "\ntext|last|Cuối|yes||||||", choices))


@pytest.mark.parametrize(
    ("row", "text", "value"),
    [
        ("text|a|A|yes||||||", "  Bình đẳng  giới ", "Bình đẳng giới"),
        ("integer|a|A|yes||||||", "ba mươi", 30),
        ("decimal|a|A|yes||||||", "1,5", 1.5),
        ("decimal|a|A|yes||||||", "2", 2.0),
        ("date|a|A|yes||||||", "hôm qua", "2026-11-21"),
        ("date|a|A|yes||||||", "2", "2026-11-21"),
        ("time|a|A|yes||||||", "2 giờ chiều", "14:00"),
        ("dateTime|a|A|yes||||||", "2 giờ chiều hôm qua", "2026-11-21T14:00:00+07:00"),
        ("range|a|A|yes||||||", "7/10", 7),
        ("select_one c|a|A|yes||||||", "hop mat", "talk"),
        ("select_one c|a|A|yes||||||", "2", "media"),
        ("select_multiple c|a|A|yes||||||", "3, 1", ["talk", "other"]),
        ("select_multiple c|a|A|yes||||||", "1 2", ["talk", "media"]),
        ("select_multiple c|a|A|yes||||||", "truyen thong và khac", ["media", "other"]),
        ("select_multiple c|a|A|yes||||||", "Tọa đàm, hội thảo", ["talk"]),
        ("geopoint|a|A|yes||||||", "10.8387, 106.6653", [10.8387, 106.6653]),
    ],
)
def test_a_written_answer_is_taken(row: str, text: str, value: object) -> None:
    person = asked(row, CHOICES).says(text)
    assert person.asked == "last"
    assert person.values["a"] == value


@pytest.mark.parametrize(
    ("row", "text", "code"),
    [
        ("text|a|A|yes||||||", " \u200b ", "empty"),
        ("text|a|A|yes||||||", "x" * (MAX_TEXT + 1), "too_long"),
        ("text|a|A|yes||||||", "x" * 10_000, "too_long"),
        ("integer|a|A|yes||||||", "nhiều", "not_a_number"),
        ("integer|a|A|yes||||||", "-3", "negative"),
        ("integer|a|A|yes||||||", "4,5", "decimal"),
        ("integer|a|A|yes||||||", "1000000000", "too_large"),
        ("integer|a|A|yes||. <= 10||||", "11", "constraint"),
        ("date|a|A|yes||||||", "31/02", "invalid_date"),
        ("date|a|A|yes||||||", "lâu rồi", "not_a_date"),
        ("date|a|A|yes||. <= today()||||", "ngày mai", "constraint"),
        ("time|a|A|yes||||||", "25:00", "invalid_time"),
        ("select_one c|a|A|yes||||||", "4", "choice_number"),
        ("select_one c|a|A|yes||||||", "0", "choice_number"),
        ("select_one c|a|A|yes||||||", "bóng đá", "not_a_choice"),
        ("select_one c|a|A|yes||||||", "truyn thong", "did_you_mean"),
        ("select_multiple c|a|A|yes||||||", "1, 9", "choice_number"),
        ("image|a|A|yes||||||", "đây", "photo_needed"),
        ("file|a|A|yes||||||", "đây", "file_needed"),
        ("geopoint|a|A|yes||||||", "ở nhà", "location_needed"),
        ("geopoint|a|A|yes||||||", "95.0, 106.0", "location_needed"),
    ],
)
def test_a_wrong_answer_says_why_and_asks_again(row: str, text: str, code: str) -> None:
    person = asked(row, CHOICES)
    before = person.interview
    person.says(text)
    assert (person.refused, person.asked) == (code, "a")
    assert person.interview.answers == before.answers


@pytest.mark.parametrize("row", ["text|a|A|yes||||||", "integer|a|A|yes||||||", "select_one c|a|A|yes||||||"])
def test_a_photo_or_place_is_no_answer_to_a_written_question(row: str) -> None:
    assert asked(row, CHOICES).sends(Media("p", is_image=True)).refused == "text_needed"
    assert asked(row, CHOICES).sends(Point(10.8, 106.6)).refused == "text_needed"


def test_a_rejection_shows_what_is_right() -> None:
    reject = asked("date|a|A|yes||||||").says("31/02").sees(Reject)
    assert reject.params == {"answer": "31/02", "example": "22/11/2026"}


def test_a_larger_number_may_be_named_by_the_form() -> None:
    assert asked("integer|a|A|yes||. <= 5000000||||").says("3.000.000").values["a"] == 3_000_000


def test_buttons_of_a_date_are_the_near_days() -> None:
    person = asked("date|a|A|yes||||||")
    assert person.tokens[:3] == ["today", "yesterday", "other_day"]
    assert person.presses("today").sees(Took).shown == "22/11/2026"
    assert asked("date|a|A|yes||||||").presses("yesterday").values["a"] == "2026-11-21"


def test_another_day_is_written() -> None:
    person = asked("date|a|A|yes||||||").presses("other_day")
    assert person.tokens == ["back", "cancel"]
    assert person.says("15/11").values["a"] == "2026-11-15"


def test_choices_come_in_pages_and_numbers_run_through() -> None:
    person = asked("select_one c|a|A|yes||||||", MANY)
    assert person.sees(Ask).page == (1, 3)
    assert "next_page" in person.tokens
    assert "previous_page" not in person.tokens
    person.presses("next_page")
    ask = person.sees(Ask)
    assert (ask.page, ask.options[0]) == ((2, 3), Option("c8", "Mục số 9 loại i", answers=True))
    assert person.says("trang sau").sees(Ask).page == (3, 3)
    assert person.says("13").values["a"] == "n13"


def test_what_a_person_picks_most_comes_first_and_is_numbered_so() -> None:
    form = form_of("select_one c|a|A|yes||||||", CHOICES)
    person = Person(form, preferred={"a": ("other", "gone")})
    assert person.tokens[:3] == ["c2", "c0", "c1"]
    assert person.says("1").values["a"] == "other"


def test_a_near_miss_is_confirmed_or_not() -> None:
    person = asked("select_one c|a|A|yes||||||", CHOICES).says("truyn thong")
    assert person.sees(Reject).params["choice"] == "Truyền thông"
    assert person.tokens[:2] == ["yes", "no"]
    assert "a" not in person.values
    assert person.presses("no").asked == "a"
    assert person.says("truyn thong", "có").values["a"] == "media"


def test_after_a_near_miss_any_other_answer_counts() -> None:
    assert asked("select_one c|a|A|yes||||||", CHOICES).says("truyn thong", "khác").values["a"] == "other"
    assert asked("select_one c|a|A|yes||||||", CHOICES).says("truyn thong", "1").values["a"] == "media"
    assert asked("select_one c|a|A|yes||||||", CHOICES).says("truyn thong", "2").asked == "a"


def test_ticks_are_kept_until_that_is_all() -> None:
    person = asked("select_multiple c|a|A|yes||||||", CHOICES)
    assert "finish" not in person.tokens
    person.presses("c0", "c2", "c0")
    assert [option.token for option in person.sees(Ask).options if option.chosen] == ["c2"]
    assert person.says("xong").values["a"] == ["other"]


def test_photos_are_collected_until_enough() -> None:
    person = asked("image|a|A|yes|||max-3|||").sends(Media("p1", is_image=True))
    assert (person.asked, "finish" in person.tokens) == ("a", True)
    person.sends(Media("p2", is_image=True)).says("xong")
    assert (person.asked, person.values["a"]) == ("last", ["p1", "p2"])


def test_the_last_photo_that_fits_ends_the_question() -> None:
    photos = [Media(f"p{number}", is_image=True) for number in range(2)]
    assert asked("image|a|A|yes|||max-2|||").sends(*photos).asked == "last"


def test_a_file_that_is_no_picture_is_no_photo() -> None:
    assert asked("image|a|A|yes||||||").sends(Media("f", is_image=False, name="a.pdf")).refused == "photo_needed"
    assert asked("file|a|A|yes||||||").sends(Media("f", is_image=False, name="a.pdf")).values["a"] == "f"


def test_a_place_is_taken_as_sent() -> None:
    assert asked("geopoint|a|A|yes||||||").sends(Point(10.5, 106.5)).values["a"] == [10.5, 106.5]


def test_a_default_is_offered_never_assumed() -> None:
    person = asked("integer|a|A|yes||||25||")
    assert person.sees(Ask).options[0] == Option("default", label="25")
    assert person.presses("default").values["a"] == 25
    computed = asked("text|a|A|yes||||concat('k', 'p')||")
    assert computed.sees(Ask).options[0].label == "kp"


def test_an_unknown_button_is_stale() -> None:
    for token in ("c9", "nonsense", "e4", "yes", "finish", "more", "keep", "drop", "default", "send"):
        person = asked("select_one c|a|A|yes||||||", CHOICES).presses(token)
        assert (person.refused, person.asked) == ("not_complete" if token == "send" else "stale_option", "a")


def test_every_button_is_short_and_ascii() -> None:
    person = asked("select_multiple c|a|A|no||||||", MANY).presses("c1", "next_page")
    options = person.sees(Ask).options
    assert all(len(option.token) <= 24 and option.token.isascii() for option in options)
    assert [option.command for option in options if not option.answers] == [
        WalkCommand.PREVIOUS_PAGE,
        WalkCommand.NEXT_PAGE,
        WalkCommand.FINISH,
        WalkCommand.SKIP,
        WalkCommand.CANCEL,
    ]


def test_the_form_s_own_words_win() -> None:
    source = form_of("integer|a|Số nữ|yes||. < 10||||")
    assert Person(source).sees(Ask).kind is Kind.INTEGER
    from interview import load_form

    form = load_form(
        "| survey |\n| | type | name | label | required | required_message | constraint | constraint_message |\n"
        "| | integer | a | A | yes | Cần số này | . < 10 | Phải dưới 10 |\n",
        form_id="sample",
    )
    assert Person(form).says("11").sees(Reject).message == "Phải dưới 10"
    assert Person(form).says("9000000").sees(Reject).message == "Phải dưới 10"
    assert Person(form).says("chín rưỡi").sees(Reject).message == ""
    assert Person(form).says("bỏ qua").sees(Reject).message == "Cần số này"


HOSTILE = (
    "45 " + "a" * 1_900 + "%",
    "1." * 990,
    "1 " * 990,
    "nam " * 490,
    "\u0301" * 1_900,
    "ngày " * 390,
    "(" * 1_900,
    "hai mươi " * 200,
    "🏳️‍🌈" * 400,
    "8h sáng 15/11 " * 20,
    "8h " * 15 + "x",
    "4/" * 100,
)
WRITTEN = ("text", "integer", "decimal", "date", "time", "dateTime", "range", "select_one c", "select_multiple c")


@pytest.mark.parametrize("kind", WRITTEN)
def test_no_message_takes_long_to_read(kind: str) -> None:
    """A turn holds the one writer: what somebody writes must not be able to hold it up."""

    def seconds(text: str) -> float:
        person = asked(f"{kind}|a|A|yes||||||", CHOICES)
        began = process_time()
        person.says(text)
        return process_time() - began

    for text in HOSTILE:
        assert any(seconds(text) < 0.25 for _ in range(5)), text[:20]


def test_every_kind_but_those_of_the_walk_stands_in_the_table() -> None:
    assert {Kind.GROUP, Kind.REPEAT} == set(Kind) - KINDS.keys()
    assert len(BY_CONTROL) == sum(len(kind.controls) for kind in KINDS.values())
