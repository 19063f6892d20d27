"""Takes photos and files from the page: checked, stored, and only then taken as a message; deleted if unwanted.

The bytes that arrive lie in a file without a name, not in memory.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from io import BytesIO
from pathlib import PurePath
from typing import IO

from aiohttp import BodyPartReader, web

from channels.web.chat import read_id, take
from channels.web.limits import (
    MAX_DOCUMENT,
    MAX_FIELD,
    MAX_FIELDS,
    MAX_NAME,
    MAX_PHOTO,
    MAX_UPLOAD,
    UPLOAD_LIFE,
    UPLOAD_STALL,
)
from channels.web.places import PLACES, to_the_end
from channels.web.ports import BOT, CHANNEL, PORTS, Ports
from channels.web.refusals import RequestRefused, too_big
from channels.web.sessions import visitor
from messages import File, clean
from storage.conversation import albums
from storage.delivery.pulled import Visitor
from storage.files.images import ImageRefused, Normalised
from storage.files.media import KeptFile, MediaFull, MediaStore
from storage.records import attachments

_ZIPPED, _OLD_OFFICE = (b"PK\x03\x04",), (b"\xd0\xcf\x11\xe0",)
DOCUMENTS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    "pdf": ("application/pdf", (b"%PDF",)),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _ZIPPED),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _ZIPPED),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", _ZIPPED),
    "odt": ("application/vnd.oasis.opendocument.text", _ZIPPED),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", _ZIPPED),
    "doc": ("application/msword", _OLD_OFFICE),
    "xls": ("application/vnd.ms-excel", _OLD_OFFICE),
    "ppt": ("application/vnd.ms-powerpoint", _OLD_OFFICE),
    "csv": ("text/csv", ()),
    "txt": ("text/plain", ()),
    "md": ("text/markdown", ()),
}
"""The documents that may pass: ending, type, and first bytes (for texts: anything without NUL)."""
_PIECE = 65_536
"""Bytes read at a time."""
PHOTOS = frozenset({"jpg", "jpeg", "png", "webp", "gif", "heic", "heif", "bmp", "tif", "tiff"})


@dataclass(slots=True)
class Upload:
    """The fields of a form; `spool` holds its file, but no more of it than is allowed."""

    spool: IO[bytes]
    fields: dict[str, str] = field(default_factory=dict)
    name: str = ""
    size: int = 0
    has_file: bool = False
    has_room: bool = True

    @property
    def ending(self) -> str:
        return PurePath(self.name).suffix.lower().lstrip(".")

    @property
    def is_photo(self) -> bool:
        return self.fields.get("kind") == "photo" or self.ending in PHOTOS

    @property
    def album(self) -> str:
        """The name that groups photos chosen together; a document stands alone."""
        return self.fields.get("album", "")[:MAX_NAME] if self.is_photo else ""

    @property
    def more_follow(self) -> bool:
        return self.fields.get("more") == "1"

    @property
    def message_id(self) -> str:
        """The id that the page gave; an album's photos are grouped by it. The upload is refused if it is no id."""
        try:
            own = read_id(self.fields.get("id"))
        except ValueError as error:
            raise RequestRefused(400, "not_understood") from error
        return albums.message_id(self.album, own) if self.album else own

    def check(self) -> None:
        """Refuse what is missing, empty or too big."""
        if not self.has_file:
            raise RequestRefused(400, "not_understood")
        if not self.size:
            raise RequestRefused(400, "empty_file")
        if not self.has_room:
            raise RequestRefused(507, "disk_full")
        if self.size > (MAX_PHOTO if self.is_photo else MAX_DOCUMENT):
            raise too_big(self.is_photo, self.size)


async def files(request: web.Request) -> web.Response:
    """POST /c/<id>/files: fields id, kind ("photo" or "file"), album, more ("1": not its last), then the file."""
    who = await visitor(request)
    if (request.content_length or 0) > MAX_UPLOAD:
        raise too_big(request.query.get("kind") == "photo", request.content_length or 0)
    async with received(request, who.person_id) as upload:
        return await to_the_end(_take(request, who, upload))


@asynccontextmanager
async def received(request: web.Request, person_id: int) -> AsyncIterator[Upload]:
    """Receive this person's upload whole. Its place and its bytes are given back in the end."""
    store = request.app[PORTS].store
    with request.app[PLACES].hold(person_id), _full_is_said(), store.open_spool() as spool:
        upload = Upload(spool)
        await _receive(request, upload)
        yield upload


async def _take(request: web.Request, who: Visitor, upload: Upload) -> web.Response:
    try:
        upload.check()
        message_id = upload.message_id
        file, kept = await keep(request.app[PORTS], upload, who.person_id)
    except RequestRefused:
        await _answer_the_album(request, who, upload)
        raise
    taken = await take(request, who, message_id, file)
    await drop_unwanted(request.app[PORTS], kept)
    return taken


