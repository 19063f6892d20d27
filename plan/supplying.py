"""Reads a file of what units know of people: denominators, lists of who was trained, shares that surveys found.

A row names unit, group, source and day, and either a sex and a number, or women, men and total side by side. A column
“measure” says what the number is of; without it, of all people of the group. What is wrong is a problem with its row.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from interview import fold
from plan import cells
from plan.model import Plan
from plan.problems import Problems
from plan.tables import Row, read_rows
from plan.telling import Line
from rules.kinds import Measure, Sex
from storage.directory.units import UnitsOfDay
from storage.records.supplies import Number

NEEDED = ("unit", "target_group", "source", "as_of")
LONG = ("sex", "value")
WIDE: Mapping[str, Sex] = MappingProxyType({"women": Sex.FEMALE, "men": Sex.MALE, "total": Sex.ALL})
WORDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("mã đơn vị", "đơn vị", "mã", "mã phường", "mã khu phố"), "unit"),
        **dict.fromkeys(("nhóm", "nhóm đối tượng", "mã nhóm", "đối tượng", "group"), "target_group"),
        **dict.fromkeys(("nguồn", "nguồn số liệu"), "source"),
        **dict.fromkeys(("ngày", "tính đến", "tính đến ngày", "số liệu đến ngày", "thời điểm", "as_of"), "as_of"),
        **dict.fromkeys(("sex", "giới tính", "giới"), "sex"),
        **dict.fromkeys(("value", "số người", "số lượng", "số", "giá trị"), "value"),
        **dict.fromkeys(("women", "female", "nữ", "số nữ"), "women"),
        **dict.fromkeys(("men", "male", "nam", "số nam"), "men"),
        **dict.fromkeys(("total", "all", "tổng", "tổng số", "chung", "tổng cộng"), "total"),
        **dict.fromkeys(("measure", "loại số liệu", "nội dung", "chỉ số"), "measure"),
        **dict.fromkeys(("sample_size", "cỡ mẫu", "số phiếu"), "sample_size"),
        **dict.fromkeys(("method", "phương pháp", "cách làm"), "method"),
    }
)
"""What people call the columns."""
_SEXES: Mapping[str, Sex] = {
    **dict.fromkeys(("nu", "female", "women", "f"), Sex.FEMALE),
    **dict.fromkeys(("nam", "male", "men", "m"), Sex.MALE),
    **dict.fromkeys(("", "all", "chung", "tong", "tong so", "ca hai", "ca nam va nu", "nam va nu", "both"), Sex.ALL),
}
_MEASURES: Mapping[str, Measure] = {
    **dict.fromkeys(("", "people", "denominator", "mau so", "so nguoi", "tong so nguoi"), Measure.PEOPLE),
    **dict.fromkeys(("reached", "earlier", "ket qua truoc", "da duoc truyen thong"), Measure.REACHED),
    **dict.fromkeys(("trained", "da tap huan", "tap huan", "duoc tap huan"), Measure.TRAINED),
    **dict.fromkeys(("knowledge", "kien thuc"), Measure.KNOWLEDGE),
    **dict.fromkeys(("skills", "ky nang"), Measure.SKILLS),
    **dict.fromkeys(("survey", "khao sat", "dieu tra"), Measure.SURVEY),
}
_GROUPED = re.compile(r"[0-9]{1,3}(?:[., ][0-9]{3})+")
_PERCENT = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]))?(?:[.,][0-9]0+)? ?%?")
MOST = 99_999_999
"""People; a larger number is a slip."""

_Word = TypeVar("_Word")


@dataclass(frozen=True, slots=True)
class Supplied:
    """What importing the numbers of a file would do."""

    file: str
    new: tuple[Number, ...]
    changed: tuple[tuple[Number, Number], ...]
    """Each number that stands, and the one that takes its place."""
    same: int

    @property
    def to_write(self) -> tuple[Number, ...]:
        return (*self.new, *(number for _, number in self.changed))


def read_numbers(path: Path, plan: Plan, units: UnitsOfDay, today: date) -> list[Number]:
    """The numbers in a file. Raises `PlanError` with all that is wrong."""
    problems = Problems()
    rows = read_rows(path, path.name, NEEDED, problems, WORDS)
    problems.raise_any()
    if not any(column in rows[0].cells for column in ("value", *WIDE)):
        rows[0].wrong("no_column", column="value", columns=", ".join((*NEEDED, *LONG)))
    problems.raise_any()
    first: dict[object, Row] = {}
    numbers = []
    for row in rows:
        for number in _numbers(row, plan, units, today):
            kept = first.setdefault(number.key, row)
            if kept is not row:
                row.wrong("number_twice", unit=row.cells["unit"], first=kept.number)
            numbers.append(number)
    problems.raise_any()
    return numbers


def held_against(file: str, numbers: Iterable[Number], standing: Iterable[Number]) -> Supplied:
    """What importing them would change of the numbers that stand."""
    known, listed = {number.key: number for number in standing}, list(numbers)
    return Supplied(
        file,
        new=tuple(number for number in listed if number.key not in known),
        changed=tuple((known[n.key], n) for n in listed if n.key in known and known[n.key] != n),
        same=sum(known.get(number.key) == number for number in listed),
    )


def describe(supplied: Supplied, units: UnitsOfDay) -> tuple[Line, ...]:
    """Every number that would be written, then how many stay as they are."""
    return (
        *(Line("figure_new", _params(number, units)) for number in supplied.new),
        *(Line("figure_changed", {**_params(new, units), "old": _shown(old)}) for old, new in supplied.changed),
        Line("figures_same", {"count": supplied.same}),
    )


def _params(number: Number, units: UnitsOfDay) -> dict[str, str | int]:
    what = "" if number.measure is Measure.PEOPLE else f" {number.measure.value}"
    return {
        "unit": units.unit(number.unit_id).code,
        "about": f"{number.about}{what}",
        "sex": number.sex.value,
        "value": _shown(number),
        "source": number.source,
        "day": number.as_of.isoformat(),
    }


def _shown(number: Number) -> str:
    return f"{number.value / 10}%" if number.measure is Measure.SURVEY else str(number.value)


def _numbers(row: Row, plan: Plan, units: UnitsOfDay, today: date) -> Iterator[Number]:
    measure = _word(row, "measure", _MEASURES)
    unit = units.find(row.cells["unit"].strip().upper()) or units.find(row.cells["unit"].strip())
    if unit is None:
        row.wrong("unknown_unit", value=row.cells["unit"])
    about = _about(row, plan, measure) if measure else None
    source, as_of = cells.text(row, "source"), _day(row, today)
    values = list(_survey(row) if measure is Measure.SURVEY else _people(row))
    if measure is None or unit is None or about is None or source is None or as_of is None:
        return
    sample, method = _sample(row) if measure is Measure.SURVEY else (0, "")
    for sex, value in values:
        yield Number(measure, unit.id, about, sex, value, source, as_of, sample, method)


def _day(row: Row, today: date) -> date | None:
    day = cells.day(row, "as_of")
    if day is not None and day > today:
        row.wrong("future_day", value=row.cells["as_of"])
        return None
    return day


def _about(row: Row, plan: Plan, measure: Measure) -> str | None:
    """The code of the group, of a survey that of the target, by code or name."""
    value = row.cells["target_group"]
    if measure is Measure.SURVEY:
        found = next((code for code in plan.targets if code.casefold() == value.casefold()), None)
    else:
        found = group_called(plan, value)
    if found is None:
        row.wrong("unknown_target" if measure is Measure.SURVEY else "unknown_group", value=value)
    return found


def group_called(plan: Plan, name: str) -> str | None:
    """The code of the group with this code or name, with or without diacritics and commas."""
    said = _plain(name)
    for group in plan.groups.values():
        names = (group.code, group.name_vi, group.name_en, group.short_vi, group.short_en, *group.aliases)
        if said and said in map(_plain, names):
            return group.code
    return None


def _plain(name: str) -> str:
    return " ".join(fold(name).replace(",", " ").split())


def _people(row: Row) -> Iterator[tuple[Sex, int]]:
    """The numbers of a row, one or side by side."""
    if row.cells.get("value"):
        sex, value = _word(row, "sex", _SEXES), _count(row, "value")
        if sex is not None and value is not None:
            yield sex, value
        return
    read = {sex: _count(row, column) for column, sex in WIDE.items() if row.cells.get(column)}
    if not read:
        row.wrong("empty", column="value")
    whole = read.get(Sex.ALL)
    if whole is not None and whole < (read.get(Sex.FEMALE) or 0) + (read.get(Sex.MALE) or 0):
        row.wrong("total_too_small", value=whole)
    yield from ((sex, value) for sex, value in read.items() if value is not None)


def _count(row: Row, column: str) -> int | None:
    value = row.cells[column]
    digits = re.sub(r"[., ]", "", value) if _GROUPED.fullmatch(value) else value
    if re.fullmatch(r"[0-9]{1,9}", digits) and int(digits) <= MOST:
        return int(digits)
    row.wrong("bad_number", column=column, value=value, low=0, high=MOST)
    return None


def _survey(row: Row) -> Iterator[tuple[Sex, int]]:
    match = _PERCENT.fullmatch(row.cells.get("value", ""))
    tenths = int(match[1]) * 10 + int(match[2] or 0) if match else -1
    if 0 <= tenths <= 1000:
        yield Sex.ALL, tenths
    else:
        row.wrong("bad_percent", value=row.cells.get("value", ""))


def _sample(row: Row) -> tuple[int, str]:
    given = row.cells.get("sample_size", "")
    return (_count(row, "sample_size") or 0) if given else 0, row.cells.get("method", "")


def _word(row: Row, column: str, known: Mapping[str, _Word]) -> _Word | None:
    value = row.cells.get(column, "")
    word = known.get(fold(value))
    if word is None:
        row.wrong("unknown_word", column=column, value=value, known=", ".join(filter(None, known)))
    return word
