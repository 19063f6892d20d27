"""Lets people go where their units went: after a merger, a renaming or a move at once, after a split as a chair says.

A role in a unit that has ended is not taken away. It lets its holder finish there what took place before, for four
weeks (`Viewer.former`). What is new is a role that follows it, in the unit that came after. So an import that is taken
back needs no memory: the roles that follow are taken out, and the old ones stand as they did.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from interview import from_json, to_json
from periods.days import local_day
from rules.changes import FINISHED_WITHIN, ChangeKind
from rules.roles import ABOVE
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.conversation import interviews
from storage.conversation.interviews import Draft
from storage.delivery import digests
from storage.directory import holders, persons, roles, staff, successions
from storage.directory.staff import Member
from storage.directory.successions import TouchedRole
from storage.directory.units import Unit, UnitsOfDay, UnitTree, unit_tree

A_DAY = timedelta(days=1)


class Fate(StrEnum):
    """What becomes of a role when its unit changes."""

    JOINS = "joins"
    """The unit was merged: the person has the same role in the unit that goes on."""
    FOLLOWS = "follows"
    """The unit only got another code: the person has the same role under it."""
    WAITS = "waits"
    """The unit was split: a chair says where the person goes."""
    ENDS = "ends"
    """Nothing came after the unit."""
    RENAMED = "renamed"
    """The unit goes on under another name."""
    MOVED = "moved"
    """The unit goes on in another."""


@dataclass(frozen=True, slots=True)
class RoleChange:
    """What became of a role. Units are called as people read them, before the change and after.

    `day` is the first day after the change. `finish_by` is the last on which what took place before may be reported.
    """

    fate: Fate
    role: str
    day: date
    before: str
    resolution: str = ""
    """What ordered it, if that is known."""
    after: tuple[str, ...] = ()
    finish_by: date | None = None


@dataclass(frozen=True, slots=True)
class PersonsChanges:
    """All that a person is to be told at once."""

    person_id: int
    changes: tuple[RoleChange, ...]


@dataclass(frozen=True, slots=True)
class WhereTo:
    """Those above (`asked`) are to say in which of some units somebody whose unit was split goes on."""

    member: Member
    before: str
    parts: tuple[Unit, ...]
    asked: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """Everything that a day of changes asks to be said."""

    told: tuple[PersonsChanges, ...]
    asked: tuple[WhereTo, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody whose unit was split has a role in one of its parts."""

    member: Member
    unit: Unit
    others: tuple[Unit, ...]
    """The other parts, in which they may have one as well."""


def move(db: Connection, people: Collection[int], now: datetime) -> Moved:
    """Let some people follow their units. Whatever was done before is not done again."""
    digests.lock(db, people)
    tree, found, asked = unit_tree(db), dict[int, list[RoleChange]](), list[WhereTo]()
    for role in successions.touched(db, people, now):
        change = _change(db, tree, role, now)
        if change is not None:
            found.setdefault(role.person_id, []).append(change)
        if change is not None and change.fate is Fate.WAITS:
            asked.extend(_where_to(db, tree.on(local_day(now)), role, change.before, now))
        successions.note_told(db, role.assignment_id, local_day(now), now)
    return Moved(tuple(PersonsChanges(person, tuple(changes)) for person, changes in found.items()), tuple(asked))


def _change(db: Connection, tree: UnitTree, role: TouchedRole, now: datetime) -> RoleChange | None:
    today = local_day(now)
    units = tree.on(today)
    unit = units.unit(role.unit_id)
    if unit.valid_to is None or unit.valid_to >= today:
        return _kept(tree, role, today)
    day, before = unit.valid_to + A_DAY, tree.on(unit.valid_to).title_of(unit.id)
    after = units.successors(unit.id)
    changes = tree.lineage.out_of(unit.id)
    by = changes[0].resolution if changes else ""
    titles, finish_by = tuple(units.title_of(found.id) for found in after), unit.valid_to + FINISHED_WITHIN
    if len(after) > 1:
        return RoleChange(Fate.WAITS, unit.role or "", day, before, by, titles, finish_by)
    if not after or after[0].role is None:
        return RoleChange(Fate.ENDS, unit.role or "", day, before, by, (), finish_by)
    _follow(db, units, role, after[0], now)
    fate = Fate.JOINS if changes[0].kind is ChangeKind.MERGE else Fate.FOLLOWS
    return RoleChange(fate, after[0].role, day, before, by, titles, finish_by)


