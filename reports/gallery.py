"""Rendered pictures and documents as files, made once however many people get them.

A file is named by its recipe's hash, so it is never wrong, only absent, and can be deleted at any time.
"""

import os
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from messages import Document, Picture
from reports.rendering import content_hash, render_png
from storage.files.media import MediaStore

STORED = "stored"
"""The kind of a picture that somebody sent: its data name the file."""


class Gallery:
    """A folder of rendered pictures beside the stored ones. A picture's first time is slow: call it in a worker."""

    def __init__(self, folder: Path, media: MediaStore) -> None:
        self._folder = folder
        self._media = media

    def path_of(self, picture: Picture | Document) -> Path:
        """The recipe's file, rendered now if it is not there yet.

        Raises `LookupError` for a kind that nothing draws or a stored file that is gone, `MediaFull` without room.
        """
        if picture.kind == STORED:
            stored = self._media.path(picture.data["sha256"])
            if not stored.exists():
                raise LookupError("a stored file is gone")
            return stored
        place = self._folder / f"{content_hash(picture.kind, picture.data)}.png"
        try:
            os.utime(place)  # wanted again: its age begins anew
        except FileNotFoundError:
            content = render_png(picture.kind, picture.data)
            self._media.check_room(len(content))
            self._write(place, content)
        return place

    def named(self, document: Document) -> Path:
        """A stored document under a name that says what it is, as a second name of the same file."""
        stored = self.path_of(document)
        place = self._folder / f"{document.data['sha256'][:12]}-{document.name}"
        self._folder.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            place.hardlink_to(stored)
        return place

    def sweep(self, older_than: datetime) -> int:
        """Remove the files that nobody has wanted since `older_than` (machine time), and say how many."""
        limit = older_than.timestamp()
        old = [path for path in self._folder.glob("*") if path.stat().st_mtime < limit]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _write(self, place: Path, content: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=self._folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(part).replace(place)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
