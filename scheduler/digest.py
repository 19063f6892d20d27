"""Composes a person's digest when it is claimed, from what is still owed then: one message, whatever fell due."""

import logging
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select

from locales import texts
from messages import Choice, Outgoing, decode, encode
from plan.calendar import Calendar
from plan.model import Plan
from scheduler import unsorted
from scheduler.issuing import tell_changes
from scheduler.sections import Moment, Section
from scheduler.topics import TOPICS, spoken, who
from storage import tables as t
from storage.conversation.turns import set_menu
from storage.db.writer import is_failure_of_database, savepoint
from storage.delivery import due, outbox
from storage.delivery.due import DueRow
from storage.directory.holders import Holder
from storage.tables.states import DueState

log = logging.getLogger(__name__)

MAX_CHOICES = 8
"""More buttons than this hide the text on a phone."""


def compose(
    db: Connection, plan: Plan, calendar: Calendar, outbox_id: int, person_id: int, now: datetime
) -> str | None:
    """Write the digest's body, None if nothing is left to say, and settle its due rows accordingly."""
    name, language = db.execute(select(t.person.c.name, t.person.c.language).where(t.person.c.id == person_id)).one()
    sections = say_what_is_owed(db, plan, calendar, due.of_digest(db, outbox_id), language, now)
    if sections and (lacking := unsorted.ask(db, plan, person_id, language)):
        sections.append(lacking)
    if sections and (changed := tell_changes(db, plan, person_id, language, now)):
        sections.append(changed)
    say = texts(language)
    greeting = say("Hello {name},", name=name) if name else say("Hello,")
    return encode(merge(sections, greeting)) if sections else None


def say_what_is_owed(
    db: Connection, plan: Plan, calendar: Calendar, rows: Iterable[DueRow], language: str, now: datetime
) -> list[Section]:
    """Put one person's due rows into words, and settle each: said, not owed any more, or too late."""
    owed: dict[Moment, list[Holder]] = {}
    for row in rows:
        rule = calendar.get(row.rule)
        if rule is None or row.useful_until <= now:
            due.settle(db, [row.id], DueState.MISSED, "too_late")
            continue
        moment = Moment(rule, row.about, row.occurrence, now)
        concerned = who(db, moment, row.person_id)
        due.settle(db, [row.id], *((DueState.DIGESTED, "") if concerned else (DueState.DONE, "nothing_owed")))
        if concerned:
            owed[moment] = concerned
    return [_said(db, plan, moment, owed[moment], language) for moment in spoken(list(owed))]


def _said(db: Connection, plan: Plan, moment: Moment, concerned: list[Holder], language: str) -> Section:
    topic = TOPICS[moment.rule.topic]
    if topic.issue is not None:
        topic.issue(db, plan, moment, concerned)
    return topic.say(db, plan, moment, concerned, language)


def merge(sections: Iterable[Section], opening: str) -> Outgoing:
    """Make one message of the sections, the most urgent first; a choice that several offer is offered once."""
    ordered = sorted(sections, key=lambda section: section.urgency)
    choices: dict[str, Choice] = {}
    for section in ordered:
        for choice in section.choices:
            choices.setdefault(choice.id, choice)
    return Outgoing(
        "\n\n".join([opening, *(section.text for section in ordered)]),
        tuple(choices.values())[:MAX_CHOICES],
        tuple(section.picture for section in ordered if section.picture)[:1],
    )


def write_text(db: Connection, plan: Plan, calendar: Calendar, row: outbox.Uncomposed, now: datetime) -> str | None:
    """Compose a digest's row and make its choices the chat's latest menu. None if it will not be sent.

    A digest that cannot be composed (a bug) is given up with its reason: it must not hold up everybody's messages.
    """
    try:
        with savepoint(db):
            body = compose(db, plan, calendar, row.id, row.person_id, now)
    except Exception as error:
        if is_failure_of_database(error):
            raise
        log.error("digest %d cannot be composed: %s", row.id, type(error).__name__)  # noqa: TRY400 (personal text)
        if outbox.bury(db, row.id, f"not_composed: {type(error).__name__}", row.token):
            due.settle(db, [due_row.id for due_row in due.of_digest(db, row.id)], DueState.MISSED, "not_composed")
        return None
    if not outbox.set_body(db, row.id, body, row.token) or body is None:
        return None
    offer(db, row.account_id, decode(body))
    return body


def offer(db: Connection, account_id: int, message: Outgoing) -> None:
    """Make this message the chat's latest menu: where there are no buttons, typed numbers now mean its choices."""
    if message.choices:
        set_menu(db, account_id, message)
