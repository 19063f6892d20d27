"""Expressions as forms write them: ODK's functions, dates in comparisons, what an expression reads."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from interview.forms.expression import Expression
from interview.forms.form import Derived
from interview.forms.layout import TODAY
from interview.limits import MEMO_SIZE
from interview.steps import Json
from tests.unit.interview.person import NOW, Person, form_of

QUESTIONS = """
text|a|A|no||||||
select_multiple c|m|M|no||||||
date|d|D|no||||||
integer|n|N|no||||||
"""
CHOICES = "c|x|Táo||\nc|y|Cam||"
KNOWN: dict[str, Json] = {"a": "chào", "m": ["x", "y"], "d": "2026-11-20", "n": 7}


@pytest.mark.parametrize(
    ("calculation", "value"),
    [
        ("selected(${m}, 'y')", True),
        ("selected(${m}, 'z')", False),
        ("count-selected(${m})", 2),
        ("selected-at(${m}, 1)", "y"),
        ("if(${n} > 5, 'nhiều', 'ít')", "nhiều"),
        ("coalesce('', ${a})", "chào"),
        ("regex(${a}, 'ch.o')", True),
        ("regex(${a}, 'ch')", False),
        ("date(99999999999)", ""),
        ("format-date(-99999999999, '%Y')", ""),
        ("substr(${a}, 1 div 0)", ""),
        ("regex(${a}, 'ch(a|à)o|x{2,3}')", True),
        ("regex(${a}, '\\p{L}+')", True),
        ("regex(${n}, '[0-9]{1,3}')", True),
        ("string-length(${a})", 4),
        ("substr(${a}, 1, 3)", "hà"),
        ("int(7.9)", 7),
        ("round(7.456, 1)", 7.5),
        ("round(2.5)", 3),
        ("min(3, ${n}, 5)", 3),
        ("max(3, ${n}, 5)", 7),
        ("sum(${n})", 7),
        ("${n} * 2 + 1", 15),
        ("-${n} + 10", 3),
        ("${n} div 2", 3.5),
        ("${n} mod 4", 3),
        ("concat(${a}, '-', ${n})", "chào-7"),
        ("today()", "2026-11-22"),
        ("date(today() - 7)", "2026-11-15"),
        ("${d} < today()", True),
        ("${d} >= date('2026-11-21')", False),
        ("today() - ${d}", 2),
        ("${d} = '2026-11-20'", True),
        ("format-date(${d}, '%d/%m/%Y %e %n %y')", "20/11/2026 20 11 26"),
        ("format-date(now(), '%H:%M')", "09:00"),
        ("jr:choice-name(selected-at(${m}, 0), '${m}')", "Táo"),
        ("not(${n} = 7) or ${a} != ''", True),
        ("number('12') + 1", 13),
        ("starts-with(${a}, 'ch') and contains(${a}, 'o')", True),
        ("count(/data/n | /data/a)", 2),
        ("translate(${a}, 'c', 'k')", "khào"),
    ],
)
def test_a_calculation_gives_what_odk_says(calculation: str, value: object) -> None:
    form = form_of(f"{QUESTIONS}calculate|z||||||| {calculation.replace('|', chr(92) + '|')} |", CHOICES)
    assert Person(form, KNOWN).values["z"] == value


def test_a_calculation_over_nothing_has_no_value() -> None:
    form = form_of(f"{QUESTIONS}calculate|z|||||||${{n}} + 1|", CHOICES)
    assert "z" not in Person(form).values


def test_a_result_is_remembered_by_exactly_what_it_reads() -> None:
    form = form_of(f"{QUESTIONS}calculate|z|||||||if(${{n}} > 1, today(), ${{a}})|", CHOICES)
    node = form.by_path["z"]
    assert isinstance(node, Derived)
    assert isinstance(node.expression, Expression)
    assert node.expression.reads == (TODAY, form.by_path["a"].slot, form.by_path["n"].slot)
    first = Person(form, KNOWN)
    later = Person(form, KNOWN, now=NOW + timedelta(days=1))
    assert (first.values["z"], later.values["z"]) == ("2026-11-22", "2026-11-23")


def test_repeats_are_summed_counted_and_numbered() -> None:
    form = form_of("""
begin repeat|r|R|||||||
text|item|Món|yes||||||
integer|price|Giá|yes||||||
calculate|at||||||| position(..)|
calculate|twice||||||| ${price} * 2|
end repeat||||||||||
calculate|total|||||||sum(${twice})|
calculate|many|||||||count(${r})|
""")
    person = Person(form).says("bút", "5", "thêm", "vở", "10", "hết")
    assert person.values == {
        "r": [{"item": "bút", "price": 5, "at": 1, "twice": 10}, {"item": "vở", "price": 10, "at": 2, "twice": 20}],
        "total": 30,
        "many": 2,
    }


def test_a_memory_of_results_stays_small_and_right() -> None:
    form = form_of("integer|n|N|no||||||\ncalculate|z|||||||${n} + 1|")
    node = form.by_path["z"]
    assert isinstance(node, Derived)
    assert isinstance(node.expression, Expression)
    slots = ["", "", "", "", ""]
    for number in range(MEMO_SIZE + 50):
        slots[form.by_path["n"].slot] = str(number)
        assert node.expression.value(slots) == number + 1


def test_a_form_is_shared_by_threads() -> None:
    form = form_of("integer|n|N|yes||. < 5000||||\ncalculate|z|||||||${n} * 2|")

    def doubled(number: int) -> bool:
        return Person(form).says(str(number)).values["z"] == number * 2

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(doubled, range(400)))
