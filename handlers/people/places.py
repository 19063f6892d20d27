"""Tells people where they can join, if they come to the wrong bot or to a full one."""

from collections.abc import Iterable

from locales import Say
from messages.channels import CHANNELS
from reports.invitation_sheet import Way
from storage.directory.bots import Bot


def ways_in(say: Say, bots: Iterable[Bot], code: str) -> tuple[Way, ...]:
    """Write the steps of each way in for whoever holds a printed card: by the browser, and by each channel's bot."""
    agree = say("Press “I agree”.")
    by_browser = (say("Scan the code with the phone's camera."), say("Press “Join and open the chat”."), agree)
    by_bots = (
        Way(
            CHANNELS[bot.channel].title,
            (
                say("Open {link} ({name}).", link=bot.link.removeprefix("https://"), name=bot.name),
                say("Send the code: {code}", code=code),
                agree,
            ),
        )
        for bot in bots
    )
    return (Way(say("In the browser"), by_browser), *by_bots)


def other_bot(say: Say, bot: Bot, code: str) -> str:
    """Say that the code, as people write it, fits another bot."""
    return say(
        "Your unit has a bot of its own: {name}\n{link}\nPlease open it and send {code} there.",
        name=bot.name,
        link=bot.link,
        code=code,
    )


def in_the_browser(say: Say, link: str) -> str:
    """Say that the bot is full, and offer the link, a way in that is never full."""
    return say(
        "This bot has no place left for one more person. You can do everything in the browser, at once and with the "
        "same code:\n{link}",
        link=link,
    )
