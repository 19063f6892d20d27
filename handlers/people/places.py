"""Where a person can join, in words: whoever comes to the wrong bot, or as one too many, is told where to go."""

from locales import Say
from messages.channels import CHANNELS
from storage.directory.bots import Bot


def way_to_join(say: Say, bot: Bot) -> str:
    """A line for an invitation: the bot that takes its code when it is typed there."""
    channel = CHANNELS[bot.channel].title
    return say("In {channel}: open {name} ({link}) and send the code.", channel=channel, name=bot.name, link=bot.link)


def other_bot(say: Say, bot: Bot, code: str) -> str:
    """The code, as people write it, fits another bot."""
    return say(
        "Your ward has a bot of its own: {name}\n{link}\nPlease open it and send {code} there.",
        name=bot.name,
        link=bot.link,
        code=code,
    )


def in_the_browser(say: Say, link: str) -> str:
    """The bot is full; the link is the way in that never is."""
    return say(
        "This bot has no place left for one more person. You can do everything in the browser, at once and with the "
        "same code:\n{link}",
        link=link,
    )
