"""How many accounts one person may use the bot by, and what is said to who would have one more."""

from collections.abc import Sequence

from sqlalchemy import Connection

from handlers.people.titles import channel_title
from locales import Say
from messages import Outgoing
from periods.days import local_day
from reports.wording import day_text
from storage.directory import accounts, persons
from storage.directory.accounts import AccountRow

MOST_OF_A_CHANNEL = 3
"""A phone, a computer, and the one that was lost or replaced: a browser that forgot its cookie is found only later."""
MOST = 6
"""On all channels: two devices on each of three. What one person may hold (uploads, streams, reminders' addresses) is
so bounded, and the list under /toi can be read."""


def title(say: Say, account: AccountRow) -> str:
    """An account as its person knows it: where it is, and when it was used last."""
    used = day_text(local_day(account.last_used_at))
    return say("{channel} (last used {day})", channel=channel_title(say, account.channel), day=used)


def in_the_way(accounts: Sequence[AccountRow], channel: str) -> AccountRow | None:
    """The account that could go to make room for one more on a channel, the one not used for longest; `None` if there
    is room. `accounts` are a person's, the one used last first."""
    there = [account for account in accounts if account.channel == channel]
    if len(there) >= MOST_OF_A_CHANNEL:
        return there[-1]
    return accounts[-1] if len(accounts) >= MOST else None


def no_room(db: Connection, person_id: int, channel: str, say: Say) -> Outgoing | None:
    """What to say to a person who cannot connect one more account on a channel, `None` if they can.

    Codes that are used at once wait for each other here.
    """
    persons.lock(db, person_id)
    oldest = in_the_way(accounts.accounts_of(db, person_id), channel)
    if oldest is None:
        return None
    text = say(
        "You use the bot in as many places as one person can. To use it here too, please open it where it works, "
        "write /toi there and remove one that you no longer need, for example {account}. Then send this code again.",
        account=title(say, oldest),
    )
    return Outgoing(text)
