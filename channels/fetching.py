"""Fetches photos and files that a platform only names: after the commit, and never in the way of a turn.

The author of a file that will not come is told so, with a way to send it again. The report it belongs to stands. A full
disk is told at once, and once for all files that wait, since trying goes on for an hour and a half.
"""

import asyncio
import logging
from datetime import timedelta
from io import BytesIO
from typing import Protocol

from sqlalchemy import Connection

from channels.ports import Now
from locales import Say, texts
from messages import Outgoing
from messages.actions import Correct, choice
from scheduler.waiting import comes_within
from services import second_look
from storage.db.database import Database
from storage.db.writer import Unavailable
from storage.delivery import notices
from storage.files.images import ImageRefused
from storage.files.media import KeptFile, MediaFull, MediaStore
from storage.records import attachments, submissions
from storage.records.attachments import Pending

AT_ONCE = 2
"""Files fetched at the same time: each is in memory, with up to 20 MB."""
TRIES = 10
FIRST_WAIT = timedelta(seconds=5)
"""Doubled at each try: the tenth comes after about an hour and a half."""
LOOK_EVERY_SECONDS = 2.0

log = logging.getLogger(__name__)


class Gone(Exception):
    """This file will never come."""


class NotYet(Exception):
    """The file did not come this time."""


class FileSource(Protocol):
    """Fetches a file by the platform's name for it. Raises `Gone` or `NotYet`."""

    async def fetch(self, remote: str) -> bytes: ...


class Fetching:
    """Fetches one bot's pending files. `machine` is the clock of back-off, `now` that of what people read."""

    def __init__(
        self,
        channel: str,
        bot: str,
        *,
        source: FileSource,
        database: Database,
        media: MediaStore,
        machine: Now,
        now: Now,
    ) -> None:
        self._channel = channel
        self._bot = bot
        self._source = source
        self._database = database
        self._media = media
        self._machine = machine
        self._now = now

    async def run(self, stop: asyncio.Event) -> None:
        """Fetch what is pending until `stop`."""
        while not stop.is_set():
            try:
                if await self.fetch_pending():
                    continue
            except Unavailable:
                log.warning("Files wait for the database.")
            await comes_within(stop, LOOK_EVERY_SECONDS)

    async def fetch_pending(self) -> int:
        """Try each file that is due once, and return how many there were."""
        machine = self._machine()
        rows = await self._database.aread(
            lambda db: attachments.pending(db, self._channel, self._bot, machine, AT_ONCE)
        )
        await asyncio.gather(*(self._try(row) for row in rows))
        return len(rows)

    async def _try(self, row: Pending) -> None:
        try:
            content = await self._source.fetch(row.remote)
            kept, stored = await self._keep(row, content)
        except (Gone, ImageRefused) as error:
            await self._lose(row, error)
        except (NotYet, OSError) as error:  # a full disk, a folder without rights, no memory for another process
            await self._put_off(row, error)
        else:
            await self._database.awrite(lambda db: _note(db, row, kept, *stored))

    async def _keep(self, row: Pending, content: bytes) -> tuple[KeptFile, tuple[str, str]]:
        """Store the bytes under the media folder before the row says that they are there; return type and look, too."""
        stored = ("application/octet-stream", "")
        if row.is_image:
            photo = await self._media.normalise(content, row.person_id)
            content, stored = photo.content, (photo.mime, photo.dhash)
        return await asyncio.to_thread(self._media.keep, BytesIO(content)), stored

    async def _put_off(self, row: Pending, error: Exception) -> None:
        attempts = row.attempts + 1
        if attempts >= TRIES:
            await self._lose(row, error)
            return
        at = self._machine() + FIRST_WAIT * 2**row.attempts

        def put_off(db: Connection) -> None:
            is_first = attachments.put_off(db, row.id, attempts, at) and attachments.is_first_put_off(db, row)
            if is_first and isinstance(error, MediaFull):
                notices.notify(db, row.person_id, waiting_notice(row), self._now())

        await self._database.awrite(put_off, ("files", row.person_id))

    async def _lose(self, row: Pending, error: Exception) -> None:
        log.warning("Attachment %d is lost: %s", row.id, type(error).__name__)

        def give_up(db: Connection) -> None:
            if attachments.lose(db, row.id):
                notices.notify(db, row.person_id, lost_notice(db, row, error), self._now())

        await self._database.awrite(give_up)


def waiting_notice(row: Pending) -> Outgoing:
    """The message to the author of a file for which the disk has no room."""
    say = texts(row.language)
    return Outgoing(
        say(
            "There is no room left for photos and files at the moment. Yours waits, and I go on trying for an hour and "
            "a half; if there is still no room then, I will tell you. Messages and reports arrive as ever."
        )
    )


def lost_notice(db: Connection, row: Pending, error: Exception) -> Outgoing:
    """The message to the author of a lost file."""
    say = texts(row.language)
    text = _text(say, error, row.submission_id)
    if row.submission_id is None:
        return Outgoing(text)
    correct = Correct(row.submission_id, submissions.revision_of(db, row.submission_id))
    return Outgoing(text, (choice(correct, say("Add the photo again")),))


def _text(say: Say, error: Exception, submission_id: int | None) -> str:
    """Say why the file is lost and what to do. A photo that cannot be opened must not be sent again as it is."""
    if isinstance(error, ImageRefused):
        return say(
            "I am sorry: I cannot open one of your photos. Please send it as JPG with at most 12 megapixels, or a "
            "screenshot of it."
        )
    if isinstance(error, MediaFull):
        return say(
            "I am sorry: there is no room left for photos and files at the moment, so I could not keep yours. Messages "
            "and reports still arrive; please send it again tomorrow."
        )
    if submission_id is None:
        return say("I am sorry: a photo or file of yours did not get through. Please send it once more.")
    return say("I am sorry: a photo or file of your report did not get through. The report itself is safe.")


def _note(db: Connection, row: Pending, kept: KeptFile, mime: str, dhash: str) -> None:
    attachments.keep(db, row.id, kept.sha256, mime, kept.size, dhash)
    second_look.photo_came(db, row.id)
