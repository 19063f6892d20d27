"""Every text of this room has its Vietnamese, and no Vietnamese is left of a text that is gone."""

import ast
from pathlib import Path

import polib

import locales
import reports

SOURCES = sorted(Path(reports.__file__ or "").parent.glob("*.py"))
CATALOGUE = polib.pofile(str(Path(locales.__file__ or "").parent / "vi" / "reports.po"))


def said(source: Path) -> set[str]:
    """The first argument of every `say(…)`, `….say(…)`, `….plural(…)` and `texts(…)(…)`."""
    calls = (node for node in ast.walk(ast.parse(source.read_text("utf-8"))) if isinstance(node, ast.Call))
    return {
        call.args[0].value
        for call in calls
        if _speaks(call.func) and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


def _speaks(function: ast.expr) -> bool:
    match function:
        case ast.Name(id="say") | ast.Attribute(attr="say" | "plural"):
            return True
        case ast.Call(func=ast.Name(id="texts")):
            return True
        case _:
            return False


def test_the_catalogue_holds_exactly_what_is_said() -> None:
    translated = {entry.msgid for entry in CATALOGUE.translated_entries()}
    assert translated == set.union(*map(said, SOURCES))


def test_translations_have_the_same_values_to_put_in() -> None:
    for entry in CATALOGUE:
        for translation in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert names(translation) == names(entry.msgid), entry.msgid


def names(text: str) -> set[str]:
    return {part.split("}")[0] for part in text.split("{")[1:]}
