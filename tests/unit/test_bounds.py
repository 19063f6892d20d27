"""How many people stand behind visits: examples computed by hand, and crowds of which the truth is known."""

from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.bounds import Ends, Events, FirstTime, Visits, both_of, bounds, first_time, gathered, owner
from rules.targets import Basis, State, judge, judge_survey
from tests.unit.gathered_events import Group, event

GV, P10, P14, KP1, KP2, KP3, CQ = range(7)
CHILDREN = {GV: [P10, P14, CQ], P10: [KP1, KP2], P14: [KP3]}
ABOVE = {KP1: (KP1, P10, GV), KP2: (KP2, P10, GV), KP3: (KP3, P14, GV), P10: (P10, GV), P14: (P14, GV), CQ: (CQ, GV)}
ABOVE[GV] = (GV,)


def of(unit: int, women: int, men: int, unsorted: int = 0, *, approved: bool = True) -> tuple[int, Events]:
    """An event of residents that belongs to a unit."""
    return unit, event([Group(Visits(women, men, unsorted))], approved=approved)


def low(root: int, *events: tuple[int, Events]) -> Ends:
    return bounds(root, CHILDREN, gathered(events)).assumed


def test_the_worked_example() -> None:
    events = [of(KP1, 30, 10), of(KP1, 25, 20), of(KP2, 20, 5, 5), of(P10, 70, 15)]
    assert low(KP1, *events) == Ends(30, 20, 50)
    assert low(KP2, *events) == Ends(20, 5, 30)
    ward = bounds(P10, CHILDREN, gathered(events))
    assert ward.assumed == Ends(70, 25, 95)
    assert ward.most == Ends(150, 55, 200)


def test_wards_are_summed_and_an_event_of_the_district_that_is_larger_counts_instead() -> None:
    events = [of(KP1, 30, 10), of(P10, 70, 15), of(P14, 40, 30), of(KP3, 45, 5)]
    # P10: W 70, M 15, T 85. P14: W max(45, 40), M max(5, 30), T max(50, 70, 75).
    assert low(P14, *events) == Ends(45, 30, 75)
    assert low(GV, *events) == Ends(115, 45, 160)
    assert low(GV, *events, of(GV, 120, 40)) == Ends(120, 45, 165)


def test_the_event_of_an_agency_belongs_to_the_root() -> None:
    belongs = owner(ABOVE[CQ], ABOVE[P10], agency=True)
    assert belongs == GV
    events = [of(KP1, 10, 10), of(belongs, 60, 5)]
    assert low(P10, *events) == Ends(10, 10, 20)
    assert low(GV, *events) == Ends(60, 10, 70)


def test_the_event_of_an_agency_for_a_ward_s_own_people_belongs_to_that_ward() -> None:
    belongs = owner(ABOVE[CQ], ABOVE[P10], agency=True, local=True)
    assert belongs == P10
    assert low(P10, of(KP1, 10, 10), of(belongs, 60, 5)) == Ends(60, 10, 70)


@pytest.mark.parametrize(
    ("organiser", "place", "belongs"),
    [
        (KP1, KP1, KP1),
        (P10, KP1, P10),
        (KP1, P10, P10),
        (KP1, KP2, P10),
        (KP1, P14, GV),
        (P10, P14, GV),
        (GV, P14, GV),
        (P10, GV, GV),
    ],
)
def test_an_event_belongs_to_the_smallest_unit_that_contains_organiser_and_place(
    organiser: int, place: int, belongs: int
) -> None:
    assert owner(ABOVE[organiser], ABOVE[place]) == belongs


def test_an_event_of_which_nobody_said_the_place_belongs_to_its_organiser_and_an_agency_s_to_the_root() -> None:
    assert owner(ABOVE[KP1], None) == KP1
    assert owner(ABOVE[CQ], None, agency=True) == GV


def test_unsorted_people_are_in_the_total_of_the_lower_end_and_in_both_sexes_of_the_upper_one() -> None:
    ward = bounds(P10, CHILDREN, gathered([of(KP1, 0, 0, 40), of(KP2, 10, 0, 20), of(P10, 5, 5, 55)]))
    # T = max(40 + 30, 65, 10 + 5); women at most 15 + 115, men at most 5 + 115.
    assert ward.assumed == Ends(10, 5, 70)
    assert ward.most == Ends(130, 120, 135)


