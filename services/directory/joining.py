"""Lets people in by an invitation's code: a stranger, a known person with one more role, or one more account.

People who try wrong codes are slowed down, by account before joining and by person afterwards.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection

from periods.days import local_day
from services.directory.accounts import OWN_ACCOUNT, gather, in_the_way, oldest_in_the_way
from services.directory.codes import hash_code
from services.directory.places import ChatAddress, has_place, other_bot
from services.viewer import Viewer
from storage.delivery import chat_queue
from storage.directory import accounts, invitations, newcomers, persons, roles, strangers
from storage.directory.accounts import AccountRow
from storage.directory.bots import Bot
from storage.directory.invitations import Invited
from storage.directory.strangers import StrangerRecord
from storage.directory.units import unit_tree


class NoEntry(StrEnum):
    """The reasons why a code gives nothing."""

    WRONG = "wrong"
    """No invitation has this code."""
    SLOWED = "slowed"
    """One wrong code too many: no other is looked at for a while."""
    RESTING = "resting"
    """That while is not over; the code was not looked at."""
    EXPIRED = "expired"
    SPENT = "spent"
    REVOKED = "revoked"
    """Somebody took the code back, or made another for the same person."""
    OTHER_BOT = "other_bot"
    """The unit has another bot. The code stays unused, as it does if there is no room."""
    NO_PLACE = "no_place"
    """The bot serves as many people as it can."""
    ACCOUNTS_FULL = "accounts_full"
    """The person has as many accounts as one can have."""
    UNIT_ENDED = "unit_ended"
    """The unit has ended: its codes let nobody in any more."""
    HELD = "held"
    """The person already has all that the code gives."""


@dataclass(frozen=True, slots=True)
class EndedUnit:
    """A unit that has ended, by their titles: what goes on in its place, and the unit to ask for a new code."""

    title: str
    last_day: date
    after: tuple[str, ...]
    ask: str


@dataclass(frozen=True, slots=True)
class NotIn:
    """Nobody came in by the code, for the reason `why`; the other fields go with certain reasons."""

    why: NoEntry
    until: datetime | None = None
    """The time before which no code is looked at (`SLOWED`, `RESTING`)."""
    bot: Bot | None = None
    """The bot that the code is for (`OTHER_BOT`)."""
    oldest: AccountRow | None = None
    """The account that could go to make room (`ACCOUNTS_FULL`)."""
    ended: EndedUnit | None = None
    """The unit of the code (`UNIT_ENDED`)."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A person is in, by an account."""

    account_id: int
    person_id: int
    invited: Invited

    @property
    def is_own_account(self) -> bool:
        """Whether a known person joined by one more account."""
        return self.invited.role == OWN_ACCOUNT


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A stranger's words about themselves; `unnamed` makes a name, from the invitation, for those who give none.

    Whom a list invited by name is called as in the list: so the ward knows them.
    """

    name: str
    language: str
    unnamed: Callable[[Invited], str]


def first_word_today(db: Connection, sender: ChatAddress, now: datetime) -> int | None:
    """Return the address for a stranger's one answer a day (reliability R9); `None` if they have had it."""
    today = local_day(now)
    seen = strangers.see(db, stranger_key(sender), today)
    if seen.answered_on == today:
        return None
    strangers.note_answer(db, seen.key, today)
    return address_of(db, sender, now)


def address_of(db: Connection, sender: ChatAddress, now: datetime) -> int:
    """Return the account by which a stranger is answered."""
    return strangers.account_for_answer(db, sender.channel, sender.bot, sender.account, now)


def look(db: Connection, code: str, channel: str, now: datetime) -> Invited | NotIn:
    """Say what a code would give on a channel, or why it gives nothing. Nothing is taken or counted."""
    invited = invitations.find_invitation(db, hash_code(code), now)
    if invited is None:
        return NotIn(NoEntry.WRONG)
    if ended := _ended(db, invited, local_day(now)):
        return ended
    if invited.uses_left < 1:
        return NotIn(_why_spent(invited))
    if invited.expires_at <= now:
        return NotIn(NoEntry.EXPIRED)
    owner = _owner(invited)
    oldest = in_the_way(accounts.accounts_of(db, owner), channel) if owner else None
    return NotIn(NoEntry.ACCOUNTS_FULL, oldest=oldest) if oldest else invited


def came_by(db: Connection, code: str, people: Sequence[int]) -> int | None:
    """Which of some people came by a code: into a role, or, with a code of their own, to one more account."""
    return invitations.came_by(db, hash_code(code), people, OWN_ACCOUNT)


def join(db: Connection, sender: ChatAddress, code: str, newcomer: Newcomer, now: datetime) -> Joined | NotIn:
    """Let a stranger in, as a new person or as the person who made the code for themselves."""
    seen = strangers.see(db, stranger_key(sender), local_day(now))
    if seen.is_barred(now):
        return NotIn(NoEntry.RESTING, seen.barred_until)
    invited = _use(db, sender, code, now)
    if isinstance(invited, NotIn):
        return _counted(db, seen, invited, now)
    person = _owner(invited) or _new_person(db, newcomer, invited, now)
    account = address_of(db, sender, now)
    accounts.adopt_account(db, account, person, now)
    gather(db, person, account)
    chat_queue.enter_again(db, account)
    return Joined(account, person, invited)


