"""`python -m bot chat`: the terminal channel around the same intake as every other channel."""

import io
import logging
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from uuid import uuid4

from sqlalchemy.exc import SQLAlchemyError

from bot.clock import system_now
from bot.files import FileRefused, load_file
from bot.making import filing
from bot.prepare import OpenInstallation
from bot.settings import Settings
from channels import terminal
from channels.terminal import LineError, Screen, Shown
from conversation.intake import take_once
from locales import Say
from messages import Content, Document, File, Outgoing, Picture, Text, decode
from reports.gallery import Gallery
from storage.db.writer import Unavailable
from storage.delivery import pulled
from storage.directory import accounts
from storage.files.media import KeptFile, MediaStore
from storage.records import attachments

MOST_AT_ONCE = 200
"""Messages fetched for one line; more than a turn and a month of reminders make."""
_EVERYTHING_SHOWN = 2**62
"""A cursor after every row: the terminal shows only messages that it has never shown."""


log = logging.getLogger(__name__)


class Chat:
    """One terminal account's conversation. It returns its messages again until `printed` says that they were seen."""

    def __init__(self, prepared: OpenInstallation, settings: Settings, code: str) -> None:
        self._prepared = prepared
        self._store = MediaStore(settings.media)
        self._gallery = Gallery(settings.media / "rendered", self._store)
        self._filing = filing(prepared.database, settings, self._store, system_now, prepared.world)
        self._code = code
        self._account = terminal.account_of(code)
        self._is_known = False
        self._unprinted: list[int] = []
        self._loaded: KeptFile | None = None

    def load(self, path: Path, is_image: bool) -> File:
        """Take a file of this machine in; raises `FileRefused`."""
        file, self._loaded = load_file(self._store, path, is_image)
        return file

    def join_if_new(self) -> list[Shown]:
        """Join by the code at the first run and return the answer. A wrong code is tried once a run."""
        if self._is_known or self._has_joined():
            return []
        said = self.take(Text(f"/start {self._code}"))
        self._is_known = True
        return said

    def take(self, content: Content) -> list[Shown]:
        """One update, and every message that waits then; raises `Unavailable` if nothing could be taken."""
        update = terminal.incoming(self._account, uuid4().hex, content)
        database, world, now = self._prepared.database, self._prepared.world, system_now()
        database.write(lambda db: take_once(db, world, update, now)).result()
        self._drop_unwanted()
        self._make_files()
        try:
            return self._waiting()
        except SQLAlchemyError:
            return [_told("That was taken, but the answer cannot be read now. It comes with your next line.")]

    def _make_files(self) -> None:
        """Make what was asked for here: nobody else may be there to do it."""
        account = self._account_id()
        with suppress(SQLAlchemyError, Unavailable):
            while account is not None and self._filing.make_next(account):
                pass

    def _drop_unwanted(self) -> None:
        """Delete the file of this update if no row names it."""
        loaded, self._loaded = self._loaded, None
        if loaded and not self._prepared.database.read(lambda db: attachments.is_named(db, loaded.sha256)):
            self._store.drop(loaded)

    def printed(self) -> None:
        """Note that the messages returned last were seen. If that fails they come once more, which is harmless."""
        rows, self._unprinted = self._unprinted, []
        if rows:
            now = system_now()
            with suppress(Unavailable):
                self._prepared.database.write(lambda db: pulled.mark_shown(db, rows, now)).result()

    def _waiting(self) -> list[Shown]:
        account = self._account_id()
        if account is None:
            return []
        rows = self._prepared.database.read(lambda db: pulled.since(db, account, _EVERYTHING_SHOWN, MOST_AT_ONCE))
        self._unprinted = [row.id for row in rows]
        return [self._prepare(decode(row.body)) for row in rows]

    def _has_joined(self) -> bool:
        return (
            self._prepared.database.read(
                lambda db: pulled.find_visitor(db, terminal.CHANNEL, terminal.BOT, self._account)
            )
            is not None
        )

    def _account_id(self) -> int | None:
        return self._prepared.database.read(
            lambda db: accounts.account_id(db, terminal.CHANNEL, terminal.BOT, self._account)
        )

    def _prepare(self, message: Outgoing) -> Shown:
        pictures = tuple(path for picture in message.pictures if (path := self._path_of(picture)))
        return Shown(message, pictures, self._path_of(message.document) if message.document else None)

    def _path_of(self, recipe: Picture | Document) -> Path | None:
        try:
            return self._gallery.path_of(recipe) if isinstance(recipe, Picture) else self._gallery.named(recipe)
        except (LookupError, OSError) as error:
            # The text says the same: a full disk or a lost photo does not keep it from being read.
            log.warning("a picture or file is left out: %s", error)
            return None


def talk_json(chat: Chat) -> None:
    """JSON lines in and out, until the input ends."""

    def take(line: str) -> list[Shown]:
        return chat.take(terminal.read_json_line(line, chat.load))

    def show(shown: list[Shown]) -> None:
        for text in terminal.json_lines(shown):
            _print(text)
        chat.printed()

    for line in _lines():
        if line.strip():
            show(_answered(chat.join_if_new))
            show(_answered(partial(take, line)))
            _print('{"end": true}')


def talk(chat: Chat, say: Say) -> None:
    """A conversation with a person, until the input ends."""
    person = Screen(say, sys.stdout, shutil.get_terminal_size().columns)

    def take(line: str) -> list[Shown]:
        return chat.take(person.read(line, chat.load))

    def show(shown: list[Shown]) -> None:
        person.show(shown)
        chat.printed()

    show(_answered(lambda: chat.join_if_new() or chat.take(Text("/menu"))))
    _prompt()
    for line in _lines():
        if line.strip():
            show(_answered(partial(take, line)))
        _prompt()


def _lines() -> io.TextIOWrapper:
    """Read standard input as UTF-8 whatever the machine's language; other bytes do not end the conversation."""
    assert isinstance(sys.stdin, io.TextIOWrapper)  # noqa: S101 (what a process starts with)
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    return sys.stdin


def _answered(step: Callable[[], list[Shown]]) -> list[Shown]:
    """Return the messages of a step; input that cannot be taken gets an answer, too."""
    try:
        return step()
    except (LineError, FileRefused) as error:
        return [_told(str(error))]
    except (Unavailable, SQLAlchemyError):
        return [_told("The database cannot be reached, so nothing was taken. Please send that again in a moment.")]


def _told(text: str) -> Shown:
    return Shown(Outgoing(text))


def _prompt() -> None:
    print("> ", end="", flush=True)  # noqa: T201 (a terminal's prompt)


def _print(text: str) -> None:
    print(text, flush=True)  # noqa: T201 (the contract is standard output)
