"""Several questions in one message, and entries of a repeat."""

import pytest

from interview import MAX_TEXT, advance, from_json, start, to_json
from interview.limits import MAX_ENTRIES
from interview.steps import Ask, Json, Kind, Pressed, Reject, Review, Took, Typed
from tests.unit.interview.person import NOW, Person, form_of

PAIR = """
begin group|g|Bao nhiêu người?||||field-list sum|||
integer|women|Nữ|yes||||||
integer|men|Nam|yes||. < 1000||||
end group|||||||||
text|last|Cuối|yes||||||
"""
TOGETHER = PAIR.replace(". < 1000", "${women} = '' or . + ${women} > 0")
REPEAT = """
begin repeat|r|Sản phẩm|||||||
text|name|Tên|yes||||||
integer|count|Bao nhiêu ${name}?|no||||||
end repeat|||||||||
text|last|Cuối|yes||||||
"""


def pair() -> Person:
    return Person(form_of(PAIR))


def test_a_group_is_one_question_with_an_example() -> None:
    ask = pair().sees(Ask)
    assert (ask.kind, ask.path, ask.parts, ask.hint) == (Kind.GROUP, "g", ("Nữ", "Nam"), "nữ 30, nam 15")
    assert (ask.number, ask.total) == (1, 2)


@pytest.mark.parametrize("text", ["nữ 30, nam 15", "30 nữ 15 nam", "45 người, 30 nữ", "tổng 45, nam 15"])
def test_one_message_answers_both(text: str) -> None:
    person = pair().says(text)
    assert (person.values["women"], person.values["men"], person.asked) == (30, 15, "last")


@pytest.mark.parametrize("text", ["30 nu thoi", "toàn nữ 30", "30 người, toàn nữ", "chỉ 30 nữ"])
def test_who_says_that_nobody_else_came_is_not_asked_for_them(text: str) -> None:
    person = pair().says(text)
    assert (person.values["women"], person.values["men"], person.asked) == (30, 0, "last")


def test_one_asked_alone_may_be_few_without_the_others_being_none() -> None:
    person = pair().says("nữ 30", "15 nam thôi")
    assert (person.values["women"], person.values["men"], person.asked) == (30, 15, "last")


@pytest.mark.parametrize("text", ["ko có", "không có ai", "0 ạ", "không có nam", "dạ không", "k có ai hết"])
def test_nobody_is_zero(text: str) -> None:
    person = pair().says("nữ 30", text)
    assert (person.values["women"], person.values["men"], person.asked) == (30, 0, "last")


def test_what_is_missing_is_asked_alone() -> None:
    person = pair().says("nữ 30")
    assert (person.sees(Took).shown, person.sees(Ask).kind, person.asked) == ("30", Kind.INTEGER, "g/men")
    assert person.says("15").asked == "last"


@pytest.mark.parametrize("text", ["45", "45 người"])
def test_a_total_alone_is_not_enough(text: str) -> None:
    reject = pair().says(text).sees(Reject)
    assert (reject.code, reject.params["parts"], reject.params["example"]) == (
        "parts_needed",
        "Nữ, Nam",
        "nữ 30, nam 15",
    )


@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("45 người, nữ 30, nam 20", {"total": 45, "sum": 50, "parts": "Nữ 30 + Nam 20", "women": 30, "men": 20}),
        ("45 người, nữ 50", {"total": 45, "sum": 50, "parts": "Nữ 50", "women": 50}),
    ],
)
def test_a_total_that_does_not_fit_is_shown_and_nothing_taken(text: str, params: dict[str, object]) -> None:
    person = pair().says(text)
    reject = person.sees(Reject)
    assert reject.code == "total_mismatch"
    assert reject.params.items() >= params.items()
    assert person.interview.answers == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nhiều lắm", "group_unclear"),
        ("30 15 10", "group_unclear"),
        ("-30 15", "group_unclear"),
        ("30 nữ hay 15", "group_unclear"),
        (" ", "empty"),
        ("1 " * MAX_TEXT, "too_long"),
    ],
)
def test_what_is_not_sure_is_not_taken(text: str, code: str) -> None:
    person = pair().says(text)
    assert (person.refused, person.asked, person.interview.answers) == (code, "g", {})


