"""Twelve pairs of planned activities, of which six overlap; written before the rule, from the plan's V.2."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from rules.drafts import Planned, Reason, are_near, counts_once, is_one_event, overlap
from rules.levels import Level

GV, P10, P11, KP5 = ("GV",), ("P10", "GV"), ("P11", "GV"), ("P10-KP05", "P10", "GV")
SCHOOL = "thpt go vap"


def planned(unit: str, **said: Any) -> Planned:
    level = Level.AGENCY if unit.startswith("CQ") else Level.WARD
    days = {"first_day": date(2021, 3, 8), "last_day": date(2021, 3, 8)}
    about = {"activity": "A2", "group": "residents", "place": P10, **days}
    return Planned(draft=sum(map(ord, unit)), row=1, unit=unit, level=level, **{**about, **said})


def on(day: str, last: str = "") -> Mapping[str, date]:
    return {"first_day": date.fromisoformat(day), "last_day": date.fromisoformat(last or day)}


MARCH = {**on("2021-03-01", "2021-03-31"), "by_month": True}
APRIL = {**on("2021-04-01", "2021-04-30"), "by_month": True}
A5 = {"activity": "A5", "leads_by_plan": frozenset({"CQ-LDLD"}), "group": "workers", "place": ()}

PAIRS: tuple[tuple[str, Planned, Planned, Reason | None], ...] = (
    ("same group, same ward, 12 days apart", planned("P10"), planned("CQ-VHTT", **on("2021-03-20")), Reason.GROUP),
    ("a neighbourhood inside the other's ward", planned("P10", place=KP5), planned("CQ-PN", place=P10), Reason.GROUP),
    ("only the month is given", planned("P10", **MARCH), planned("CQ-VHTT", **on("2021-03-29")), Reason.GROUP),
    (
        "the same school, other groups",
        planned("CQ-GDDT", group="students", site=SCHOOL, place=()),
        planned("CQ-DTN", group="youth_union", site=SCHOOL, place=()),
        Reason.SITE,
    ),
    (
        "the same enterprise and activity, months apart",
        planned("CQ-LDLD", site="may 28", **A5),
        planned("CQ-PN", site="may 28", **{**A5, **on("2021-10-20"), "lead": "CQ-PN", "group": "employers"}),
        Reason.SITE,
    ),
    (
        "another agency leads it by the plan",
        planned("CQ-LDLD", **A5),
        planned("CQ-PN", **{**A5, **on("2021-09-20"), "group": "employers"}),
        Reason.LED_ELSEWHERE,
    ),
    ("the same ward, 40 days apart", planned("P10"), planned("CQ-VHTT", **on("2021-04-17")), None),
    ("the same day in two wards", planned("P10"), planned("P11", place=P11), None),
    ("the same day and place, other groups", planned("P10"), planned("CQ-PN", group="women_leaders"), None),
    (
        "one leads, the other takes part",
        planned("CQ-PN", lead="P10"),
        planned("P10", partners=frozenset({"CQ-PN"})),
        None,
    ),
    ("the next month", planned("P10", **MARCH), planned("CQ-VHTT", **APRIL), None),
    ("two of one unit's own", planned("P10"), planned("P10", **on("2021-03-10")), None),
)


def test_there_are_twelve_pairs_and_six_overlap() -> None:
    assert (len(PAIRS), sum(reason is not None for *_, reason in PAIRS)) == (12, 6)


@pytest.mark.parametrize(("one", "other", "reason"), [pair[1:] for pair in PAIRS], ids=[pair[0] for pair in PAIRS])
def test_a_pair_overlaps_whichever_draft_came_first(one: Planned, other: Planned, reason: Reason | None) -> None:
    assert overlap(one, other) == reason
    assert overlap(other, one) == reason


def test_what_has_no_place_overlaps_only_by_its_site_or_its_leader() -> None:
    assert overlap(planned("P10", place=()), planned("CQ-VHTT", place=P10)) is None
    assert overlap(planned("P10", place=GV), planned("CQ-VHTT", place=KP5)) is Reason.GROUP


def test_an_event_that_both_plan_counts_once_with_whoever_leads_it() -> None:
    guest, host = planned("CQ-PN", lead="P10"), planned("P10", partners=frozenset({"CQ-PN"}))
    assert is_one_event(guest, host)
    assert counts_once([guest, host]) == {(host.draft, host.row)}
    alone = planned("CQ-PN", lead="P11")
    assert counts_once([alone, host]) == {(alone.draft, alone.row), (host.draft, host.row)}


@pytest.mark.parametrize(("last", "near"), [("2021-03-22", True), ("2021-03-23", False)])
def test_near_is_fourteen_days(last: str, near: bool) -> None:
    assert are_near(planned("P10"), planned("P11", **on(last))) is near


def test_months_over_the_turn_of_the_year() -> None:
    winter = {**on("2021-12-01", "2022-01-31"), "by_month": True}
    assert are_near(planned("P10", **winter), planned("P11", **on("2022-01-15")))
    assert not are_near(planned("P10", **winter), planned("P11", **on("2022-02-01")))
