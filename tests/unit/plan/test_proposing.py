"""What a list seems to say without saying it is proposed, and done only once somebody has given the day."""

from dataclasses import replace
from datetime import date

import pytest

from plan.answering import UNANSWERED, answered
from plan.comparing import compare
from plan.importing import Changes, StoredUnit, UnitList
from plan.ledger import NO_LEDGER
from plan.model import ListedUnit
from plan.problems import PROBLEMS
from plan.proposing import QUESTIONS, Proposal, is_near
from rules.changes import ChangeKind
from rules.levels import Level

START, DAY, TODAY = date(2019, 1, 1), date(2020, 7, 1), date(2020, 11, 4)
GV = ListedUnit("GV", "Quận Gò Vấp", Level.DISTRICT, None, START)
P10, P12 = (ListedUnit(f"P{n}", f"Phường {n}", Level.WARD, "GV", START) for n in (10, 12))
KP1, KP2, KP3 = (ListedUnit(f"P10-KP{n}", f"Khu phố {n}", Level.NEIGHBOURHOOD, "P10", START) for n in (1, 2, 3))
NEW = replace(KP1, code="P10-KP01", name="Khu phố 01", valid_from=TODAY)


def stored(*units: ListedUnit, used: bool = True) -> tuple[StoredUnit, ...]:
    return tuple(StoredUnit(number, unit, used) for number, unit in enumerate((GV, P10, P12, *units), start=1))


def listed(*units: ListedUnit) -> UnitList:
    return UnitList("units.csv", {each.code: each for each in units}, {u.code: n for n, u in enumerate(units, 2)})


def proposed(current: tuple[StoredUnit, ...], *units: ListedUnit) -> list[tuple[str, tuple[str, ...], str]]:
    return [(it.question, it.before, it.after) for it in compare(current, listed(*units), TODAY).proposed]


def settled(current: tuple[StoredUnit, ...], new: UnitList, day: date) -> Changes:
    """Everything that is proposed is so, from a day on."""
    ledger = NO_LEDGER
    while (changes := compare(current, new, TODAY, ledger)).proposed:
        new, ledger = answered(new, ledger, changes.proposed[0], day)
    return changes


@pytest.mark.parametrize(
    ("name", "other", "near"),
    [
        ("Khu phố 5", "Khu phố 05", True),
        ("Khu phố 5", "khu pho 5", True),
        ("Khu phố 5", "KP 5", True),
        ("Khu phố 5", "Khu phố 6", False),
        ("Khu phố 5", "Khu phố 5A", False),
        ("Phường 4", "Khu phố 4", False),
        ("Phường Hạnh Thông", "Phường Hạnh Thông Tây", True),
    ],
)
def test_names_are_near_if_their_numbers_are_the_same(name: str, other: str, near: bool) -> None:
    assert is_near(name, other) is near


def test_a_code_that_is_gone_and_one_that_is_new_under_the_same_ward_may_be_one_unit() -> None:
    assert proposed(stored(KP1, KP2), NEW, KP2) == [("recoded", ("P10-KP1",), "P10-KP01")]
    assert proposed(stored(KP1, KP2), replace(NEW, parent="P12"), KP2) == []
    assert proposed(stored(KP1, KP2), replace(NEW, name="Khu phố 9"), KP2) == []


def test_two_that_are_gone_and_one_that_is_new_may_have_merged() -> None:
    assert proposed(stored(KP1, KP2, KP3), NEW, KP3) == [("merged", ("P10-KP1", "P10-KP2"), "P10-KP01")]


def test_a_whole_list_that_is_replaced_is_no_merger() -> None:
    many = tuple(replace(KP1, code=f"P10-X{n}", name=f"Khu phố {n}") for n in range(5, 10))
    assert proposed(stored(*many), NEW) == []


def test_a_merger_that_is_declined_may_be_a_new_code() -> None:
    current, new = stored(KP1, KP2, KP3), listed(NEW, KP3)
    merger = compare(current, new, TODAY).proposed[0]
    again = compare(current, new, TODAY, declined=(merger,)).proposed
    assert [(it.question, it.before) for it in again] == [("recoded", ("P10-KP1",))]
    plain = compare(current, new, TODAY, declined=(merger, *again))
    assert (plain.proposed, len(plain.add), len(plain.close), plain.links) == ((), 1, 2, ())


def test_another_name_holds_from_a_day_on_or_was_always_so() -> None:
    current, new = stored(KP1), listed(replace(KP1, name="Khu phố Một"))
    renamed = compare(current, new, TODAY)
    assert [it.question for it in renamed.proposed] == ["renamed"]
    corrected = compare(current, new, TODAY, declined=renamed.proposed)
    assert [it.unit.name for it in corrected.change] == ["Khu phố Một"]
    later = settled(current, new, DAY)
    assert (later.change, [(it.day, it.name) for it in later.versions]) == ((), [(DAY, "Khu phố Một")])


def test_a_sample_and_what_nobody_has_used_are_just_corrected() -> None:
    other = replace(KP1, name="Khu phố Một")
    assert proposed(stored(KP1, used=False), other) == []
    assert proposed(stored(replace(KP1, sample=True)), other) == []


def test_a_neighbourhood_under_another_ward_is_a_move_with_its_day() -> None:
    current, new = stored(KP1), listed(replace(KP1, parent="P12"))
    move = Proposal(ChangeKind.MOVE, ("P10-KP1",), "P10-KP1", "P10", "P12", 2)
    assert compare(current, new, TODAY, declined=(move,)).proposed == (move,)
    assert not move.can_be_declined
    assert [(it.day, it.parent) for it in settled(current, new, DAY).versions] == [(DAY, "P12")]


def test_what_goes_on_under_a_new_code_begins_on_the_day_that_is_answered() -> None:
    done = settled(stored(KP1, KP2), listed(replace(NEW, valid_from=START), KP2), DAY)
    assert (done.refused, [unit.valid_from for unit in done.add]) == ((), [DAY])
    assert [(it.unit.code, it.unit.valid_to) for it in done.close] == [("P10-KP1", date(2020, 6, 30))]


def test_every_question_can_be_refused_with_what_to_do() -> None:
    assert QUESTIONS.keys() == UNANSWERED.keys()
    assert set(UNANSWERED.values()) <= PROBLEMS.keys()
