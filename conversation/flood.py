"""Answers people less who write faster than anybody reads (reliability R9).

Every message is taken like any other. Only the answers overtake each other: an answer not sent yet gives way to the
answer to a later message. So a phone in a pocket, or a prank, costs the chat a few messages instead of hundreds, and
the last one says where things stand. Receipts stay.
"""

from collections.abc import Callable
from functools import lru_cache

from scheduler.rate import Rate

PER_SECOND = 0.5
BURST = 20
"""Taps and words that a person in a hurry may send; an interview takes eight."""
CHATS = 4_096
"""Chats remembered; one that is forgotten starts with a full bucket."""


class Floods:
    """A token bucket for each chat, in this process: a hint, not a record. `monotonic` in seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._of = lru_cache(CHATS)(lambda _chat: Rate(PER_SECOND, BURST, monotonic))

    def overflows(self, chat: tuple[str, str, str]) -> bool:
        """Count a message of a chat, and tell whether it is one too many for now."""
        return not self._of(chat).take(1)