@pytest.mark.parametrize(("text", "code"), [("nữ 30 nam 2000", "constraint"), ("1 1000000000", "too_large")])
def test_of_a_message_with_a_number_that_does_not_fit_nothing_is_taken(text: str, code: str) -> None:
    person = pair().says(text)
    assert (person.refused, person.asked, person.interview.answers) == (code, "g", {})
    assert person.says("nữ 30 nam 15").asked == "last"


def test_numbers_that_do_not_go_together_are_asked_together_again() -> None:
    person = Person(form_of(TOGETHER)).says("0 0")
    assert (person.refused, person.asked, person.interview.answers) == ("constraint", "g", {})
    person = Person(form_of(TOGETHER)).says("nữ 0", "0")
    assert (person.refused, person.asked, person.sees(Ask).current) == ("constraint", "g", "0")
    assert person.says("0 3").asked == "last"


def test_a_new_number_must_go_with_the_one_that_stands() -> None:
    person = Person(form_of(TOGETHER)).says("3 0", "lùi", "nữ 0")
    assert (person.refused, person.asked, person.interview.answers) == ("constraint", "g", {"g/women": 3, "g/men": 0})


@pytest.mark.parametrize(
    ("text", "women", "men"),
    [
        ("15", 30, 15),
        ("15 người", 30, 15),
        ("nam 15", 30, 15),
        ("nữ 20 nam 10", 20, 10),
        ("45 người, 40 nữ", 40, 5),
    ],
)
def test_one_asked_alone_takes_its_number_or_a_full_answer(text: str, women: int, men: int) -> None:
    person = pair().says("nữ 30", text)
    assert (person.values["women"], person.values["men"], person.asked) == (women, men, "last")


@pytest.mark.parametrize("text", ["20 nữ", "khoảng 20 nữ thôi"])
def test_a_number_named_for_another_is_taken_for_that_one(text: str) -> None:
    person = pair().says("nữ 30", text)
    assert (person.sees(Took).label, person.asked, dict(person.interview.answers)) == ("Nữ", "g/men", {"g/women": 20})


@pytest.mark.parametrize("text", ["tổng 45", "ba muoi nam", "nữ", "nữ 20 nam 15 tổng 50"])
def test_one_asked_alone_takes_no_number_that_may_be_anothers(text: str) -> None:
    person = pair().says("nữ 30", text)
    assert person.sees(Reject)
    assert (person.asked, dict(person.interview.answers)) == ("g/men", {"g/women": 30})


def test_before_one_asked_alone_comes_its_group() -> None:
    person = Person(form_of("text|first|Đầu|yes||||||\n" + PAIR)).says("x", "nữ 30", "lùi")
    assert (person.asked, person.sees(Ask).current) == ("g", "30")
    assert person.says("lùi").asked == "first"


def test_an_edited_number_may_come_with_the_other() -> None:
    person = pair().says("nữ 30 nam 15", "x")
    token = next(line.token for line in person.sees(Review).lines if line.label == "Nữ")
    assert person.presses(token).asked == "g/women"
    assert person.says("nữ 20 nam 10").at_review
    assert (person.values["women"], person.values["men"]) == (20, 10)


def test_names_of_several_words_are_understood_as_the_example_shows_them() -> None:
    form = form_of(PAIR.replace("Nữ", "Đã kiểm tra").replace("Nam", "Đã xử lý"))
    person = Person(form)
    assert person.says(person.sees(Ask).hint).values.items() >= {"women": 30, "men": 15}.items()


def test_a_total_means_nothing_where_parts_do_not_make_it() -> None:
    form = form_of(PAIR.replace("field-list sum", "field-list"))
    assert Person(form).says("45 người, nữ 30").refused == "group_unclear"


