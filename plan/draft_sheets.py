"""Reads a draft plan as units keep it in a workbook: an activity in each row, perhaps with lines of its budget below.

All sheets with such columns are read, one a quarter or a ward; one that is called like a unit says where its activities
take place. A sheet with the budget alone names in each line the activity that it is for.

The columns are found by their heads, in any order. What a row says goes into the answers of the form; a cell that
cannot be understood is a problem with its row, and left out: whoever hands the draft in is asked for it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from interview import Form, fold
from interview.forms.form import Choices
from plan.draft_heads import CONTENT, HEADS, WORDS
from plan.problems import Problem, Problems
from plan.tables import Row, read_lists
from plan.unit_names import UnitNames, unit_names
from storage.directory.units import UnitsOfDay

_OF_ACTIVITIES = frozenset({"activity", "group", "form", "sessions", "women", "men", "time"})
"""Columns that a sheet with the budget alone has none of."""
MOST_ROWS, MOST_COSTS = 50, 50
"""As many activities and further lines of the budget as the form takes."""
_MOST = MappingProxyType({"sessions": 100_000, "women": 100_000, "men": 100_000, "quantity": 1_000_000})
_MOST_MONEY = 10_000_000_000
_NUMBER = re.compile(r"(\d{1,3}(?:[., ]\d{3}){1,4}|\d{1,15})\s*(?:đ|đồng|vnđ|vnd)?", re.IGNORECASE)
_ISO = re.compile(r"\d{4}-(?P<month>\d{2})-(?P<day>\d{2})")
_DAY = re.compile(r"(?:ngày )?(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?:[/.-]\d{4})?")
_MONTH = re.compile(r"(?:tháng |t)?(?P<month>\d{1,2})(?:[/.-]\d{4})?")
_COST = frozenset({"item", "measure", "quantity", "rate", "source", "basis"})
_TOTALS = ("tong", "cong", "bang chu", "total", "in words")


@dataclass(frozen=True, slots=True)
class DraftSheet:
    """What a workbook says, as answers of the form, and what could not be understood."""

    planned: tuple[Mapping[str, Any], ...]
    more_costs: tuple[Mapping[str, Any], ...]
    sheets: tuple[tuple[str, int], ...] = ()
    """Of each sheet that was read its name and how many activities it has, in the order of `planned`."""
    others: tuple[str, ...] = ()
    """The sheets that hold something else."""
    ignored: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def look_through(path: Path, file: str, form: Form, units: UnitsOfDay) -> DraftSheet:
    """The activities and the budget in a file; `file` is what people know it by."""
    problems = Problems()
    lists = read_lists(path, file, (CONTENT,), problems, WORDS)
    reader, counts = _Reader(form, unit_names(units)), []
    by_kind = sorted(lists.by_sheet.items(), key=lambda sheet: _is_budget(sheet[1]))
    for sheet, rows in by_kind:
        before = len(reader.planned)
        for row in rows:
            reader.take_cost(row) if _is_budget(rows) else reader.take(row, sheet)
        counts.append((sheet, len(reader.planned) - before))
    columns = (name for rows in lists.by_sheet.values() for name in (rows[0].cells if rows else ()))
    ignored = tuple(dict.fromkeys(name for name in columns if name and name not in HEADS))
    if any(lists.by_sheet.values()) and not reader.planned:
        problems.add(file, 0, "no_rows")
    return DraftSheet(
        planned=tuple(reader.planned),
        more_costs=tuple(reader.more_costs),
        sheets=tuple(counts),
        others=lists.others,
        ignored=ignored,
        problems=tuple(problems.noted),
    )


def _is_budget(rows: Sequence[Row]) -> bool:
    """Whether a sheet lists what is paid for, and nothing else of the activities."""
    columns = rows[0].cells.keys() if rows else set[str]()
    return "item" in columns and columns.isdisjoint(_OF_ACTIVITIES)


class _Reader:
    """Takes the rows in their order: a line of the budget belongs to the activity above it."""

    def __init__(self, form: Form, names: UnitNames) -> None:
        self._names = names
        self._choices = {name: _choices_of(form, name) for name in ("activity", "group", "form", "source")}
        self._known = {name: _known_of(form, name) for name in self._choices}
        self.planned: list[dict[str, Any]] = []
        self.more_costs: list[dict[str, Any]] = []
        self._lump_sums: set[int] = set()
        """The places of activities with nothing but a sum beside them."""
        self._budgeted = 0
        """The number of the activity that the last line of a budget was for."""

    def take(self, row: Row, sheet: str) -> None:
        """An activity, or one more line of the budget of the activity above."""
        content = row.cells.get(CONTENT, "")
        if _is_total(row):
            return
        is_more = not content and bool(self.planned) and bool(row.cells.get("item"))
        if content and len(self.planned) < MOST_ROWS:
            entry = self._entry(row, content)
            if not entry.keys() & {"place_unit", "site"} and (around := self._unit(sheet)):
                entry["place_unit"] = around
            if self._is_lump_sum(row):
                self._lump_sums.add(len(self.planned))
            self.planned.append({**entry, **self._first_cost(row, content)})
        elif is_more and len(self.more_costs) < MOST_COSTS:
            self._add_cost(row, len(self.planned))
        elif content or is_more:
            row.wrong("too_many_rows", limit=MOST_ROWS)
        elif any(value for name, value in row.cells.items() if name != "number"):
            row.wrong("empty", column=CONTENT)

    def take_cost(self, row: Row) -> None:
        """A line of a sheet with the budget alone, for the activity that it names, or that a line above it names.

        Such lines take the place of the one sum that stands beside their activity.
        """
        if _is_total(row):
            return
        if content := row.cells.get(CONTENT, ""):
            names = [fold(entry["content"]) for entry in self.planned]
            self._budgeted = names.index(fold(content)) + 1 if fold(content) in names else 0
            if not self._budgeted:
                row.wrong("unknown_content", value=content)
        if not self._budgeted or not row.cells.get("item"):
            return
        entry = self.planned[self._budgeted - 1]
        if self._budgeted - 1 in self._lump_sums or entry.get("has_cost") == "no":
            self._lump_sums.discard(self._budgeted - 1)
            kept = {name: value for name, value in entry.items() if name not in _COST}
            self.planned[self._budgeted - 1] = {**kept, "has_cost": "yes", **self._cost(row)}
        elif len(self.more_costs) < MOST_COSTS:
            self._add_cost(row, self._budgeted)
        else:
            row.wrong("too_many_rows", limit=MOST_COSTS)

    def _add_cost(self, row: Row, activity: int) -> None:
        cost = {f"cost_{name}": value for name, value in self._cost(row).items()}
        self.more_costs.append({"cost_row": activity, **cost})

    def _entry(self, row: Row, content: str) -> dict[str, Any]:
        said: dict[str, Any] = {"content": content, **self._when(row)}
        said |= {name: self._choice(row, name) for name in ("activity", "group", "form")}
        said |= {name: _number(row, name, _MOST[name]) for name in ("sessions", "women", "men")}
        place = self._unit(row.cells.get("place", ""))
        said["place_unit"] = place
        said["site"] = None if place else row.cells.get("place")
        said["lead"] = self._body(row, row.cells.get("lead", ""))
        partners = [self._body(row, part.strip()) for part in re.split(r"[,;]", row.cells.get("partners", ""))]
        said["partners"] = [code for code in partners if code]
        said["remark"] = row.cells.get("remark")
        return {name: value for name, value in said.items() if value not in (None, "", [])}

    def _first_cost(self, row: Row, content: str) -> dict[str, Any]:
        """A row with nothing but a sum is one line of the budget, for the activity as a whole."""
        if row.cells.get("item") or row.cells.get("rate"):
            return {"has_cost": "yes", **self._cost(row)}
        if not self._is_lump_sum(row):
            return {"has_cost": "no"}
        money = _number(row, "money", _MOST_MONEY)
        cost = {"item": content, "measure": "hoạt động", "quantity": 1, "rate": money}
        return {"has_cost": "yes", **_known(cost), **_known({"source": self._choice(row, "source")})}

    @staticmethod
    def _is_lump_sum(row: Row) -> bool:
        cells = row.cells
        return cells.get("money", "0") not in ("", "0") and not (cells.get("item") or cells.get("rate"))

    def _cost(self, row: Row) -> dict[str, Any]:
        cells = row.cells
        cost = {name: cells.get(name) for name in ("item", "measure", "basis")}
        numbers = {"quantity": _number(row, "quantity", _MOST["quantity"]), "rate": _number(row, "rate", _MOST_MONEY)}
        return _known({**cost, **numbers, "source": self._choice(row, "source")})

    def _choice(self, row: Row, column: str) -> str | None:
        said = row.cells.get(column, "")
        code = self._choices[column].get(fold(said))
        if said and code is None:
            row.wrong("unknown_word", value=said, column=HEADS[column][0], known=", ".join(self._known[column]))
        return code

    def _when(self, row: Row) -> dict[str, Any]:
        said = row.cells.get("time", "").strip()
        found = next(filter(None, (how.fullmatch(said.lower()) for how in (_ISO, _DAY, _MONTH))), None)
        if found is None or not 1 <= int(found["month"]) <= 12:
            if said:
                row.wrong("bad_number", value=said, column=HEADS["time"][1], low=1, high=12)
            return {}
        return {name: int(value) for name, value in found.groupdict().items()}

    def _unit(self, said: str) -> str | None:
        found = self._names.called(said) if said else []
        return found[0].code if len(found) == 1 else None

    def _body(self, row: Row, said: str) -> str | None:
        code = self._unit(said)
        if said and code is None:
            row.wrong("unknown_unit", value=said)
        return code


def _is_total(row: Row) -> bool:
    return any(fold(cell).startswith(_TOTALS) for cell in (row.cells.get(CONTENT, ""), row.cells.get("number", "")))


def _choices_of(form: Form, name: str) -> Mapping[str, str]:
    """The choices of a question by what people call them: code, label or another word."""
    return {
        fold(word): item.name
        for item in _list_of(form, name).items
        for word in (*item.aliases, *item.labels.values(), item.name)
    }


def _known_of(form: Form, name: str) -> list[str]:
    """The same as they are said back: activities by their codes, all else by its label in the form's language."""
    choices = _list_of(form, name)
    return [item.name if name == "activity" else choices.label(item.name, "vi") for item in choices.items]


def _list_of(form: Form, name: str) -> Choices:
    question = next(question for question in form.questions if question.name == name)
    assert question.choices is not None  # noqa: S101 (each of these offers a list)
    return question.choices


def _number(row: Row, column: str, most: int) -> int | None:
    said = row.cells.get(column, "").strip()
    found = _NUMBER.fullmatch(said)
    number = int(re.sub(r"\D", "", found[1])) if found else -1
    if said and not 0 <= number <= most:
        row.wrong("bad_number", value=said, column=HEADS[column][0], low=0, high=most)
    return number if 0 <= number <= most else None


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}