def _kept(tree: UnitTree, role: TouchedRole, today: date) -> RoleChange | None:
    """What is new about a unit that goes on, since its person was told last: where it lies, or else its name."""
    known = max(local_day(role.since), role.told or date.min)
    days = tree.changed_within(known, today, [role.unit_id]) or tree.changed_within(date.min, today, [role.unit_id])
    if not days:
        return None
    before, after = tree.on(days[0] - A_DAY), tree.on(today)
    was, now_is = before.unit(role.unit_id), after.unit(role.unit_id)
    fate = Fate.MOVED if was.parent_id != now_is.parent_id else Fate.RENAMED
    titles = before.title_of(was.id), after.title_of(was.id)
    if titles[0] == titles[1]:
        return None
    by = [change.resolution for change in tree.lineage.kept(role.unit_id) if change.on_date == days[-1]]
    return RoleChange(fate, now_is.role or "", days[-1], titles[0], "".join(by[:1]), (titles[1],))


def _follow(db: Connection, units: UnitsOfDay, role: TouchedRole, after: Unit, now: datetime) -> None:
    """Give the role in the unit that came after, and take along what is not about days before."""
    roles.assign(db, role.person_id, after.role or "", after.id, now, follows=role.assignment_id)
    _take_drafts(db, units, role.person_id, role.unit_id, after, now)


def _take_drafts(db: Connection, units: UnitsOfDay, person_id: int, before: int, after: Unit, now: datetime) -> None:
    """Let unfinished reports be of another unit; those of days before the change stay where they are."""
    last_day = units.unit(before).valid_to
    for draft in interviews.unfinished_reports(db, person_id, before):
        state = from_json(draft.state)
        said = {**state.prefill, **state.answers}
        day = said.get("last_date") or said.get("date")
        if not isinstance(day, str) or last_day is None or day > last_day.isoformat():
            _give(db, units, draft, after, now)


def _give(db: Connection, units: UnitsOfDay, draft: Draft, unit: Unit, now: datetime) -> None:
    """Let a draft be another unit's, in what the form knows of who reports, too."""
    state, ward = from_json(draft.state), units.ward_around(unit)
    place = {"level": str(unit.level), "unit": unit.code, "ward": ward.code if ward else ""}
    moved = to_json(replace(state, prefill={**state.prefill, **place}))
    interviews.give_to(db, draft.id, unit.id, moved, now)


def _where_to(db: Connection, units: UnitsOfDay, role: TouchedRole, before: str, now: datetime) -> Iterator[WhereTo]:
    member = staff.find(db, role.assignment_id, now)
    parts = tuple(units.successors(role.unit_id))
    asked = _those_above(db, units, parts[0], now)
    if member is not None:
        yield WhereTo(member, before, parts, tuple(person for person in asked if person != role.person_id))


def _those_above(db: Connection, units: UnitsOfDay, unit: Unit, now: datetime) -> list[int]:
    """The people of the nearest unit above that has any who look after others."""
    above = holders.holders(db, ABOVE, now, now)
    for code in units.codes_above(unit.code):
        found = [chair.person_id for chair in above if chair.unit == code and chair.person_id is not None]
        if found:
            return found
    return []


def place(db: Connection, viewer: Viewer, assignment_id: int, part: str, now: datetime) -> Placed | Refused:
    """Say in which part of a unit that was split somebody goes on: those above both."""
    member = staff.find(db, assignment_id, now)
    unit = viewer.tree.find(part)
    if member is None or unit is None or unit.role is None or not viewer.agreed or not viewer.stands_above(part):
        return Refused(Refusal.UNKNOWN)
    parts = viewer.tree.successors(member.unit_id)
    if unit.id not in {found.id for found in parts}:
        return Refused(Refusal.UNKNOWN)
    persons.lock(db, member.person_id)
    role = TouchedRole(member.assignment_id, member.person_id, member.unit_id, member.since, None)
    _follow(db, viewer.tree, role, unit, now)
    return Placed(member, unit, tuple(found for found in parts if found.id != unit.id))


def take_back(db: Connection, units: Collection[int], since: datetime, now: datetime) -> list[int]:
    """Undo what followed from an import that changed some units at `since`; return whom to tell of it.

    To be called in the transaction that takes the import back, before the units are put back.
    """
    following, tree = successions.followers(db, units), unit_tree(db)
    for role in following:
        last_day = tree.versions(role.before)[-1].valid_to
        then = tree.on(last_day or local_day(now))
        for draft in interviews.unfinished_reports(db, role.person_id, role.unit_id):
            _give(db, then, draft, then.unit(role.before), now)
    successions.remove(db, [role.assignment_id for role in following])
    return successions.forget_told(db, units, since)
