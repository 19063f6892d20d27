"""The accounts that one person uses the bot by: how many there may be, connecting one more, letting one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from services.directory.invitations import issue
from services.limits import MOST_ACCOUNTS, MOST_OF_A_CHANNEL, OWN_CODE_VALID
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.directory import accounts, invitations, persons
from storage.directory.accounts import AccountRow

OWN_ACCOUNT = "account"
"""The word in place of a role in an invitation by which a person connects one more account of their own."""


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
    expires = issue(db, code, role=OWN_ACCOUNT, unit_id=unit_id, by=viewer.person_id, now=now, valid=OWN_CODE_VALID)
    return Connectable(expires)


def release(db: Connection, viewer: Viewer, account_id: int, *, in_use: int) -> bool:
    """Take an account from the person. False for the one `in_use`, which stays, and for other people's."""
    is_open = viewer.agreed and account_id != in_use
    return is_open and accounts.release_account(db, viewer.person_id, account_id)
