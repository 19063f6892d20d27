"""Asks about a typed word that nearly names something on offer. It never acts on a guess."""

from collections.abc import Sequence
from functools import partial

from conversation.readings import NO_READING, Meaning, Reading, Said, likely
from handlers import menu
from handlers.access import may
from handlers.context import Replies, Turn
from handlers.tables import COMMANDS
from interview import fold
from interview.reading.choosing import Wording, choose
from interview.reading.text import fold_words
from messages import Choice, Outgoing
from messages.actions import Menu, choice, decode

SHORTEST = 3
"""Letters of a word; shorter ones occur in too many others."""
LONGEST = 300
"""Characters of a text that may nearly name something; a longer one is a story."""
MOST = 4
"""Suggestions; more of them are no help."""


def did_you_mean(said: Said) -> Reading:
    """Find what a text nearly names among the chat's latest menu and the plain words."""
    suggested = _near(said.turn, said.text)
    return likely(Meaning.NEAR_MISS, partial(_ask, said.turn, suggested)) if suggested else NO_READING


def _near(turn: Turn, text: str) -> Sequence[Choice]:
    if len(text) > LONGEST or len(fold(text)) < SHORTEST:
        return ()
    near = [*turn.offered, *_commands(turn)]
    chosen = choose(text, [Wording(offer.id, _words(offer)) for offer in near])
    names = _contained(text, near) or tuple(filter(None, (chosen.near, *chosen.several)))
    return [offer for offer in near if offer.id in names][:MOST]


def _ask(turn: Turn, suggested: Sequence[Choice]) -> Replies:
    if len(suggested) == 1:
        question = turn.say("Did you mean “{choice}”?", choice=suggested[0].label)
        others: tuple[Choice, ...] = (choice(Menu(), turn.say("No, show the menu")),)
    else:
        question, others = turn.say("Did you mean one of these?"), menu.back_to_menu(turn)
    named = {offer.id for offer in suggested}
    return [Outgoing(question, (*suggested, *(other for other in others if other.id not in named)))]


def _contained(text: str, near: Sequence[Choice]) -> tuple[str, ...]:
    """Find what a sentence names with at least two words ("khu phố em không có hoạt động"), by the longest name."""
    said = f" {' '.join(fold_words(text))} "
    called = [(offer.id, fold(word)) for offer in near for word in _words(offer)]
    named = [(name, word) for name, word in called if " " in word and f" {word} " in said]
    longest = max((len(word) for _, word in named), default=0)
    return tuple(name for name, word in named if len(word) == longest)


def _commands(turn: Turn) -> list[Choice]:
    """List the commands that this person may give, without those that the menu offers anyway."""
    there = {type(action) for action in turn.offered_actions}
    others = (command for command in COMMANDS if type(command.action) not in there)
    return [choice(other.action, turn.say(other.name)) for other in others if may(turn, other.action)]


def _words(offered: Choice) -> tuple[str, ...]:
    """List what people may call a choice: its label, its word, and the plain words of its command."""
    kind = type(decode(offered.id))
    plain = (word for command in COMMANDS if type(command.action) is kind for word in command.words)
    return tuple(word for word in (offered.label, offered.word, *plain) if word)
