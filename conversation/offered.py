"""Finds the choice, of those a chat was offered last, that a typed message means: by number, word, label, yes or no.

This module decides a choice's number, for the channels that write it and for the readers that read it back.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import count

from interview import fold, read_number
from messages import Choice
from messages.actions import is_of_interview

_OWN = re.compile(r"\D*[^\d:] ([1-9][0-9]{0,2})(?: · .*)?", re.DOTALL)
"""A label that bears a number: "Phường 10", "Khu phố 9 · Lan". A day, a count in brackets or after a colon is none."""
_YES = re.compile(
    r"(?:da |vang )*(?:co|dung|dung roi|dung vay|da|vang|ok|oke|okay|(?:toi )?dong y|phai|u|uh|yes|y|agree|i agree)"
)
_NO = re.compile(r"(?:da )?(?:khong|khong phai|khong can|thoi|khong thoi|no|n)")
_POLITE = frozenset({"a", "nhe", "nha", "em", "chi", "anh", "roi"})
_LONGEST = 300
"""Characters of a message that names a choice: no label is longer."""
_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile("[0-9]")
_PERIOD = re.compile("(?:ca|toan|tron) nam")
""" "cả năm" is the whole year, and not the fifth of something."""
_ORDINAL = re.compile(r"^(?:số|so)\s+")
_NO_LABELS = ("khong, ", "no, ")


def numbers(choices: Sequence[Choice]) -> Mapping[int, Choice]:
    """Number the choices without a word in their order: 1, 2, 3…

    A number in a choice's label is its own, so that "10" never opens "Phường 11"; the others are then numbered from
    above it. An interview's choices keep their places, which its question reads by itself.
    """
    plain = [choice for choice in choices if not choice.word]
    labelled = [_own_number(choice) for choice in plain]
    own = {number for number in labelled if number and labelled.count(number) == 1}
    others = count(max(own, default=0) + 1)
    return {number if number in own else next(others): choice for number, choice in zip(labelled, plain, strict=True)}


def _own_number(choice: Choice) -> int:
    match = None if is_of_interview(choice.id) else _OWN.fullmatch(choice.label)
    return int(match[1]) if match else 0


def numbered(choices: Sequence[Choice], text: str) -> Choice | None:
    """Find the choice that a message names by its number alone: "2", "2.", "số 2", "hai", but not "2 người"."""
    if len(text) > _LONGEST:
        return None
    said = _ORDINAL.sub("", text.strip().lower())
    if (_LETTER.search(said) and _DIGIT.search(said)) or _PERIOD.fullmatch(fold(said)):
        return None
    number = read_number(said)
    return numbers(choices).get(number) if isinstance(number, int) else None


def named(choices: Sequence[Choice], text: str) -> Choice | None:
    """Find the choice that a message names by its word or label, or by what its label says after "No, …"."""
    said = fold(text) if len(text) <= _LONGEST else ""
    return next((choice for choice in choices if said and said in _names(choice)), None)


def _names(choice: Choice) -> tuple[str, ...]:
    label = fold(choice.label)
    rest = next((label.removeprefix(no) for no in _NO_LABELS if label.startswith(no)), "")
    return tuple(filter(None, (fold(choice.word), label, rest)))


def refusing(choices: Sequence[Choice]) -> Choice | None:
    """Find the choice that begins with "No, …"."""
    return next((choice for choice in choices if fold(choice.label).startswith(_NO_LABELS)), None)


def answered(choices: Sequence[Choice], text: str) -> Choice | None:
    """Find the choice that a plain yes or no means, if the second of those offered begins with "No, …"."""
    if len(choices) < 2 or not fold(choices[1].label).startswith(_NO_LABELS):
        return None
    if says_no(text):
        return choices[1]
    return choices[0] if says_yes(text) else None


def says_yes(text: str) -> bool:
    """Whether a message is a plain yes."""
    return _YES.fullmatch(_plain(text)) is not None


def says_no(text: str) -> bool:
    """Whether a message is a plain no."""
    return _NO.fullmatch(_plain(text)) is not None


def _plain(text: str) -> str:
    if len(text) > _LONGEST:
        return ""
    words = fold(text).strip(" .,!…").replace(",", "").split()
    while len(words) > 1 and words[-1] in _POLITE:
        words.pop()
    return " ".join(words)
