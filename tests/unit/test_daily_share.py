"""A person's share of a day: so many files, and so many bytes, the last of which still fits."""

from datetime import date
from types import SimpleNamespace
from typing import cast
from unittest.mock import Mock

import pytest
from sqlalchemy import Connection

from messages import File
from services import files
from services.limits import BYTES_A_DAY, FILES_A_DAY
from services.viewer import Viewer
from storage.records import attachments


@pytest.mark.parametrize(
    ("count", "size", "more", "enough"),
    [
        (0, 0, 1, False),
        (1, BYTES_A_DAY - 5, 5, False),
        (1, BYTES_A_DAY - 5, 6, True),
        (FILES_A_DAY - 1, 0, 1, False),
        (FILES_A_DAY, 0, 1, True),
    ],
)
def test_one_more_file_is_too_many_by_its_number_or_its_bytes(
    count: int, size: int, more: int, enough: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "sent_since", lambda *_: (count, size))
    viewer = cast("Viewer", SimpleNamespace(person_id=1, today=date(2020, 11, 4)))
    file = cast("File", SimpleNamespace(size=more))
    assert files.has_sent_enough(cast("Connection", Mock()), viewer, file) is enough
