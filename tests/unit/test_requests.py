"""Every kind of request can be done, and has its words."""

from handlers.closing.asking import MEANWHILE
from handlers.closing.words import KINDS
from services.admitting import DEEDS
from storage.tables.states import RequestKind


def test_every_kind_of_request_is_done_somehow_and_has_words() -> None:
    assert set(DEEDS) == set(KINDS) == set(MEANWHILE) == set(RequestKind)