def _use(db: Connection, sender: ChatAddress, code: str, now: datetime) -> Invited | NotIn:
    """Take what a code gives, or say why it gives nothing here."""
    invited = invitations.find_invitation(db, hash_code(code), now)
    if invited is None:
        return NotIn(NoEntry.WRONG)
    if ended := _ended(db, invited, local_day(now)):
        return ended
    if refusal := elsewhere(db, sender, invited.unit_id, local_day(now)):
        return refusal
    owner = _owner(invited)
    oldest = oldest_in_the_way(db, owner, sender.channel) if owner else None
    if oldest is not None:
        return NotIn(NoEntry.ACCOUNTS_FULL, oldest=oldest)
    return _taken(db, invited, now)


def _ended(db: Connection, invited: Invited, today: date) -> NotIn | None:
    """Say what has become of a code's unit, if it has ended. A code for one's own account is good wherever one is."""
    units = unit_tree(db).on(today)
    unit = units.unit(invited.unit_id)
    if unit.valid_to is None or unit.valid_to >= today or invited.role == OWN_ACCOUNT:
        return None
    after = units.successors(unit.id)
    above = units.above(after[0] if after else unit) or units.root
    titles = tuple(units.title_of(found.id) for found in after)
    return NotIn(
        NoEntry.UNIT_ENDED, ended=EndedUnit(units.title_of(unit.id), unit.valid_to, titles, units.title_of(above.id))
    )


def _owner(invited: Invited) -> int | None:
    """Find the person for whose further account a code is; `None` if it makes a new person."""
    return invited.created_by_id if invited.role == OWN_ACCOUNT else None


def elsewhere(db: Connection, sender: ChatAddress, unit_id: int, day: date) -> NotIn | None:
    """Say where to join for a unit instead of here; `None` if the sender can join here."""
    if bot := other_bot(db, sender, unit_id, day):
        return NotIn(NoEntry.OTHER_BOT, bot=bot)
    return None if has_place(db, sender) else NotIn(NoEntry.NO_PLACE)


def _taken(db: Connection, invited: Invited, now: datetime) -> Invited | NotIn:
    if invitations.use_invitation(db, invited.id, now):
        return invited
    return NotIn(NoEntry.EXPIRED if invited.expires_at <= now else _why_spent(invited))


def _why_spent(invited: Invited) -> NoEntry:
    return NoEntry.REVOKED if invited.is_revoked else NoEntry.SPENT


def _counted(db: Connection, seen: StrangerRecord, refusal: NotIn, now: datetime) -> NotIn:
    """Count a code that gave nothing against the person who tried it."""
    barred = strangers.note_wrong_code(db, seen, now)
    return NotIn(NoEntry.SLOWED, barred) if barred else refusal


def _new_person(db: Connection, newcomer: Newcomer, invited: Invited, now: datetime) -> int:
    name = invited.name or newcomer.name or newcomer.unnamed(invited)
    person = persons.add_person(db, name, newcomer.language, now)
    _come_in(db, person, invited, now)
    return person


def _come_in(db: Connection, person: int, invited: Invited, now: datetime) -> None:
    """Give somebody what a code gives: a role, or, by a ward's code, a way in that the ward decides about."""
    if invited.is_shared:
        newcomers.add(db, person, invited.id, invited.unit_id, now)
    else:
        roles.assign(db, person, invited.role, invited.unit_id, now, invitation=invited.id)


def join_further(db: Connection, viewer: Viewer, code: str, now: datetime) -> Invited | NotIn:
    """Give a person who has joined one more role by a code, even before the consent: it opens nothing yet."""
    seen = strangers.see(db, guesser_key(viewer.person_id), viewer.today)
    if seen.is_barred(now):
        return NotIn(NoEntry.RESTING, seen.barred_until)
    invited = invitations.find_invitation(db, hash_code(code), now)
    if invited is None:
        return _counted(db, seen, NotIn(NoEntry.WRONG), now)
    if _holds(viewer, invited) or (invited.is_shared and newcomers.of_person(db, viewer.person_id)):
        return NotIn(NoEntry.HELD)
    if ended := _ended(db, invited, viewer.today):
        return ended
    taken = _taken(db, invited, now)
    if isinstance(taken, Invited):
        _come_in(db, viewer.person_id, taken, now)
    return taken


def _holds(viewer: Viewer, invited: Invited) -> bool:
    """Whether a code adds nothing. A code for one's own further account adds nothing to one that has joined.

    Nor does a ward's code to somebody who has a role: it is for those who have none yet.
    """
    if invited.is_shared and viewer.roles:
        return True
    mine = ((held.role, held.unit_id) for held in viewer.roles)
    return invited.role == OWN_ACCOUNT or (invited.role, invited.unit_id) in mine


def stranger_key(sender: ChatAddress) -> str:
    """Make the key under which a sender whom nobody invited is stored."""
    return hashlib.sha256(f"{sender.channel}:{sender.bot}:{sender.account}".encode()).hexdigest()


def guesser_key(person_id: int) -> str:
    """Make the key under which a person's wrong codes are counted, from all accounts and channels."""
    return hashlib.sha256(f"person:{person_id}".encode()).hexdigest()
