"""Photos and files from the page: counted while they arrive, looked into, stored, and only then taken as a message."""

import asyncio
from dataclasses import dataclass, field
from pathlib import PurePath

from aiohttp import BodyPartReader, web

from channels.web.chat import read_id, take
from channels.web.limits import MAX_DOCUMENT, MAX_NAME, MAX_PHOTO, MAX_UPLOAD
from channels.web.ports import PORTS, Ports
from channels.web.refusals import Refusal, too_big
from channels.web.sessions import visitor
from messages import File, clean
from storage.images import ImageRefused, normalise_image
from storage.media import MediaFull

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
"""Photos decoded at the same time: each may take half a gigabyte for a second."""
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

    def check(self) -> None:
        """Refuse what is missing, empty or too big."""
        if not self.has_file:
            raise Refusal(400, "not_understood")
        if not self.size:
            raise Refusal(400, "empty_file")
        if self.size > (MAX_PHOTO if self.is_photo else MAX_DOCUMENT):
            raise too_big(self.is_photo, self.size)


async def files(request: web.Request) -> web.Response:
    """POST /c/<id>/files: fields id, kind ("photo" or "file"), album, then the file."""
    who = await visitor(request)
    if (request.content_length or 0) > MAX_UPLOAD:
        raise too_big(request.query.get("kind") == "photo", request.content_length or 0)
    upload = await receive(request)
    upload.check()
    try:
        message_id = read_id(upload.fields.get("id"))
    except ValueError as error:
        raise Refusal(400, "not_understood") from error
    kept = await keep(request.app[PORTS], upload)
    return await take(request, who, message_id, kept)


async def receive(request: web.Request) -> Upload:
    """Read the form to its end, keeping no more than the largest file that may pass."""
    upload = Upload()
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                raise Refusal(400, "not_understood")
            if part.filename is None:
                upload.fields[part.name or ""] = (await part.read_chunk(MAX_NAME * 4)).decode("utf-8", "replace")
            else:
                await _receive_file(part, upload)
    except (ValueError, AssertionError) as error:  # not multipart at all, or broken off
        raise Refusal(400, "not_understood") from error
    return upload


async def _receive_file(part: BodyPartReader, upload: Upload) -> None:
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
    album = upload.fields.get("album", "")[:MAX_NAME]
    try:
        if upload.is_photo:
            async with _AT_ONCE:
                photo = await asyncio.to_thread(normalise_image, bytes(upload.data))
            sha256 = await asyncio.to_thread(ports.store.put, photo.content)
            return File(True, upload.name, photo.mime, len(photo.content), sha256, album=album)
        mime = document_type(upload)
        sha256 = await asyncio.to_thread(ports.store.put, bytes(upload.data))
    except ImageRefused as error:
        raise Refusal(415, "no_photo") from error
    except MediaFull as error:
        raise Refusal(507, "disk_full") from error
    return File(False, upload.name, mime, upload.size, sha256, album=album)


def document_type(upload: Upload) -> str:
    """The type of a document that may pass: its ending is known and its bytes begin as that ending says."""
    mime, beginnings = DOCUMENTS.get(upload.ending, ("", ()))
    as_said = bytes(upload.data[:8]).startswith(beginnings) if beginnings else b"\0" not in upload.data
    if not mime or not as_said:
        raise Refusal(415, "file_type")
    return mime
