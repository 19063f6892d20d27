"""How many files may wait for one person."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast
from unittest.mock import Mock

import pytest
from sqlalchemy import Connection

from messages import Document, Outgoing
from services import ordering
from services.limits import MOST_FILES_WAITING
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.delivery import file_orders

NOW = datetime(2020, 11, 4, 3, tzinfo=UTC)


@pytest.mark.parametrize("waiting", [MOST_FILES_WAITING - 1, MOST_FILES_WAITING])
def test_a_file_is_asked_for_while_fewer_wait_than_may(waiting: int, monkeypatch: pytest.MonkeyPatch) -> None:
    add = Mock()
    monkeypatch.setattr(file_orders, "count_waiting", lambda *_: waiting)
    monkeypatch.setattr(file_orders, "add", add)
    db, viewer = cast("Connection", Mock()), cast("Viewer", SimpleNamespace(person_id=1))
    document = Document("letter", {}, "letter.docx")
    said = ordering.order(db, viewer, document, choices=(), sorry=Outgoing("sorry"), account_id=1, inbox_id=1, now=NOW)
    is_full = waiting == MOST_FILES_WAITING
    assert said == (Refused(Refusal.FULL) if is_full else None)
    assert add.called is not is_full
