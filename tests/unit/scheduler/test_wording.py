"""Every text of a reminder has its Vietnamese, with the same places to fill."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[3]
PLACES = re.compile(r"\{(\w+)\}")


def said() -> Iterator[str]:
    """What the scheduler's code says, by its calls of `say` and `say.plural`."""
    for path in sorted((ROOT / "scheduler").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in KNOWN:
                yield node.value
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                assert isinstance(node.args[0], ast.Constant)
                yield str(node.args[0].value)


CATALOGUE = polib.pofile(str(ROOT / "locales" / "vi" / "scheduler.po"))
KNOWN = {entry.msgid for entry in CATALOGUE}


def test_no_translation_is_left_over() -> None:
    assert set(said()) >= KNOWN


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.msgid[:30])
def test_a_translation_fills_the_same_places(entry: polib.POEntry) -> None:
    text = entry.msgstr or entry.msgstr_plural[0]
    assert set(PLACES.findall(text)) == set(PLACES.findall(entry.msgid))
