"""Where a person can join on a channel that needs several bots: a ward has its bot, and a bot has so many places.

Whoever comes to the wrong bot, or as one too many, is told where to go instead; their code stays unused.
"""

from sqlalchemy import Connection

from handlers.context import World
from locales import Say
from messages import Incoming, Outgoing
from messages.channels import CHANNELS, Ability, able
from storage.delivery import usage
from storage.directory import bots
from storage.directory.units import unit_tree


def elsewhere(db: Connection, world: World, incoming: Incoming, unit_id: int, code: str, say: Say) -> Outgoing | None:
    """What to say to somebody who cannot join here for this unit, `None` if they can; `code` as people write it."""
    found = bots.bots(db, incoming.channel)
    fitting = bots.serving(found, _ward(db, unit_id))
    if found and fitting and incoming.bot not in {each.id for each in fitting}:
        return _other_bot(say, fitting[0], code)
    if not usage.has_room(db, incoming.channel, incoming.bot, incoming.account):
        return _in_the_browser(say, f"{world.public_url}/j/{code}")
    return None


def ways_to_join(db: Connection, unit_id: int, say: Say) -> str:
    """A line for an invitation: the bots that take its code when it is typed there; empty if there is none."""
    metered = [bot for channel in able(Ability.QUOTA) for bot in bots.bots(db, channel)]
    fitting = bots.serving(metered, _ward(db, unit_id))
    free = [each for each in fitting if usage.users(db, each.channel, each.id) < usage.FREE_USERS]
    if not free:
        return ""
    channel = CHANNELS[free[0].channel].title
    return say(
        "In {channel}: open {name} ({link}) and send the code.", channel=channel, name=free[0].name, link=free[0].link
    )


def _ward(db: Connection, unit_id: int) -> str:
    """The code of the ward that a unit is or lies in, empty for those above."""
    tree = unit_tree(db)
    ward = tree.ward_of(tree.by_id[unit_id])
    return ward.code if ward else ""


def _other_bot(say: Say, bot: bots.Bot, code: str) -> Outgoing:
    text = say(
        "Your ward has a bot of its own: {name}\n{link}\nPlease open it and send {code} there.",
        name=bot.name,
        link=bot.link,
        code=code,
    )
    return Outgoing(text)


def _in_the_browser(say: Say, link: str) -> Outgoing:
    text = say(
        "This bot has no place left for one more person. You can do everything in the browser, at once and with the "
        "same code:\n{link}",
        link=link,
    )
    return Outgoing(text)
