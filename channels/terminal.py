"""The terminal channel: a line read is an update, and its turn's messages are printed, for people or as JSON lines.

`chat --as CODE` joins at its first run and goes on as the same account later: the account is a hash of the code, so
the code itself is kept nowhere. A terminal is pulled: its rows are `sent` when they have been printed.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO, TypeAlias

from channels.terminal_table import aligned
from conversation.offered import numbers
from locales import Say
from messages import MAX_TEXT, Choice, Content, File, Incoming, Location, Outgoing, Press, Text, clean

CHANNEL = "terminal"
BOT = "terminal"
COLUMNS = 80
"""A terminal's width where it tells none."""
MAX_DIGITS = 3
"""Digits of a choice's number."""


Load: TypeAlias = Callable[[Path, bool], File]
"""Takes a file of this machine in; the flag says whether it is to be a photo."""


class LineError(ValueError):
    """A line that cannot be read; its text says what a line may be."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message ready to be printed, its pictures and document as files."""

    message: Outgoing
    pictures: tuple[Path, ...] = ()
    document: Path | None = None


def account_of(code: str) -> str:
    """The terminal account that a code speaks for."""
    return hashlib.sha256(b"terminal:" + re.sub(r"[\s-]", "", code).upper().encode()).hexdigest()[:32]


def incoming(account: str, message_id: str, content: Content) -> Incoming:
    """An update of this channel."""
    return Incoming(CHANNEL, BOT, account, message_id, content)


def read_json_line(line: str, load: Load) -> Content:
    """Read a program's line as content; `load(path, is_image)` takes a file in. Raises `LineError`."""
    try:
        data: Any = json.loads(line)
    except (ValueError, RecursionError):
        raise LineError('a line is one JSON object, e.g. {"text": "báo cáo"}') from None
    match data:
        case {"text": str(text)}:
            return Text(clean(text)[:MAX_TEXT])
        case {"choose": str(choice)}:
            return Press(clean(choice))
        case {"photo": str(path)}:
            return load(Path(clean(path)), True)
        case {"file": str(path)}:
            return load(Path(clean(path)), False)
        case {"location": [int() | float() as latitude, int() | float() as longitude]}:
            if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
                raise LineError("a location is [latitude, longitude] in degrees, e.g. [10.84, 106.67]")
            return Location(float(latitude), float(longitude))
    raise LineError("a line holds text, choose, photo, file or location")


def json_lines(shown: Iterable[Shown]) -> list[str]:
    """Write messages as a program reads them."""
    return [json.dumps(fields, ensure_ascii=False) for message in shown for fields in _lines(message)]


def _lines(shown: Shown) -> Iterator[dict[str, Any]]:
    """Yield a message's lines. A line holds one picture; further pictures come as lines without text."""
    fields: dict[str, Any] = {
        "text": shown.message.text,
        "choices": [{"id": choice.id, "label": choice.label} for choice in shown.message.choices],
    }
    if shown.pictures:
        fields["picture"] = str(shown.pictures[0])
    if shown.document:
        fields["document"] = str(shown.document)
    if shown.message.table:
        fields["table"] = shown.message.table.to_json()
    yield fields
    for picture in shown.pictures[1:]:
        yield {"text": "", "choices": [], "picture": str(picture)}


class Screen:
    """The screen of somebody at a terminal: choices are numbered and repeated once chosen, files come by "@path".

    A choice with a word takes that word instead, so that "1" answers "How many?" and never means "Back".
    """

    def __init__(self, say: Say, out: TextIO, columns: int = COLUMNS) -> None:
        self._say = say
        self._out = out
        self._columns = columns
        self._menu: Mapping[int, Choice] = {}

    def read(self, line: str, load: Load) -> Content:
        """Read a typed line: a number of the latest choices, "@path" for a photo or file, else text."""
        text = line.strip()
        if text.startswith("@") and len(text) > 1:
            path = Path(text[1:]).expanduser()
            return load(path, path.suffix.lower() in {".jpg", ".jpeg", ".png", ".webp", ".heic"})
        if text.isdecimal() and text.isascii() and len(text) <= MAX_DIGITS and int(text) in self._menu:
            chosen = self._menu[int(text)]
            self._out.write(f"→ {chosen.label}\n")
            return Press(chosen.id)
        return Text(clean(line)[:MAX_TEXT])

    def show(self, shown: Iterable[Shown]) -> None:
        """Print messages with their choices numbered."""
        for item in shown:
            self._out.write(f"\n{item.message.text}\n")
            if item.message.table:
                self._out.writelines(f"{line}\n" for line in ("", *aligned(item.message.table, self._columns)))
            for path in item.pictures:
                self._out.write(f"[{self._say('picture')}: {path}]\n")
            if item.document:
                self._out.write(f"[{self._say('document')}: {item.document}]\n")
            if item.message.choices:
                self._menu = numbers(item.message.choices)
                self._out.writelines(f"  {at}. {choice.label}\n" for at, choice in self._menu.items())
                worded = [choice for choice in item.message.choices if choice.word]
                self._out.writelines(f"  “{choice.word}”: {choice.label}\n" for choice in worded)
        self._out.flush()
