"""Every problem and every line about an import can be said in Vietnamese, with the same places to fill."""

import string

import pytest

from locales import texts
from plan.problems import PROBLEMS
from plan.proposing import QUESTIONS
from plan.telling import LINES

SAID = {**PROBLEMS, **LINES, **QUESTIONS}


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", SAID)
def test_a_text_has_a_translation_with_the_same_places(code: str) -> None:
    vietnamese = texts("vi")(SAID[code])
    assert vietnamese != SAID[code]
    assert places(vietnamese) == places(SAID[code])


@pytest.mark.parametrize("code", sorted(PROBLEMS.keys() - {"form"}))
def test_a_problem_names_a_remedy(code: str) -> None:
    problem, _, remedy = PROBLEMS[code].partition(". ")
    assert problem
    assert remedy.endswith(".")
