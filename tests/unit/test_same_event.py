"""Reports of one event: what looks the same, which one counts, when figures disagree, and who decides."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest

from rules.same_event import Count, Event, Member, counting, deciding, disagree, looks_same, parts
from rules.states import ReportState

GV, P10, P11, KP5, KP6, AGENCY = 1, 10, 11, 105, 106, 50
DAY = date(2020, 11, 4)
NOW = datetime(2020, 11, 4, 3, tzinfo=UTC)
IN_KP5, IN_KP6, IN_P10, IN_P11, EVERYWHERE, OUTSIDE = (
    (KP5, P10, GV),
    (KP6, P10, GV),
    (P10, GV),
    (P11, GV),
    (GV,),
    (),
)


def event(place: tuple[int, ...] = IN_KP5, first: int = 0, last: int = 0, activity: str = "A2") -> Event:
    return Event(activity, DAY + timedelta(days=first), DAY + timedelta(days=last), place)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (event(), event(), True),
        (event(), event(activity="A3"), False),
        (event(), event(first=1, last=1), False),
        (event(last=2), event(first=2, last=3), True),
        (event(last=1), event(first=2, last=3), False),
        (event(IN_KP5), event(IN_P10), True),
        (event(IN_KP5), event(EVERYWHERE), True),
        (event(IN_KP5), event(IN_KP6), False),
        (event(IN_KP5), event(IN_P11), False),
        (event(OUTSIDE), event(OUTSIDE), True),
        (event(OUTSIDE), event(EVERYWHERE), False),
    ],
)
def test_what_looks_the_same_does_so_from_both_sides(one: Event, other: Event, same: bool) -> None:
    assert looks_same(one, other) == looks_same(other, one) == same


@pytest.mark.parametrize(
    ("before", "after", "other", "parted"),
    [
        (event(), event(first=1, last=1), event(), True),
        (event(), event(activity="A3"), event(), True),
        (event(), event(IN_P11), event(), True),
        (event(), event(last=1), event(), False),
        (event(IN_KP6), event(IN_KP6), event(), False),
        (event(IN_KP6), event(IN_KP6, 1, 1), event(), True),
    ],
    ids=["day", "activity", "place", "one day more", "linked from two places", "and then another day"],
)
def test_a_correction_parts_a_set_only_where_it_makes_a_difference(
    before: Event, after: Event, other: Event, parted: bool
) -> None:
    assert parts(before, after, other) == parted


def member(number: int, state: str = ReportState.SENT, *, organises: bool = False, sent: int = 0) -> Member:
    return Member(number, state, organises, NOW + timedelta(hours=sent))


@pytest.mark.parametrize(
    ("members", "chosen", "counts"),
    [
        ([member(1, sent=1), member(2)], None, 2),
        ([member(1), member(2)], None, 1),
        ([member(1), member(2, organises=True, sent=5)], None, 2),
        ([member(1), member(2, organises=True), member(3, sent=9)], 3, 3),
        ([member(1), member(2, organises=True), member(3, ReportState.RETURNED)], 3, 2),
        ([member(1, ReportState.APPROVED), member(2, ReportState.WITHDRAWN, organises=True)], 2, 1),
        ([member(1, ReportState.RETURNED), member(2, ReportState.WITHDRAWN)], 1, None),
        ([], None, None),
    ],
)
def test_the_chosen_counts_else_the_organisers_else_the_earliest(
    members: list[Member], chosen: int | None, counts: int | None
) -> None:
    assert {counting(order, chosen) for order in permutations(members)} == {counts}


RESIDENTS, WORKERS = frozenset({"residents"}), frozenset({"workers"})


@pytest.mark.parametrize(
    ("counts", "apart"),
    [
        ([(45, RESIDENTS)], False),
        ([(45, RESIDENTS), (45, RESIDENTS)], False),
        ([(45, RESIDENTS), (60, RESIDENTS)], True),
        ([(9, RESIDENTS), (10, RESIDENTS)], False),
        ([(100, RESIDENTS), (110, RESIDENTS)], False),
        ([(100, RESIDENTS), (111, RESIDENTS)], True),
        ([(45, RESIDENTS), (50, RESIDENTS)], False),
        ([(45, RESIDENTS), (51, RESIDENTS)], True),
        ([(300, RESIDENTS), (311, RESIDENTS)], True),
        ([(45, RESIDENTS), (46, RESIDENTS), (60, RESIDENTS)], True),
        ([(45, RESIDENTS), (45, RESIDENTS | WORKERS)], True),
        ([], False),
    ],
)
def test_figures_disagree_by_a_tenth_by_ten_people_or_by_a_group(
    counts: list[tuple[int, frozenset[str]]], apart: bool
) -> None:
    assert disagree([Count(*count) for count in counts]) == apart


@pytest.mark.parametrize(
    ("wards", "decides"), [([P10, P10], P10), ([P10, P11], None), ([P10, None], None), ([None], None), ([], None)]
)
def test_the_ward_that_contains_all_decides_else_the_root(wards: list[int | None], decides: int | None) -> None:
    assert deciding(wards) == decides
