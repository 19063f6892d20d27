"""Invites everybody on a list: one personal code a row, nobody twice, and who has joined already is left alone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from interview import fold
from plan.inviting import Invitee
from services import access
from services.directory.invitations import issue
from services.viewer import Viewer
from storage.directory import invitations, staff
from storage.directory.invitations import Waiting


@dataclass(frozen=True, slots=True)
class Prospect:
    """What inviting the people of a list would do."""

    new: tuple[Invitee, ...]
    again: tuple[tuple[Invitee, Waiting], ...]
    """They have a code that nobody used: it is taken back for a new one, since a code is shown only once."""
    joined: tuple[Invitee, ...]

    @property
    def to_invite(self) -> tuple[Invitee, ...]:
        return tuple(sorted((*self.new, *(person for person, _ in self.again)), key=lambda person: person.row))


@dataclass(frozen=True, slots=True)
class Made:
    """An invitation that was made of a row. Only who asked for it knows the code."""

    person: Invitee
    code: str
    expires: datetime


def may_invite_all(viewer: Viewer, people: Iterable[Invitee]) -> bool:
    """Whether the person may invite everybody on a list."""
    return all(access.may_invite(viewer, person.role, person.unit.code) for person in people)


def prospect(db: Connection, people: Sequence[Invitee], now: datetime) -> Prospect:
    """What inviting them would do, as it is now. People are told apart by unit and name."""
    units = sorted({person.unit.id for person in people})
    there = {(member.unit_id, fold(member.name)) for member in staff.in_units(db, units, now)}
    codes = {(code.unit_id, fold(code.name)): code for code in invitations.unused(db, units) if code.name}
    known = [(person, (person.unit.id, fold(person.name))) for person in people]
    return Prospect(
        new=tuple(person for person, key in known if key not in there and key not in codes),
        again=tuple((person, codes[key]) for person, key in known if key in codes and key not in there),
        joined=tuple(person for person, key in known if key in there),
    )


def invite_all(
    db: Connection, wanted: Prospect, new_code: Callable[[], str], by: int | None, now: datetime
) -> tuple[Made, ...]:
    """Make their invitations, for one use each, and take back the codes that these replace."""
    invitations.revoke(db, [code.id for _, code in wanted.again], now)
    return tuple(_made(db, person, new_code(), by, now) for person in wanted.to_invite)


def _made(db: Connection, person: Invitee, code: str, by: int | None, now: datetime) -> Made:
    expires = issue(db, code, role=person.role, unit_id=person.unit.id, by=by, now=now, name=person.name)
    return Made(person, code, expires)
