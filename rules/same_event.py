"""Which report counts among those of one event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.states import COUNTED


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
