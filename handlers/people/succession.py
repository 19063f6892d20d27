"""Tells people what a change of units means for them, once, and asks those above where a split leaves somebody."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from handlers import menu
from handlers.context import Replies, Turn
from handlers.people.titles import role_title
from locales import Say, texts
from messages import Choice, Outgoing
from messages.actions import EndRole, Menu, PlaceMember, Staff, choice
from reports.wording import day_text, joined
from scheduler.slices import Task
from services.directory import succession
from services.directory.succession import Fate, PersonsChanges, Placed, RoleChange, WhereTo
from services.results import Refused
from storage.delivery.notices import notify
from storage.directory import persons, successions
from storage.directory.units import Unit


def tasks(now: datetime) -> Iterator[Task]:
    """List what a tick does about units that have changed: nothing, unless there are people who do not know yet."""
    yield Task(partial(successions.concerned, now=now), partial(_move, now=now))


def _move(db: Connection, people: Sequence[int], now: datetime) -> None:
    moved = succession.move(db, people, now)
    for told in moved.told:
        notify(db, told.person_id, _what_changed(_say_to(db, told.person_id), told), now)
    for question in moved.asked:
        for person in question.asked:
            notify(db, person, _where_to(_say_to(db, person), question), now)


def _say_to(db: Connection, person_id: int) -> Say:
    return texts(persons.find_person(db, person_id).language)


def _what_changed(say: Say, told: PersonsChanges) -> Outgoing:
    text = "\n\n".join(_WORDS[change.fate](say, change) for change in told.changes)
    return Outgoing(text, (choice(Menu(), say("Menu")),))


def _joins(say: Say, change: RoleChange) -> str:
    new = say(
        "From {day} on, {before} is part of {after}.", day=_day(change), before=change.before, after=change.after[0]
    )
    return f"{new} {_same_role(say, change)}"


def _follows(say: Say, change: RoleChange) -> str:
    facts = {"day": _day(change), "before": change.before, "after": change.after[0]}
    new = say("From {day} on, {before} is {after}.", **facts)
    return f"{new} {_same_role(say, change)}"


def _same_role(say: Say, change: RoleChange) -> str:
    role = role_title(say, change.role)
    new = say("You are now {role}, {unit}; drafts and what is due came along.", role=role, unit=change.after[0])
    return f"{new} {_finish(say, change)}"


def _day(change: RoleChange) -> str:
    """The first day after a change, and what ordered it."""
    day = day_text(change.day)
    return f"{day} ({change.resolution})" if change.resolution else day


def _waits(say: Say, change: RoleChange) -> str:
    new = say(
        "From {day} on, {before} is split into {after}. Those above you choose where you go on, and I shall tell you.",
        day=_day(change),
        before=change.before,
        after=joined(say, change.after),
    )
    return f"{new} {_finish(say, change)}"


def _ends(say: Say, change: RoleChange) -> str:
    new = say(
        "{before} has ended, and nothing takes its place; your role there ended on {day}. Thank you for your work!",
        before=change.before,
        day=day_text(change.day),
    )
    return f"{new} {_finish(say, change)}"


def _finish(say: Say, change: RoleChange) -> str:
    """Say what stays. Every role in a unit that has ended has a day up to which it can be finished."""
    assert change.finish_by is not None  # noqa: S101 (see above)
    return say(
        "Your reports stay. What took place before that day you can still report and correct for {before} until {day}.",
        before=change.before,
        day=day_text(change.finish_by),
    )


def _renamed(say: Say, change: RoleChange) -> str:
    return say(
        "From {day} on, {before} is called {after}. Your role, reports and drafts stay as they are.",
        day=_day(change),
        before=change.before,
        after=change.after[0],
    )


def _moved(say: Say, change: RoleChange) -> str:
    return say(
        "From {day} on, {before} is {after}: another unit looks after it now. Your role, reports and drafts stay as "
        "they are.",
        day=_day(change),
        before=change.before,
        after=change.after[0],
    )


_WORDS: Mapping[Fate, Callable[[Say, RoleChange], str]] = {
    Fate.JOINS: _joins,
    Fate.FOLLOWS: _follows,
    Fate.WAITS: _waits,
    Fate.ENDS: _ends,
    Fate.RENAMED: _renamed,
    Fate.MOVED: _moved,
}


def _where_to(say: Say, question: WhereTo) -> Outgoing:
    text = say(
        "{before} was split. {name}, {role} there, goes on where?",
        before=question.before,
        name=question.member.name,
        role=role_title(say, question.member.role),
    )
    assignment = question.member.assignment_id
    end = choice(EndRole(assignment), say("Nowhere: end this role"))
    return Outgoing(text, (*_parts(assignment, question.parts), end, choice(Menu(), say("Menu"))))


def _parts(assignment: int, parts: Sequence[Unit]) -> tuple[Choice, ...]:
    return tuple(choice(PlaceMember(assignment, part.code), part.name) for part in parts)


def place(turn: Turn, pressed: PlaceMember) -> Replies:
    """Put somebody whose unit was split into one of its parts, and tell them."""
    result = succession.place(turn.db, turn.viewer, pressed.assignment, pressed.unit or "", turn.now)
    if isinstance(result, Refused):
        return menu.show_menu(turn, greeting=turn.say("I find no such role any more: it may have ended meanwhile."))
    _tell(turn, result)
    say, title = turn.say, turn.viewer.tree.title_of(result.unit.id)
    text = say("Done: {name} goes on in {unit}. In another part as well?", name=result.member.name, unit=title)
    offers = (*_parts(result.member.assignment_id, result.others), choice(Staff(), say("Who takes part")))
    return [Outgoing(text, (*offers, *menu.back_to_menu(turn)), lasting=True)]


def _tell(turn: Turn, placed: Placed) -> None:
    say = _say_to(turn.db, placed.member.person_id)
    text = say(
        "You are now {role}, {unit}.",
        role=role_title(say, placed.unit.role or ""),
        unit=turn.viewer.tree.title_of(placed.unit.id),
    )
    notify(turn.db, placed.member.person_id, Outgoing(text, (choice(Menu(), say("Menu")),)), turn.now)


def tell_taken_back(db: Connection, people: Sequence[int], now: datetime) -> None:
    """Tell people that a change which they were told of was taken back."""
    for person in people:
        say = _say_to(db, person)
        text = say("The change of units that I told you of was taken back: your roles are as they were.")
        notify(db, person, Outgoing(text, (choice(Menu(), say("Menu")),)), now)
