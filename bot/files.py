"""Bringing a file from this machine in, as a channel that has the bytes does it: checked, made harmless, stored."""

import mimetypes
from pathlib import Path

from messages import File
from storage.images import ImageRefused, normalise_image
from storage.media import MediaStore

MAX_FILE_BYTES = 20 * 2**20
"""Telegram's download limit, so that no channel takes what another could not."""


class FileRefused(ValueError):
    """Why a file was not taken, and what to do; nothing of it was kept."""


def load_file(store: MediaStore, path: Path, is_image: bool) -> File:
    """The file, stored under the media folder. Raises `FileRefused`."""
    try:
        content = path.read_bytes()
        if is_image:
            photo = normalise_image(content)
            return File(True, path.name, photo.mime, len(photo.content), store.put(photo.content))
        if len(content) > MAX_FILE_BYTES:
            raise FileRefused(f"{path.name} is larger than {MAX_FILE_BYTES // 2**20} MB. Send a smaller one.")
        mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return File(False, path.name, mime, len(content), store.put(content))
    except ImageRefused as error:
        raise FileRefused(f"{path.name} cannot be taken as a photo ({error.code}). Send a JPEG or PNG.") from error
    except OSError as error:
        raise FileRefused(f"{path}: {error.strerror}. Check the path and the disk.") from error
