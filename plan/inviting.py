"""Reads a list of the people to invite, as a ward's office keeps it: a name and a unit in each row, perhaps a role.

The unit is a code or a name in one cell, or ward and neighbourhood are side by side; a list of one ward need not name
it. Below a merged cell, or a line that names a ward alone, that ward counts. Nothing but name, role and unit is taken
from a row, and lines that name nobody (numbers of columns, totals) are passed over.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from interview import fold
from messages import MAX_NAME
from plan.levels import Levels
from plan.problems import Problem, Problems
from plan.tables import REMARK, Row, read_rows
from plan.unit_names import unit_names
from rules.levels import Level
from rules.roles import Role
from storage.directory.units import Unit, UnitsOfDay

NAME, ROLE, UNIT, WARD, NEIGHBOURHOOD = "name", "role", "unit", "ward", "neighbourhood"
FAMILY = "family"
"""Family and middle names, where the given name has a column of its own."""
WORDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("họ và tên", "họ tên", "họ & tên", "tên", "full name", "người phụ trách", NAME), NAME),
        **{f"{name} {of}": NAME for name in ("họ và tên", "họ tên", "tên") for of in ("cán bộ", "cb", "cbtt")},
        **{f"họ {middle}".strip(): FAMILY for middle in ("", "đệm", "lót", "và đệm", "và lót", "và chữ lót")},
        **dict.fromkeys(("họ và tên đệm", "họ và tên lót", "họ tên đệm", "họ và chữ đệm"), FAMILY),
        **dict.fromkeys(("vai trò", "chức vụ", "chức danh", "nhiệm vụ", ROLE), ROLE),
        **dict.fromkeys(("đơn vị", "tên đơn vị", "mã đơn vị", "đơn vị công tác", "nơi công tác", "mã", UNIT), UNIT),
        **{f"khu phố{sign}phường": UNIT for sign in (", ", "/", " / ", " - ", " ")},
        **dict.fromkeys(("phường", "tên phường", "thuộc phường", "ubnd phường", "p.", WARD), WARD),
        **{f"xã{sign}phường": WARD for sign in (", ", "/", " ")},
        **{f"phường{sign}xã": WARD for sign in (", ", "/", " ")},
        **dict.fromkeys(("khu phố", "tên khu phố", "khu phố số", "kp", "kp số"), NEIGHBOURHOOD),
        **dict.fromkeys(("địa bàn", "địa bàn phụ trách", NEIGHBOURHOOD), NEIGHBOURHOOD),
    }
)
"""What people call the columns."""
ROLES: Mapping[str, Role] = MappingProxyType(
    {
        **dict.fromkeys(("propagandist", "can bo tuyen truyen", "tuyen truyen vien", "cbtt"), Role.PROPAGANDIST),
        **dict.fromkeys(("ward_chair", "chu tich phuong", "chu tich ubnd phuong"), Role.WARD_CHAIR),
        **dict.fromkeys(("agency", "dau moi co quan", "co quan"), Role.AGENCY),
        **dict.fromkeys(("secretariat", "thuong truc ban", "thu ky ban"), Role.SECRETARIAT),
    }
)
"""The roles by what lists call them. Any other title is no role: its holder gets that of their unit."""
# What stands before the name of a ward in a line of its own, or beside it.
NUMERAL = re.compile(r"(?:[0-9]+|[IVX]+)[.)]?")
ITEM = re.compile(r"\A(?:[0-9]{1,3}|[IVX]{1,5})[.)] *")
GENDERS = frozenset(("nam", "nu", "x"))
OFFICE = re.compile(r"(?:ubnd|[uủ][yỷ] ban nhân dân) +(?=p\b|phường|xã)", re.IGNORECASE)
"""A ward's office, which lists name in place of the ward."""
COURTESY = re.compile(r"(?:ông|bà|anh|chị|mr|mrs|ms)\.? +(?=\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody whom a row names; `name` is empty where the list has a unit but nobody yet."""

    row: int
    name: str
    role: Role
    unit: Unit


@dataclass(frozen=True, slots=True)
class InviteList:
    """The people of a file, the columns of which nothing is kept, and what could not be understood."""

    file: str
    people: tuple[Invitee, ...]
    ignored: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def look_through(path: Path, file: str, units: UnitsOfDay, levels: Levels, inside: str = "") -> InviteList:
    """The people in a file, as far as its rows can be understood, and what cannot.

    All are in the unit `inside` (a code) if it is given. `file` is what people know the file by.
    """
    problems = Problems()
    rows = read_rows(path, file, (NAME,), problems, WORDS)
    if problems.noted:
        return InviteList(file, (), (), tuple(problems.noted))
    places = {UNIT, WARD, NEIGHBOURHOOD}.intersection(rows[0].cells)
    if not places:
        rows[0].wrong("no_column", column=UNIT, columns=f"{NAME}, {UNIT}")
    people = tuple(_people(_whole_names(rows), _Places(units, levels, inside))) if places else ()
    return InviteList(file, people, tuple(_ignored(rows[0])), tuple(problems.noted))


def _whole_names(rows: list[Row]) -> list[Row]:
    """The rows with family and given name in one cell: the two may have a column each, below a name of one or two."""
    columns = list(rows[0].cells)
    beside = columns[columns.index(NAME) + 1 :][:1]
    if FAMILY in columns:
        first, last = FAMILY, NAME
    elif beside == [""] and _are_given([row.cells[""] for row in rows if row.cells[NAME]]):
        first, last = NAME, ""
    else:
        return rows
    return [replace(row, cells={**row.cells, NAME: f"{row.cells[first]} {row.cells[last]}".strip()}) for row in rows]


def _are_given(values: list[str]) -> bool:
    """Whether the cells beside all names go on with them: a word each, and not the gender."""
    return bool(values) and all(map(str.isalpha, values)) and not GENDERS.issuperset(map(fold, values))


def _ignored(row: Row) -> Iterator[str]:
    return (column for column in row.cells if column and column not in WORDS.values())


def _names_nobody(row: Row) -> bool:
    """Whether a row is no row of the list: the numbers of the columns, a total, an empty line with its number."""
    said = [value.strip("()") for value in row.cells.values() if value]
    is_numbering = row.cells[NAME] and said == [str(number) for number in range(1, len(said) + 1)]
    return bool(is_numbering) or not any(row.cells.get(column) for column in (NAME, UNIT, WARD, NEIGHBOURHOOD))


def _people(rows: list[Row], places: "_Places") -> Iterator[Invitee]:
    first: dict[tuple[str, int], int] = {}
    for row in rows:
        if places.is_heading(row) or _names_nobody(row):
            continue
        unit, name = places.unit_of(row), _name(row)
        if unit is None or name is None:
            continue
        role = _role(row, unit)
        before = first.setdefault((fold(name), unit.id), row.number)
        if name and before != row.number:
            row.wrong("invited_twice", value=name, unit=unit.code, first=before)
        elif role is not None:
            yield Invitee(row.number, name, role, unit)


def _name(row: Row) -> str | None:
    """A name as people write it, without a courtesy before it; empty where there is none yet."""
    name = COURTESY.sub("", row.cells[NAME], count=1) if COURTESY.match(row.cells[NAME]) else row.cells[NAME]
    if not name:
        return ""
    if len(name) > MAX_NAME or any(map(str.isdigit, name)) or not any(map(str.isalpha, name)):
        row.wrong("bad_name", value=name[:MAX_NAME], limit=MAX_NAME)
        return None
    return name


def _role(row: Row, unit: Unit) -> Role | None:
    """The one role that people of the unit have; a list that says another one is wrong about role or unit."""
    said = ROLES.get(fold(row.cells.get(ROLE, "")).replace(",", " "))
    if unit.role is None or said not in (None, unit.role):
        row.wrong("role_elsewhere", value=row.cells.get(ROLE, ""), unit=unit.code, role=str(unit.role or "–"))
        return None
    return unit.role


class _Places:
    """Finds the unit of each row, in the order of the rows: a ward counts until another one is named."""

    def __init__(self, units: UnitsOfDay, levels: Levels, inside: str) -> None:
        self._names, self._inside, self._ward = unit_names(units), inside, ""
        self._is_headed = False
        self._kinds = {WARD: levels.name(Level.WARD, "vi"), NEIGHBOURHOOD: levels.name(Level.NEIGHBOURHOOD, "vi")}

    def unit_of(self, row: Row) -> Unit | None:
        ward = self._said(row, WARD)
        if ward:
            found = self._one(row, ward, self._inside)
            self._ward = found.code if found else ""
            if found is None:
                return None
        there = self._said(row, UNIT) or self._said(row, NEIGHBOURHOOD)
        if there:
            return self._one(row, there, self._ward or self._inside)
        if not ward:
            row.wrong("empty", column=UNIT)
            return None
        return found

    def is_heading(self, row: Row) -> bool:
        """Whether a row names but the unit of those below it: “I. PHƯỜNG 10”. After a strange one, none counts."""
        if any(row.cells.get(column) for column in (UNIT, WARD, NEIGHBOURHOOD)):
            return False
        words = (value for value in (row.cells[NAME], *row.cells.values()) if value and not NUMERAL.fullmatch(value))
        title = ITEM.sub("", REMARK.sub("", next(words, ""))).strip()
        found = self._called(title, self._inside) if title else []
        if len(found) == 1:
            self._ward, self._is_headed = found[0].code, True
        elif self._is_headed and (any(map(str.isdigit, title)) or fold(title).startswith(fold(self._kinds[WARD]))):
            self._ward = ""
        return len(found) == 1

    def _said(self, row: Row, column: str) -> str:
        """What a cell calls a unit; a bare number is that of a ward or neighbourhood, by its column."""
        value = row.cells.get(column, "")
        return f"{self._kinds[column]} {value}" if value.isdecimal() and column in self._kinds else value

    def _called(self, name: str, inside: str) -> list[Unit]:
        return self._names.called(OFFICE.sub("", name, count=1), inside)

    def _one(self, row: Row, name: str, inside: str) -> Unit | None:
        found = self._called(name, inside)
        if len(found) > 1:
            row.wrong("several_units", value=name, count=len(found), example=found[0].code)
        elif not found:
            row.wrong("unknown_unit", value=name)
        return found[0] if len(found) == 1 else None
