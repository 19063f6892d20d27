"""A list of units, read and checked: the one that ships and any that the secretariat imports."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from plan import cells
from plan.levels import Levels
from plan.model import ListedUnit
from plan.tables import Row

COLUMNS = ("code", "name", "level", "parent", "valid_from", "valid_to", "sample")
WORDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("mã", "mã số", "mã đơn vị", "mã khu phố"), "code"),
        **dict.fromkeys(("tên", "tên gọi", "tên đơn vị", "tên khu phố"), "name"),
        **dict.fromkeys(("cấp", "cấp đơn vị"), "level"),
        **dict.fromkeys(
            ("đơn vị cha", "mã đơn vị cha", "đơn vị cấp trên", "thuộc", "thuộc đơn vị", "trực thuộc"), "parent"
        ),
        **dict.fromkeys(("từ ngày", "ngày bắt đầu", "hiệu lực từ", "hiệu lực từ ngày"), "valid_from"),
        **dict.fromkeys(("đến ngày", "ngày kết thúc", "hiệu lực đến", "hiệu lực đến ngày"), "valid_to"),
        "mẫu": "sample",
    }
)
"""What people call the columns of a list of their own."""
SPELT_NUMBER = re.compile(r"\b0+(?=[0-9])")
"""“Khu phố 05” is “Khu phố 5”."""

Value = TypeVar("Value")


def read_units(
    rows: list[Row], levels: Levels, elsewhere: Mapping[str, ListedUnit] = MappingProxyType({})
) -> dict[str, ListedUnit]:
    """The units by code, in the file's order; what is wrong is noted at its row.

    A parent may stand in the file or be known from `elsewhere`; the file is asked first.
    """
    codes = distinct(rows, "code")
    _check_case(codes, elsewhere)
    units = readable(codes, lambda row: _unit(row, levels))
    parents = {**elsewhere, **dict.fromkeys(codes), **units}
    for unit in units.values():
        _check_parent(unit, codes[unit.code], parents, levels)
    _check_root({**elsewhere, **units}.values(), codes, levels)
    _check_names(units.values(), codes)
    return units


def _check_case(codes: Mapping[str, Row], elsewhere: Collection[str]) -> None:
    """Codes are typed by people, who do not mind capitals: two that differ only in these are one unit."""
    known = {code.casefold(): code for code in elsewhere}
    first: dict[str, str] = {}
    for code, row in codes.items():
        other = first.setdefault(code.casefold(), code)
        if other != code:
            row.wrong("code_case", value=code, other=other, first=codes[other].number)
        elif code not in elsewhere and code.casefold() in known:
            row.wrong("code_known", value=code, other=known[code.casefold()])


def _check_names(units: Iterable[ListedUnit], rows: Mapping[str, Row]) -> None:
    """Two units of one name in one ward at one time are mostly a slip, but there are such."""
    namesakes: dict[tuple[str | None, str], list[ListedUnit]] = {}
    for unit in units:
        before = namesakes.setdefault((unit.parent, SPELT_NUMBER.sub("", unit.name.casefold())), [])
        for other in before:
            if _meet(unit, other):
                params = {"value": unit.name, "parent": unit.parent or "", "other": other.code}
                rows[unit.code].doubtful("same_name", **params, first=rows[other.code].number)
                break
        before.append(unit)


def _meet(unit: ListedUnit, other: ListedUnit) -> bool:
    return unit.valid_from <= (other.valid_to or date.max) and other.valid_from <= (unit.valid_to or date.max)


def distinct(rows: Iterable[Row], column: str, fold: Callable[[str], str] = str) -> dict[str, Row]:
    """The rows by what stands in `column`; a gap or a repetition is a problem, and of a repetition the first stands."""
    first: dict[str, Row] = {}
    for row in rows:
        value = row.cells[column]
        if not value:
            row.wrong("empty", column=column)
        elif (kept := first.setdefault(fold(value), row)) is not row:
            row.wrong("duplicate", column=column, value=value, first=kept.number)
    return first


def readable(rows: Mapping[str, Row], read: Callable[[Row], Value | None]) -> dict[str, Value]:
    """The values that `read` makes of the rows, by the same keys, without the rows that it cannot read."""
    return {key: value for key, row in rows.items() if (value := read(row)) is not None}


def _unit(row: Row, levels: Levels) -> ListedUnit | None:
    code = cells.code(row)
    name = cells.unit_name(row)
    level = cells.word(row, "level", levels.by_code, levels.called)
    valid_from = cells.day(row, "valid_from")
    valid_to = cells.day(row, "valid_to") if row.cells["valid_to"] else None
    sample = cells.flag(row, "sample")
    if code is None or name is None or level is None or valid_from is None or sample is None:
        return None
    if valid_to is not None and valid_to < valid_from:
        row.wrong("ends_before_start", start=valid_from.isoformat(), end=valid_to.isoformat())
    return ListedUnit(code, name, level, row.cells["parent"] or None, valid_from, valid_to, sample)


def _check_parent(unit: ListedUnit, row: Row, parents: Mapping[str, ListedUnit | None], levels: Levels) -> None:
    """`parents` holds `None` for a unit whose row could not be read: that problem is already noted at its row."""
    needed = levels.by_code[unit.level].parents
    parent = parents.get(unit.parent or "")
    above = {"level": unit.level, "parent_level": " / ".join(needed)}
    if not needed:
        if unit.parent is not None:
            row.wrong("needless_parent", level=unit.level)
    elif unit.parent is None:
        row.wrong("no_parent", **above)
    elif unit.parent not in parents:
        row.wrong("unknown_unit", value=unit.parent)
    elif parent is not None and parent.level not in needed:
        row.wrong("wrong_parent", value=parent.code, found=parent.level, **above)
    elif parent is not None and parent.valid_to is not None and (unit.valid_to or date.max) > parent.valid_to:
        row.wrong("outlives_parent", value=parent.code, end=parent.valid_to.isoformat())


def _check_root(units: Iterable[ListedUnit], rows: Mapping[str, Row], levels: Levels) -> None:
    """All units lie in one: a second of the highest level has to wait for the end of the first."""
    roots = [unit for unit in units if unit.level is levels.top.code]
    for place, unit in enumerate(roots):
        other = next((other for other in roots[:place] if _meet(unit, other)), None)
        if other is not None and unit.code in rows:
            rows[unit.code].wrong("two_roots", value=unit.code, other=other.code)
