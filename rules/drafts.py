"""Draft plans: which planned activities may be the same work twice ("tránh trùng lặp", V.2), and which count once.

*Chủ trì* and *phối hợp* of one event are no overlap: both plan the same work, and its budget counts once, with whoever
leads it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rules.levels import Level

NEAR = timedelta(days=14)
"""Days between two dates that are near each other: who came to one will hardly come to the other."""


class Source(StrEnum):
    """Where the money comes from (IV of the plan)."""

    DISTRICT = "district"
    WARD = "ward"
    OTHER = "other"
    """Other lawful sources."""


class Reason(StrEnum):
    """Why two planned activities may overlap, the plainest first."""

    SITE = "site"
    """The same school or enterprise."""
    GROUP = "group"
    """The same group, in one place or in a place and one that contains it, at nearly the same time."""
    LED_ELSEWHERE = "led_elsewhere"
    """An activity that the plan lets another agency lead, which plans it too."""


class Answer(StrEnum):
    """What those who were asked decided."""

    KEEP = "keep"
    MERGE = "merge"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Planned:
    """A planned activity. `place` names the unit where it will be and those above it; empty where nobody said.

    `by_month`: only the month is known, and the days are its first and last. `site` is the folded name of a school,
    enterprise or hall; `lead` the unit that leads it, `leads_by_plan` the codes of those that the plan names as its
    leaders, `partners` the codes of those that take part.
    """

    draft: int
    row: int
    unit: str
    level: Level
    activity: str
    group: str
    first_day: date
    last_day: date
    by_month: bool = False
    place: tuple[str, ...] = ()
    site: str = ""
    lead: str = ""
    partners: frozenset[str] = frozenset()
    leads_by_plan: frozenset[str] = frozenset()


def overlap(one: Planned, other: Planned) -> Reason | None:
    """Why two planned activities of different units may be the same work twice; `None` if they are not."""
    if one.unit == other.unit or is_one_event(one, other):
        return None
    near = are_near(one, other)
    if one.site and one.site == other.site and (near or one.activity == other.activity):
        return Reason.SITE
    if one.group == other.group and near and is_one_place(one, other):
        return Reason.GROUP
    return Reason.LED_ELSEWHERE if _is_led_elsewhere(one, other) else None


def is_one_event(one: Planned, other: Planned) -> bool:
    """Whether one of two units leads what the other takes part in: the same activity, near in time, as both say."""
    return one.activity == other.activity and are_near(one, other) and (_joins(one, other) or _joins(other, one))


def _joins(guest: Planned, host: Planned) -> bool:
    """Whether the guest's draft says that the host leads it, and the host does not say otherwise."""
    return guest.lead == host.unit and host.lead in ("", host.unit) and guest.unit != host.unit


def are_near(one: Planned, other: Planned) -> bool:
    """Whether dates are within 14 days of each other; where only a month is given, whether a month is the same."""
    if one.by_month or other.by_month:
        return not _months(one).isdisjoint(_months(other))
    gap = max(one.first_day, other.first_day) - min(one.last_day, other.last_day)
    return gap <= NEAR


def is_one_place(one: Planned, other: Planned) -> bool:
    """Whether one place is the other, or contains it. What has no place overlaps nowhere."""
    if not one.place or not other.place:
        return False
    return one.place[0] in other.place or other.place[0] in one.place


def counts_once(rows: Sequence[Planned]) -> set[tuple[int, int]]:
    """Which planned activities count in sums: of one event that several drafts hold, the row of whoever leads it."""
    guests = {(one.draft, one.row) for one in rows for other in rows if _joins(one, other) and is_one_event(one, other)}
    return {(one.draft, one.row) for one in rows} - guests


def _months(planned: Planned) -> set[tuple[int, int]]:
    first, last = planned.first_day, planned.last_day
    count = (last.year - first.year) * 12 + last.month - first.month
    months = (first.month - 1 + at for at in range(count + 1))
    return {(first.year + month // 12, month % 12 + 1) for month in months}


def _is_led_elsewhere(one: Planned, other: Planned) -> bool:
    """Whether an agency means to lead what the plan lets the other one lead, which plans it, too."""
    if one.activity != other.activity or one.level != Level.AGENCY or other.level != Level.AGENCY:
        return False
    return _takes(one, other) or _takes(other, one)


def _takes(taker: Planned, leader: Planned) -> bool:
    leads_itself = taker.lead in ("", taker.unit)
    return leads_itself and leader.unit in taker.leads_by_plan and taker.unit not in taker.leads_by_plan