def test_two_groups_of_one_event_are_added() -> None:
    both = event([Group(Visits(20, 10)), Group(Visits(5, 15))])
    assert low(P10, (KP1, both), of(KP1, 22, 0)) == Ends(25, 25, 50)


def test_groups_that_are_not_local_are_never_summed() -> None:
    def workers(unit: int, women: int, men: int) -> tuple[int, Events]:
        return unit, event([Group(Visits(women, men), local=False)])

    assert low(P10, workers(KP1, 30, 10), workers(KP2, 25, 20)) == Ends(30, 20, 50)


def test_of_an_event_with_both_only_its_local_groups_are_summed() -> None:
    mixed = event([Group(Visits(20, 0)), Group(Visits(50, 10), local=False)])
    # KP1: W 70 of which 20 local. P10: W max(20 + 30, 70, 30), M 10, T max(20 + 30, 80).
    assert low(P10, (KP1, mixed), of(KP2, 30, 0)) == Ends(70, 10, 80)
    assert low(P10, (KP1, mixed), of(KP2, 60, 0)) == Ends(80, 10, 90)


def test_an_event_that_is_not_approved_raises_the_upper_end_alone() -> None:
    ward = bounds(P10, CHILDREN, gathered([of(KP1, 30, 10), of(KP2, 20, 20, approved=False)]))
    assert (ward.assumed.total, ward.most.total) == (40, 80)


def test_a_group_of_which_only_some_are_meant_raises_the_upper_end_alone() -> None:
    leaders = event([Group(Visits(10, 2)), Group(Visits(7, 0), sure=False)])
    ward = bounds(P10, CHILDREN, {P10: leaders})
    assert (ward.assumed, ward.most) == (Ends(10, 2, 12), Ends(17, 2, 19))


def test_without_the_assumption_the_lower_end_is_the_largest_event() -> None:
    ward = bounds(P10, CHILDREN, gathered([of(KP1, 30, 10), of(KP2, 20, 5, 5), of(P10, 25, 10)]))
    assert (ward.assumed.total, ward.single.total) == (70, 40)


def test_what_lies_outside_a_unit_is_none_of_its_figures() -> None:
    assert bounds(P10, CHILDREN, gathered([of(GV, 500, 500), of(KP3, 9, 9)])).most == Ends()


def test_partly_asked_the_first_time_is_an_interval_up_to_the_visits_that_were_not_asked() -> None:
    assert first_time([FirstTime(known=40, told=40, not_asked=25, visits=110, whole=True)]) == (40, 65)


def test_over_several_years_it_reaches_from_the_largest_year_to_the_sum_of_all() -> None:
    years = [FirstTime(40, 45, 25, 110, whole=True), FirstTime(60, 60, 0, 90, whole=True)]
    assert first_time(years) == (60, 130)


def test_a_year_that_does_not_begin_on_the_first_of_january_bounds_nothing_from_above() -> None:
    assert first_time([FirstTime(40, 40, 0, 110, whole=False)]) == (40, 110)
    assert first_time([]) == (0, 0)


def test_knowledge_and_skills_that_are_counted_apart_leave_an_interval() -> None:
    assert both_of(30, 28, 30) == (28, 28)
    assert both_of(20, 15, 30) == (5, 15)
    assert both_of(20, 15, None) == (0, 15)


def test_the_upper_end_is_capped_and_shares_are_rounded_away_from_what_flatters() -> None:
    ward = judge(95, 200, 180, 50, Basis.BOUNDS)
    assert (ward.low, ward.high, ward.share_low, ward.share_high) == (95, 180, 52.7, 100.0)
    assert judge(1, 2, 3, 50, Basis.BOUNDS).share_low == 33.3
    assert judge(1, 2, 3, 90, Basis.BOUNDS).share_high == 66.7


@pytest.mark.parametrize(
    ("low", "high", "basis", "full", "state"),
    [
        (50, 80, Basis.BOUNDS, False, State.REACHED_IF),
        (50, 80, Basis.FIRST_TIME, False, State.REACHED),
        (49, 80, Basis.BOUNDS, False, State.UNKNOWN),
        (10, 20, Basis.BOUNDS, True, State.UNKNOWN),
        (10, 20, Basis.ROSTER, False, State.UNKNOWN),
        (10, 20, Basis.ROSTER, True, State.NOT_REACHED),
        (10, 49, Basis.ROSTER, True, State.NOT_REACHED),
        (10, 50, Basis.ROSTER, True, State.UNKNOWN),
        (10, 60, Basis.ROSTER, True, State.UNKNOWN),
        (50, 50, Basis.ROSTER, True, State.REACHED),
    ],
)
def test_only_a_full_list_says_that_a_target_is_not_reached(
    low: int, high: int, basis: Basis, full: bool, state: State
) -> None:
    assert judge(low, high, 100, 50, basis, full=full).state is state