def test_questions_of_other_kinds_are_answered_in_order() -> None:
    form = form_of(
        "begin group|g|Ai, khi nào?||||field-list|||\ntext|who|Ai?|yes||||||\ndate|when|Khi nào?|yes||||||\n"
        "end group|||||||||\n"
    )
    person = Person(form).says("Chị Lan; hôm qua")
    assert person.values == {"who": "Chị Lan", "when": "2026-11-21"}
    assert Person(form).says("Chị Lan").refused == "group_unclear"


def test_an_optional_group_is_skipped_as_a_whole() -> None:
    person = Person(form_of(PAIR.replace("yes", "no", 2))).says("bỏ qua")
    assert person.asked == "last"
    assert person.interview.answers == {"g/women": None, "g/men": None}


def test_a_group_with_choices_is_asked_one_by_one() -> None:
    form = form_of(PAIR.replace("integer|men|Nam|yes||. < 1000", "select_one c|men|Nam|yes||"), "c|a|A||\nc|b|B||")
    assert Person(form).asked == "g/women"


def test_entries_are_asked_until_that_is_all() -> None:
    person = Person(form_of(REPEAT)).says("Tờ rơi")
    assert (person.asked, person.sees(Ask).label) == ("r[1]/count", "Bao nhiêu Tờ rơi?")
    assert person.says("200").sees(Ask).kind is Kind.REPEAT
    assert person.says("1").asked == "r[2]/name"
    assert person.says("Áp phích", "bỏ qua").tokens[:2] == ["more", "finish"]
    assert person.presses("finish").asked == "last"
    assert person.values["r"] == [{"name": "Tờ rơi", "count": 200}, {"name": "Áp phích"}]


def test_an_entry_begun_by_mistake_can_be_left() -> None:
    person = Person(form_of(REPEAT)).says("Tờ rơi", "200", "thêm", "lùi")
    assert person.sees(Ask).kind is Kind.REPEAT
    assert person.says("hết").asked == "last"
    assert person.values["r"] == [{"name": "Tờ rơi", "count": 200}]


def test_only_more_or_enough_answer_a_repeat() -> None:
    assert Person(form_of(REPEAT)).says("Tờ rơi", "200", "có lẽ").refused == "option_needed"


def test_a_repeat_has_an_end() -> None:
    items: list[dict[str, object]] = [{"name": f"n{number}", "count": 1} for number in range(MAX_ENTRIES + 5)]
    person = Person(form_of(REPEAT), {"r": items, "last": "x"})  # type: ignore[dict-item]
    assert person.at_review
    rows = person.values["r"]
    assert isinstance(rows, list)
    assert len(rows) == MAX_ENTRIES


def test_one_entry_is_edited_from_the_review() -> None:
    person = Person(form_of(REPEAT)).says("Tờ rơi", "200", "thêm", "Áp phích", "5", "hết", "x", "lùi", "lùi", "lùi")
    assert person.asked == "r[2]/count"
    assert person.says("6").at_review
    assert person.values["r"] == [{"name": "Tờ rơi", "count": 200}, {"name": "Áp phích", "count": 6}]


def test_what_a_line_left_in_doubt_is_offered_at_its_question_and_survives_json() -> None:
    form = pair().form
    ways: Json = [{"g/women": 45, "g/men": 30}, {"g/women": 30, "g/men": 15}]
    begun = start(form, {}, NOW, doubts={"g": {"ways": ways}}).interview
    assert from_json(to_json(begun)) == begun
    step = advance(form, begun, Pressed("w1"), NOW)
    assert (step.interview.answers["g/women"], step.interview.answers["g/men"]) == (30, 15)


def test_of_what_was_left_in_doubt_nothing_stands_unless_it_is_chosen() -> None:
    form = pair().form
    begun = start(form, {}, NOW, doubts={"g": {"ways": [{"g/women": 45, "g/men": 30}]}}).interview
    assert begun.answers == {}
    assert advance(form, begun, Typed("nữ 9 nam 8"), NOW).interview.answers["g/women"] == 9
