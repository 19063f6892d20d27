"""Eight thousand texts by a grammar that knows what it meant: right or asked, never wrong.

`make soak-reading` tries more. A text that fails is made as short as it can be; the shortest are kept in `KEPT`, and
read before any other.
"""

import os
import random
from collections import Counter
from datetime import date

import pytest

from bot.reading import read_text
from interview.reading.dates import clock_times, days_in, verdict
from interview.reading.heads import heads_in, stretches_of
from interview.reading.items import part_words
from interview.reading.names import names_in
from interview.reading.writing import writing
from tests.conversation import shipped_plan
from tests.reading.grammar import TODAY, Meant, text_of

MANY = int(os.environ.get("READING_TEXTS", "8000"))
WHOLE = MANY // 50
"""Texts that are read as whole reports too, which takes longer."""
SEED = int(os.environ.get("READING_SEED", "11"))
SEXES = part_words([("Nữ", "Women"), ("Nam", "Men")])
_MEETING = "sinh hoạt khu phố"
KEPT = (
    Meant(("ngày 20/11", _MEETING, "45 nữ 30 nam", "kỷ niệm 20/10"), date(2026, 11, 20), 45, 30, bare=True),
    Meant(("ngày 27/11", _MEETING, "45 nữ 25 nam", "kỷ niệm 20/10"), date(2026, 11, 27), 45, 25, bare=True),
)
"""Texts that were wrong once, as short as they could be made."""


def fault_of(meant: Meant) -> str:
    """What the readers take although it was not meant; empty if nothing."""
    written = writing(meant.text)
    said = verdict(days_in(written, TODAY))
    if said.day is not None and said.day != meant.day:
        return f"day {said.day}, not {meant.day}"
    taken = stretches_of(written, names_in(written), days_in(written, TODAY), clock_times(written))
    heads = heads_in(written, SEXES, taken, ())
    for one in heads if len(heads) == 1 else ():
        parts = one.counts.parts if one.counts else {}
        if parts.get(0, meant.women) != meant.women or parts.get(1, meant.men) != meant.men:
            return f"counts {dict(parts)}, not {meant.women} and {meant.men}"
    return ""


def shrunk(meant: Meant) -> Meant:
    """The shortest text that still fails."""
    for at in range(len(meant.parts)):
        shorter = meant.without(at)
        if shorter.parts and fault_of(shorter):
            return shrunk(shorter)
    return meant


@pytest.mark.parametrize("meant", KEPT, ids=lambda meant: meant.text)
def test_what_was_wrong_once_is_not_wrong_again(meant: Meant) -> None:
    assert fault_of(meant) == ""


def test_texts_by_a_grammar_are_never_wrong_in_silence(capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(SEED)
    wrong = [meant for meant in (text_of(chance) for _ in range(MANY)) if fault_of(meant)]
    with capsys.disabled():
        print(f"\n{MANY} texts by a grammar, {len(wrong)} wrong")  # noqa: T201 (how many were tried)
    assert {(short := shrunk(meant)).text: fault_of(short) for meant in wrong[:20]} == {}


def test_reports_by_a_grammar_are_never_wrong_in_silence(capsys: pytest.CaptureFixture[str]) -> None:
    chance, rates, wrong = random.Random(SEED + 1), Counter[str](), {}
    for _ in range(WHOLE):
        meant = text_of(chance)
        taken = read_text(shipped_plan(), f"báo cáo {meant.text}", "P10-KP05", TODAY, "idle").taken
        said = {"date": meant.day.isoformat() if meant.day else None, "women": meant.women, "men": meant.men}
        faults = {name: taken[name] for name, value in said.items() if name in taken and taken[name] != value}
        rates["right" if all(taken.get(name) == value for name, value in said.items()) else "asked"] += 1
        if faults:
            wrong[meant.text] = faults
    with capsys.disabled():
        print(f"\n{WHOLE} reports by a grammar, {dict(rates)}, {len(wrong)} wrong")  # noqa: T201 (as above)
    assert wrong == {}
