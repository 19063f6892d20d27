"""Something to press, whatever the platform."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to press.

    `id` comes back as `Press.choice`. Where a channel has no buttons, choices without a `word` are numbered and one
    with a `word` is offered as that word to type ("gửi", "lùi").
    """

    id: str
    label: str
    word: str = ""
