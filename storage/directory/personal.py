"""Forgets a person who asks for it: everything that says who they are goes, their reports stay as their unit's."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, select, true, tuple_, update

from rules.documents import DocumentState
from storage import tables as t
from storage.tables.states import DueState, InboxState, InterviewStatus, NewcomerState, OutboxState

NO_NAME = "—"
"""The text in the place of a forgotten person's name."""

_PERSONAL: Mapping[Table, ColumnElement[bool]] = {
    t.interview: t.interview.c.status != InterviewStatus.DONE,
    t.attachment: t.attachment.c.submission_id.is_(None),
    t.due: t.due.c.state == DueState.WAITING,
    t.file_order: true(),
    t.planned_nudge: true(),
    t.newcomer: t.newcomer.c.state.in_([NewcomerState.ASKING, NewcomerState.WAITING]),
    t.issued_receipt: true(),
    t.announcement_receipt: true(),
    t.issued_document: t.issued_document.c.state == DocumentState.DRAFT,
}


def forget(db: Connection, person_id: int, now: datetime) -> None:
    """Delete what is personal, and end roles, codes and consents. The accounts' users are strangers then.

    Rows of reports and of who did what keep the bare id, so that counts and versions stay whole. The accounts keep
    their address for the farewell, as a stranger's account does (`storage.db.retention`).
    """
    # What they asked for in a closed period stays, as their unit's: the request itself holds the answers.
    asked = t.change_request.c
    db.execute(update(t.change_request).where(asked.person_id == person_id).values(interview_id=None))
    for table, mine in _PERSONAL.items():
        db.execute(delete(table).where(table.c.person_id == person_id, mine))
    _empty_messages(db, person_id)
    held, agreed, accounts = t.assignment.c, t.consent.c, t.account.c
    db.execute(update(t.assignment).where(held.person_id == person_id, held.until.is_(None)).values(until=now))
    db.execute(
        update(t.consent).where(agreed.person_id == person_id, agreed.withdrawn_at.is_(None)).values(withdrawn_at=now)
    )
    db.execute(update(t.invitation).where(t.invitation.c.created_by == person_id).values(uses_left=0))
    own = select(accounts.id).where(accounts.person_id == person_id)
    db.execute(delete(t.push_subscription).where(t.push_subscription.c.account_id.in_(own)))
    db.execute(update(t.account).where(accounts.person_id == person_id).values(person_id=None, last_used_at=now))
    db.execute(update(t.person).where(t.person.c.id == person_id).values(name=NO_NAME))
    values = {"at": now, "person_id": person_id, "action": "forget", "subject": f"person:{person_id}", "detail": {}}
    db.execute(insert(t.audit).values(values))


def _empty_messages(db: Connection, person_id: int) -> None:
    """Empty the messages to them and from them.

    Rows of the outbox stay, but empty: SQLite would give the ids of deleted rows again, and an open page, which knows
    messages by their ids, would take the farewell for a message that it has shown.
    """
    said, taken = t.outbox.c, t.inbox.c
    mine = (said.person_id == person_id, said.state != OutboxState.SENDING)
    db.execute(update(t.outbox).where(*mine).values(body="", state=OutboxState.SKIPPED, external_id=""))
    of_person = t.account.c.person_id == person_id
    addresses = select(t.account.c.channel, t.account.c.bot, t.account.c.external_id).where(of_person)
    parked = (taken.state == InboxState.PARKED, tuple_(taken.channel, taken.bot, taken.account).in_(addresses))
    db.execute(update(t.inbox).where(*parked).values(state=InboxState.TAKEN, body=None))
    menus = select(t.account.c.id).where(of_person)
    db.execute(delete(t.chat_menu).where(t.chat_menu.c.account_id.in_(menus)))
