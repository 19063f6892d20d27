"""Shows a person what is kept about them, and their accounts; connects one more account, and lets one go."""

from handlers import menu
from handlers.context import Replies, Turn
from handlers.people import own_accounts
from handlers.people.links import link_of
from handlers.people.titles import channel_title, role_title
from messages import Outgoing
from messages.actions import Connect, EndChats, Forget, HandOver, Language, Release, choice
from periods.days import local_day
from reports.pictures.invitation import invitation_card
from reports.wording import day_text
from services.directory import accounts
from services.directory.accounts import OWN_ACCOUNT
from services.directory.codes import written
from services.results import Refusal, Refused
from storage.directory.accounts import AccountRow, accounts_of
from storage.records import lists


def who_am_i(turn: Turn, *, intro: str = "") -> Replies:
    """Show what is kept about the person, where they have joined, and what they can do about it."""
    say, own = turn.say, accounts_of(turn.db, turn.person_id)
    roles = [
        say("• {role}, {unit}", role=role_title(say, role.role), unit=turn.viewer.tree.title(role.unit))
        for role in turn.viewer.roles
    ]
    lines = [
        say("You are {name}.", name=turn.name),
        *(roles or [say("• no role at the moment")]),
        say("Where you use the bot:"),
        *(
            say("• {channel}, last used {day}", channel=channel_title(say, account.channel), day=_day(account))
            for account in own
        ),
        say.plural(
            "You have sent {n} report.",
            "You have sent {n} reports.",
            lists.count_by_person(turn.db, turn.person_id),
        ),
        say("Another name? Send it like this: /toi Nguyễn Thị Lan"),
    ]
    others = [
        choice(Release(account.id), say("Remove {channel}", channel=own_accounts.title(say, account)))
        for account in own
        if account.id != turn.account_id
    ]
    if others:
        others.append(choice(EndChats(), say("Lost a phone: end all other chats")))
    handing = [choice(HandOver(), say("Hand over my role"))] if turn.viewer.roles and turn.agreed else []
    offers = (
        choice(Connect(), say("Use another channel too")),
        *others,
        *handing,
        choice(Language(), say("Language")),
        choice(Forget(), say("Delete my data")),
        *menu.back_to_menu(turn),
    )
    text = "\n".join(lines)
    return [Outgoing(f"{intro}\n\n{text}".strip(), offers)]


def _day(account: AccountRow) -> str:
    return day_text(local_day(account.last_used_at))


def connect(turn: Turn) -> Replies:
    """Make a code for one more account of the person, good for a day. The code before it is void."""
    say, code = turn.say, turn.world.chance()
    result = accounts.connect(turn.db, turn.viewer, code, turn.now)
    if isinstance(result, Refused):
        return _not_connected(turn, result)
    last_day = local_day(result.expires)
    link = link_of(turn.world.public_url, code)
    text = say(
        "Open the other channel (Zalo, Telegram or the browser) and send this code there, until {day}:\n{code}\n{link}",
        day=day_text(last_day),
        code=written(code),
        link=link,
    )
    title = role_title(say, OWN_ACCOUNT)
    picture = invitation_card(link, written(code), title, turn.name, last_day, turn.language)
    return [Outgoing(text, menu.back_to_menu(turn), (picture,))]


def _not_connected(turn: Turn, refusal: Refused) -> Replies:
    if refusal.why is not Refusal.FULL:
        return menu.show_menu(turn)
    full = turn.say("You use the bot in as many places as one person can. Please remove one below first:")
    return who_am_i(turn, intro=full)


def release(turn: Turn, pressed: Release) -> Replies:
    """Let one of the person's accounts go; the one in use stays."""
    if not accounts.release(turn.db, turn.viewer, pressed.account, in_use=turn.account_id):
        return who_am_i(turn, intro=turn.say("That account is not to be removed. These are the ones that you use now:"))
    return [Outgoing(turn.say("Removed. Whoever writes there must join anew."), menu.back_to_menu(turn))]
