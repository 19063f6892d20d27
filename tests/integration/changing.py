"""Changes of units as an import writes them: who ends on a day, and as what they go on."""

from datetime import date, timedelta

from sqlalchemy import Connection

from rules.changes import ChangeKind
from storage.directory import unit_rows
from storage.directory.units import directory_changed, unit_id, unit_tree
from storage.records import branch_totals
from tests.conversation import Town
from tests.units import add_unit


def begin(db: Connection, code: str, name: str, parent: str, day: date) -> int:
    """A new unit in another."""
    above = unit_id(db, parent)
    assert above is not None
    level = next(unit.level for unit in unit_tree(db).on(day).standing if unit.parent_id == above)
    return add_unit(db, code=code, name=name, level=level, parent_id=above, valid_from=day)


def end(db: Connection, kind: ChangeKind, before: str, day: date, *after: str) -> None:
    """A unit ends on the day before, and goes on as others."""
    row = unit_id(db, before)
    assert row is not None
    unit_rows.set_unit(db, row, valid_to=day - timedelta(days=1))
    for code in after:
        successor = unit_id(db, code)
        assert successor is not None
        unit_rows.add_change(db, kind, before=row, after=successor, on_date=day)
    directory_changed(db)


def merged(gv: Town, day: date, into: str, *before: str) -> None:
    """Neighbourhoods become part of another that goes on."""

    def job(db: Connection) -> None:
        for code in before:
            end(db, ChangeKind.MERGE, code, day, into)

    gv.database.write(job).result()


def split(gv: Town, day: date, before: str, *parts: str) -> None:
    """A neighbourhood of Phường 10 becomes several new ones."""

    def job(db: Connection) -> None:
        for code in parts:
            begin(db, code, f"Khu phố {code[-2:]}", "P10", day)
        end(db, ChangeKind.SPLIT, before, day, *parts)

    gv.database.write(job).result()


def closed(gv: Town, day: date, *codes: str) -> None:
    """Neighbourhoods end, and nothing takes their place."""

    def job(db: Connection) -> None:
        for code in codes:
            end(db, ChangeKind.MERGE, code, day)

    gv.database.write(job).result()


def moved(gv: Town, day: date, code: str, name: str, parent: str, kind: ChangeKind = ChangeKind.MOVE) -> None:
    """A unit goes on under its code, with another name or in another unit."""

    def job(db: Connection) -> None:
        row, above, before = unit_id(db, code), unit_id(db, parent), unit_tree(db)
        assert row is not None
        unit_rows.set_version(db, row, day, name=name, parent_id=above)
        unit_rows.add_change(db, kind, before=row, after=row, on_date=day)
        directory_changed(db)
        branch_totals.follow(db, before)

    gv.database.write(job).result()
