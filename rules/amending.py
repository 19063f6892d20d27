"""What may still be done to a report that was approved, without asking for leave: to complete it.

Whoever adds a photo, or says who of its people were women and men while their number stays, makes it truer and changes
no total.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_SEXES = ("women", "men", "unsorted")
_PEOPLE = frozenset(f"{of}{sex}" for of in ("", "helped_", "more_", "more_helped_") for sex in _SEXES)
_PHOTOS = "photos"
_BESIDE = frozenset({"today", "first_time", _PHOTOS}) | _PEOPLE
"""Answers that are compared in another way, or are none."""


@dataclass(frozen=True, slots=True)
class Said:
    """A report's answers, and what figures read out of them."""

    answers: Mapping[str, Any]
    facts: Mapping[str, Any]
    lines: Sequence[Mapping[str, Any]]


def needs_leave(before: Said, after: Said) -> bool:
    """Whether other answers change an approved report rather than complete it."""
    return not (
        _rest(before.answers) == _rest(after.answers)
        and set(before.answers.get(_PHOTOS) or ()) <= set(after.answers.get(_PHOTOS) or ())
        and dict(before.facts) == dict(after.facts)
        and len(before.lines) == len(after.lines)
        and all(_completes(one, other) for one, other in zip(before.lines, after.lines, strict=True))
    )


def _completes(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    same = {name: value for name, value in before.items() if name not in _SEXES}
    return (
        same == {name: value for name, value in after.items() if name not in _SEXES}
        and _people(before) == _people(after)
        and all(_count(before, name) <= _count(after, name) for name in ("women", "men"))
    )


def _people(line: Mapping[str, Any]) -> int:
    return sum(_count(line, name) for name in _SEXES)


def _count(line: Mapping[str, Any], name: str) -> int:
    return int(line.get(name) or 0)


def _rest(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that have to be the same, entries of repeats without their people."""
    kept = {name: value for name, value in answers.items() if name not in _BESIDE and value not in (None, "", [])}
    return {name: [_rest(one) for one in value] if _is_repeat(value) else value for name, value in kept.items()}


def _is_repeat(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, Mapping) for one in value)
