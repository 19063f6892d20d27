"""Previews what would be sent in a span of days, to whom and why, as things stand. Nothing is written or sent.

Units that nobody has joined are listed, too: they explain why a reminder reaches nobody. For moments before today's
holders began, today's holders stand in.
"""

from bisect import bisect_right
from collections.abc import Collection, Hashable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from locales import DEFAULT_LANGUAGE, texts
from periods.days import ZONE
from plan.calendar import Calendar, Topic
from plan.model import Plan
from reports.so_far import remembering
from scheduler.occurrences import Occurrence, occurrences
from scheduler.sections import Moment, Section
from scheduler.topics import TOPICS, still_owed
from storage import tables as t
from storage.directory.accounts import reminder_account
from storage.directory.holders import Holder, changes_between, holders_or_stand_ins, may_be_reminded


@dataclass(frozen=True, slots=True)
class Reminder:
    """One line of `python -m bot reminders`; person and channel are None where nobody can be reached."""

    due_at: str
    rule: str
    unit: str
    role: str
    person: str | None
    channel: str | None
    why: str
    text: str

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Addressee:
    """The person who hears a reminder: name, language, channel."""

    name: str | None = None
    language: str = DEFAULT_LANGUAGE
    channel: str | None = None
    has_agreed: bool = True


@dataclass(frozen=True, slots=True)
class Concern:
    """Something that falls due for one unit: with the person who answers for it, if anybody has joined."""

    occurrence: Occurrence
    holder: Holder


def preview(db: Connection, plan: Plan, calendar: Calendar, since: datetime, until: datetime) -> list[Reminder]:
    """List the reminders that fall due after `since` and not after `until`, in order."""
    addressees: dict[int | None, _Addressee] = {None: _Addressee()}
    reminders, said = [], dict[Hashable, Section]()
    with remembering(db):
        for concern in concerns(db, calendar, since, until):
            person = concern.holder.person_id
            if person not in addressees:
                addressees[person] = _addressee(db, person)
            language = addressees[person].language
            key = _same_words(concern, language)
            if key not in said:
                said[key] = _said(db, plan, concern, language, since)
            reminders.append(_reminder(concern, addressees[person], said[key]))
    return reminders


def concerns(
    db: Connection, calendar: Calendar, since: datetime, until: datetime, units: Collection[int] | None = None
) -> list[Concern]:
    """List whom what falls due after `since` and not after `until` concerns, as things stand, in order; of some units
    only, if they are given."""
    holding = _Holding(db, since, until, units)
    return [
        Concern(occurrence, holder)
        for occurrence in occurrences(calendar.values(), since, until)
        for holder in still_owed(db, _moment(occurrence, since), holding.at(occurrence.rule.roles, occurrence.at))
    ]


def _moment(occurrence: Occurrence, since: datetime) -> Moment:
    return Moment(occurrence.rule, occurrence.about, occurrence.at, occurrence.at, seen_from=since)


class _Holding:
    """Who answers for what in a span of time, read once between two moments at which that changes."""

    def __init__(self, db: Connection, since: datetime, until: datetime, units: Collection[int] | None) -> None:
        self._db = db
        self._units = units
        self._changes = changes_between(db, since, until)
        self._read: dict[tuple[str, int], list[Holder]] = {}

    def at(self, roles: Sequence[str], at: datetime) -> list[Holder]:
        """The holders of some roles at a moment, or who stands in for them."""
        return [holder for role in roles for holder in self._of_role(role, at)]

    def _of_role(self, role: str, at: datetime) -> list[Holder]:
        key = role, bisect_right(self._changes, at)
        if key not in self._read:
            everybody = holders_or_stand_ins(self._db, role, at)
            mine = [one for one in everybody if self._units is None or one.unit_id in self._units]
            self._read[key] = mine
        return self._read[key]


def _same_words(concern: Concern, language: str) -> Hashable:
    """What a section's words depend on: on the person only where it matters what they wrote, or said that they know."""
    topic, holder = concern.occurrence.rule.topic, concern.holder
    person = holder.person_id if topic is Topic.TO_APPROVE or TOPICS[topic].matters else None
    return concern.occurrence.rule.id, concern.occurrence.at, holder.unit_id, holder.role, language, person


def _said(db: Connection, plan: Plan, concern: Concern, language: str, since: datetime) -> Section:
    occurrence = concern.occurrence
    return TOPICS[occurrence.rule.topic].say(db, plan, _moment(occurrence, since), [concern.holder], language)


def _addressee(db: Connection, person_id: int | None) -> _Addressee:
    name, language = db.execute(select(t.person.c.name, t.person.c.language).where(t.person.c.id == person_id)).one()
    account = reminder_account(db, person_id) if person_id is not None else None
    agreed = person_id is None or may_be_reminded(db, person_id)
    return _Addressee(name, language, account.channel if account else None, agreed)


def _reminder(concern: Concern, addressee: _Addressee, section: Section) -> Reminder:
    rule, at, holder = concern.occurrence.rule, concern.occurrence.at, concern.holder
    return Reminder(
        due_at=at.astimezone(ZONE).isoformat(),
        rule=rule.id,
        unit=holder.unit,
        role=holder.role,
        person=addressee.name,
        channel=addressee.channel,
        why=section.why if addressee.has_agreed else _not_before_they_agree(section.why, addressee.language),
        text=section.text,
    )


def _not_before_they_agree(why: str, language: str) -> str:
    say = texts(language)
    return say("{why} (not sent before this person has agreed)", why=why)
