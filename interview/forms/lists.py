"""Choice lists: from the form itself or from CSV files."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from interview.forms.form import ListedChoice
from interview.forms.problems import FormProblem
from interview.forms.xform import XForm, language_code

_CSV_SOURCE = re.compile(r"jr://(?:file-csv|file)/(.+\.csv)")
_TAG = re.compile(r"[^\W\d][\w.-]*")
_ITEXT = re.compile(r"jr:itext\((.+)\)")


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a list: its cells, and its element for filters."""

    cells: Mapping[str, str]
    element: etree._Element


class Lists:
    """All secondary instances of a form."""

    def __init__(self, xform: XForm, csvs: Mapping[str, str]) -> None:
        self._xform = xform
        self.problems: list[FormProblem] = []
        self.absent: dict[str, tuple[str, dict[str, str]]] = {}
        """By name of a missing list its problem's code and parameters, noted at the question that wants it."""
        self.roots: dict[str, etree._Element] = {}
        self._items: dict[str, tuple[Item, ...]] = {}
        for name, instance in xform.instances.items():
            self._add(name, instance, csvs)

    def __contains__(self, name: str) -> bool:
        return name in self._items

    def items(self, name: str) -> tuple[Item, ...]:
        return self._items[name]

    def choices(self, name: str, value: str, label: str) -> tuple[ListedChoice, ...]:
        """The rows as choices; `value` and `label` are the columns that the question names."""
        return tuple(
            ListedChoice(
                item.cells.get(value, ""),
                self._labels(item, label),
                tuple(alias for alias in map(str.strip, item.cells.get("aliases", "").split("|")) if alias),
            )
            for item in self.items(name)
        )

    def _labels(self, item: Item, label: str) -> dict[str, str]:
        translated = _ITEXT.fullmatch(label.strip())
        if translated:
            key = item.cells.get(translated[1].strip(), "")
            return {
                language: text
                for language, texts in self._xform.itext.items()
                if key in texts and (text := fixed_text(texts[key]))
            }
        named = {
            language_code(column.split("::", 1)[1]): cell
            for column, cell in item.cells.items()
            if column.startswith(f"{label}::") and cell
        }
        default = item.cells.get(label, "")
        return {self._xform.languages[0]: default, **named} if default else named

    def _add(self, name: str, instance: etree._Element, csvs: Mapping[str, str]) -> None:
        source = instance.get("src")
        if source is None:
            rows = list(instance.iterfind("root/item"))
            self._items[name] = tuple(
                Item({str(cell.tag): "".join(map(str, cell.itertext())) for cell in row}, row) for row in rows
            )
            self.roots[name] = instance
            return
        file = _CSV_SOURCE.fullmatch(source)
        if file is None:
            self.absent[name] = ("choices_dynamic", {"source": source})
        elif file[1] not in csvs:
            self.absent[name] = ("csv_missing", {"file": file[1]})
        else:
            self._add_csv(name, file[1], csvs[file[1]])

    def _add_csv(self, name: str, file: str, text: str) -> None:
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
        if not rows:
            self.problems.append(FormProblem("csv_empty", {"file": file}, sheet=file))
        for column in ("name", "label"):
            if rows and not any(key == column or key.startswith(f"{column}::") for key in rows[0]):
                self.problems.append(FormProblem("csv_column", {"file": file, "column": column}, sheet=file, row=1))
        root = etree.Element("root")
        self._items[name] = tuple(_csv_item(root, row) for row in rows)
        instance = etree.Element("instance")
        instance.append(root)
        self.roots[name] = instance


def _csv_item(root: etree._Element, row: Mapping[str | None, str | None]) -> Item:
    cells = {column.strip(): (cell or "").strip() for column, cell in row.items() if column and isinstance(cell, str)}
    element = etree.SubElement(root, "item")
    for column, cell in cells.items():
        if _TAG.fullmatch(column):
            etree.SubElement(element, column).text = cell
    return Item(cells, element)


def text_values(text: etree._Element) -> Iterable[etree._Element]:
    """The wordings of an itext entry; media are its values with a form."""
    return (value for value in text.iter("value") if value.get("form") in {None, "short", "long"})


def fixed_text(text: etree._Element) -> str:
    """The words of a text; "-" stands where a translation is missing."""
    value = next(iter(text_values(text)), None)
    words = "" if value is None else "".join(map(str, value.itertext())).strip()
    return "" if words == "-" else words
