"""What the readers make of the corpus: right or asked, and never wrong in silence. The rates are printed.

A text is wrong if an answer is taken that it does not give: another value than it says, one that is never meant, or
any at all where the person has to be asked.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bot.reading import read_text
from tests.conversation import shipped_plan
from tests.reading.corpus import Written, rows_of

GOALS = {"clean": 1.0, "careless": 0.97, "hard": 0.95, "unseen": 0.97}
AS_WRITTEN = {"place", "shown_where", "topic", "subject"}
"""Words are taken as they stand: how much of them is a matter of taste, and it is shown before anything is sent."""


def said_by(row: Written) -> Mapping[str, Any]:
    return read_text(shipped_plan(), row.text, row.unit, row.today, row.state).taken


def faults_of(row: Written, taken: Mapping[str, Any]) -> Iterator[str]:
    """What was taken although it is wrong."""
    for name, value in row.taken.items():
        if name not in AS_WRITTEN and name in taken and not _same(taken[name], value):
            yield f"{name}: {taken[name]!r} instead of {value!r}"
    yield from (f"{name}: {taken[name]!r} instead of a question" for name in row.asked if name in taken)
    for name, values in row.never.items():
        if taken.get(name) in values:
            yield f"{name}: {taken[name]!r}, which is never meant"


def _same(said: Any, meant: Any) -> bool:
    """Whether two answers are the same; a further line may say more than was expected."""
    if isinstance(said, list) and isinstance(meant, list):
        return len(said) == len(meant) and all(
            one.items() >= other.items() for one, other in zip(said, meant, strict=True)
        )
    return bool(said == meant)


@pytest.mark.parametrize("name", GOALS)
def test_of_a_corpus_nothing_is_wrong_in_silence(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    rates: Counter[str] = Counter()
    wrong: list[str] = []
    for row in rows_of(name):
        taken = said_by(row)
        faults = list(faults_of(row, taken))
        whole = all(one in taken for one in row.taken if one not in AS_WRITTEN)
        rates["wrong" if faults else "right" if whole else "asked"] += 1
        wrong += [f"{row.id} {row.text!r}: {fault}" for fault in faults]
    total = rates.total()
    with capsys.disabled():
        shares = ", ".join(f"{rates[kind] / total:.1%} {kind}" for kind in ("right", "asked", "wrong"))
        print(f"\n{name}: {total} texts, {shares}")  # noqa: T201 (the rates are what this test is for)
    assert wrong == []
    assert 1 - rates["wrong"] / total >= GOALS[name]
