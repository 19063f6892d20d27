"""A message from its parts to a chat: call by call, files uploaded once and sent by their id from then on."""

import asyncio
import logging
from contextlib import suppress
from weakref import WeakValueDictionary

from aiogram.enums import ChatAction
from aiogram.methods import SendChatAction
from aiogram.types import BufferedInputFile

from channels.telegram import calls, limits, rows
from channels.telegram.calls import Sent
from channels.telegram.client import Client
from channels.telegram.failures import CallFailed, Refused
from channels.telegram.layout import Part, parts
from messages import Outgoing
from scheduler.outcomes import Attachment
from storage.database import Database
from storage.writer import Unavailable

SHORT_WAIT = 5.0
"""A pause that Telegram asks for between the parts of one message is kept on the spot up to this long."""

log = logging.getLogger(__name__)


class Incomplete(CallFailed):
    """A later part of a message failed: what was before it is in the chat."""


class Courier:
    """Brings messages to chats."""

    def __init__(self, client: Client, database: Database) -> None:
        self._client = client
        self._database = database
        self._uploads: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def bring(self, chat: str, message: Outgoing, file: Attachment | None) -> str:
        """Send it; Telegram's number of the last part. Raises `CallFailed`."""
        first, *others = parts(message)
        sent = await self._send(chat, first, file)
        try:
            for part in others:
                sent = await self._send_patiently(chat, part, file)
        except CallFailed as failure:
            reason = str(failure)
        else:
            return str(sent.message_id)
        raise Incomplete(reason)

    async def _send_patiently(self, chat: str, part: Part, file: Attachment | None) -> Sent:
        try:
            return await self._send(chat, part, file)
        except Refused as failure:
            if not 0 < failure.retry_after <= SHORT_WAIT:
                raise
            await asyncio.sleep(failure.retry_after)
        return await self._send(chat, part, file)

    async def _send(self, chat: str, part: Part, file: Attachment | None) -> Sent:
        if not part.has_file:
            return await self._client.call(calls.text_call(chat, part))
        assert file is not None  # noqa: S101 (delivery renders what a message names)
        return await self._send_file(chat, part, file)

    async def _send_file(self, chat: str, part: Part, file: Attachment) -> Sent:
        as_photo = file.is_picture and file.path.stat().st_size <= limits.MAX_PHOTO
        sent = await self._send_known(chat, part, file, as_photo=as_photo)
        if sent:
            return sent
        # One upload for all who get the same picture: the others wait for its id.
        async with self._uploads.setdefault(file.content_hash, asyncio.Lock()):
            sent = await self._send_known(chat, part, file, as_photo=as_photo)
            return sent or await self._upload(chat, part, file, as_photo=as_photo)

    async def _send_known(self, chat: str, part: Part, file: Attachment, *, as_photo: bool) -> Sent | None:
        """Send what Telegram has already; None if it does not have it, or no longer."""
        bot = self._client.bot_id
        known = await self._database.aread(lambda db: rows.known_file(db, bot, file.content_hash))
        if not known:
            return None
        try:
            return await self._client.call(calls.file_call(chat, part, known, as_photo=as_photo))
        except Refused as failure:
            # Any other 400 than that of a forgotten file will come again with the upload.
            if failure.code != 400 or failure.moved_to:
                raise
        return None

    async def _upload(self, chat: str, part: Part, file: Attachment, *, as_photo: bool) -> Sent:
        await self._show_upload(chat, as_photo=as_photo)
        content = BufferedInputFile(await asyncio.to_thread(file.path.read_bytes), file.name)
        call = calls.file_call(chat, part, content, as_photo=as_photo)
        sent = await self._client.call(call, more=limits.UPLOAD_SECONDS)
        bot, file_id = self._client.bot_id, sent.file_id
        try:
            await self._database.awrite(lambda db: rows.remember_file(db, bot, file.content_hash, file_id))
        except Unavailable:
            log.warning("A file's id could not be kept; it will be uploaded again.")
        return sent

    async def _show_upload(self, chat: str, *, as_photo: bool) -> None:
        """“Sending photo…” at the top of the chat, for what takes its time."""
        action = ChatAction.UPLOAD_PHOTO if as_photo else ChatAction.UPLOAD_DOCUMENT
        with suppress(CallFailed):
            await self._client.call(SendChatAction(chat_id=chat, action=action))
