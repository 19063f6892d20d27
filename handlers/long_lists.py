"""Lists of people and of reports: what is typed under one narrows it by what its lines say, on all of its pages."""

from collections.abc import Iterator, Sequence

from handlers.access import perform
from handlers.context import Turn
from handlers.unit_lists import LONGEST
from messages import Choice
from messages.actions import Action, Mine, Queue, ShowQuality, Staff, UnitReports, View, ViewMember, decode
from plan.unit_names import Tokens, unit_names

PAGES = 12
"""Pages that are looked through; who has more of them types a period or a unit instead."""
A_WORD = 2
"""Letters or digits of a word that may name a line; a single one is in too many."""
LISTS = (Mine, Queue, ShowQuality, Staff, UnitReports)
"""What shows a page of such a list and does nothing else."""


def narrowed(turn: Turn, text: str) -> list[Choice]:
    """The lines of the list which the chat shows that say all that was typed; none if it shows no such list.

    People are called by a name or a unit. Reports are looked for by what has a number, such as a day or a unit: other
    words may begin a new report.
    """
    if len(text) > LONGEST:
        return []
    names = unit_names(turn.viewer.tree)
    said = names.tokens(text)
    kind = _kind(turn, said)
    if kind is None or not any(len(word) >= A_WORD for word in said):
        return []
    return [offer for offer in _lines(turn, kind) if said <= names.tokens(offer.label)]


def _kind(turn: Turn, said: Tokens) -> type[Action] | None:
    """What the list is of: people, or reports where a number was typed."""
    for kind in (ViewMember, View):
        several = sum(isinstance(_action(turn, offer), kind) for offer in turn.offered) > 1
        if several and (kind is ViewMember or any(char.isdecimal() for word in said for char in word)):
            return kind
    return None


def _lines(turn: Turn, kind: type[Action]) -> Iterator[Choice]:
    """The lines of the page that is shown, and of those after it."""
    offered: Sequence[Choice] = turn.offered
    for _ in range(PAGES):
        yield from (offer for offer in offered if isinstance(_action(turn, offer), kind))
        further = next((offer for offer in offered if _leads_on(_action(turn, offer))), None)
        if further is None:
            return
        offered = perform(turn, further.id)[-1].choices


def _leads_on(action: Action | None) -> bool:
    return isinstance(action, LISTS) and action.page > 0


def _action(turn: Turn, offer: Choice) -> Action | None:
    return decode(offer.id, turn.plan.periods)
