"""Which question of an interview is open in a Zalo chat, if it asks for what Zalo cannot carry."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select

from channels.zalo import CHANNEL
from handlers.context import Forms
from interview import from_json, present
from interview.steps import Ask, Kind
from messages import Outgoing
from messages.actions import of_question
from storage import tables as t

BROWSER_KINDS = frozenset({Kind.IMAGE, Kind.FILE, Kind.GEOPOINT})
"""Zalo drops files and positions without a word, and recompresses photos, which people therefore send as files."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that can be answered in the browser; `address` is the Zalo chat where the talk goes on."""

    account_id: int
    person_id: int
    bot: str
    address: str
    language: str
    interview_id: int
    revision: int
    path: str
    kind: Kind
    label: str
    hint: str

    def is_asked_by(self, message: Outgoing) -> bool:
        """Whether a message is the one that asks this question as it stands: its choices say so."""
        mine = of_question(self.interview_id, self.revision)
        return any(choice.id.startswith(mine) for choice in message.choices)


def of_chat(db: Connection, forms: Forms, bot: str, address: str, now: datetime) -> OpenQuestion | None:
    """What is open in a chat."""
    return _question(db, forms, (t.account.c.bot == bot) & (t.account.c.external_id == address), now)


def of_account(db: Connection, forms: Forms, account_id: int, now: datetime) -> OpenQuestion | None:
    """The same by our own id."""
    return _question(db, forms, t.account.c.id == account_id, now)


_OPEN = (
    select(
        t.account.c.id.label("account_id"),
        t.account.c.person_id,
        t.account.c.bot,
        t.account.c.external_id,
        t.person.c.language,
        t.interview.c.id,
        t.interview.c.form_id,
        t.interview.c.form_version,
        t.interview.c.state,
    )
    .join(t.person, t.person.c.id == t.account.c.person_id)
    .join(t.interview, t.interview.c.person_id == t.person.c.id)
    .where(t.account.c.channel == CHANNEL, t.interview.c.status == "open")
)


def _question(db: Connection, forms: Forms, whose: ColumnElement[bool], now: datetime) -> OpenQuestion | None:
    row = db.execute(_OPEN.where(whose)).first()
    if row is None:
        return None
    state = from_json(row.state)
    outputs = present(forms.get(db, row.form_id, row.form_version), state, now)
    ask = next((output for output in outputs if isinstance(output, Ask)), None)
    if ask is None or ask.kind not in BROWSER_KINDS:
        return None
    return OpenQuestion(
        account_id=row.account_id,
        person_id=row.person_id,
        bot=row.bot,
        address=row.external_id,
        language=row.language,
        interview_id=row.id,
        revision=state.revision,
        path=ask.path,
        kind=ask.kind,
        label=ask.label,
        hint=ask.hint,
    )
