"""A table that somebody sends, as a workbook or as CSV: whether a file may be one, and what of it was not taken."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

from locales import Say
from messages import File
from plan.workbooks import SUFFIXES

ENDINGS = SUFFIXES | {".csv"}
"""What such a file is called."""
PROBLEMS = 8
"""Lines about what could not be understood; whoever mends these sends the table again."""


def is_table(file: File) -> bool:
    """Whether a file is called like a table."""
    return not file.is_image and PurePath(file.name).suffix.lower() in ENDINGS


def left_out(say: Say, read: Mapping[str, Any], not_understood: Callable[[int], str]) -> Iterator[str]:
    """Name the columns of which nothing is kept ("ignored"), then the first of what was not understood ("problems").

    `not_understood` words how many those are.
    """
    if read["ignored"]:
        yield say("Of these columns nothing is kept: {columns}", columns=", ".join(read["ignored"]))
    problems = read["problems"]
    if problems:
        yield ""
        yield not_understood(len(problems))
        yield from problems[:PROBLEMS]
        if len(problems) > PROBLEMS:
            yield say("… and {n} more", n=len(problems) - PROBLEMS)
