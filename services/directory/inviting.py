"""Invites everybody on a list: one personal code a row, nobody twice, and who has joined already is left alone.

A code that still waits stays the same when the list is sent again: it may be printed on somebody's card.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from interview import fold
from plan.inviting import Invitee
from services.directory.codes import Seal
from services.directory.invitations import issue
from storage.directory import invitations, staff
from storage.directory.invitations import Waiting


@dataclass(frozen=True, slots=True)
class Made:
    """An invitation that waits for somebody, with its code."""

    person: Invitee
    code: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class Prospect:
    """What inviting the people of a list would do."""

    new: tuple[Invitee, ...]
    again: tuple[tuple[Invitee, Waiting], ...]
    """They have a code that lets nobody in any more or cannot be read: it is taken back for a new one."""
    kept: tuple[Made, ...]
    """They have a code that still waits for them; it stays."""
    joined: tuple[Invitee, ...]
    named: tuple[tuple[Made, int], ...] = ()
    """They get the code (by its id) that waits for their unit without a name: it may be on its way to them."""

    @property
    def to_invite(self) -> tuple[Invitee, ...]:
        """Whom inviting changes something for, in the list's order."""
        given = (made.person for made, _ in self.named)
        return tuple(sorted((*self.new, *(person for person, _ in self.again), *given), key=lambda person: person.row))


def prospect(db: Connection, people: Sequence[Invitee], now: datetime, seal: Seal) -> Prospect:
    """What inviting them would do, as it is now. People are told apart by unit and name."""
    units = sorted({person.unit.id for person in people})
    there = {(member.unit_id, fold(member.name)) for member in staff.in_units(db, units, now)}
    unused = invitations.unused(db, units)
    codes = {(code.unit_id, fold(code.name)): code for code in unused if code.name}
    known = [(person, (person.unit.id, fold(person.name))) for person in people]
    waiting = [(person, codes[key]) for person, key in known if key in codes and key not in there]
    kept = {person.row: made for person, code in waiting if (made := waits(person, code, now, seal))}
    new = [person for person, key in known if key not in there and key not in codes]
    named = {made.person.row: (made, code) for made, code in _without_a_name(new, unused, now, seal)}
    return Prospect(
        new=tuple(person for person in new if person.row not in named),
        again=tuple((person, code) for person, code in waiting if person.row not in kept),
        kept=tuple(kept.values()),
        joined=tuple(person for person, key in known if key in there),
        named=tuple(named.values()),
    )


def _without_a_name(
    new: Iterable[Invitee], unused: Iterable[Waiting], now: datetime, seal: Seal
) -> Iterator[tuple[Made, int]]:
    """Give people with a name the codes that wait for somebody in their role and unit, each to one of them."""
    unnamed: dict[tuple[int, str], list[Waiting]] = defaultdict(list)
    for code in unused:
        if not code.name:
            unnamed[code.unit_id, code.role].append(code)
    for person in new:
        waiting = unnamed[person.unit.id, person.role] if person.name else []
        while waiting:
            code = waiting.pop(0)
            if made := waits(person, code, now, seal):
                yield made, code.id
                break


def waits(person: Invitee, code: Waiting, now: datetime, seal: Seal) -> Made | None:
    """A personal invitation that still lets somebody in and whose code can be read; else `None`."""
    is_personal = code.uses_left == 1 and not code.used
    read = seal.read(code.code_hash, code.sealed) if is_personal and code.is_open(now) else None
    return Made(person, read, code.expires_at) if read else None


def invite_all(
    db: Connection, wanted: Prospect, new_code: Callable[[], str], seal: Seal, by: int | None, now: datetime
) -> tuple[Made, ...]:
    """Make their invitations, for one use each, in the place of codes that are over; with those that stay."""
    invitations.revoke(db, [code.id for _, code in wanted.again], now)
    for given, code_id in wanted.named:
        invitations.give_name(db, code_id, given.person.name)
    anew = (*wanted.new, *(person for person, _ in wanted.again))
    made = [_made(db, person, new_code(), seal, by, now) for person in sorted(anew, key=lambda person: person.row)]
    waiting = (given for given, _ in wanted.named)
    return tuple(sorted((*made, *waiting, *wanted.kept), key=lambda invitation: invitation.person.row))


def _made(db: Connection, person: Invitee, code: str, seal: Seal, by: int | None, now: datetime) -> Made:
    role, unit = person.role, person.unit.id
    _, expires = issue(db, code, role=role, unit_id=unit, by=by, now=now, name=person.name, seal=seal)
    return Made(person, code, expires)
