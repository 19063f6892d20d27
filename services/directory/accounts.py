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
"""What stands for a role in an invitation by which a person connects one more account of their own."""


@dataclass(frozen=True, slots=True)
class Connectable:
    """A code for one more account was made."""

    expires: datetime


def in_the_way(own: Sequence[AccountRow], channel: str) -> AccountRow | None:
    """The account that could go to make room for one more on a channel: the one that was not used for longest.

    `None` if there is room. `own` are a person's accounts, the one used last first.
    """
    there = [account for account in own if account.channel == channel]
    if len(there) >= MOST_OF_A_CHANNEL:
        return there[-1]
    return own[-1] if len(own) >= MOST_ACCOUNTS else None


def oldest_in_the_way(db: Connection, person_id: int, channel: str) -> AccountRow | None:
    """The same of a person as they are now. Codes that are used at once wait for each other here."""
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
    """The account no longer speaks for the person; false for the one `in_use`, which stays, and for others' ones."""
    is_open = viewer.agreed and account_id != in_use
    return is_open and accounts.release_account(db, viewer.person_id, account_id)
