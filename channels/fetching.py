"""Photos and files that a platform only names: fetched after the commit, kept by their content, never in the way.

A file that will not come is said to its author, with a way to send it again; the report it belongs to stands.
"""

import asyncio
import logging
from datetime import timedelta
from typing import Protocol

from sqlalchemy import Connection

from channels.ports import Now
from locales import Say, texts
from messages import Choice, Outgoing
from messages.actions import Correct
from scheduler.waiting import comes_within
from storage import attachments, notices, submissions
from storage.attachments import Pending
from storage.database import Database
from storage.images import ImageRefused, normalise_image
from storage.media import MediaStore
from storage.writer import Unavailable

AT_ONCE = 4
"""Files in work at a time: a photo is decoded in a process of its own."""
TRIES = 10
FIRST_WAIT = timedelta(seconds=5)
"""Doubled at each try: the tenth comes after about an hour and a half."""
LOOK_EVERY_SECONDS = 2.0

log = logging.getLogger(__name__)


class Gone(Exception):
    """This file will never come."""


class NotYet(Exception):
    """The file did not come this time."""


class Source(Protocol):
    """Fetches by the platform's word for a file. Raises `Gone` or `NotYet`."""

    async def fetch(self, remote: str) -> bytes: ...


class Fetching:
    """Fetches one bot's pending files. `machine` is the clock of back-off, `now` that of what people read."""

    def __init__(
        self, channel: str, bot: str, *, source: Source, database: Database, media: MediaStore, machine: Now, now: Now
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
        """Try each file that is due once; how many there were."""
        machine = self._machine()
        rows = await self._database.aread(
            lambda db: attachments.pending(db, self._channel, self._bot, machine, AT_ONCE)
        )
        await asyncio.gather(*(self._try(row) for row in rows))
        return len(rows)

    async def _try(self, row: Pending) -> None:
        try:
            content = await self._source.fetch(row.remote)
            sha256, mime, size = await asyncio.to_thread(self._keep, content, row.is_image)
        except Gone as error:
            await self._lose(row, type(error).__name__)
        except ImageRefused as error:
            await self._lose(row, error.code, is_unreadable=True)
        except (NotYet, OSError) as error:  # a full disk, a folder without rights, no memory for another process
            await self._put_off(row, type(error).__name__)
        else:
            await self._database.awrite(lambda db: attachments.keep(db, row.id, sha256, mime, size))

    def _keep(self, content: bytes, is_image: bool) -> tuple[str, str, int]:
        """Under the media folder before the row says so."""
        mime = "application/octet-stream"
        if is_image:
            photo = normalise_image(content)
            content, mime = photo.content, photo.mime
        return self._media.put(content), mime, len(content)

    async def _put_off(self, row: Pending, why: str) -> None:
        attempts = row.attempts + 1
        if attempts >= TRIES:
            await self._lose(row, why)
            return
        at = self._machine() + FIRST_WAIT * 2**row.attempts
        await self._database.awrite(lambda db: attachments.put_off(db, row.id, attempts, at))

    async def _lose(self, row: Pending, why: str, *, is_unreadable: bool = False) -> None:
        log.warning("Attachment %d is lost: %s", row.id, why)
        say = texts(row.language)

        def give_up(db: Connection) -> None:
            if attachments.lose(db, row.id):
                again = _add_again(db, say, row.submission_id)
                notice = (unreadable_notice if is_unreadable else lost_notice)(say, again)
                notices.notify(db, row.person_id, notice, self._now())

        await self._database.awrite(give_up)


def _add_again(db: Connection, say: Say, submission_id: int | None) -> tuple[Choice, ...]:
    """Into the report that it belongs to, as that is now; nowhere if it is of none."""
    if submission_id is None:
        return ()
    correct = Correct(submission_id, submissions.revision_of(db, submission_id))
    return (Choice(str(correct), say("Add the photo again")),)


def lost_notice(say: Say, again: tuple[Choice, ...]) -> Outgoing:
    """What the author of a lost file is told; of a report's, with the way to add it `again`."""
    if not again:
        return Outgoing(say("I am sorry: a photo or file of yours did not get through. Please send it once more."))
    text = say("I am sorry: a photo or file of your report did not get through. The report itself is safe.")
    return Outgoing(text, again)


def unreadable_notice(say: Say, again: tuple[Choice, ...]) -> Outgoing:
    """What the author of a photo is told that cannot be opened: sent once more as it is, it would be lost again."""
    text = say(
        "I am sorry: I cannot open one of your photos. Please send it as JPG with at most 12 megapixels, or a "
        "screenshot of it."
    )
    return Outgoing(text, again)
