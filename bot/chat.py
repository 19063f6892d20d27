"""`python -m bot chat`: the terminal channel around the same intake as every other channel."""

import sys
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from bot.clock import system_now
from bot.files import FileRefused, load_file
from bot.intake import take_once
from bot.prepare import Prepared
from channels import terminal
from channels.terminal import LineError, Load, Person, Shown
from locales import Say
from messages import Content, File, Outgoing, Text, decode
from reports.gallery import Gallery
from storage import people, pulled
from storage.media import MediaStore
from storage.writer import Unavailable

MOST_AT_ONCE = 200
"""Messages fetched for one line; more than a turn and a month of reminders make."""
_EVERYTHING_SHOWN = 2**62
"""A cursor after every row: what comes is only what was never shown."""


class Chat:
    """One terminal account's conversation."""

    def __init__(self, prepared: Prepared, media: Path, code: str) -> None:
        self._prepared = prepared
        self._store = MediaStore(media)
        self._gallery = Gallery(media / "rendered", self._store)
        self._code = code
        self._account = terminal.account_of(code)

    def load(self, path: Path, is_image: bool) -> File:
        """Take a file of this machine in; raises `FileRefused`."""
        return load_file(self._store, path, is_image)

    def join_if_new(self) -> list[Shown]:
        """Join by the code at the first run; what is said to that."""
        return [] if self._has_joined() else self.take(Text(f"/start {self._code}"))

    def take(self, content: Content) -> list[Shown]:
        """One update, and every message that waits then; raises `Unavailable` if nothing could be taken."""
        update = terminal.incoming(self._account, uuid4().hex, content)
        database, world, now = self._prepared.database, self._prepared.world, system_now()
        database.write(lambda db: take_once(db, world, update, now)).result()
        account = self._account_id()
        if account is None:
            return []
        rows = database.read(lambda db: pulled.since(db, account, _EVERYTHING_SHOWN, MOST_AT_ONCE))
        shown = [self._prepare(decode(row.body)) for row in rows]
        database.write(lambda db: pulled.mark_shown(db, [row.id for row in rows], now)).result()
        return shown

    def _has_joined(self) -> bool:
        return (
            self._prepared.database.read(
                lambda db: pulled.find_visitor(db, terminal.CHANNEL, terminal.BOT, self._account)
            )
            is not None
        )

    def _account_id(self) -> int | None:
        return self._prepared.database.read(
            lambda db: people.account_id(db, terminal.CHANNEL, terminal.BOT, self._account)
        )

    def _prepare(self, message: Outgoing) -> Shown:
        picture = self._gallery.path_of(message.picture) if message.picture else None
        return Shown(message, picture, None)


def talk_json(chat: Chat) -> None:
    """JSON lines in and out, until the input ends."""
    for line in sys.stdin:
        if not line.strip():
            continue
        for text in terminal.json_lines(chat.join_if_new()):
            _print(text)
        for text in terminal.json_lines(_answer(chat, terminal.read_json_line, line)):
            _print(text)
        _print('{"end": true}')


def talk(chat: Chat, say: Say) -> None:
    """A conversation with a person, until the input ends."""
    person = Person(say, sys.stdout)
    person.show(chat.join_if_new() or chat.take(Text("/menu")))
    _prompt()
    for line in sys.stdin:
        if line.strip():
            person.show(_answer(chat, person.read, line))
        _prompt()


def _answer(chat: Chat, read: Callable[[str, Load], Content], line: str) -> list[Shown]:
    """What one line brings; a line that cannot be taken is answered too."""
    try:
        return chat.take(read(line, chat.load))
    except (LineError, FileRefused) as error:
        return [_told(str(error))]
    except Unavailable:
        return [_told("The database cannot be reached, so nothing was taken. Please send that again in a moment.")]


def _told(text: str) -> Shown:
    return Shown(Outgoing(text), None, None)


def _prompt() -> None:
    print("> ", end="", flush=True)  # noqa: T201 (a terminal's prompt)


def _print(text: str) -> None:
    print(text, flush=True)  # noqa: T201 (the contract is standard output)
