"""Sends one row: reads its message, draws its pictures or document, and hands all of it to the channel."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from messages import Document, Outgoing, Picture, decode
from reports.rendering import content_hash
from scheduler.outcomes import Ambiguous, AttachedFile, Impossible, Outcome, Sender
from storage.delivery.claims import Claimed
from storage.tables.states import OutboxKind

NOTICED_SECONDS = 0.3
"""Seconds of drawing before an action is shown: a person does not notice a shorter wait."""
ACTION_SECONDS = 4.0
"""Seconds after which an action is shown again: Telegram shows it for five."""

log = logging.getLogger(__name__)


class Sending:
    """Sends rows; `file_of` makes a recipe's file, is slow and called in a worker."""

    def __init__(self, file_of: Callable[[Picture | Document], Path]) -> None:
        self._file_of = file_of
        self._drawing: dict[str, asyncio.Task[Path]] = {}

    async def send(self, sender: Sender, row: Claimed) -> Outcome:
        """Send a row and return what became of it. Whatever a library raises, other chats go on."""
        try:
            message = decode(row.body)
        except (ValueError, KeyError, TypeError) as error:
            log.error("outbox row %d cannot be read: %s", row.id, type(error).__name__)  # noqa: TRY400 (personal text)
            return Impossible("unreadable")
        files = await self._files(sender, row, message)
        if message.document and all(file.is_picture for file in files):
            message = _without_document(message, message.document)
        try:
            return await sender.send(row.address, message, files)
        except Exception as error:  # noqa: BLE001 (see above)
            log.error("sending row %d: %s", row.id, type(error).__name__)  # noqa: TRY400 (an address may hold a token)
            return Ambiguous(type(error).__name__)

    async def _files(self, sender: Sender, row: Claimed, message: Outgoing) -> tuple[AttachedFile, ...]:
        """Draw a message's files, as far as possible; meanwhile its reader sees that something is on its way."""
        recipes = (*message.pictures, *((message.document,) if message.document else ()))
        if not recipes:
            return ()
        showing = asyncio.create_task(_show(sender, row, is_picture=bool(message.pictures)))
        try:
            drawn = await asyncio.gather(*(self._drawn(row, recipe) for recipe in recipes))
        finally:
            showing.cancel()
        return tuple(file for file in drawn if file)

    async def _drawn(self, row: Claimed, recipe: Picture | Document) -> AttachedFile | None:
        """Draw one file. A message whose picture cannot be drawn goes without it, since its text says the same."""
        try:
            return await self._file(recipe)
        except Exception as error:  # noqa: BLE001 (drawing is not worth a lost message)
            log.error("the %s of row %d: %s", recipe.kind, row.id, type(error).__name__)  # noqa: TRY400 (as above)
            return None

    async def _file(self, recipe: Picture | Document) -> AttachedFile:
        """Return the recipe's file, drawn once for all who get the same one."""
        key = content_hash(recipe.kind, recipe.data)
        if key not in self._drawing:
            self._drawing[key] = asyncio.create_task(asyncio.to_thread(self._file_of, recipe))
            self._drawing[key].add_done_callback(lambda _: self._drawing.pop(key))
        path = await asyncio.shield(self._drawing[key])
        if isinstance(recipe, Picture):
            return AttachedFile(path, key, path.name, recipe.alt, is_picture=True)
        return AttachedFile(path, key, recipe.name, "", is_picture=False)


def _without_document(message: Outgoing, document: Document) -> Outgoing:
    """The message of a document that is gone: it says what to do, as far as its recipe knows."""
    return replace(message, text="\n\n".join(filter(None, (message.text, str(document.data.get("otherwise", ""))))))


async def _show(sender: Sender, row: Claimed, *, is_picture: bool) -> None:
    """Show an action until cancelled; nobody misses one that fails."""
    if row.kind == OutboxKind.DIGEST:
        return  # Nobody waits for a reminder; and a picture for many would cost an action for each of them.
    await asyncio.sleep(NOTICED_SECONDS)
    while True:
        with suppress(Exception):
            await sender.show_action(row.address, is_picture=is_picture)
        await asyncio.sleep(ACTION_SECONDS)
