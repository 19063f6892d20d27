"""The corpus is what it says: every row can be parsed, names what exists, and does not contradict itself."""

import csv
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.reading.corpus import FILES, Written, rows_of

PLAN = Path("plan")
MEANINGS = {"report", "nil", "none", "send", "correction", "other command"}
OF_VERSION_FOUR = {"unsorted", "last_date", "mode", "more_lines"}
NUMBERS = {"women", "men", "unsorted", "quantity", "inspected", "violations", "handled", "number"}
NUMBERS |= {"helped_women", "helped_men"}
DAYS = {"date", "last_date"}
AS_WRITTEN = {"place", "shown_where", "topic"}
OF_A_LINE = {"product", "quantity", "group", "women", "men"}
ASKED_AFTER = timedelta(days=45)

each_file = pytest.mark.parametrize("name", FILES)


def cells_of_form(table: str) -> list[list[str]]:
    """The rows of one table of the form, each as its cells after the table's name."""
    lines = (PLAN / "forms" / "activity_report.md").read_text(encoding="utf-8").splitlines()
    rows: list[list[str]] = []
    inside = False
    for line in lines:
        cells = [cell.strip() for cell in line.replace("\\|", "\0").strip().strip("|").split("|")]
        if line.startswith("|") and cells[0]:
            inside = cells[0] == table or (inside and set(cells[0]) == {"-"})
        elif line.startswith("| |") and inside:
            rows.append(cells[1:])
    return rows


def codes_of(name: str) -> set[str]:
    with (PLAN / name).open(encoding="utf-8", newline="") as file:
        return {row["code"] for row in csv.DictReader(file)}


QUESTIONS = {cells[1] for cells in cells_of_form("survey") if cells[1]} | OF_VERSION_FOUR
CODES = {
    "kind": codes_of("kinds.csv"),
    "activity": codes_of("activities.csv"),
    "group": codes_of("groups.csv"),
    "product": {cells[1] for cells in cells_of_form("choices") if cells[0] == "products"},
    "service_kind": {cells[1] for cells in cells_of_form("choices") if cells[0] == "services"},
    "mode": {"made", "given"},
}
UNITS = codes_of("units.csv")


def fits(question: str, value: Any) -> bool:
    """Whether a value is of the question's sort: a number, an ISO day, a code of its list, or words."""
    if question in NUMBERS:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if question in DAYS:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    if question in CODES:
        return value in CODES[question]
    if question == "more_lines":
        return bool(value) and all(
            line and set(line) <= OF_A_LINE and all(fits(name, said) for name, said in line.items()) for line in value
        )
    return isinstance(value, str) and bool(value)


def test_there_are_at_least_five_hundred_texts() -> None:
    counts = {name: len(rows_of(name)) for name in FILES}
    assert sum(counts.values()) >= 500, counts
    assert min(counts.values()) >= 100, counts


def test_no_id_and_no_text_in_one_place_stands_twice() -> None:
    rows = [row for name in FILES for row in rows_of(name)]
    ids = Counter(row.id for row in rows)
    places = Counter((row.state, row.today, row.unit, row.text) for row in rows)
    assert [one for one, times in ids.items() if times > 1] == []
    assert [one for one, times in places.items() if times > 1] == []


@each_file
def test_a_row_names_what_exists(name: str) -> None:
    assert [fault for row in rows_of(name) for fault in unknown_in(row)] == []


def unknown_in(row: Written) -> Iterator[str]:
    """What a row names that the plan, the form or this corpus does not know."""
    if not (row.state in {"idle", "review"} or row.question in QUESTIONS):
        yield f"{row.id}: state {row.state!r}"
    if row.meaning not in MEANINGS or row.unit not in UNITS or not row.text.strip() or not row.remark:
        yield f"{row.id}: meaning, unit, text or remark"
    if unknown := {*row.taken, *row.asked, *row.never} - QUESTIONS:
        yield f"{row.id}: questions {unknown}"
    for question, value in [*row.taken.items(), *((one, value) for one, many in row.never.items() for value in many)]:
        if not fits(question, value):
            yield f"{row.id}: {question} {value!r}"


@each_file
def test_a_row_does_not_contradict_itself(name: str) -> None:
    """What is asked is never taken, whatever its value, so it stands neither in `taken` nor in `never`."""
    for row in rows_of(name):
        assert not set(row.asked) & {*row.taken, *row.never}, row.id
        assert all(row.taken.get(question) not in values for question, values in row.never.items()), row.id


@each_file
def test_a_day_that_is_taken_has_come_and_is_not_far_back(name: str) -> None:
    for row in rows_of(name):
        for question in DAYS & set(row.taken):
            day = date.fromisoformat(row.taken[question])
            assert row.today - ASKED_AFTER <= day <= row.today, row.id


@each_file
def test_words_that_are_taken_stand_in_the_text(name: str) -> None:
    for row in rows_of(name):
        text = unicodedata.normalize("NFC", row.text)
        assert all(row.taken[question] in text for question in AS_WRITTEN & set(row.taken)), row.id