def test_more_people_than_there_are_contradict_and_have_no_share() -> None:
    judged = judge(120, 300, 100, 50, Basis.BOUNDS)
    assert (judged.contradictory, judged.share_low, judged.share_high, judged.state) == (
        True,
        None,
        None,
        State.UNKNOWN,
    )


def test_without_a_denominator_there_is_no_share() -> None:
    for nothing in (None, 0):
        assert judge(95, 200, nothing, 50, Basis.BOUNDS).share_low is None


def test_a_survey_decides_either_way() -> None:
    assert judge_survey(523, 1000, 50).state is State.REACHED
    judged = judge_survey(499, 1001, 50)
    assert (judged.state, judged.low, judged.high, judged.share_low) == (State.NOT_REACHED, 499, 500, 49.9)


class Person(NamedTuple):
    number: int
    woman: bool
    worker: bool
    """Workers are no local group: they go anywhere."""
    home: int


class Held(NamedTuple):
    """An event that was held, with those who came and how many of them nobody sorted."""

    unit: int
    approved: bool
    came: Sequence[Person]
    unnoted: int


UNITS = (GV, P10, P14, KP1, KP2, KP3)


@st.composite
def crowds(draw: st.DrawFn) -> list[Held]:
    """People who go to events; those of local groups only to what their own home and the units around it hold."""
    numbers = count()
    make = st.builds(
        Person, st.builds(numbers.__next__), st.booleans(), st.booleans(), st.sampled_from((KP1, KP2, KP3))
    )
    people = draw(st.lists(make, min_size=1, max_size=12))
    held = []
    for unit in draw(st.lists(st.sampled_from(UNITS), max_size=8)):
        may = [person for person in people if person.worker or unit in ABOVE[person.home]]
        came = draw(st.lists(st.sampled_from(may), unique=True)) if may else []
        held.append(Held(unit, draw(st.booleans()), came, draw(st.integers(0, 12))))
    return held


def reported(held: Held) -> tuple[int, Events]:
    """The event as its report counts it, the last `unnoted` of each group without their sex."""
    groups = []
    for local in (True, False):
        came = [person for person in held.came if person.worker is not local]
        noted = came[: max(0, len(came) - held.unnoted)]
        women = sum(person.woman for person in noted)
        groups.append(Group(Visits(women, len(noted) - women, len(came) - len(noted)), local=local))
    return held.unit, event(groups, approved=held.approved)


def truth(held: Sequence[Held]) -> Ends:
    people = {person for one in held for person in one.came}
    women = sum(person.woman for person in people)
    return Ends(women, len(people) - women, len(people))


def lies_within(low: Ends, high: Ends) -> bool:
    return low.women <= high.women and low.men <= high.men and low.total <= high.total


@given(crowds(), st.sampled_from(UNITS))
def test_the_truth_about_a_crowd_lies_between_the_ends(held: list[Held], root: int) -> None:
    inside = [one for one in held if root in ABOVE[one.unit]]
    found = bounds(root, CHILDREN, gathered(map(reported, held)))
    approved = truth([one for one in inside if one.approved])
    assert lies_within(found.assumed, approved)
    assert lies_within(found.single, approved)
    assert lies_within(truth(inside), found.most)


@given(crowds())
def test_a_single_event_holds_without_any_assumption(held: list[Held]) -> None:
    found = bounds(GV, CHILDREN, gathered(map(reported, held)))
    assert lies_within(found.single, found.assumed)


@given(st.lists(st.tuples(st.sets(st.integers(0, 9)), st.booleans()), max_size=6), st.booleans())
def test_a_show_of_hands_bounds_the_people_of_a_year(meetings: list[tuple[set[int], bool]], approved: bool) -> None:
    seen: set[int] = set()
    told = not_asked = visits = 0
    for came, asked in meetings:
        told += len(came - seen) if asked else 0
        not_asked += 0 if asked else len(came)
        visits += len(came)
        seen |= came
    low, high = first_time([FirstTime(told if approved else 0, told, not_asked, visits, whole=True)])
    assert low <= len(seen) <= high
