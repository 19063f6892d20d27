"""Templates are checked when they are loaded: what one names in vain is said with its paragraph, and what exists."""

import shutil
import tomllib
from pathlib import Path

import pytest
from docx import Document

from plan.letters.loader import SHIPPED, load_letters
from plan.letters.making.make import OUTLINES, make
from plan.letters.placeholders import known_to
from plan.letters.templates import faults_of
from plan.problems import PlanError

LETTERS = load_letters(SHIPPED)
KNOWN = known_to(LETTERS.parts)


def edited(folder: Path, *paragraphs: str) -> Path:
    """A template as somebody left it in Word."""
    path = folder / "weekly.nd30.docx"
    word = Document(str(LETTERS.template("weekly", "nd30")))
    for text in paragraphs:
        word.add_paragraph(text)
    word.save(str(path))
    return path


@pytest.mark.parametrize("kind", LETTERS.kinds)
@pytest.mark.parametrize("form", [form.id for form in LETTERS.forms])
def test_the_shipped_templates_are_right(kind: str, form: str) -> None:
    assert [str(fault) for fault in faults_of(LETTERS.template(kind, form), known_to(LETTERS.parts, kind))] == []


@pytest.mark.parametrize("table", ["by_unit", "by_activity"])
def test_a_sum_of_a_million_visits_stands_on_one_line(table: str) -> None:
    columns = tomllib.loads((OUTLINES / "tables.toml").read_text("utf-8"))[table]["columns"]
    widths = {name: width for _, width, name, _ in columns}
    assert sum(widths.values()) == 165, "the width of a page between its margins, in mm"
    assert min(widths[name] for name in ("women", "men", "unsorted", "visits")) >= 20


@pytest.mark.parametrize("kind", LETTERS.kinds)
def test_the_shipped_templates_are_those_that_the_outlines_make(kind: str) -> None:
    tables = tomllib.loads((OUTLINES / "tables.toml").read_text("utf-8"))
    for form in LETTERS.forms:
        made = make(LETTERS.kinds[kind], form, tables)
        shipped = Document(str(LETTERS.template(kind, form.id)))
        assert made.element.body.xml == shipped.element.body.xml


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        ("{{ isuer.parent }}", "unknown_placeholder", "isuer.parent"),
        ("{{ letter.titel }}", "unknown_placeholder", "letter.titel"),
        ("{{ summary }}", "unknown_placeholder", "summary"),
        ("{%p for row in by_unit %}", "unknown_placeholder", "by_unit"),
        ("{{ letter.title | upper }}", "forbidden", "filter"),
        ("{{ ''.__class__.__mro__ }}", "unknown_placeholder", "?.__class__"),
        ("{{ letter.title() }}", "forbidden", "call"),
        ("{% set x = 1 %}", "forbidden", "assign"),
    ],
)
def test_an_unknown_placeholder_is_named_with_its_paragraph(tmp_path: Path, text: str, code: str, named: str) -> None:
    more = ("{{ x }}", "{%p endfor %}") if "for" in text else ()
    fault = next(faults_of(edited(tmp_path, text, *more), KNOWN))
    assert fault.code == code
    assert named in str(fault)
    if code == "unknown_placeholder":
        assert f"“{text}”" in str(fault)
        assert "issuer.parent" in str(fault)  # what exists instead
        assert fault.row > 20


def test_broken_braces_are_named(tmp_path: Path) -> None:
    (fault,) = faults_of(edited(tmp_path, "Trước {{ letter.title sau"), KNOWN)
    assert (fault.code, "letter.title sau" in str(fault)) == ("broken", True)


def test_a_file_that_is_no_word_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "weekly.nd30.docx"
    assert next(faults_of(path, KNOWN)).code == "no_file"
    path.write_bytes(b"PK nothing")
    assert next(faults_of(path, KNOWN)).code == "not_word"


def test_what_is_wrong_with_the_data_is_named(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "letters", ignore=shutil.ignore_patterns("templates", "*.py", "__pycache__"))
    file = tmp_path / "letters" / "letters.toml"
    file.write_text(file.read_text("utf-8").replace('fits = ["week",', 'fits = ["weak",'), "utf-8")
    phrases = tmp_path / "letters" / "phrases.toml"
    phrases.write_text(phrases.read_text("utf-8").replace("{checked}", "{cheked}").replace("few =", "fwe ="), "utf-8")
    with pytest.raises(PlanError) as raised:
        load_letters(tmp_path)
    said = str(raised.value)
    assert all(word in said for word in ("“weak”", "{cheked}", "“few”", "“fwe”"))


def test_a_letter_of_earlier_days_has_the_earlier_form() -> None:
    from datetime import date

    forms = [LETTERS.form_on(day).id for day in (date(2010, 1, 1), date(2020, 3, 4), date(2020, 3, 5))]
    assert forms == ["tt01", "tt01", "nd30"]
