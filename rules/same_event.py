"""Which reports are of one event, which of them counts, and who decides where they disagree.

Reports of one event form a set, without chains. Nothing here is done in silence: what looks the same is asked about.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rules.kinds import ActivityKind
from rules.states import COUNTED

GATHERINGS = frozenset({ActivityKind.EVENT, ActivityKind.INSPECTION})
"""The kinds that several units hold together. What a ward prints and its neighbourhoods hand out is no such thing."""
FEW_PEOPLE = 10
SMALL_SHARE = 10
"""Per cent of the larger total. Totals further apart than either of these disagree."""


@dataclass(frozen=True, slots=True)
class Member:
    """A report of a set: `organises` if its unit is the one that held the event."""

    id: int
    state: str
    organises: bool
    sent_at: datetime


def counting(members: Sequence[Member], chosen: int | None = None) -> int | None:
    """The report of a set that counts: the chosen one, else the organiser's, else the earliest sent.

    Only sent and approved reports can count; `None` if there is none.
    """
    standing = [member for member in members if member.state in COUNTED]
    ranked = sorted(standing, key=lambda member: (member.id != chosen, not member.organises, member.sent_at, member.id))
    return ranked[0].id if ranked else None


@dataclass(frozen=True, slots=True)
class Event:
    """What a report says took place. `place` names the unit where it was and those above it; empty outside the root."""

    activity: str
    first_day: date
    last_day: date
    place: tuple[int, ...]


def looks_same(one: Event, other: Event) -> bool:
    """Whether two reports may be of one event: same activity, days that overlap, one place inside the other."""
    return all(_agreements(one, other))


def parts(before: Event, after: Event, other: Event) -> bool:
    """Whether a correction made a report differ from another one of its set in activity, day or place."""
    pairs = zip(_agreements(before, other), _agreements(after, other), strict=True)
    return any(agreed and not agrees for agreed, agrees in pairs)


def _agreements(one: Event, other: Event) -> tuple[bool, bool, bool]:
    overlap = one.first_day <= other.last_day and other.first_day <= one.last_day
    return one.activity == other.activity, overlap, _nested(one.place, other.place)


def _nested(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    if not one or not other:
        return one == other
    return one[0] in other or other[0] in one


@dataclass(frozen=True, slots=True)
class Count:
    """What a report counts: `total` in people or things, and the target groups that came."""

    total: int
    groups: frozenset[str]


def disagree(counts: Sequence[Count]) -> bool:
    """Whether the figures of one event are too far apart to let one stand without a word: in total or in groups."""
    if len(counts) < 2:
        return False
    totals = [count.total for count in counts]
    most, apart = max(totals), max(totals) - min(totals)
    is_far = apart > FEW_PEOPLE or 100 * apart > SMALL_SHARE * most
    return is_far or len({count.groups for count in counts}) > 1


def deciding(wards: Collection[int | None]) -> int | None:
    """The ward whose chair decides: the one that contains all units that reported; `None` leaves it to the root."""
    (ward, *others) = set(wards) or {None}
    return None if others else ward
