"""A backup as a file: a plain tar of the database, the files, the secret, and last a manifest that vouches for each.

The manifest stands at the end because it is true only then; an archive that was cut off has none and is refused. What
may stand in an archive is a closed list of names, so that nothing is ever unpacked to a place of its own choosing.
"""

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from bot.errors import UsageError

DATABASE = "bot.db"
SECRET = "secret"  # noqa: S105 (a name)
MEDIA = "media"
MANIFEST = "manifest.json"

_NAME = re.compile(rf"{re.escape(DATABASE)}|{SECRET}|{MEDIA}/(?:[0-9a-f]{{2}}/[0-9a-f]{{64}}|in-hand/[a-z0-9-]+\.json)")
_LARGEST_MANIFEST = 512 * 2**20
"""A few million files; more is no manifest of ours."""
_BLOCK = 2**20
_FORMAT = 1

Progress = Callable[[str, int, int], None]
"""Takes the name of the work, how much of it is done, and how much it is in all."""


@dataclass(frozen=True, slots=True)
class PackedFile:
    """One file of an archive."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """An archive's time of making, the revision of its database (empty without one), and its files by name."""

    made_at: datetime
    schema: str
    files: Mapping[str, PackedFile]

    @property
    def size(self) -> int:
        return sum(entry.size for entry in self.files.values())

    @property
    def media(self) -> int:
        """The number of photos, files and updates in hand."""
        return sum(name.startswith(f"{MEDIA}/") for name in self.files)

    def to_json(self) -> bytes:
        files = {name: asdict(entry) for name, entry in self.files.items()}
        data = {"format": _FORMAT, "made_at": self.made_at.isoformat(), "schema": self.schema, "files": files}
        return json.dumps(data, indent=1).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Manifest":
        """Raises `ValueError`, `KeyError` or `TypeError` for what is no manifest of this format."""
        data = json.loads(text)
        if data["format"] != _FORMAT:
            raise ValueError("another format")
        files = {name: PackedFile(entry["size"], entry["sha256"]) for name, entry in data["files"].items()}
        return cls(datetime.fromisoformat(data["made_at"]), str(data["schema"]), files)


class Packer:
    """Writes an archive into a file that is open for it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115 (`finish` closes it)
        self._files: dict[str, PackedFile] = {}

    def add(self, name: str, path: Path) -> None:
        """Add a file. Raises `OSError`; a `FileNotFoundError` comes before anything is written."""
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} has no place in a backup")
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.mode = status.st_size, int(status.st_mtime), 0o600
            content = _Hashing(file)
            self._tar.addfile(info, content)
        self._files[name] = PackedFile(info.size, content.hexdigest())

    def finish(self, made_at: datetime, schema: str) -> Manifest:
        """Write the manifest that vouches for everything added. Nothing can follow it."""
        manifest = Manifest(made_at, schema, self._files)
        content = manifest.to_json()
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(content)
        self._tar.addfile(info, io.BytesIO(content))
        self._tar.close()
        return manifest


class _Hashing:
    """Hashes a file while it is read, so that the manifest says exactly what stands in the archive."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        content = self._file.read(size)
        self._hash.update(content)
        return content

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


def verify(path: Path, progress: Progress) -> Manifest:
    """Read an archive through to its end; raises `UsageError` unless every file is there, is whole, and is all."""
    packed: dict[str, PackedFile] = {}
    manifest: Manifest | None = None
    with _reading(path) as tar:
        whole = path.stat().st_size
        for member in tar:
            content = _content(path, tar, member)
            if member.name == MANIFEST:
                manifest = _manifest(path, member, content)
            elif not _NAME.fullmatch(member.name) or member.name in packed:
                raise _refused(path, f"{member.name[:80]!r} has no place in it")
            else:
                packed[member.name] = PackedFile(member.size, _sha256(content))
            progress("checking the backup", tar.offset, whole)
    if manifest is None:
        raise _refused(path, "its end is missing")
    _compare(path, packed, manifest)
    return manifest


def _compare(path: Path, packed: Mapping[str, PackedFile], manifest: Manifest) -> None:
    for name in sorted({*packed, *manifest.files}):
        if packed.get(name) != manifest.files.get(name):
            raise _refused(path, f"{name} is not what was packed")
        if name.startswith(MEDIA) and not name.endswith((packed[name].sha256, ".json")):
            raise _refused(path, f"{name} does not hold what it is named after")


def contents(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield the files of a verified archive. Each must be read before the next is asked for."""
    with _reading(path) as tar:
        for member in tar:
            if _NAME.fullmatch(member.name):
                yield member.name, _content(path, tar, member)


def _content(path: Path, tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(member) if member.isreg() else None
    if content is None:
        raise _refused(path, f"{member.name[:80]!r} is no plain file")
    return content


def _manifest(path: Path, member: tarfile.TarInfo, content: IO[bytes]) -> Manifest:
    if member.size > _LARGEST_MANIFEST:
        raise _refused(path, "its list is too long")
    try:
        return Manifest.from_json(content.read())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _refused(path, "its list cannot be read by this version") from error


def _sha256(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := content.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


@contextmanager
def _reading(path: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(path, "r:") as tar:
            yield tar
    except tarfile.TarError as error:
        raise _refused(path, "it is cut off, or no archive at all") from error


def _refused(path: Path, why: str) -> UsageError:
    return UsageError(f"{path} is no backup that can be trusted: {why}. Nothing was changed; take another one.")
