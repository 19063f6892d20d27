"""Brings a message to a chat, call by call. A file is uploaded once and sent by its id from then on."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from weakref import WeakValueDictionary

from aiogram.enums import ChatAction
from aiogram.methods import SendChatAction
from aiogram.types import BufferedInputFile, InputFile

from channels.telegram import calls, limits, rows
from channels.telegram.calls import Sent
from channels.telegram.client import Client
from channels.telegram.failures import CallFailed, TelegramRefused
from channels.telegram.layout import Part
from scheduler.outcomes import AttachedFile
from storage.db.database import Database
from storage.db.writer import Unavailable

SHORT_WAIT = 5.0
"""If Telegram asks for a pause between the parts of one message, we wait on the spot for so many seconds at most."""
_BAD_REQUEST, _NOT_FOUND = 400, 404

log = logging.getLogger(__name__)


class TelegramIncomplete(CallFailed):
    """A later part of a message failed; the parts before it are in the chat."""


class TelegramCourier:
    """Brings messages to chats."""

    def __init__(self, client: Client, database: Database) -> None:
        self._client = client
        self._database = database
        self.shows_tables = True
        """Whether the server takes rich messages, as far as it has told. One that runs here may be older than they."""
        self._uploads: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def bring(self, chat: str, laid: Sequence[Part], classic: Sequence[Part] = ()) -> str:
        """Send a message's parts and return Telegram's number of the last one. Raises `CallFailed`.

        `classic` are the parts of the same message without rich messages, for when these are refused.
        """
        first, *others = laid
        try:
            sent = await self._send(chat, first)
        except TelegramRefused as refusal:
            if first.rich is None or not self._is_of_rich(refusal):
                raise
            first, *others = classic
            sent = await self._send(chat, first)
        try:
            for part in others:
                sent = await self._send_patiently(chat, part)
        except CallFailed as failure:
            reason = str(failure)
        else:
            return str(sent.message_id)
        raise TelegramIncomplete(reason)

    def _is_of_rich(self, refusal: TelegramRefused) -> bool:
        """Whether the same message may pass without tables. A method that the server does not know it never will."""
        if refusal.code == _NOT_FOUND and "method" in refusal.description:
            log.warning("This Telegram server knows no rich messages: tables go as text.")
            self.shows_tables = False
        elif refusal.code == _BAD_REQUEST and not refusal.moved_to:
            log.warning("A table was refused and went as text: %s", refusal)
        return refusal.code in {_NOT_FOUND, _BAD_REQUEST} and not refusal.moved_to

    async def show_upload(self, chat: str, *, as_photo: bool) -> None:
        """Show “Sending photo…” at the top of the chat while an upload takes its time."""
        action = ChatAction.UPLOAD_PHOTO if as_photo else ChatAction.UPLOAD_DOCUMENT
        with suppress(CallFailed):
            await self._client.call(SendChatAction(chat_id=chat, action=action))

    async def _send_patiently(self, chat: str, part: Part) -> Sent:
        try:
            return await self._send(chat, part)
        except TelegramRefused as failure:
            if not 0 < failure.retry_after <= SHORT_WAIT:
                raise
            await asyncio.sleep(failure.retry_after)
        return await self._send(chat, part)

    async def _send(self, chat: str, part: Part) -> Sent:
        if part.rich:
            return await self._client.call(calls.rich_call(chat, part.rich, part.buttons))
        if not part.files:
            return await self._client.call(calls.text_call(chat, part))
        known = await self._known(part)
        sent = await self._send_known(chat, part, known) if _are_all(part, known) else None
        if sent:
            return sent
        # One upload for all who get the same pictures: the others wait for their ids.
        async with self._uploads.setdefault(" ".join(_hashes(part)), asyncio.Lock()):
            sent = await self._send_known(chat, part, await self._known(part))
            return sent or await self._send_files(chat, part, {})

    async def _known(self, part: Part) -> dict[str, str]:
        bot, hashes = self._client.bot_id, _hashes(part)
        return await self._database.aread(lambda db: rows.known_files(db, bot, hashes))

    async def _send_known(self, chat: str, part: Part, known: Mapping[str, str]) -> Sent | None:
        """Send files by the ids that Telegram gave them before. None if there are none, or if Telegram refuses them."""
        if not known:
            return None
        try:
            return await self._send_files(chat, part, known)
        except TelegramRefused as failure:
            # Any other 400 than that of a forgotten file will come again with the upload.
            if failure.code != _BAD_REQUEST or failure.moved_to:
                raise
        return None

    async def _send_files(self, chat: str, part: Part, known: Mapping[str, str]) -> Sent:
        """One call for all files of a part; those without a known id are uploaded with it."""
        is_upload = not _are_all(part, known)
        if is_upload:
            await self.show_upload(chat, as_photo=part.as_photos)
        files = [known.get(file.content_hash) or await _content(file) for file in part.files]
        more = limits.UPLOAD_SECONDS if is_upload else 0
        if part.is_album:
            sent = await self._client.call(calls.album_call(chat, files), more)
            # They are listed as they were confirmed; it is their numbers that follow the album's order.
            sent.sort(key=lambda message: message.message_id)
        else:
            sent = [await self._client.call(calls.file_call(chat, part, files[0]), more)]
        if is_upload:
            await self._remember(part, sent)
        return sent[-1]

    async def _remember(self, part: Part, sent: Sequence[Sent]) -> None:
        bot, ids = self._client.bot_id, dict(zip(_hashes(part), (photo.file_id for photo in sent), strict=True))
        try:
            await self._database.awrite(lambda db: rows.remember_files(db, bot, ids))
        except Unavailable:
            log.warning("What was uploaded could not be noted; it will be uploaded again.")


def _hashes(part: Part) -> list[str]:
    return [file.content_hash for file in part.files]


def _are_all(part: Part, known: Mapping[str, str]) -> bool:
    return all(content_hash in known for content_hash in _hashes(part))


async def _content(file: AttachedFile) -> InputFile:
    return BufferedInputFile(await asyncio.to_thread(file.path.read_bytes), file.name)
