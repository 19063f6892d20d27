"""Who may have the file of a unit's figures."""

import pytest
from sqlalchemy import Connection

from messages import Document
from periods.period import period_of
from services.exporting import exported
from tests.integration.reviewing import office


@pytest.mark.parametrize(
    ("name", "unit", "form", "may"),
    [
        ("chair", "P10", "xlsx", True),
        ("secretariat", "GV", "xlsx", True),
        ("chair", "GV", "xlsx", False),
        ("author", "P10", "xlsx", False),
        ("chair", "P10", "exe", False),
    ],
)
def test_who_looks_after_a_unit_may_have_its_file(db: Connection, name: str, unit: str, form: str, may: bool) -> None:
    found = exported(office(db).viewer(db, name), unit, period_of("2020-11"), form, "vi")
    assert isinstance(found, Document) is may
