"""However much has outlived its purpose, nobody waits while it is deleted."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Table, event, func, insert, select

from bot.operations.housekeeping import Housekeeping
from periods.days import local_day
from reports.gallery import Gallery
from storage import tables as t
from storage.db import retention
from storage.db.database import Database
from storage.files.media import MediaStore
from tests.abuse.test_tick import statements
from tests.crowd import crowd
from tests.integration.scheduler.town import at

NOW = at("2020-11-06 15:00")
LONG_AGO = NOW - timedelta(days=400)
SWEPT = (t.inbox, t.interview, t.attachment, t.outbox, t.account, t.stranger, t.nudge)


def fill(db: Connection, number: int, at: datetime) -> None:
    """So many rows of each kind that goes after a while: people's, and of accounts that nobody needs."""
    first = crowd(db, 1, LONG_AGO)[0]
    left = {"channel": "telegram", "bot": "1", "usable": True, "created_at": at, "last_used_at": at}
    accounts = insert(t.account).returning(t.account.c.id)
    chats = list(db.scalars(accounts, [{**left, "external_id": f"{at}-{n}"} for n in range(number)]))
    key = {"channel": "telegram", "bot": "1", "account": "1", "received_at": at, "state": "taken", "error": ""}
    add(db, t.inbox, [{**key, "message_id": f"{at}-{n}"} for n in range(number)])
    draft = {"person_id": first, "unit_id": first, "form_id": "f", "form_version": "1", "status": "cancelled"}
    draft |= {"revision": 0, "state": "{}", "created_at": at, "updated_at": at}
    add(db, t.interview, [draft] * number)
    file = {"person_id": first, "state": "stored", "sha256": "", "name": "", "mime": "", "size": 0, "is_image": True}
    add(db, t.attachment, [{**file, "account_id": chat, "remote": "", "created_at": at} for chat in chats])
    message = {"kind": "answer", "priority": 0, "state": "sent", "body": "x", "token": "", "attempts": 1}
    message |= {"created_at": at, "external_id": "", "error": ""}
    add(db, t.outbox, [{**message, "account_id": chat} for chat in chats])
    nudge = {"about": "week", "person_id": first, "at": at}
    add(db, t.nudge, [{**nudge, "local_day": local_day(at) + timedelta(days=n)} for n in range(number)])
    add(db, t.stranger, [{"key": f"{at}-{n}", "seen": 1, "seen_on": local_day(at)} for n in range(number)])


def add(db: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    db.execute(insert(table), rows)


def kept(db: Connection) -> list[int]:
    return [db.scalar(select(func.count()).select_from(table)) or 0 for table in SWEPT]


def keeper(database: Database, folder: Path) -> Housekeeping:
    store = MediaStore(folder / "media")
    return Housekeeping(database, store, Gallery(folder / "rendered", store), lambda: NOW)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_turns_go_between_the_slices_of_a_sweep(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.slices.SMALLEST", 2)
    monkeypatch.setattr("scheduler.slices.LARGEST", 2)
    database.write(lambda db: fill(db, 10, LONG_AGO)).result()
    order: list[str] = []

    def note(_db: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith("DELETE FROM inbox"):
            order.append("slice")
            database.write(lambda _db: order.append("turn"))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        await keeper(database, tmp_path).sweep()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert order == ["slice", "turn"] * 5
    assert database.read(kept) == [0, 0, 0, 0, 1, 0, 0]


async def test_everything_goes_however_much_there_is_and_nothing_else(database: Database, tmp_path: Path) -> None:
    database.write(lambda db: fill(db, 300, LONG_AGO)).result()
    database.write(lambda db: fill(db, 5, NOW - timedelta(hours=1))).result()
    await keeper(database, tmp_path).sweep()
    assert database.read(kept) == [5, 5, 5, 5, 7, 5, 5]


def swept(db: Connection) -> list[tuple[str, Any]]:
    """All statements of the sweeps, each in one slice, with parameters."""
    with statements() as executed:
        for sweep in retention.sweeps(NOW):
            after = 0
            while ids := sweep.find(db, after, 10_000):
                sweep.drop(db, ids)
                after = ids[-1]
    return [(statement, parameters) for _, statement, parameters in executed]


def test_a_slice_takes_as_many_statements_for_many_rows_as_for_few(db: Connection) -> None:
    counts = []
    for number in (5, 300):
        fill(db, number, LONG_AGO)
        counts.append(len(swept(db)))
    assert counts[0] == counts[1] < 35


FEW = "ix_issued_document_draft"
"""This index holds only documents that somebody has begun to issue: one a person at the most."""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_sweep_goes_through_what_is_kept(database: Database) -> None:
    def plans(db: Connection) -> list[str]:
        fill(db, 20, LONG_AGO)
        cursor = db.connection.cursor()
        return [
            step[3]
            for statement, values in swept(db)
            for step in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
        ]

    steps = database.write(plans).result()
    assert len(steps) > 20
    assert [step for step in steps if "SCAN " in step and FEW not in step] == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_every_sweep_has_an_index_that_it_can_use(db: Connection) -> None:
    """The planner prefers to read a small table as a whole; that it need not is what an index is for."""
    fill(db, 20, LONG_AGO)
    db.exec_driver_sql("SET LOCAL enable_seqscan = off")
    plans = [
        line for statement, values in swept(db) for line in db.exec_driver_sql(f"EXPLAIN {statement}", values).scalars()
    ]
    assert len(plans) > 20
    assert [line for line in plans if "Seq Scan" in line] == []
