"""Which reports figures are narrowed to, as a button carries it: "a=A2+ok"."""

from collections.abc import Mapping

from reports.filtering import Filter

_FIELDS: Mapping[str, str] = {"k": "kind", "a": "activity", "g": "group", "i": "item", "l": "level", "p": "place"}
APPROVED = "ok"
JOINT = "+"


def filter_of(code: str) -> Filter:
    """The filter that a button's code says; parts that say nothing narrow nothing."""
    parts = code.split(JOINT)
    named = (part.partition("=") for part in parts)
    fields = {_FIELDS[letter]: value for letter, _, value in named if letter in _FIELDS}
    return Filter(**fields, approved_only=APPROVED in parts)


def also(only: Filter, letter: str, code: str) -> Filter:
    """The filter, narrowed to one more thing; it takes the place of another of its kind."""
    return filter_of(f"{code_of(only)}{JOINT}{letter}={code}")


def code_of(only: Filter) -> str:
    """The code of a filter; empty for that which lets all through."""
    named = [f"{letter}={value}" for letter, name in _FIELDS.items() if (value := getattr(only, name))]
    return JOINT.join([*named, APPROVED] if only.approved_only else named)
