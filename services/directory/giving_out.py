"""Gives the invitations that wait in wards to the wards' chairs, who know the people: the secretariat presses once.

A chair gets one message that leads to the texts, made when they are asked for. So no code is stored with messages, and
who comes meanwhile is in none. It is a reminder by hand like any other: once a day a ward, never at night.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Connection

from locales import Say
from messages import Outgoing
from rules.roles import Role
from services import access
from services.directory import participation
from services.directory.codes import Seal
from services.nudging import Nudge, NudgeOutcome, nudge
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.directory.units import Unit

Worded: TypeAlias = Callable[[Say, Unit, int], Outgoing]
"""Words for a ward's chair that so many people of the ward are invited and have not come."""


@dataclass(frozen=True, slots=True)
class GivenOut:
    """What became of each ward where somebody is invited: in the order of units."""

    outcomes: dict[NudgeOutcome, list[Unit]]


def give_out(db: Connection, viewer: Viewer, seal: Seal, worded: Worded) -> GivenOut | Refused:
    """Tell the chairs of all wards where somebody below them is invited and has not come."""
    waiting = participation.waiting(db, viewer, "", seal)
    if not access.may_give_out(viewer) or isinstance(waiting, Refused):
        return Refused(Refusal.UNKNOWN)
    wards = [(ward, made.person.unit.id) for made in waiting if (ward := viewer.tree.ward_around(made.person.unit))]
    outcomes: dict[NudgeOutcome, list[Unit]] = {}
    for ward, count in Counter(ward for ward, unit_id in wards if unit_id != ward.id).items():
        wanted = Nudge(f"invited:{ward.code}", ward.id, (Role.WARD_CHAIR,), _for(worded, ward, count))
        outcomes.setdefault(nudge(db, wanted, viewer.person_id, viewer.now).outcome, []).append(ward)
    return GivenOut(outcomes)


def _for(worded: Worded, ward: Unit, count: int) -> Callable[[Say], Outgoing]:
    return lambda say: worded(say, ward, count)
