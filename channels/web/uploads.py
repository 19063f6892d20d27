"""Photos and files from the page: counted while they arrive, looked into, stored, and only then taken as a message."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePath

from aiohttp import BodyPartReader, web

from channels.web.chat import read_id, take
from channels.web.limits import (
    MAX_DOCUMENT,
    MAX_FIELD,
    MAX_FIELDS,
    MAX_NAME,
    MAX_OWN_UPLOADS,
    MAX_PHOTO,
    MAX_UPLOAD,
    MAX_UPLOADS,
    UPLOAD_LIFE,
)
from channels.web.ports import BOT, CHANNEL, PORTS, Ports
from channels.web.refusals import Refusal, too_big
from channels.web.sessions import visitor
from messages import File, clean
from storage import albums
from storage.images import ImageRefused, normalise_image
from storage.media import MediaFull
from storage.pulled import Visitor

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
"""What is taken as a document: ending, type, and how its bytes begin (texts: anything without NUL)."""
_AT_ONCE = asyncio.Semaphore(2)
"""Photos waiting to be decoded in threads of their own, beside those of other work."""
_UNDER_WAY: Counter[int] = Counter()
"""Uploads that are being received, by account."""
PHOTOS = frozenset({"jpg", "jpeg", "png", "webp", "gif", "heic", "heif", "bmp", "tif", "tiff"})


@dataclass(slots=True)
class Upload:
    """What a form held, its file's bytes only as far as they are allowed."""

    fields: dict[str, str] = field(default_factory=dict)
    name: str = ""
    data: bytearray = field(default_factory=bytearray)
    size: int = 0
    has_file: bool = False

    @property
    def ending(self) -> str:
        return PurePath(self.name).suffix.lower().lstrip(".")

    @property
    def is_photo(self) -> bool:
        return self.fields.get("kind") == "photo" or self.ending in PHOTOS

    @property
    def album(self) -> str:
        """What groups the photos that were chosen together; a document stands alone."""
        return self.fields.get("album", "")[:MAX_NAME] if self.is_photo else ""

    @property
    def more_follow(self) -> bool:
        return self.fields.get("more") == "1"

    @property
    def message_id(self) -> str:
        """The id that the page gave it, by which an album's photos find each other; refused if it is none."""
        try:
            own = read_id(self.fields.get("id"))
        except ValueError as error:
            raise Refusal(400, "not_understood") from error
        return albums.message_id(self.album, own) if self.album else own

    def check(self) -> None:
        """Refuse what is missing, empty or too big."""
        if not self.has_file:
            raise Refusal(400, "not_understood")
        if not self.size:
            raise Refusal(400, "empty_file")
        if self.size > (MAX_PHOTO if self.is_photo else MAX_DOCUMENT):
            raise too_big(self.is_photo, self.size)


async def files(request: web.Request) -> web.Response:
    """POST /c/<id>/files: fields id, kind ("photo" or "file"), album, more ("1": not its last), then the file."""
    who = await visitor(request)
    if (request.content_length or 0) > MAX_UPLOAD:
        raise too_big(request.query.get("kind") == "photo", request.content_length or 0)
    with under_way(who.account_id):
        upload = await receive(request)
        try:
            upload.check()
            message_id = upload.message_id
            kept = await keep(request.app[PORTS], upload)
        except Refusal:
            await _answer_the_album(request, who, upload)
            raise
    return await take(request, who, message_id, kept)


@contextmanager
def under_way(account_id: int) -> Iterator[None]:
    """One of the places for uploads under way, which lie in memory; the page waits for one and tries again."""
    if _UNDER_WAY.total() >= MAX_UPLOADS or _UNDER_WAY[account_id] >= MAX_OWN_UPLOADS:
        raise Refusal(503, "busy")
    _UNDER_WAY[account_id] += 1
    try:
        yield
    finally:
        _UNDER_WAY.subtract((account_id,))
        if not _UNDER_WAY[account_id]:
            del _UNDER_WAY[account_id]


async def _answer_the_album(request: web.Request, who: Visitor, upload: Upload) -> None:
    """The album ends with a refusal: what came before it is answered all the same."""
    if upload.album and not upload.more_follow:
        chat = (CHANNEL, BOT, who.chat)
        answer = partial(albums.answer_after_all, account_id=who.account_id, chat=chat, album=upload.album)
        await request.app[PORTS].database.awrite(answer)


async def receive(request: web.Request) -> Upload:
    """Read the form to its end, keeping no more than the largest file that may pass."""
    upload = Upload()
    try:
        async with asyncio.timeout(UPLOAD_LIFE):
            async for part in await request.multipart():
                if not isinstance(part, BodyPartReader) or len(upload.fields) >= MAX_FIELDS:
                    raise Refusal(400, "not_understood")
                if part.filename is None:
                    await _receive_field(part, upload)
                else:
                    await _receive_file(part, upload)
    except (ValueError, AssertionError) as error:  # not multipart at all, or broken off
        raise Refusal(400, "not_understood") from error
    except TimeoutError as error:
        raise Refusal(408, "too_slow") from error
    return upload


async def _receive_field(part: BodyPartReader, upload: Upload) -> None:
    value = await part.read_chunk(MAX_FIELD)
    if not part.at_eof() and await part.read_chunk(1):
        raise Refusal(400, "not_understood")
    upload.fields[part.name or f"nameless {len(upload.fields)}"] = value.decode("utf-8", "replace")


async def _receive_file(part: BodyPartReader, upload: Upload) -> None:
    if upload.has_file:
        raise Refusal(400, "not_understood")
    upload.has_file = True
    upload.name = clean(PurePath(part.filename or "").name)[-MAX_NAME:]
    while chunk := await part.read_chunk(65_536):
        upload.size += len(chunk)
        if upload.size <= MAX_DOCUMENT:
            upload.data += chunk
        if upload.size > MAX_UPLOAD:
            raise too_big(upload.is_photo, upload.size)


async def keep(ports: Ports, upload: Upload) -> File:
    """Store the bytes, a photo after a look into it."""
    try:
        if upload.is_photo:
            async with _AT_ONCE:
                photo = await asyncio.to_thread(normalise_image, bytes(upload.data))
            sha256 = await asyncio.to_thread(ports.store.put, photo.content)
            size, album, more = len(photo.content), upload.album, upload.more_follow
            return File(True, upload.name, photo.mime, size, sha256, album=album, more_follow=more)
        mime = document_type(upload)
        sha256 = await asyncio.to_thread(ports.store.put, bytes(upload.data))
    except ImageRefused as error:
        raise Refusal(415, "photo_too_large" if error.is_too_large else "no_photo") from error
    except MediaFull as error:
        raise Refusal(507, "disk_full") from error
    return File(False, upload.name, mime, upload.size, sha256)


def document_type(upload: Upload) -> str:
    """The type of a document that may pass: its ending is known and its bytes begin as that ending says."""
    mime, beginnings = DOCUMENTS.get(upload.ending, ("", ()))
    as_said = bytes(upload.data[:8]).startswith(beginnings) if beginnings else b"\0" not in upload.data
    if not mime or not as_said:
        raise Refusal(415, "file_type")
    return mime
