"""Reads `letters/letters.toml`, `issuers.toml` and `phrases.toml`, or raises one error with all that is wrong."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from periods.period import Length
from plan.letters.model import Chapter, Issuer, LetterForm, LetterKind, Letters, Part, Reads
from plan.letters.phrasing import phrase_faults
from plan.letters.problems import LetterProblem
from plan.problems import PlanError
from rules.levels import Level

SHIPPED = Path(__file__).parent
"""The letters of a plan without any of its own."""
Made = TypeVar("Made")


class _Wrong(Exception):
    """An entry cannot be used."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@cache
def load_letters(folder: Path) -> Letters:
    """The letters of a plan's folder: its own, else the shipped ones. Raises `PlanError`."""
    own = folder / "letters"
    return _load(own if (own / "letters.toml").is_file() else SHIPPED)


def _load(folder: Path) -> Letters:
    head, issuers, phrases = (_toml(folder / name) for name in ("letters.toml", "issuers.toml", "phrases.toml"))
    faults: list[LetterProblem] = []
    parts = {part.id: part for part in _entries(folder / "letters.toml", head, "part", _part, faults)}

    def kind(entry: Mapping[str, Any]) -> LetterKind:
        return _kind(entry, parts)

    letters = Letters(
        folder=folder,
        opening=str(head.get("opening", "")),
        city=str(head.get("city", "")),
        forms=tuple(_entries(folder / "letters.toml", head, "form", _form, faults)),
        chapters=tuple(_entries(folder / "letters.toml", head, "chapter", _chapter, faults)),
        parts=parts,
        kinds={each.id: each for each in _entries(folder / "letters.toml", head, "letter", kind, faults)},
        issuers=tuple(_entries(folder / "issuers.toml", issuers, "issuer", _issuer, faults)),
        phrases={key: str(text) for key, text in phrases.items()},
    )
    faults += [
        LetterProblem(_named(folder / "phrases.toml"), 0, code, params)
        for code, params in phrase_faults(letters.phrases)
    ]
    if faults:
        raise PlanError(tuple(faults))
    return letters


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        fault = LetterProblem(_named(path), 0, "no_file")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        fault = LetterProblem(_named(path), 0, "not_toml", {"message": str(error)})
    raise PlanError((fault,))


def _named(path: Path) -> str:
    return "/".join(path.parts[-3:])


def _entries(
    path: Path,
    tables: Mapping[str, Any],
    key: str,
    make: Callable[[Mapping[str, Any]], Made],
    faults: list[LetterProblem],
) -> Iterator[Made]:
    """The entries [[key]] of a file as values; what is wrong with one goes to `faults`."""
    listed = tables.get(key, [])
    if not listed:
        faults.append(LetterProblem(_named(path), 0, "no_entries", {"key": key}))
    for place, entry in enumerate(listed, 1):
        try:
            yield make(entry)
        except _Wrong as wrong:
            where = f"[[{key}]] {entry.get('id', place)}"
            faults.append(LetterProblem(_named(path), 0, wrong.code, {"where": where, **wrong.params}))


def _form(entry: Mapping[str, Any]) -> LetterForm:
    return LetterForm(_text(entry, "id"), _text(entry, "name"), _value(entry, "holds_from", date))


def _chapter(entry: Mapping[str, Any]) -> Chapter:
    return Chapter(_text(entry, "section"), _text(entry, "title"))


def _part(entry: Mapping[str, Any]) -> Part:
    reads = str(entry.get("reads", Reads.TEXT))
    _known([reads], list(Reads))
    return Part(
        id=_text(entry, "id"),
        name_vi=_text(entry, "name_vi"),
        name_en=_text(entry, "name_en"),
        hint_vi=str(entry.get("hint_vi", "")),
        hint_en=str(entry.get("hint_en", "")),
        reads=Reads(reads),
        gathered=bool(entry.get("gathered", False)),
    )


def _kind(entry: Mapping[str, Any], parts: Mapping[str, Part]) -> LetterKind:
    named = _texts(entry, "parts")
    _known(named, list(parts))
    _known(_texts(entry, "fits"), [*Length])
    _known(_texts(entry, "levels"), list(Level))
    return LetterKind(
        id=_text(entry, "id"),
        name_vi=_text(entry, "name_vi"),
        name_en=_text(entry, "name_en"),
        kind=_value(entry, "kind", str),
        symbol=_value(entry, "symbol", str),
        title=_text(entry, "title"),
        fits=_texts(entry, "fits"),
        levels=_texts(entry, "levels"),
        parts=tuple(parts[part] for part in named),
    )


def _issuer(entry: Mapping[str, Any]) -> Issuer:
    level = str(entry.get("level", ""))
    _known([level], ["", *Level])
    return Issuer(
        units=tuple(map(str, entry.get("units", ()))),
        level=level,
        parent=_text(entry, "parent"),
        body=_text(entry, "body"),
        short=_text(entry, "short"),
        symbol=_text(entry, "symbol"),
        place=_text(entry, "place"),
        signature=_texts(entry, "signature"),
        to=_text(entry, "to"),
        recipients=_texts(entry, "recipients"),
    )


def _value(entry: Mapping[str, Any], key: str, kind: type[Made]) -> Made:
    value = entry.get(key)
    if not isinstance(value, kind):
        raise _Wrong("wrong_key", key=key)
    return value


def _text(entry: Mapping[str, Any], key: str) -> str:
    if not (text := _value(entry, key, str)):
        raise _Wrong("wrong_key", key=key)
    return text


def _texts(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(map(str, _value(entry, key, list)))


def _known(words: list[str] | tuple[str, ...], known: list[str]) -> None:
    for word in words:
        if word not in known:
            raise _Wrong("unknown_word", value=word, known=", ".join(filter(None, known)))
