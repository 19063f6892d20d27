"""Recipes as files."""

from pathlib import Path

import pytest

from messages import Picture
from reports.gallery import Gallery
from storage.files.media import MediaStore


def test_a_stored_photo_is_its_file_as_long_as_there_is_one(tmp_path: Path) -> None:
    media = MediaStore(tmp_path / "media")
    gallery = Gallery(tmp_path / "rendered", media)
    photo = Picture("stored", {"sha256": media.put(b"photo")})
    assert gallery.path_of(photo).read_bytes() == b"photo"
    gallery.path_of(photo).unlink()
    with pytest.raises(LookupError, match="gone"):
        gallery.path_of(photo)
