"""Reads what comes before everything else: a code, the consent, a role. Also answers texts that fit nothing."""

from functools import partial

from conversation.offered import says_yes
from conversation.readings import NO_READING, Meaning, Reading, Said, likely, sure
from handlers import menu
from handlers.access import act
from handlers.context import Replies, Turn
from handlers.people import further, gate, joining, newcomers
from messages import MAX_TEXT
from messages.actions import Agree, ComeTo
from plan.unit_names import unit_names


def code(said: Said) -> Reading:
    """Read an invitation's code, alone or as a link brings it."""
    typed = joining.code_in(said.text)
    return NO_READING if typed is None else sure(Meaning.CODE, partial(further.join_further, said.turn, typed))


_GREETING = 3
"""Words of a greeting or a command; what is longer was meant to be kept."""


def before_consent(said: Said) -> Reading:
    """Read a plain yes as agreeing; any other text brings the question again."""
    turn = said.turn
    if turn.agreed:
        return NO_READING
    if says_yes(said.text):
        return sure(Meaning.CONSENT, partial(act, turn, _agreeing(turn)))
    is_story = len(said.text.split()) > _GREETING
    return sure(Meaning.ANYTHING, partial(joining.not_kept_yet if is_story else joining.ask_consent, turn))


def _agreeing(turn: Turn) -> Agree:
    """Find the button to agree that was shown: it knows the text agreed to, and what to do next."""
    return next((action for action in turn.offered_actions if isinstance(action, Agree)), Agree())


def on_the_way_in(said: Said) -> Reading:
    """Read what somebody writes who came by a ward's code: the unit that is theirs, or their name."""
    turn = said.turn
    newcomer = newcomers.own_way(turn)
    if newcomer is None:
        return NO_READING
    if newcomer.unit_id is None:
        called = unit_names(turn.viewer.tree).called(
            said.text[:LONGEST_UNIT], turn.viewer.tree.unit(newcomer.ward_id).code
        )
        act_on = partial(gate.come_to, turn, ComeTo(called[0].code if len(called) == 1 else ""))
        return sure(Meaning.ANYTHING, act_on)
    if newcomer.is_waiting:
        return sure(Meaning.ANYTHING, partial(menu.show_menu, turn))
    return sure(Meaning.NAME, partial(gate.named, turn, said.text[:MAX_TEXT]))


LONGEST_UNIT = 100
"""Characters of a text that may name a unit."""


def without_role(said: Said) -> Reading:
    """Tell a person without a role so, and how to get one."""
    return NO_READING if said.turn.viewer.roles else sure(Meaning.ANYTHING, partial(menu.show_menu, said.turn))


def not_understood(said: Said) -> Reading:
    """Say what can be done here; this is the last reader."""
    return likely(Meaning.NOTHING, partial(_not_understood, said.turn))


def _not_understood(turn: Turn) -> Replies:
    return menu.not_understood(turn) if turn.agreed else joining.ask_consent(turn)
