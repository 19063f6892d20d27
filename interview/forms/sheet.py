"""An XLSForm's tables as an XForm, with what an XForm does not keep: the row of each question.

pyxform (https://github.com/XLSForm/pyxform) reads and converts; it is imported here only, because that takes long.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from .layout import Steps
from .problems import FormError, Problem

_REFUSED_COLUMNS = frozenset(
    {
        "image", "big-image", "audio", "video", "media", "autoplay",  # a label's pictures and sounds
        "read_only", "readonly", "trigger", "save_to", "repeat_count",
        "body", "bind", "instance", "intent", "jr",  # raw XForm attributes
    }
)  # fmt: skip
_REFUSED_SHEETS = frozenset({"external_choices", "entities", "osm"})
_ROW = re.compile(r"^\[row : (\d+)\] *")
_TITLE = re.compile(r"form_title::\s*(.+)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The XForm and, by the steps of a node, the survey sheet's row; `titles` by language as the sheet names it."""

    xform: etree._Element
    rows: Mapping[Steps, int]
    titles: Mapping[str, str]


def read_sheet(source: str, form_id: str) -> Sheet:
    """The XForm of an XLSForm written as Markdown tables; raises `FormError`."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2json_backends import md_to_dict
    from pyxform.xls2xform import convert

    book: dict[str, Any] = {}
    try:
        book |= md_to_dict(source)
        _check(book)
        titles = _take_titles(book)
        for setting in book.setdefault("settings", [{}]) or book["settings"]:
            setting["form_id"] = form_id
            setting["name"] = "data"
        book["settings_header"] = [dict.fromkeys([*book.get("settings_header", [{}])[0], "form_id", "name"])]
        result = convert({"fallback_form_name": "data", **book}, validate=False)
    except PyXFormError as error:
        raise FormError([_pyxform_problem(str(error), book.get("survey", []))]) from None
    return Sheet(etree.fromstring(result.xform.encode()), _rows(book["survey"]), titles)


def _pyxform_problem(message: str, survey: list[dict[str, str]]) -> Problem:
    """pyxform names the row, or else what it does not understand: the row is where that stands."""
    named = _ROW.match(message)
    quoted = set(re.findall(r"'([^']+)'", message))
    found = [number for number, row in _numbered(survey) if quoted & set(row.values())]
    row = int(named[1]) if named else found[0] if len(found) == 1 else None
    return Problem("xlsform", {"message": _ROW.sub("", message)}, row=row)


def _check(book: Mapping[str, Any]) -> None:
    problems = [
        Problem("sheet_unsupported", {"sheet": sheet}, sheet=sheet) for sheet in sorted(_REFUSED_SHEETS & book.keys())
    ]
    if not book.get("survey"):
        raise FormError([*problems, Problem("no_survey")])
    for column in book["survey_header"][0]:
        base = column.split(":", 1)[0].strip().lower()
        if base in _REFUSED_COLUMNS:
            row = next((number for number, row in _numbered(book["survey"]) if row.get(column)), None)
            if row is not None:
                problems.append(Problem("column_unsupported", {"column": column}, row=row))
    if problems:
        raise FormError(problems)


def _take_titles(book: dict[str, Any]) -> dict[str, str]:
    """pyxform knows one title; ours may have one for each language (`form_title::English (en)`)."""
    titles: dict[str, str] = {}
    for setting in book.get("settings", ()):
        for column in [column for column in setting if _TITLE.match(column)]:
            titles[_TITLE.sub(r"\1", column)] = setting.pop(column)
    for header in book.get("settings_header", ()):
        for column in [column for column in header if _TITLE.match(column)]:
            del header[column]
    return titles


def _numbered(rows: list[dict[str, str]]) -> list[tuple[int, dict[str, str]]]:
    return list(enumerate(rows, start=2))


def _rows(survey: list[dict[str, str]]) -> dict[Steps, int]:
    rows: dict[Steps, int] = {}
    inside: list[str] = ["data"]
    for number, row in _numbered(survey):
        kind = " ".join(str(row.get("type", "")).replace("_", " ").lower().split())
        name = str(row.get("name", ""))
        if kind.startswith("end ") and kind.split()[1] in {"group", "repeat"}:
            inside.pop()
        elif name:
            rows[*inside, name] = number
            if kind.startswith("begin "):
                inside.append(name)
    return rows
