"""Writes what an invited person gets from whoever invites them: a short text with name, link, code and steps."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from handlers.context import Turn
from handlers.passing_on import pass_on
from handlers.people.links import link_of
from messages import Choice, Outgoing, PassOn
from messages.channels import CHANNELS, Ability, can
from periods.days import local_day
from reports.wording import day_text
from services.directory import places
from services.directory.codes import written
from services.directory.inviting import Made

A_MESSAGE = 5
"""Texts in one message where messages cost quota: together they fit into one."""


def personal(turn: Turn, made: Made) -> PassOn:
    """The text for one invited person."""
    return _text(turn, made, turn.say("For you alone, until {day}.", day=_last_day(made)))


def for_many(turn: Turn, made: Made) -> PassOn:
    """The text for a group of people who may all come by one code."""
    return _text(turn, made, turn.say("For all of you, until {day}.", day=_last_day(made)))


def _text(turn: Turn, made: Made, until: str) -> PassOn:
    say, person = turn.say, made.person
    link = link_of(turn.world.public_url, made.code)
    who = ", ".join(filter(None, (person.name, turn.viewer.tree.title_of(person.unit.id))))
    lines = [
        say("{who}: you are invited to report gender equality activities.", who=who),
        *_by_bots(turn, made),
        until,
        say("Open this and press “Join and open the chat”:"),
    ]
    return pass_on(say, "\n".join(lines), link)


def _last_day(made: Made) -> str:
    return day_text(local_day(made.expires))


def _by_bots(turn: Turn, made: Made) -> Iterator[str]:
    """How else to come in: by a bot, which is told the code."""
    bots, code = places.ways_in(turn.db, made.person.unit.id, turn.today), written(made.code)
    if not bots:
        yield turn.say("Code: {code}", code=code)
    for bot in bots:
        channel, link = CHANNELS[bot.channel].title, bot.link.removeprefix("https://")
        yield turn.say("In {channel}: open {link} and send the code {code}", channel=channel, link=link, code=code)


def with_texts(turn: Turn, head: Outgoing, texts: Sequence[PassOn], choices: Sequence[Choice]) -> list[Outgoing]:
    """Texts to send on, each as a message of its own, so that it can be copied, shared or forwarded by itself.

    Where each message costs quota, several stand in one. They stay of use when newer messages have come.
    """
    if can(turn.channel, Ability.QUOTA):
        said = [
            "\n\n".join(text.whole for text in texts[at : at + A_MESSAGE]) for at in range(0, len(texts), A_MESSAGE)
        ]
        first, *further = said
        messages = [replace(head, text=f"{head.text}\n\n{first}"), *(Outgoing(text, lasting=True) for text in further)]
    else:
        messages = [head, *(Outgoing(text.whole, pass_on=text, lasting=True) for text in texts)]
    *others, last = messages
    return [*others, replace(last, choices=tuple(choices))]
