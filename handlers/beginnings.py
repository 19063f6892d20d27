"""The command that a message or a photo's caption begins with: "báo cáo hôm qua nữ 30"."""

from dataclasses import dataclass

from handlers.tables import action_for_word
from messages.actions import Action, FreeWeeks, NewReport, Summary

_TAKING_MORE = (NewReport(), Summary(), FreeWeeks())
"""Commands after which more may be written."""
_LONGEST = 3
"""Words of commands that more text may follow."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """The command that a message begins with, if it begins with one, and what is written after it."""

    action: Action | None = None
    rest: str = ""


def beginning_of(text: str) -> Beginning:
    """Read how a message begins; what is written after a command keeps its lines ("báo cáo\\n- Thời gian: …")."""
    words = text.split(maxsplit=_LONGEST)
    for length in range(min(_LONGEST, len(words) - 1), 0, -1):
        action = action_for_word(" ".join(words[:length]).rstrip(":,-"))
        if action in _TAKING_MORE:
            return Beginning(action, text.split(maxsplit=length)[length].strip())
    return Beginning()
