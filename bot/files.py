"""Takes in a file of this machine as a channel does with bytes it received: checked, made harmless, stored."""

import mimetypes
import os
from io import BytesIO
from pathlib import Path

from messages import File
from storage.files.images import ImageRefused, normalise_image
from storage.files.media import KeptFile, MediaFull, MediaStore

MAX_FILE_BYTES = 20 * 2**20
"""Telegram's download limit, so that no channel takes what another could not."""


class FileRefused(ValueError):
    """A file was not taken; the text says why and what to do. Nothing of the file was kept."""


def load_file(store: MediaStore, path: Path, is_image: bool) -> tuple[File, KeptFile]:
    """Store the file under the media folder. Raises `FileRefused`."""
    try:
        with path.open("rb") as file:
            if is_image:
                photo = normalise_image(file)
                kept = store.keep(BytesIO(photo.content))
                return File(True, path.name, photo.mime, kept.size, kept.sha256, dhash=photo.dhash), kept
            if file.seek(0, os.SEEK_END) > MAX_FILE_BYTES:
                raise FileRefused(f"{path.name} is larger than {MAX_FILE_BYTES // 2**20} MB. Send a smaller one.")
            kept = store.keep(file)
            mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return File(False, path.name, mime, kept.size, kept.sha256), kept
    except ImageRefused as error:
        advice = "Send a JPEG of at most 12 megapixels." if error.is_too_large else "Send a JPEG or PNG."
        raise FileRefused(f"{path.name} cannot be taken as a photo ({error.code}). {advice}") from error
    except MediaFull as error:
        raise FileRefused("There is no room left for photos and files. Text still arrives.") from error
    except OSError as error:
        raise FileRefused(f"{path}: {error.strerror}. Check the path and the disk.") from error