async def drop_unwanted(ports: Ports, kept: KeptFile) -> None:
    """Delete a file that was handed over if no row names it."""
    if not await ports.database.aread(lambda db: attachments.is_named(db, kept.sha256)):
        await asyncio.to_thread(ports.store.drop, kept)


@contextmanager
def _full_is_said() -> Iterator[None]:
    try:
        yield
    except MediaFull as error:
        raise RequestRefused(507, "disk_full") from error


async def _answer_the_album(request: web.Request, who: Visitor, upload: Upload) -> None:
    """End an album whose last photo was refused, so that the photos before it get their answer all the same."""
    if upload.album and not upload.more_follow:
        chat = (CHANNEL, BOT, who.chat)
        answer = partial(albums.answer_after_all, account_id=who.account_id, chat=chat, album=upload.album)
        await request.app[PORTS].database.awrite(answer)


async def _receive(request: web.Request, upload: Upload) -> None:
    """Read the form to its end, keeping no more than the largest file that may pass."""
    store = request.app[PORTS].store
    try:
        async with asyncio.timeout(UPLOAD_LIFE):
            async for part in await request.multipart():
                if not isinstance(part, BodyPartReader) or len(upload.fields) >= MAX_FIELDS:
                    raise RequestRefused(400, "not_understood")
                if part.filename is None:
                    await _receive_field(part, upload)
                else:
                    await _receive_file(part, upload, store)
    except (ValueError, AssertionError, LookupError, RuntimeError) as error:  # not multipart at all, or broken
        raise RequestRefused(400, "not_understood") from error
    except TimeoutError as error:
        raise RequestRefused(408, "too_slow") from error


async def _receive_field(part: BodyPartReader, upload: Upload) -> None:
    value = await part.read_chunk(MAX_FIELD)
    if not part.at_eof() and await part.read_chunk(1):
        raise RequestRefused(400, "not_understood")
    upload.fields[part.name or f"nameless {len(upload.fields)}"] = value.decode("utf-8", "replace")


async def _receive_file(part: BodyPartReader, upload: Upload, store: MediaStore) -> None:
    if upload.has_file:
        raise RequestRefused(400, "not_understood")
    upload.has_file = True
    upload.name = clean(PurePath(part.filename or "").name)[-MAX_NAME:]
    while piece := await _next(part):
        upload.size += len(piece)
        if upload.size > MAX_UPLOAD:
            raise too_big(upload.is_photo, upload.size)
        if upload.has_room and upload.size <= MAX_DOCUMENT:
            upload.has_room = await asyncio.to_thread(_spooled, upload.spool, piece, store)


def _spooled(spool: IO[bytes], piece: bytes, store: MediaStore) -> bool:
    try:
        store.check_room(len(piece))
        spool.write(piece)
    except MediaFull:
        return False
    return True


async def _next(part: BodyPartReader) -> bytes:
    async with asyncio.timeout(UPLOAD_STALL):
        return await part.read_chunk(_PIECE)


async def keep(ports: Ports, upload: Upload, person_id: int) -> tuple[File, KeptFile]:
    """Store the bytes, a photo after a look into it."""
    with _full_is_said():
        if upload.is_photo:
            photo = await _looked_into(ports, upload, person_id)
            kept = await asyncio.to_thread(ports.store.keep, BytesIO(photo.content))
            file = File(True, upload.name, photo.mime, kept.size, kept.sha256, dhash=photo.dhash)
            return replace(file, album=upload.album, more_follow=upload.more_follow), kept
        mime = document_type(upload)
        kept = await asyncio.to_thread(ports.store.keep, upload.spool)
        return File(False, upload.name, mime, kept.size, kept.sha256), kept


async def _looked_into(ports: Ports, upload: Upload, person_id: int) -> Normalised:
    try:
        return await ports.store.normalise(upload.spool, person_id)
    except ImageRefused as error:
        raise RequestRefused(415, "photo_too_large" if error.is_too_large else "no_photo") from error


def document_type(upload: Upload) -> str:
    """Return the type of a document that may pass: its ending is known and its bytes begin as that ending says."""
    mime, beginnings = DOCUMENTS.get(upload.ending, ("", ()))
    upload.spool.seek(0)
    as_said = upload.spool.read(8).startswith(beginnings) if beginnings else not _has_nul(upload.spool)
    if not mime or not as_said:
        raise RequestRefused(415, "file_type")
    return mime


def _has_nul(file: IO[bytes]) -> bool:
    return any(b"\0" in piece for piece in iter(partial(file.read, _PIECE), b""))
