"""Keeps files that rows name under the sha256 of their content, so that a file on the disk is always whole.

A file is written beside its place, flushed to the disk and renamed, before the row that names it commits. So a row
never names a file that a power cut could take. Files that no row names are swept later. Replicas may share the folder:
a lock file keeps a sweep from deleting a file that is being put at that moment.

If little of the disk is left, no more files are taken (`RESERVE`), so that messages and reports, whose database may be
on the same disk, go on.
"""

import asyncio
import errno
import fcntl
import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO

from storage.files.fair_turns import FairTurns
from storage.files.images import Normalised, normalise_image

RESERVE = 64 * 2**20
"""Bytes of the disk that files leave free: some years of reports, or the journal of a busy week."""
_PIECE = 2**16
_SHA256 = re.compile("[0-9a-f]{64}")
_FULL = {errno.ENOSPC, errno.EDQUOT}


class MediaFull(OSError):
    """There is no room for the file. Nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was put; `stamp` tells this putting from any other of the same content."""

    sha256: str
    size: int
    stamp: int


def free_space(folder: Path) -> int:
    """Return the bytes left on the disk where a folder is, or will be."""
    return shutil.disk_usage(
        next(candidate for candidate in (folder, *folder.absolute().parents) if candidate.exists())
    ).free


class MediaStore:
    """A folder of files by content. `free` returns how much of a folder's disk is left."""

    def __init__(self, folder: Path, free: Callable[[Path], int] = free_space) -> None:
        self._folder = folder
        self._free = free
        self._decoding = FairTurns()

    @property
    def is_full(self) -> bool:
        """Whether no file is taken any more."""
        return self._free(self._folder) < RESERVE

    def check_room(self, size: int) -> None:
        """Raise `MediaFull` if a file of this size would leave less than the reserve."""
        if self._free(self._folder) - size < RESERVE:
            raise MediaFull(errno.ENOSPC, "no room for the file", str(self._folder))

    def open_spool(self) -> IO[bytes]:
        """Open a file without a name for arriving bytes: it is gone when it is closed, or with the process."""
        with _saying_full(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            return tempfile.TemporaryFile(dir=self._folder, buffering=0)

    async def normalise(self, source: bytes | IO[bytes], person_id: int) -> Normalised:
        """Make the photo that is kept, when it is this person's turn. Raises `ImageRefused`."""
        async with self._decoding.turn(person_id):
            return await asyncio.to_thread(normalise_image, source)

    def path(self, sha256: str) -> Path:
        """Return the path of this content, whether or not it was put."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError("a file is named by the 64 hexadecimal digits of its sha256")
        return self._folder / sha256[:2] / sha256

    def put(self, content: bytes) -> str:
        """Keeps the content for good and returns its sha256; the same content twice is one file."""
        return self.keep(BytesIO(content)).sha256

    def keep(self, source: IO[bytes]) -> KeptFile:
        """Keep the content of an open file, from its beginning. Raises `MediaFull`."""
        size = source.seek(0, os.SEEK_END)
        self.check_room(size)
        sha256 = _digest(source)
        place = self.path(sha256)
        with _saying_full(self._folder):
            place.parent.mkdir(parents=True, exist_ok=True)
            stamp = self._renewed(place) or self._written(place, source)
        return KeptFile(sha256, size, stamp)

    def drop(self, kept: KeptFile) -> None:
        """Remove an unwanted file, unless it was put again since: then somebody else is about to name it."""
        place = self.path(kept.sha256)
        with self._locked():
            if place.exists() and place.stat().st_mtime_ns == kept.stamp:
                place.unlink()

    def sweep(self, known: Collection[str], older_than: datetime) -> int:
        """Remove files that `known` does not name and that were put before `older_than` (machine time); count them.

        Parts of files whose writing was cut off go with them.
        """
        limit = older_than.timestamp()
        return sum(self._removed(path, limit) for path in self._folder.glob("??/*") if path.name not in known)

    def _renewed(self, place: Path) -> int:
        """Renew and return the stamp of a file that is there, else 0. Its age begins anew: a row will name it."""
        with self._locked():
            return _stamped(place) if place.exists() else 0

    def _written(self, place: Path, source: IO[bytes]) -> int:
        handle, part = tempfile.mkstemp(prefix=".part-", dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                source.seek(0)
                shutil.copyfileobj(source, file, _PIECE)
                file.flush()
                os.fsync(file.fileno())
            with self._locked():
                Path(part).replace(place)
                stamp = _stamped(place)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
        flush_folder(place.parent)
        flush_folder(self._folder)
        return stamp

    def _removed(self, path: Path, limit: float) -> bool:
        with self._locked():
            if not path.exists() or path.stat().st_mtime >= limit:
                return False
            path.unlink()
            return True

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self._folder / ".lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


@contextmanager
def _saying_full(folder: Path) -> Iterator[None]:
    """Turn the error of a full disk or quota into `MediaFull`."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise MediaFull(error.errno, "no room for the file", str(folder)) from error
        raise


def _stamped(place: Path) -> int:
    """Set and return the file's time, so finely that no two are alike."""
    now = time.time_ns()
    os.utime(place, ns=(now, now))
    return place.stat().st_mtime_ns


def _digest(source: IO[bytes]) -> str:
    source.seek(0)
    digest = hashlib.sha256()
    while piece := source.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()


def flush_folder(folder: Path) -> None:
    """Flush a folder: a rename is on the disk only once its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
