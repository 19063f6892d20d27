"""Files that belong to rows, kept under the sha256 of their content: a name that is on the disk is whole and true.

A file is written beside its place, flushed to the disk and renamed, before the row that names it commits; so a row
never names a file that a power cut could take. Files that no row names are swept later. Replicas may share the folder:
a lock file keeps a sweep from taking what is being put at that moment.
"""

import errno
import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

_SHA256 = re.compile("[0-9a-f]{64}")
_FULL = {errno.ENOSPC, errno.EDQUOT}


class MediaFull(OSError):
    """There is no room for the file; nothing of it was kept."""


class MediaStore:
    """A folder of files by content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Where the file of this content stands, if it was put."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError("a file is named by the 64 hexadecimal digits of its sha256")
        return self._folder / sha256[:2] / sha256

    def put(self, content: bytes) -> str:
        """Keeps the content for good and returns its sha256; the same content twice is one file."""
        sha256 = hashlib.sha256(content).hexdigest()
        place = self.path(sha256)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            if not self._renewed(place):
                self._write(place, content)
        except OSError as error:
            if error.errno in _FULL:
                raise MediaFull(error.errno, "no room for the file", str(self._folder)) from error
            raise
        return sha256

    def sweep(self, known: Collection[str], older_than: datetime) -> int:
        """Removes files that `known` does not name and that were put before `older_than` (machine time); counts them.

        Parts of files whose writing was cut off go with them.
        """
        limit = older_than.timestamp()
        return sum(self._removed(path, limit) for path in self._folder.glob("??/*") if path.name not in known)

    def _renewed(self, place: Path) -> bool:
        """Whether the file is there; its age begins anew, for somebody is about to name it."""
        with self._locked():
            if not place.exists():
                return False
            os.utime(place)
            return True

    def _write(self, place: Path, content: bytes) -> None:
        handle, part = tempfile.mkstemp(prefix=".part-", dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(part).replace(place)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
        flush_folder(place.parent)
        flush_folder(self._folder)

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


def flush_folder(folder: Path) -> None:
    """A rename is on the disk once its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
