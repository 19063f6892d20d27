"""What an entry of the tables says: an action's function, and who may do it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from handlers.context import Replies, Turn
from messages.actions import Action
from rules.roles import Role

Kind = TypeVar("Kind", bound=Action)

EVERYONE = frozenset(Role)
TOP = frozenset({Role.SECRETARIAT})


@dataclass(frozen=True, slots=True)
class Entry(Generic[Kind]):
    """The function of an action, and the people who may do it."""

    kind: type[Kind]
    run: Callable[[Turn, Kind], Replies]
    roles: frozenset[str] = EVERYONE
    open_to_all: bool = False
    """Navigation, which works even before the consent and without a role."""


def plain(run: Callable[[Turn], Replies]) -> Callable[[Turn, Action], Replies]:
    """Adapt the handler of an action that carries nothing but its name."""
    return lambda turn, _: run(turn)
