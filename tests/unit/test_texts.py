"""Every interface text has its Vietnamese, with the same places to fill; no catalogue holds what nobody says.

What is said is read from the code: the literals in calls of `say`, `say.plural` and `texts(…)`, and the tables of texts
that are translated by their code.
"""

import ast
import string
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import polib
import pytest

from channels.web.refusals import WORDINGS
from channels.web.wording import SCRIPT
from handlers.tables import COMMANDS
from interview import REJECTIONS
from locales import LANGUAGES, Say, number, texts
from messages.channels import CHANNELS
from plan.problems import PROBLEMS
from plan.proposing import QUESTIONS
from plan.telling import LINES

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "channels", "conversation", "handlers", "interview", "plan", "reports", "scheduler", "storage")
TITLES = {name: channel.title for name, channel in CHANNELS.items() if channel.title.islower()}
TABLES = (TITLES, REJECTIONS, PROBLEMS, LINES, QUESTIONS, SCRIPT)
CATALOGUES = {path.name: polib.pofile(str(path)) for path in sorted((ROOT / "locales" / "vi").glob("*.po"))}
ENTRIES = [(name, entry) for name, catalogue in CATALOGUES.items() for entry in catalogue]
Text = tuple[str, str | None]
"""A message id, with the plural's where there is one."""


def said() -> set[Text]:
    """All that anybody may be told."""
    written = chain.from_iterable(said_in(path) for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    told = chain.from_iterable(table.values() for table in TABLES)
    asked_for = (text for command in COMMANDS for text in (command.name, command.description) if text)
    refused = chain.from_iterable((words.title, words.remedy) for words in WORDINGS.values())
    return {*written, *((text, None) for text in (*told, *asked_for, *refused))}


def said_in(path: Path) -> Iterator[Text]:
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
            match call.func:
                case ast.Attribute(attr="plural"):
                    many = call.args[1]
                    assert isinstance(many, ast.Constant), f"{path}:{call.lineno}: a plural that nobody can extract"
                    yield str(call.args[0].value), str(many.value)
                case ast.Name(id="say") | ast.Attribute(attr="say" | "_say") | ast.Call(func=ast.Name(id="texts")):
                    yield str(call.args[0].value), None


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def is_said(entry: polib.POEntry, spoken: set[Text]) -> bool:
    return (entry.msgid, entry.msgid_plural or None) in spoken


def test_the_catalogues_hold_exactly_what_is_said() -> None:
    spoken = said()
    assert len(spoken) > 300
    kept = {(entry.msgid, entry.msgid_plural or None) for _, entry in ENTRIES}
    assert sorted(text for text, _ in spoken - kept) == []
    assert sorted(text for text, _ in kept - spoken) == []


def test_every_entry_is_translated_and_none_is_out_of_use() -> None:
    unfit = [entry.msgid for _, entry in ENTRIES if entry.obsolete or entry.fuzzy or not entry.translated()]
    assert unfit == []


@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=lambda each: getattr(each, "msgid", each)[:40])
def test_a_translation_fills_the_same_places(name: str, entry: polib.POEntry) -> None:
    for translation in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
        assert places(translation) == places(entry.msgid), name
    if entry.msgid_plural:
        assert places(entry.msgid_plural) == places(entry.msgid)


def test_no_two_catalogues_translate_a_text_differently() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for _, entry in ENTRIES:
        found[entry.msgid].add(entry.msgstr or entry.msgstr_plural[0])
    assert {text: ways for text, ways in found.items() if len(ways) > 1} == {}


def test_a_text_without_a_translation_stays_english_rather_than_failing() -> None:
    assert texts("vi")("Nobody says {what}.", what="this") == "Nobody says this."


@pytest.mark.parametrize("language", [*LANGUAGES, "fr", ""])
def test_an_unknown_language_gets_vietnamese(language: str) -> None:
    assert texts(language).language == (language if language in LANGUAGES else "vi")


def test_english_has_two_numbers_and_vietnamese_one() -> None:
    english, vietnamese = texts("en"), texts("vi")
    assert [english.plural("{n} photo", "{n} photos", n) for n in (0, 1, 2)] == ["0 photos", "1 photo", "2 photos"]
    assert [vietnamese.plural("{n} photo", "{n} photos", n) for n in (1, 2)] == ["1 hình", "2 hình"]


def test_a_value_with_braces_stays_as_it_was_written() -> None:
    assert Say("en", {})("For: {group}", group="{name} {0} %s") == "For: {name} {0} %s"


@pytest.mark.parametrize(("value", "shown"), [(0, "0"), (999, "999"), (1_200, "1.200"), (1_234_567, "1.234.567")])
def test_counts_are_grouped_as_people_write_them(value: int, shown: str) -> None:
    assert number(value) == shown
    assert number(value, "en") == shown.replace(".", ",")
