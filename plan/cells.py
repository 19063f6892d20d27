"""Each reader turns one cell's text into a value, or notes the problem at its row and returns `None`."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from interview import fold
from plan.tables import Row

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,23}")
"""Codes have no spaces, because they stand in space-separated lists, and fit into a button's id."""
NAME_LIMIT = 300
SHORT_LIMIT = 40
"""What a button on a narrow phone shows without cutting it."""
DATE_LIKE = re.compile(
    r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})"
    r"|(?P<D>[0-9]{1,2})(?P<mark>[/.-])(?P<M>[0-9]{1,2})(?P=mark)(?P<Y>[0-9]{4})"
)
"""ISO dates, what Excel makes of them under Vietnamese settings, and the same with dots or dashes."""
LOST_LETTERS = re.compile("[^\\W\\d_][?]|[?][^\\W\\d_]|\ufffd|á[º»]|Ä[‘\x90]|Æ[°¡]|Ã[\xa1-\xbf]")
"""What a file saved as “ANSI” makes of `ố`, and what UTF-8 that was taken for ANSI makes of Vietnamese letters."""
FLAGS = {"1": True, "true": True, "0": False, "false": False, "": False}

Word = TypeVar("Word", bound=StrEnum)
NO_NAMES: Mapping[str, Any] = MappingProxyType({})


def text(row: Row, column: str, limit: int = NAME_LIMIT) -> str | None:
    value = row.cells[column]
    if not value:
        row.wrong("empty", column=column)
        return None
    if len(value) > limit:
        row.wrong("too_long", column=column, value=value[:limit] + "…", length=len(value), limit=limit)
        return None
    return value


def unit_name(row: Row) -> str | None:
    """A unit's name, which holds no question mark of its own: beside a letter it stands for a lost one."""
    value = text(row, "name")
    if value is not None and LOST_LETTERS.search(value):
        row.wrong("letters_lost", value=value)
        return None
    return value


def code(row: Row, column: str = "code") -> str | None:
    value = text(row, column)
    if value is not None and not CODE.fullmatch(value):
        row.wrong("bad_code", value=value)
        return None
    return value


def day(row: Row, column: str) -> date | None:
    value = text(row, column)
    if value is None:
        return None
    found = day_in(value)
    if found is None:
        row.wrong("bad_date", column=column, value=value)
    return found


def day_in(value: str) -> date | None:
    """The day that a text is; `None` if it is none."""
    match = DATE_LIKE.fullmatch(value)
    try:
        if match:
            return date(int(match["y"] or match["Y"]), int(match["m"] or match["M"]), int(match["d"] or match["D"]))
    except ValueError:
        pass
    return None


def number(row: Row, column: str, low: int, high: int) -> int | None:
    value = row.cells[column]
    if re.fullmatch(r"[0-9]{1,9}", value) and low <= int(value) <= high:
        return int(value)
    row.wrong("bad_number", column=column, value=value, low=low, high=high)
    return None


def flag(row: Row, column: str) -> bool | None:
    value = row.cells[column]
    if value.lower() not in FLAGS:
        row.wrong("bad_flag", column=column, value=value)
        return None
    return FLAGS[value.lower()]


def word(row: Row, column: str, known: Iterable[Word], called: Mapping[str, Word] = NO_NAMES) -> Word | None:
    """One word; `called` are other names for it, folded."""
    value = text(row, column)
    if value is not None and (named := called.get(fold(value))) is not None:
        return named
    return None if value is None else _known(row, column, value, known)


def words(row: Row, column: str, known: Iterable[Word]) -> tuple[Word, ...] | None:
    """A space-separated list of at least one word."""
    values = text(row, column)
    read = [_known(row, column, value, known) for value in (values or "").split()]
    kept = tuple(value for value in read if value is not None)
    return kept if values is not None and len(kept) == len(read) else None


def codes(row: Row, column: str, existing: Collection[str], problem: str) -> tuple[str, ...] | None:
    """A space-separated list of codes, each of which exists; it may be empty."""
    values = tuple(row.cells[column].split())
    unknown = [value for value in values if value not in existing]
    for value in unknown:
        row.wrong(problem, value=value)
    return None if unknown else values


def aliases(row: Row) -> tuple[str, ...]:
    parts = (part.strip() for part in row.cells["aliases"].split("|"))
    return tuple(part for part in parts if part)


def _known(row: Row, column: str, value: str, known: Iterable[Word]) -> Word | None:
    words = {str(each): each for each in known}
    if value not in words:
        row.wrong("unknown_word", column=column, value=value, known=", ".join(words))
    return words.get(value)
