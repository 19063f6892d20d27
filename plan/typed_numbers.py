"""Reads the numbers of people that somebody types in one line: group, women, men or total, source and day.

"người dân nữ 12.000 nam 11.500, nguồn: Chi cục Thống kê, ngày 31/12/2019". What is missing is named, never guessed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from interview import fold
from plan.cells import DATE_LIKE, day_in
from plan.model import Plan
from plan.supplying import MOST, group_called
from rules.kinds import Measure, Sex
from storage.records.supplies import Number

_SOURCE = re.compile(r"\b(?:nguồn|nguon|source)\b(?:\s+số liệu)?\s*[:=–-]?\s*(?P<source>[^;\n]*)", re.IGNORECASE)
_DAY = re.compile(
    rf"[,;.]?\s*\b(?:(?:số liệu|so lieu|tính|tinh)\s+)?(?:đến\s+ngày|den\s+ngay|ngày|ngay|đến|den|day)?\s*:?\s*"
    rf"(?P<day>{DATE_LIKE.pattern})",
    re.IGNORECASE,
)
_COUNT = r"(?:[0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]{1,9})(?![0-9])"
_NUMBER = re.compile(
    r"\b(?P<what>nu|nam|tong so|tong cong|tong|chung|women|men|total|kien thuc|knowledge|ky nang|skills)\b"
    rf"\s*:?\s*(?P<number>{_COUNT})|(?P<people>{_COUNT})\s*(?:nguoi|people)\b(?!\s+dan)"
)
_TRAINED = re.compile(r"\b(?:da |duoc |da duoc )?tap huan\b|\btrained\b")
_REST = re.compile(r"[,:;]|^\s*nhom\b|\bco\s*$")
_SEXES = {"nu": Sex.FEMALE, "women": Sex.FEMALE, "nam": Sex.MALE, "men": Sex.MALE}
_OF_LISTS = {
    "kien thuc": Measure.KNOWLEDGE,
    "knowledge": Measure.KNOWLEDGE,
    "ky nang": Measure.SKILLS,
    "skills": Measure.SKILLS,
}
LONGEST = 400
"""Characters of a line that holds such numbers."""


class Lacks(StrEnum):
    """What a line does not say."""

    GROUP = "group"
    NUMBERS = "numbers"
    SOURCE = "source"
    DAY = "day"
    FUTURE = "future"
    """The day is still to come."""


@dataclass(frozen=True, slots=True)
class TypedNumbers:
    """What a line says; `numbers` only if it lacks nothing."""

    numbers: tuple[Number, ...]
    lacks: tuple[Lacks, ...]

    @property
    def is_meant(self) -> bool:
        """Whether it names a group and numbers, so that it can mean nothing else."""
        return not {Lacks.GROUP, Lacks.NUMBERS} & set(self.lacks)


def typed_numbers(text: str, plan: Plan, unit_id: int, today: date) -> TypedNumbers:
    """Read the numbers of a unit, without what introduces them."""
    line = " ".join(text[:LONGEST].split())
    dated = list(_DAY.finditer(line))
    day = day_in(dated[-1]["day"]) if dated else None
    undated = line[: dated[-1].start()] + line[dated[-1].end() :] if dated else line
    said = _SOURCE.search(undated)
    source = said["source"].strip(" ,.;:") if said else ""
    head = fold(undated[: said.start()] if said else undated)
    group = group_called(plan, _group_name(head))
    counts = list(_counts(head))
    lacks = tuple(_lacks(group, counts, source, day, today))
    if group is None or day is None or lacks:
        return TypedNumbers((), lacks)
    return TypedNumbers(tuple(Number(m, unit_id, group, sex, n, source, day) for m, sex, n in counts), ())


def _lacks(group: str | None, counts: Sequence[object], source: str, day: date | None, today: date) -> Iterator[Lacks]:
    if group is None:
        yield Lacks.GROUP
    if not counts:
        yield Lacks.NUMBERS
    if not source:
        yield Lacks.SOURCE
    if day is None:
        yield Lacks.DAY
    elif day > today:
        yield Lacks.FUTURE


def _group_name(head: str) -> str:
    """What is left of a line without its numbers."""
    for pattern in (_NUMBER, _TRAINED, _REST):
        head = pattern.sub(" ", head)
    return " ".join(head.split())


def _counts(head: str) -> Iterator[tuple[Measure, Sex, int]]:
    plain = Measure.TRAINED if _TRAINED.search(head) else Measure.PEOPLE
    for match in _NUMBER.finditer(head):
        number = int(re.sub(r"[.,]", "", match["number"] or match["people"]))
        if number <= MOST:
            what = match["what"] or ""
            yield _OF_LISTS.get(what, plain), _SEXES.get(what, Sex.ALL), number
