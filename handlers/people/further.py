"""A known person's code: one more role, or a kind word if they hold it already. Guessing is slowed by person."""

import hashlib
from datetime import datetime

from handlers import menu
from handlers.context import OWN_ACCOUNT, Replies, Turn
from handlers.people import joining
from handlers.people.titles import role_title
from messages import Outgoing
from storage.directory import invitations, roles, strangers


def join_further(turn: Turn, code: str) -> Replies:
    """What a code gives to somebody who has joined; after too many wrong ones none is looked at for a while."""
    seen = strangers.see(turn.db, guesser_key(turn.person_id), turn.today)
    if seen.barred_until and turn.now < seen.barred_until:
        return _rest(turn, seen.barred_until)
    found = invitations.find_invitation(turn.db, joining.hash_code(code))
    if found is None:
        barred = strangers.note_wrong_code(turn.db, seen, turn.now)
        return _rest(turn, barred) if barred else _said(turn, joining.wrong_code(turn.say))
    if _holds(turn, found):
        return _joined_already(turn)
    if not invitations.use_invitation(turn.db, found.id, turn.now):
        return _said(turn, joining.spent(turn.say, found, turn.now))
    roles.assign(turn.db, turn.person_id, found.role, found.unit_id, turn.now)
    role = role_title(turn.say, found.role)
    return _said(turn, turn.say("Added: you are now also {role}, {unit}.", role=role, unit=found.unit_name))


def guesser_key(person_id: int) -> str:
    """Under what a person's wrong codes are counted, from whichever account and channel they come."""
    return hashlib.sha256(f"person:{person_id}".encode()).hexdigest()


def _holds(turn: Turn, found: invitations.Invited) -> bool:
    """Whether there is nothing to add; a code for an account of one's own adds nothing to one that has joined."""
    mine = ((role.role, role.unit_id) for role in turn.viewer.roles)
    return found.role == OWN_ACCOUNT or (found.role, found.unit_id) in mine


def _joined_already(turn: Turn) -> Replies:
    if not turn.agreed:
        return joining.ask_consent(turn)
    return menu.show_menu(turn, (), greeting=turn.say("You have joined already."))


def _rest(turn: Turn, until: datetime) -> Replies:
    return _said(turn, joining.too_many(turn.say, until, turn.now))


def _said(turn: Turn, text: str) -> Replies:
    return [Outgoing(text, menu.back_to_menu(turn))]
