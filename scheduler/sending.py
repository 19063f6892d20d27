"""One sending: the row's message is read, its picture or document drawn, and all of it handed to the channel."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from messages import Document, Outgoing, Picture, decode
from reports.rendering import content_hash
from scheduler.outcomes import Ambiguous, Attachment, Impossible, Outcome, Sender
from storage.outbox import Claimed

log = logging.getLogger(__name__)


class Sending:
    """Sends rows; `file_of` makes a recipe's file, is slow and called in a worker."""

    def __init__(self, file_of: Callable[[Picture | Document], Path]) -> None:
        self._file_of = file_of
        self._drawing: dict[str, asyncio.Task[Path]] = {}

    async def send(self, sender: Sender, row: Claimed) -> Outcome:
        """What became of a row; whatever a library raises, other chats go on."""
        try:
            message = decode(row.body)
        except (ValueError, KeyError, TypeError) as error:
            log.error("outbox row %d cannot be read: %s", row.id, type(error).__name__)  # noqa: TRY400 (personal text)
            return Impossible("unreadable")
        files = await self._files(row, message)
        try:
            return await sender.send(row.address, message, files)
        except Exception as error:  # noqa: BLE001 (see above)
            log.error("sending row %d: %s", row.id, type(error).__name__)  # noqa: TRY400 (an address may hold a token)
            return Ambiguous(type(error).__name__)

    async def _files(self, row: Claimed, message: Outgoing) -> tuple[Attachment, ...]:
        """A message whose picture cannot be drawn goes without it: its text says the same."""
        found = []
        for recipe in (message.picture, message.document):
            if recipe is None:
                continue
            try:
                found.append(await self._file(recipe))
            except Exception as error:  # noqa: BLE001 (drawing is not worth a lost message)
                log.error("the %s of row %d: %s", recipe.kind, row.id, type(error).__name__)  # noqa: TRY400 (as above)
        return tuple(found)

    async def _file(self, recipe: Picture | Document) -> Attachment:
        """The recipe's file, drawn once for all who get the same one."""
        key = content_hash(recipe.kind, recipe.data)
        if key not in self._drawing:
            self._drawing[key] = asyncio.create_task(asyncio.to_thread(self._file_of, recipe))
            self._drawing[key].add_done_callback(lambda _: self._drawing.pop(key))
        path = await asyncio.shield(self._drawing[key])
        if isinstance(recipe, Picture):
            return Attachment(path, key, path.name, recipe.alt, is_picture=True)
        return Attachment(path, key, recipe.name, "", is_picture=False)
