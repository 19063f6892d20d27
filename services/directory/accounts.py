"""The accounts that one person uses the bot by: how many there may be, connecting one more, letting one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from services import access
from services.directory.invitations import Terms, issue
from services.limits import LOST_PHONE_CODE_VALID, MOST_ACCOUNTS, MOST_OF_A_CHANNEL, OWN_CODE_VALID
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.delivery import outbox
from storage.directory import accounts, handovers, invitations, persons, staff
from storage.directory.accounts import AccountRow
from storage.directory.staff import Member

OWN_ACCOUNT = "account"
"""The word in place of a role in an invitation by which a person connects one more account of their own."""
ONE_MORE = Terms(valid=OWN_CODE_VALID)


@dataclass(frozen=True, slots=True)
class Connectable:
    """A code for one more account was made."""

    expires: datetime


def in_the_way(own: Sequence[AccountRow], channel: str) -> AccountRow | None:
    """Find the account that could go to make room for one more on a channel: the one unused for longest.

    The result is `None` if there is room. `own` are a person's accounts, the one used last first.
    """
    there = [account for account in own if account.channel == channel]
    if len(there) >= MOST_OF_A_CHANNEL:
        return there[-1]
    return own[-1] if len(own) >= MOST_ACCOUNTS else None


def oldest_in_the_way(db: Connection, person_id: int, channel: str) -> AccountRow | None:
    """Find it among a person's accounts as they are now. Codes used at the same time wait for each other here."""
    persons.lock(db, person_id)
    return in_the_way(accounts.accounts_of(db, person_id), channel)


def connect(db: Connection, viewer: Viewer, code: str, now: datetime) -> Connectable | Refused:
    """Make a fresh code good for one more account of the person's own, for a day; the one before it is spent."""
    if not viewer.agreed or viewer.home is None:
        return Refused(Refusal.UNKNOWN)
    if len(accounts.accounts_of(db, viewer.person_id)) >= MOST_ACCOUNTS:
        return Refused(Refusal.FULL)
    unit_id = viewer.home.unit_id
    invitations.spend_invitations(db, viewer.person_id, (OWN_ACCOUNT,), (unit_id,))
    _, expires = issue(db, code, role=OWN_ACCOUNT, unit_id=unit_id, by=viewer.person_id, now=now, terms=ONE_MORE)
    return Connectable(expires)


@dataclass(frozen=True, slots=True)
class ChatsEnded:
    """So many chats of a person were ended; a code, good until `expires`, lets them in again."""

    member: Member
    count: int
    expires: datetime


def end_others(db: Connection, viewer: Viewer, *, in_use: int) -> int:
    """End all chats of the person's own but the one in use, where what waits in them goes; return how many."""
    if not viewer.agreed:
        return 0
    others = [account.id for account in accounts.accounts_of(db, viewer.person_id) if account.id != in_use]
    for account in others:
        accounts.end_account(db, account)
    gather(db, viewer.person_id, in_use)
    return len(others)


def end_chats(db: Connection, viewer: Viewer, assignment_id: int, code: str, now: datetime) -> ChatsEnded | Refused:
    """End all chats of somebody who lost their phone, and make a code by which they come in again as themselves.

    Only those who stand above every role of the person may: whoever has the code is this person.
    """
    member = hold_to_end_chats(db, viewer, assignment_id)
    if isinstance(member, Refused):
        return member
    own = accounts.accounts_of(db, member.person_id)
    for account in own:
        accounts.end_account(db, account.id)
    invitations.spend_invitations(db, member.person_id, (OWN_ACCOUNT,), (member.unit_id,))
    by, terms = member.person_id, Terms(valid=LOST_PHONE_CODE_VALID)
    _, expires = issue(db, code, role=OWN_ACCOUNT, unit_id=member.unit_id, by=by, now=now, terms=terms)
    return ChatsEnded(member, len(own), expires)


def hold_to_end_chats(db: Connection, viewer: Viewer, assignment_id: int) -> Member | Refused:
    """Find and lock a person whose chats may be ended, by one of their roles."""
    member = staff.find(db, assignment_id, viewer.now)
    if member is None or not viewer.agreed or member.person_id == viewer.person_id:
        return Refused(Refusal.UNKNOWN)
    persons.lock(db, member.person_id)
    if staff.find(db, assignment_id, viewer.now) is None:  # it ended while this waited
        return Refused(Refusal.UNKNOWN)
    held = (staff.find(db, row, viewer.now) for row in handovers.of_person(db, member.person_id, viewer.now))
    is_below = all(access.may_end(viewer, role) for role in held if role is not None)
    return member if is_below else Refused(Refusal.NOT_THEIRS)


def gather(db: Connection, person_id: int, account_id: int) -> None:
    """Let what waits in chats that were ended go to one that is used; the ended ones are nobody's then."""
    for ended in accounts.ended_of(db, person_id):
        outbox.move_waiting(db, person_id, ended, account_id)
        accounts.release_account(db, person_id, ended)


def release(db: Connection, viewer: Viewer, account_id: int, *, in_use: int) -> bool:
    """Take an account from the person. False for the one `in_use`, which stays, and for other people's."""
    is_open = viewer.agreed and account_id != in_use
    return is_open and accounts.release_account(db, viewer.person_id, account_id)
