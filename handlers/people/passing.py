"""Writes what an invited person gets from whoever invites them: a short text with name, link, code and steps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from handlers.context import Turn
from handlers.passing_on import pass_on
from handlers.people.links import link_of
from locales import Say
from messages import Choice, Outgoing, PassOn
from messages.channels import CHANNELS, Ability, can
from periods.days import local_day
from reports.wording import day_text
from services.directory.codes import written
from services.directory.inviting import Made
from services.directory.places import WaysIn
from storage.directory.units import UnitsOfDay

A_MESSAGE = 5
"""Texts in one message where messages cost quota: together they fit into one."""


@dataclass(frozen=True, slots=True)
class Passing:
    """Writes such texts in one language, with the ways in as they are `today`."""

    say: Say
    tree: UnitsOfDay
    public_url: str
    ways: WaysIn
    today: date

    @classmethod
    def of(cls, turn: Turn) -> Self:
        """In the language of whoever writes."""
        return cls(turn.say, turn.viewer.tree, turn.world.public_url, WaysIn(turn.db), turn.today)

    def personal(self, made: Made) -> PassOn:
        """The text for one invited person."""
        return self._text(made, self.say("For you alone, until {day}.", day=_last_day(made)))

    def for_many(self, made: Made) -> PassOn:
        """The text for a group of people who may all come by one code."""
        return self._text(made, self.say("For all of you, until {day}.", day=_last_day(made)))

    def _text(self, made: Made, until: str) -> PassOn:
        say, person = self.say, made.person
        who = ", ".join(filter(None, (person.name, self.tree.title_of(person.unit.id))))
        lines = [
            say("{who}: you are invited to report gender equality activities.", who=who),
            *self._by_bots(made),
            until,
            say("Open this and press “Join and open the chat”:"),
        ]
        return pass_on(say, "\n".join(lines), link_of(self.public_url, made.code))

    def _by_bots(self, made: Made) -> Iterator[str]:
        """How else to come in: by a bot, which is told the code."""
        bots, code = self.ways.into(made.person.unit.id, self.today), written(made.code)
        if not bots:
            yield self.say("Code: {code}", code=code)
        for bot in bots:
            channel, link = CHANNELS[bot.channel].title, bot.link.removeprefix("https://")
            yield self.say("In {channel}: open {link} and send the code {code}", channel=channel, link=link, code=code)


def _last_day(made: Made) -> str:
    return day_text(local_day(made.expires))


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
