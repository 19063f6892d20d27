"""An XLSForm's tables as an XForm, with what an XForm does not keep: rows, translated titles, short names.

pyxform (https://github.com/XLSForm/pyxform) reads and converts; it is imported here only, because that takes long.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from interview.forms.layout import Steps
from interview.forms.problems import FormError, FormProblem
from interview.forms.xform import language_code

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
_QUOTED = re.compile(r"'([^']+)'")
_SHORT = re.compile(r"short(?:::\s*(.+))?")
_ALIASES = re.compile(r"aliases(?:::\s*(.+))?")


@dataclass(frozen=True, slots=True)
class Beside:
    """What a sheet says beside its XForm. Texts are by language code, `""` where a column names no language."""

    rows: Mapping[Steps, int] = field(default_factory=dict)
    """By node its row on the survey sheet."""
    titles: Mapping[str, str] = field(default_factory=dict)
    shorts: Mapping[Steps, Mapping[str, str]] = field(default_factory=dict)
    """What a question is called beside its answer."""
    aliases: Mapping[Steps, tuple[str, ...]] = field(default_factory=dict)
    """What else people may call a question, in a label ("Thời gian:") or in a correction."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """An XLSForm converted: its XForm document, and what the sheet says beside."""

    xform: str
    beside: Beside


def read_sheet(source: str, form_id: str) -> Sheet:
    """An XLSForm written as Markdown tables, converted; raises `FormError`."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2json_backends import md_to_dict
    from pyxform.xls2xform import convert

    book: dict[str, Any] = {}
    try:
        book |= md_to_dict(source)
        _check(book)
        titles, shorts, aliases = _take_titles(book), _take_shorts(book), _take_aliases(book)
        for setting in book.setdefault("settings", [{}]) or book["settings"]:
            setting["form_id"] = form_id
            setting["name"] = "data"
        book["settings_header"] = [dict.fromkeys([*book.get("settings_header", [{}])[0], "form_id", "name"])]
        result = convert({"fallback_form_name": "data", **book}, validate=False)
    except PyXFormError as error:
        raise FormError([_pyxform_problem(str(error), book.get("survey", []))]) from None
    rows = {steps: number for steps, number, _ in _named(book["survey"])}
    return Sheet(result.xform, Beside(rows, titles, shorts, aliases))


def _pyxform_problem(message: str, survey: list[dict[str, str]]) -> FormProblem:
    """What pyxform complains about, at the row that it names, or else at the only row with the words that it quotes."""
    named = _ROW.match(message)
    quoted = set(_QUOTED.findall(message))
    quoting = [number for number, row in _numbered(survey) if quoted & set(row.values())]
    row = int(named[1]) if named else quoting[0] if len(quoting) == 1 else None
    return FormProblem("xlsform", {"message": _ROW.sub("", message)}, row=row)


def _check(book: Mapping[str, Any]) -> None:
    problems = [
        FormProblem("sheet_unsupported", {"sheet": sheet}, sheet=sheet)
        for sheet in sorted(_REFUSED_SHEETS & book.keys())
    ]
    if not book.get("survey"):
        raise FormError([*problems, FormProblem("no_survey")])
    for column in book["survey_header"][0]:
        base = column.split(":", 1)[0].strip().lower()
        if base in _REFUSED_COLUMNS:
            row = next((number for number, row in _numbered(book["survey"]) if row.get(column)), None)
            if row is not None:
                problems.append(FormProblem("column_unsupported", {"column": column}, row=row))
    if problems:
        raise FormError(problems)


def _take_titles(book: dict[str, Any]) -> dict[str, str]:
    """pyxform knows one title; ours may have one for each language (`form_title::English (en)`)."""
    _forget(book, "settings_header", _TITLE)
    return {language: title for row in book.get("settings", ()) for language, title in _take(row, _TITLE).items()}


def _take_shorts(book: dict[str, Any]) -> dict[Steps, dict[str, str]]:
    """A column of our own: what a question is called where its answer is shown (`short::English (en)`)."""
    _forget(book, "survey_header", _SHORT)
    taken = ((steps, _take(row, _SHORT)) for steps, _, row in _named(book["survey"]))
    return {steps: said for steps, said in taken if said}


def _take_aliases(book: dict[str, Any]) -> dict[Steps, tuple[str, ...]]:
    """Another column of our own: what else people may call a question, parted by "|" as of choices."""
    _forget(book, "survey_header", _ALIASES)
    taken = ((steps, _take(row, _ALIASES)) for steps, _, row in _named(book["survey"]))
    return {
        steps: tuple(alias.strip() for cell in said.values() for alias in cell.split("|") if alias.strip())
        for steps, said in taken
        if said
    }


def _take(row: dict[str, str], columns: re.Pattern[str]) -> dict[str, str]:
    """The cells of these columns by language, taken out of the row: pyxform would not know them."""
    matches = {column: match for column in row if (match := columns.fullmatch(column))}
    return {language_code(match[1] or ""): row.pop(column) for column, match in matches.items()}


def _forget(book: Mapping[str, Any], header: str, columns: re.Pattern[str]) -> None:
    for row in book.get(header, ()):
        for column in [column for column in row if columns.fullmatch(column)]:
            del row[column]


def _numbered(rows: list[dict[str, str]]) -> list[tuple[int, dict[str, str]]]:
    return list(enumerate(rows, start=2))


def _named(survey: list[dict[str, str]]) -> Iterator[tuple[Steps, int, dict[str, str]]]:
    """The rows that name a node: its steps, the row's number, and the row."""
    inside: list[str] = ["data"]
    for number, row in _numbered(survey):
        kind = " ".join(str(row.get("type", "")).replace("_", " ").lower().split())
        name = str(row.get("name", ""))
        if kind.startswith("end ") and kind.split()[1] in {"group", "repeat"}:
            inside.pop()
        elif name:
            yield (*inside, name), number, row
            if kind.startswith("begin "):
                inside.append(name)
