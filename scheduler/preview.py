"""Previews what would be sent in a span of days, to whom and why, as things stand. Nothing is written or sent.

Units that nobody has joined are listed, too: they explain why a reminder reaches nobody. For moments before today's
holders began, today's holders stand in.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from locales import DEFAULT_LANGUAGE, texts
from periods.days import ZONE
from plan.calendar import Calendar
from plan.model import Plan
from scheduler.occurrences import Occurrence, occurrences
from scheduler.sections import Moment, Section
from scheduler.topics import TOPICS, still_owed
from storage import tables as t
from storage.directory.accounts import reminder_account
from storage.directory.holders import Holder, holders_or_stand_ins, may_be_reminded


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
    reminders = []
    for concern in concerns(db, calendar, since, until):
        person = concern.holder.person_id
        if person not in addressees:
            addressees[person] = _addressee(db, person)
        reminders.append(_reminder(db, plan, concern, addressees[person]))
    return reminders


def concerns(db: Connection, calendar: Calendar, since: datetime, until: datetime) -> list[Concern]:
    """List whom what falls due after `since` and not after `until` concerns, as things stand, in order."""
    return [
        Concern(occurrence, holder)
        for occurrence in occurrences(calendar.values(), since, until)
        for holder in _concerned(db, occurrence)
    ]


def _concerned(db: Connection, occurrence: Occurrence) -> list[Holder]:
    rule, at = occurrence.rule, occurrence.at
    moment = Moment(rule, occurrence.about, at, at)
    everybody = [holder for role in rule.roles for holder in holders_or_stand_ins(db, role, at)]
    return still_owed(db, moment, everybody)


def _addressee(db: Connection, person_id: int | None) -> _Addressee:
    name, language = db.execute(select(t.person.c.name, t.person.c.language).where(t.person.c.id == person_id)).one()
    account = reminder_account(db, person_id) if person_id is not None else None
    agreed = person_id is None or may_be_reminded(db, person_id)
    return _Addressee(name, language, account.channel if account else None, agreed)


def _reminder(db: Connection, plan: Plan, concern: Concern, addressee: _Addressee) -> Reminder:
    rule, at, holder = concern.occurrence.rule, concern.occurrence.at, concern.holder
    moment = Moment(rule, concern.occurrence.about, at, at)
    section: Section = TOPICS[rule.topic].say(db, plan, moment, [holder], addressee.language)
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
