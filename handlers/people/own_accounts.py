"""A person's accounts in words: their titles, and the answer to a person who would have too many."""

from handlers.people.titles import channel_title
from locales import Say
from periods.days import local_day
from reports.wording import day_text
from storage.directory.accounts import AccountRow


def title(say: Say, account: AccountRow) -> str:
    """Name an account as its person knows it: where it is, and when it was used last."""
    used = day_text(local_day(account.last_used_at))
    return say("{channel} (last used {day})", channel=channel_title(say, account.channel), day=used)


def no_room(say: Say, oldest: AccountRow) -> str:
    """Answer a person who cannot connect one more account; the oldest one could go."""
    return say(
        "You use the bot in as many places as one person can. To use it here too, please open it where it works, "
        "write /toi there and remove one that you no longer need, for example {account}. Then send this code again.",
        account=title(say, oldest),
    )
