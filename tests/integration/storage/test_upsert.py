"""A row that is there is kept, or changed as said, on both databases."""

from sqlalchemy import Connection, literal, select

from storage import tables as t
from storage.db.upsert import insert_or_change, insert_or_keep

FIRST, SECOND = {"key": "a", "value": "1"}, {"key": "a", "value": "2"}


def kept(db: Connection) -> list[tuple[str, str]]:
    return [(row.key, row.value) for row in db.execute(select(t.setting).order_by(t.setting.c.key))]


def test_a_row_that_is_there_is_kept_and_nothing_comes_back(db: Connection) -> None:
    put = insert_or_keep(t.setting, ["key"]).prepared(("key", "value"), returning="key")
    assert put.first(db, **FIRST) == ("a",)
    assert put.first(db, **SECOND) is None
    assert kept(db) == [("a", "1")]


def test_without_a_key_any_unique_index_counts(db: Connection) -> None:
    put = insert_or_keep(t.setting)
    for row in (FIRST, SECOND):
        db.execute(put.on(db).from_select(["key", "value"], select(literal(row["key"]), literal(row["value"]))))
    assert kept(db) == [("a", "1")]


def test_a_row_that_is_there_takes_the_new_values(db: Connection) -> None:
    put = insert_or_change(t.setting, ["key"], ["value"])
    db.execute(put.on(db), [FIRST, SECOND])
    assert kept(db) == [("a", "2")]


def test_a_row_that_is_there_becomes_what_both_make_of_it(db: Connection) -> None:
    put = insert_or_change(t.setting, ["key"], lambda new: {"value": t.setting.c.value + new.value})
    for row in (FIRST, SECOND):
        put.prepared(("key", "value")).run(db, **row)
    assert kept(db) == [("a", "12")]
