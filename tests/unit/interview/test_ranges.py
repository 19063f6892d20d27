"""A number on a scale: typed as people write it, or pressed."""

import pytest

from interview import FormError, load_form, load_xform
from interview.steps import Ask, Kind, Option, Reject, Took
from tests.unit.interview.person import Person

XFORM = """<html><head><title>S</title><model><instance><data id="s"><a/></data></instance>
<bind nodeset="/data/a" type="int"/></model></head>
<body><range ref="/data/a" {ends}><label>A</label></range></body></html>"""


def source(parameters: str = "", more: str = "", default: str = "") -> str:
    return (
        "| survey |\n| | type | name | label | required | parameters | default | constraint |\n"
        f"| | range | a | Bao nhiêu điểm? | yes | {parameters} | {default} | {more} |\n| | text | last | Cuối | yes |\n"
    )


def asked(parameters: str = "", more: str = "", default: str = "", language: str = "vi") -> Person:
    return Person(load_form(source(parameters, more, default), form_id="sample"), language=language)


@pytest.mark.parametrize(
    ("parameters", "text", "value"),
    [
        ("start=1 end=5", "4", 4),
        ("start=1 end=5", "4/5", 4),
        ("start=1 end=5", "4 trên 5", 4),
        ("start=1 end=5", "bốn", 4),
        ("start=1 end=5", "dạ 4 điểm ạ", 4),
        ("", "10", 10),
        ("start=0 end=100 step=5", "75", 75),
        ("start=0 end=5 step=0.5", "2,5", 2.5),
        ("start=0 end=5 step=0.5", "3", 3.0),
        ("start=-5 end=5", "-3", -3),
        ("start=10 end=2 step=2", "4", 4),
        ("start=0 end=2000000 step=1000000", "1.000.000", 1_000_000),
    ],
)
def test_a_value_of_the_scale_is_taken(parameters: str, text: str, value: float) -> None:
    person = asked(parameters).says(text)
    assert (person.asked, person.values["a"]) == ("last", value)
    assert type(person.values["a"]) is type(value)


@pytest.mark.parametrize(
    ("parameters", "text", "code"),
    [
        ("start=1 end=5", "6", "not_in_range"),
        ("start=1 end=5", "0", "not_in_range"),
        ("start=1 end=5", "-1", "not_in_range"),
        ("start=1 end=5", "4/10", "not_a_number"),
        ("start=1 end=5", "9" * 40, "not_in_range"),
        ("start=1 end=5", "2,5", "decimal"),
        ("start=1 end=5", "tốt", "not_a_number"),
        ("start=0 end=100 step=5", "72", "between_steps"),
        ("start=0 end=5 step=0.5", "2,3", "between_steps"),
    ],
)
def test_what_is_not_on_the_scale_is_said_to_be(parameters: str, text: str, code: str) -> None:
    person = asked(parameters).says(text)
    assert (person.refused, person.asked) == (code, "a")


def test_a_rejection_names_the_ends_and_a_right_answer() -> None:
    params = asked("start=0 end=5 step=0.5").says("7").sees(Reject).params
    assert params == {"answer": "7", "example": "2,5", "lowest": "0,0", "highest": "5,0", "step": "0,5"}


def test_a_short_scale_has_a_button_for_each_value() -> None:
    person = asked("start=0 end=4", default="3")
    ask = person.sees(Ask)
    assert ask.kind is Kind.RANGE
    assert ask.options[0] == Option("v0", "0", answers=True, typed=True)
    assert [option.label for option in ask.options[:5]] == ["0", "1", "2", "3", "4"]
    assert [option.label for option in ask.options if option.chosen] == ["3"]
    assert person.presses("v0").sees(Took).shown == "0"
    assert person.values["a"] == 0
    assert person.says("lùi").sees(Ask).options[0].chosen


def test_a_scale_that_goes_down_is_offered_so() -> None:
    person = asked("start=6 end=1 step=2")
    assert [option.label for option in person.sees(Ask).options[:3]] == ["6", "4", "2"]
    assert person.presses("v1").values["a"] == 4


def test_a_long_scale_is_typed() -> None:
    person = asked("start=0 end=100", default="50")
    assert person.tokens == ["default", "cancel"]
    assert person.presses("v3").refused == "stale_option"
    assert person.presses("default").values["a"] == 50


def test_no_button_stands_beyond_the_end() -> None:
    for token in ("v5", "v", "v-1", "3", "c0", "today"):
        assert asked("start=1 end=5").presses(token).refused == "stale_option"


def test_the_constraint_holds_as_well() -> None:
    person = asked("start=1 end=5", ". != 3")
    assert person.presses("v2").refused == "constraint"
    assert person.says("4").values["a"] == 4


def test_a_known_value_is_taken_if_it_is_on_the_scale() -> None:
    form = load_form(source("start=0 end=5 step=0.5"), form_id="sample")
    assert Person(form, {"a": 2.5}).values["a"] == 2.5
    for wrong in (2.3, 6, "2", True, 10**20):
        assert "a" not in Person(form, {"a": wrong}).values


@pytest.mark.parametrize(
    "ends", ['start="1" end="1"', 'step="0"', 'step="-1"', 'start="x"', 'end="1e999999"', 'step="20"']
)
def test_a_scale_that_leads_nowhere_is_refused(ends: str) -> None:
    with pytest.raises(FormError, match="The range 'a' leads nowhere"):
        load_xform(XFORM.format(ends=ends), form_id="s")
    load_xform(XFORM.format(ends='start="1" end="3"'), form_id="s")


def test_labels_of_values_are_refused() -> None:
    rows = source("start=1 end=3 tick_labelset=c") + "| choices |\n| | list_name | name | label |\n"
    with pytest.raises(FormError) as raised:
        load_form(rows + "| | c | 1 | Kém |\n| | c | 3 | Tốt |\n", form_id="s")
    assert [(problem.code, problem.row) for problem in raised.value.problems] == [("range_labels", 2)]
