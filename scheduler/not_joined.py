"""What those above hear once a week, until everybody is there: in which neighbourhoods nobody takes part yet."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Connection

from locales import Say, texts
from messages.actions import Participants, choice
from plan.model import Plan
from scheduler.chairs import neighbourhoods
from scheduler.sections import Moment, Section, listed
from storage.delivery.owing import has_vacant_inside
from storage.directory import invitations, staff
from storage.directory.holders import Holder
from storage.directory.invitations import Waiting
from storage.directory.units import Unit

MOST_NAMED = 5
"""More neighbourhoods than this are counted: the list is a tap away."""


def may_lack(moment: Moment, unit: ColumnElement[int]) -> ColumnElement[bool]:
    """A condition that holds at least for each ward with a neighbourhood in which nobody takes part."""
    return has_vacant_inside(unit, moment.now)


def lacking(db: Connection, moment: Moment, holders: Sequence[Holder]) -> list[Holder]:
    """Keep those who have such a neighbourhood."""
    return [holder for holder in holders if _vacant(db, moment, [holder])]


def say_lacking(db: Connection, plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    """Name the neighbourhoods, and whom a list invited there."""
    say, vacant = texts(language), _vacant(db, moment, holders)
    units, count = listed(list(_named(db, say, moment, vacant))), len(vacant)
    if count > MOST_NAMED:
        units = f"{count} {plan.levels.of_owing(language)}"
    return Section(
        moment.rule.priority,
        say("Nobody takes part yet in: {units}. Please remind them, or invite somebody.", units=units),
        say("Nobody takes part yet: {count}", count=count),
        tuple(choice(Participants(unit=each.unit), say("Who has joined: {unit}", unit=each.title)) for each in holders),
    )


def _vacant(db: Connection, moment: Moment, holders: Sequence[Holder]) -> list[Unit]:
    """The neighbourhoods straight in some wards in which nobody holds a role."""
    inside = neighbourhoods(db, moment, holders)
    taken = {member.unit_id for member in staff.in_units(db, [unit.id for unit in inside], moment.now)}
    return [unit for unit in inside if unit.id not in taken]


def _named(db: Connection, say: Say, moment: Moment, vacant: Sequence[Unit]) -> Iterator[str]:
    invited: dict[int, Waiting] = {code.unit_id: code for code in invitations.unused(db, [unit.id for unit in vacant])}
    for unit in vacant:
        code = invited.get(unit.id)
        if code is None:
            yield unit.name
        elif not code.is_open(moment.now):
            yield say("{unit} (code expired)", unit=unit.name)
        else:
            who = code.name or say("somebody")
            yield say("{unit} ({name} is invited)", unit=unit.name, name=who)
