"""Photos are fetched as soon as the message that brought them is committed, since their addresses die.

A photo that will not come is said to its author, with a way to send it again.
"""

import asyncio
import logging
from datetime import timedelta

from sqlalchemy import Connection

from channels.ports import Now
from channels.zalo import CHANNEL
from channels.zalo.limits import LONGEST_PAUSE, PHOTO_RETRY, PHOTO_TRIES
from channels.zalo.photos import Gone, NotYet, PhotoFetcher
from locales import Say, texts
from messages import Choice, Outgoing
from storage import attachments, notices
from storage.attachments import Pending
from storage.database import Database
from storage.images import ImageRefused, Normalised, normalise_image
from storage.media import MediaFull, MediaStore
from storage.writer import Unavailable

_AT_ONCE = 4
"""Photos in work at a time: each is decoded in a process of its own."""

log = logging.getLogger(__name__)


class PhotoKeeper:
    """Fetches one bot's pending photos; `machine` is the clock of back-off, `now` that of what people read."""

    def __init__(
        self, bot: str, *, database: Database, fetcher: PhotoFetcher, media: MediaStore, machine: Now, now: Now
    ) -> None:
        self._bot = bot
        self._database = database
        self._fetcher = fetcher
        self._media = media
        self._machine = machine
        self._now = now
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """A photo came just now."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Fetch what is pending, at each wake and often enough for those in back-off, until `stop`."""
        while not stop.is_set():
            self._woken.clear()
            try:
                if await self.fetch_pending():
                    continue
            except Unavailable:
                log.warning("zalo bot %s: photos wait for the database", self._bot)
            await _first_of(stop, self._woken, LONGEST_PAUSE)

    async def fetch_pending(self) -> int:
        """Try each photo that is due once; how many there were."""
        rows = await self._database.aread(
            lambda db: attachments.pending(db, CHANNEL, self._bot, self._machine(), _AT_ONCE)
        )
        await asyncio.gather(*(self._keep(row) for row in rows))
        return len(rows)

    async def _keep(self, row: Pending) -> None:
        try:
            photo = await asyncio.to_thread(normalise_image, await self._fetcher.fetch(row.remote))
            sha256 = await asyncio.to_thread(self._media.put, photo.content)
        except (Gone, ImageRefused) as error:
            await self._lose(row, type(error).__name__)
        except (NotYet, MediaFull) as error:
            await self._put_off(row, type(error).__name__)
        else:
            await self._database.awrite(lambda db: _store(db, row, photo, sha256))

    async def _put_off(self, row: Pending, why: str) -> None:
        attempts = row.attempts + 1
        if attempts >= PHOTO_TRIES:
            await self._lose(row, why)
            return
        wait: timedelta = PHOTO_RETRY * 2**row.attempts
        await self._database.awrite(lambda db: attachments.put_off(db, row.id, attempts, self._machine() + wait))

    async def _lose(self, row: Pending, why: str) -> None:
        log.warning("zalo bot %s: attachment %d is lost: %s", self._bot, row.id, why)

        def give_up(db: Connection) -> None:
            if attachments.lose(db, row.id):
                notices.notify(db, row.person_id, lost_notice(texts(row.language), row.submission_id), self._now())

        await self._database.awrite(give_up)


def _store(db: Connection, row: Pending, photo: Normalised, sha256: str) -> None:
    attachments.keep(db, row.id, sha256, photo.mime, len(photo.content))


def lost_notice(say: Say, submission_id: int | None) -> Outgoing:
    """What the author of a lost photo is told."""
    if submission_id is None:
        return Outgoing(say("I am sorry: one of your photos did not get through. Please send it once more."))
    return Outgoing(
        say("I am sorry: a photo of your report did not get through. The report itself is safe."),
        (Choice(f"correct:{submission_id}", say("Add the photo again")),),
    )


async def _first_of(stop: asyncio.Event, woken: asyncio.Event, seconds: float) -> None:
    waits = [asyncio.ensure_future(event.wait()) for event in (stop, woken)]
    await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
