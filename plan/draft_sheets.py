"""Reads a draft plan as units keep it in a workbook: an activity in each row, perhaps with lines of its budget below.

The columns are found by their heads, in any order. What a row says goes into the answers of the form; a cell that
cannot be understood is a problem with its row, and left out: whoever hands the draft in is asked for it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from interview import Form, fold
from plan.problems import Problem, Problems
from plan.tables import Row, read_rows
from plan.unit_names import UnitNames, unit_names
from storage.directory.units import UnitsOfDay

CONTENT = "Nội dung"
"""The one column that a list must have."""
HEADS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        CONTENT: ("Nội dung hoạt động", "Hoạt động", "Content"),
        "activity": ("Mã hoạt động", "Mã HĐ", "Activity code"),
        "group": ("Đối tượng", "Nhóm đối tượng", "Group"),
        "form": ("Hình thức", "Hình thức hoạt động", "Form of work"),
        "sessions": ("Số buổi", "Số sản phẩm", "Số buổi/số sản phẩm", "Số buổi / số sản phẩm", "Sessions or products"),
        "women": ("Lượt nữ", "Nữ", "Dự kiến lượt nữ", "Dự kiến nữ", "Women"),
        "men": ("Lượt nam", "Nam", "Dự kiến lượt nam", "Dự kiến nam", "Men"),
        "time": ("Thời gian", "Tháng", "Thời gian dự kiến", "Thời gian thực hiện", "Time"),
        "place": ("Địa điểm", "Địa bàn", "Place"),
        "lead": ("Chủ trì", "Đơn vị chủ trì", "Leads"),
        "partners": ("Phối hợp", "Đơn vị phối hợp", "Takes part"),
        "item": ("Nội dung chi", "Paid for"),
        "measure": ("ĐVT", "Đơn vị tính", "Counted in"),
        "quantity": ("Số lượng", "Quantity"),
        "rate": ("Mức chi", "Đơn giá", "Rate"),
        "money": ("Kinh phí", "Kinh phí dự kiến", "Dự toán", "Thành tiền", "Budget"),
        "basis": ("Căn cứ mức chi", "Căn cứ", "Norm"),
        "source": ("Nguồn", "Nguồn kinh phí", "Source"),
        "remark": ("Ghi chú", "Remark"),
        "number": ("STT", "TT", "No."),
    }
)
"""By column what people call it, first as it is said back to them."""
_WORDS: Mapping[str, str] = MappingProxyType({head: column for column, heads in HEADS.items() for head in heads})
MOST_ROWS, MOST_COSTS = 50, 50
"""As many activities and further lines of the budget as the form takes."""
_MOST = MappingProxyType({"sessions": 100_000, "women": 100_000, "men": 100_000, "quantity": 1_000_000})
_MOST_MONEY = 10_000_000_000
_NUMBER = re.compile(r"(\d{1,3}(?:[., ]\d{3})+|\d+)\s*(?:đ|đồng|vnđ|vnd)?", re.IGNORECASE)
_ISO = re.compile(r"\d{4}-(?P<month>\d{2})-(?P<day>\d{2})")
_DAY = re.compile(r"(?:ngày )?(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?:[/.-]\d{4})?")
_MONTH = re.compile(r"(?:tháng |t)?(?P<month>\d{1,2})(?:[/.-]\d{4})?")
_TOTALS = ("tong", "cong", "bang chu", "total", "in words")


@dataclass(frozen=True, slots=True)
class DraftSheet:
    """What a workbook says, as answers of the form, and what could not be understood."""

    planned: tuple[Mapping[str, Any], ...]
    more_costs: tuple[Mapping[str, Any], ...]
    ignored: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def look_through(path: Path, file: str, form: Form, units: UnitsOfDay) -> DraftSheet:
    """The activities and the budget in a file; `file` is what people know it by."""
    problems = Problems()
    rows = read_rows(path, file, (CONTENT,), problems, _WORDS)
    reader = _Reader(form, unit_names(units))
    for row in rows:
        reader.take(row)
    ignored = tuple(name for name in (rows[0].cells if rows else ()) if name and name not in HEADS)
    if rows and not reader.planned:
        problems.add(file, 0, "no_rows")
    return DraftSheet(tuple(reader.planned), tuple(reader.more_costs), ignored, tuple(problems.noted))


class _Reader:
    """Takes the rows in their order: a line of the budget belongs to the activity above it."""

    def __init__(self, form: Form, names: UnitNames) -> None:
        self._names = names
        self._choices = {name: _choices_of(form, name) for name in ("activity", "group", "form", "source")}
        self.planned: list[dict[str, Any]] = []
        self.more_costs: list[dict[str, Any]] = []

    def take(self, row: Row) -> None:
        content = row.cells.get(CONTENT, "")
        if any(fold(cell).startswith(_TOTALS) for cell in (content, row.cells.get("number", ""))):
            return
        is_more = not content and bool(self.planned) and bool(row.cells.get("item"))
        if content and len(self.planned) < MOST_ROWS:
            self.planned.append({**self._entry(row, content), **self._first_cost(row, content)})
        elif is_more and len(self.more_costs) < MOST_COSTS:
            cost = {f"cost_{name}": value for name, value in self._cost(row).items()}
            self.more_costs.append({"cost_row": len(self.planned), **cost})
        elif content or is_more:
            row.wrong("too_many_rows", limit=MOST_ROWS)
        elif any(value for name, value in row.cells.items() if name != "number"):
            row.wrong("empty", column=CONTENT)

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
        cells = row.cells
        if cells.get("item") or cells.get("rate"):
            return {"has_cost": "yes", **self._cost(row)}
        if not cells.get("money") or cells["money"] == "0":
            return {"has_cost": "no"}
        money = _number(row, "money", _MOST_MONEY)
        cost = {"item": content, "measure": "hoạt động", "quantity": 1, "rate": money}
        return {"has_cost": "yes", **_known(cost), **_known({"source": self._choice(row, "source")})}

    def _cost(self, row: Row) -> dict[str, Any]:
        cells = row.cells
        cost = {name: cells.get(name) for name in ("item", "measure", "basis")}
        numbers = {"quantity": _number(row, "quantity", _MOST["quantity"]), "rate": _number(row, "rate", _MOST_MONEY)}
        return _known({**cost, **numbers, "source": self._choice(row, "source")})

    def _choice(self, row: Row, column: str) -> str | None:
        said = row.cells.get(column, "")
        code = self._choices[column].get(fold(said))
        if said and code is None:
            known = list(dict.fromkeys(self._choices[column].values()))
            row.wrong("unknown_word", value=said, column=HEADS[column][0], known=", ".join(known))
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


def _choices_of(form: Form, name: str) -> Mapping[str, str]:
    """The choices of a question by what people call them: code, label or another word."""
    question = next(question for question in form.questions if question.name == name)
    assert question.choices is not None  # noqa: S101 (each of these offers a list)
    return {
        fold(word): item.name
        for item in question.choices.items
        for word in (*item.aliases, *item.labels.values(), item.name)
    }


def _number(row: Row, column: str, most: int) -> int | None:
    said = row.cells.get(column, "").strip()
    found = _NUMBER.fullmatch(said)
    number = int(re.sub(r"\D", "", found[1])) if found else -1
    if said and not 0 <= number <= most:
        row.wrong("bad_number", value=said, column=HEADS[column][0], low=0, high=most)
    return number if 0 <= number <= most else None


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}
