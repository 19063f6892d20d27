"""Makes the shipped Word files anew: `python -m plan.letters.making.make`. Edit them in Word afterwards as you like.

What a letter says stands in `outlines/`, a line a paragraph:

| line | becomes |
|---|---|
| `I. …`, `1. …` | a heading |
| `* name` | a paragraph for each text of a list |
| `@say name` | a paragraph with one text |
| `@chapters 2.`, `@chapters_done` | all sections of the plan, numbered below 2; only those with anything done |
| `@closing`, `@signature` | the last sentence; who signs, and the recipients |
| `@appendix number \\| title`, `@table name`, `@note name` | an appendix, a table of `tables.toml`, a remark below it |
| `@landscape` | from here on the pages lie on their side: for wide tables |
| `@changes number` | the appendix of a letter that replaces another |
| anything else | a paragraph |
"""

import re
import sys
import tomllib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from docx.document import Document as Word

from plan.letters.loader import SHIPPED, load_letters
from plan.letters.making import blocks
from plan.letters.making.page import blank, landscape, line
from plan.letters.model import LetterForm, LetterKind

OUTLINES = SHIPPED / "outlines"
AT_FOOT = frozenset({"tt01"})
"""Forms in which the page's number stands at the foot."""
MADE_AT = datetime(2020, 3, 5, tzinfo=UTC)
"""The same file comes out of the same outline, whenever it is made."""
_HEADING = re.compile(r"(?:[IVX]+|[0-9]+)\. ")


def main() -> None:
    """Write every letter in every form into the folder `templates`."""
    letters = load_letters(SHIPPED)
    tables = tomllib.loads((OUTLINES / "tables.toml").read_text("utf-8"))
    for kind in letters.kinds.values():
        for form in letters.forms:
            path = letters.template(kind.id, form.id)
            path.parent.mkdir(exist_ok=True)
            make(kind, form, tables).save(str(path))
            sys.stdout.write(f"{path.name}\n")


def make(kind: LetterKind, form: LetterForm, tables: Mapping[str, Any]) -> Word:
    """One letter as a Word file with placeholders."""
    word = blank(page_number_at_foot=form.id in AT_FOOT)
    properties = word.core_properties
    properties.title, properties.author, properties.comments = kind.name_vi, "", form.name
    properties.created = properties.modified = MADE_AT
    blocks.head(word, is_letter=not kind.kind)
    if kind.kind:
        blocks.titles(word)
    else:
        blocks.addressee(word)
    blocks.replaces(word)
    lines = [said.strip() for said in (OUTLINES / f"{kind.id}.txt").read_text("utf-8").splitlines()]
    for said, following in zip(lines, [*lines[1:], ""], strict=True):
        if said.startswith("* "):
            blocks.each(word, said[2:], "VB Thân văn bản", keeps=following == "@closing")
        else:
            _add(word, said, tables)
    return word


def _add(word: Word, said: str, tables: Mapping[str, Any]) -> None:
    if said.startswith("@"):
        name, _, rest = said[1:].partition(" ")
        _BLOCKS[name](word, rest, tables)
    else:
        line(word, "VB Đề mục" if _HEADING.match(said) else "VB Thân văn bản", said)


def _appendix(word: Word, rest: str, _: Mapping[str, Any]) -> None:
    number, _bar, title = rest.partition(" | ")
    blocks.appendix(word, number, title)


def _table(word: Word, name: str, tables: Mapping[str, Any]) -> None:
    blocks.figures(word, name, tables[name])


_BLOCKS: Mapping[str, Callable[[Word, str, Mapping[str, Any]], object]] = {
    "chapters": lambda word, above, _: blocks.chapters(word, "chapters", above),
    "chapters_done": lambda word, above, _: blocks.chapters(word, "chapters_done", above),
    "say": lambda word, name, _: line(word, "VB Thân văn bản", f"{{{{ {name} }}}}"),
    "closing": lambda word, _, __: blocks.closing(word),
    "signature": lambda word, _, __: blocks.signature(word),
    "landscape": lambda word, _, __: landscape(word),
    "appendix": _appendix,
    "table": _table,
    "note": lambda word, name, _: blocks.note(word, name),
    "changes": lambda word, number, tables: blocks.changes(word, number, tables["changes"]["columns"]),
}

if __name__ == "__main__":
    main()
