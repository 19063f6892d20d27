"""What every turn runs: on SQLite each statement is planned once, not again for each turn."""

import sqlite3
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.conversation import Town

STATEMENTS = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_step_of_an_interview_plans_no_statement_anew(gv: Town) -> None:
    planned: list[str] = []

    def authorize(action: int, what: str, *_: object) -> int:
        planned.extend([what] if action in STATEMENTS else [])
        return sqlite3.SQLITE_OK

    def watch(db: Connection) -> None:
        driver: Any = db.connection.driver_connection
        driver.set_authorizer(authorize)

    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo")
    gv.database.write(watch).result()
    officer.says("1")
    assert planned  # with a new authorizer everything is planned once more
    planned.clear()
    officer.says("1")
    assert not planned
