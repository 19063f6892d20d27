"""A person's digest, composed when it is claimed from what is still owed then: one message, whatever fell due."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select

from locales import texts
from messages import Choice, Outgoing, encode
from plan.calendar import Calendar
from plan.model import Plan
from scheduler.sections import Moment, Section
from scheduler.topics import TOPICS, spoken, who
from storage import due
from storage import tables as t
from storage.holders import Holder

MAX_CHOICES = 8
"""More buttons than this hide the text on a phone."""


def compose(
    db: Connection, plan: Plan, calendar: Calendar, outbox_id: int, person_id: int, now: datetime
) -> str | None:
    """The digest's body, None if nothing is left to say; its due rows are settled accordingly."""
    owed: dict[Moment, list[Holder]] = {}
    for row in due.of_digest(db, outbox_id):
        rule = calendar.get(row.rule)
        if rule is None or row.useful_until <= now:
            due.settle(db, [row.id], "missed", "too_late")
            continue
        moment = Moment(rule, row.occurrence, now)
        concerned = who(db, moment, person_id)
        due.settle(db, [row.id], *(("digested", "") if concerned else ("done", "nothing_owed")))
        if concerned:
            owed[moment] = concerned
    if not owed:
        return None
    name, language = db.execute(select(t.person.c.name, t.person.c.language).where(t.person.c.id == person_id)).one()
    sections = [TOPICS[m.rule.topic].say(db, plan, m, owed[m], language) for m in spoken(list(owed))]
    return encode(merge(sections, name, language))


def merge(sections: Iterable[Section], name: str, language: str) -> Outgoing:
    """The sections as one message, the most urgent first; a choice that several offer is offered once."""
    say = texts(language)
    ordered = sorted(sections, key=lambda section: section.urgency)
    greeting = say("Hello {name},", name=name) if name else say("Hello,")
    choices: dict[str, Choice] = {}
    for section in ordered:
        for choice in section.choices:
            choices.setdefault(choice.id, choice)
    return Outgoing(
        "\n\n".join([greeting, *(section.text for section in ordered)]),
        tuple(choices.values())[:MAX_CHOICES],
        next((section.picture for section in ordered if section.picture), None),
    )
