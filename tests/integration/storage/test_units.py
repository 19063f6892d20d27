"""The tree of units: one truth, as of any day, and seen anew by everybody once it has changed."""

from datetime import date

import pytest
from sqlalchemy import Connection, event, update

from rules.levels import Level
from storage import tables as t
from storage.db.database import Database
from storage.directory.units import UnitTree, directory_changed, unit_tree
from tests.integration.reports.world import World, small_world

BEFORE, AFTER = date(2020, 6, 30), date(2020, 7, 1)


@pytest.fixture
def world(db: Connection) -> World:
    return small_world(db)


@pytest.fixture
def moved(world: World) -> UnitTree:
    """From July 2020 on, P14-KP1 is called otherwise, and P14-KP2 is new."""
    old = world.units["P14-KP1"]
    world.db.execute(update(t.unit).where(t.unit.c.id == old).values(valid_to=BEFORE))
    world.unit("P14-KP1", "Khu phố Một", "neighbourhood", "P14", valid_from=AFTER)
    world.unit("P14-KP2", "Khu phố 2", "neighbourhood", "P14", valid_from=AFTER)
    return unit_tree(world.db)


def test_each_day_has_its_own_names_and_units(moved: UnitTree) -> None:
    assert [moved.on(day).title("P14-KP1") for day in (BEFORE, AFTER)] == [
        "Khu phố 1, Phường 14",
        "Khu phố Một, Phường 14",
    ]
    assert [len(moved.on(day).of_level(Level.NEIGHBOURHOOD)) for day in (BEFORE, AFTER)] == [4, 5]


def test_what_is_closed_is_still_known_by_its_latest_name(moved: UnitTree) -> None:
    later = moved.on(date(2030, 1, 1))
    assert later.name("P14-KP1") == "Khu phố Một"
    assert ("P14-KP9" in later, later.name("P14-KP9"), later.find("P14-KP9")) == (False, "P14-KP9", None)


def test_whatever_ever_lay_in_a_unit_lies_inside(moved: UnitTree) -> None:
    codes = [moved.by_id[row].code for row in moved.on(AFTER).inside("P14")]
    assert sorted(codes) == ["P14", "P14-KP1", "P14-KP1", "P14-KP2"]
    assert moved.on(AFTER).root.code == "GV"


def test_the_table_is_read_once_for_each_version(world: World) -> None:
    read: list[str] = []
    event.listen(world.db, "before_cursor_execute", lambda *seen: read.append(seen[2]))
    trees = [unit_tree(world.db) for _ in range(3)]
    assert sum("FROM unit" in statement for statement in read) == 1
    directory_changed(world.db)
    assert unit_tree(world.db) is not trees[0]
    assert trees[0] is trees[1] is trees[2]


def test_another_connection_sees_a_change_at_its_next_look(database: Database) -> None:
    def rename(db: Connection) -> None:
        db.execute(update(t.unit).where(t.unit.c.code == "P10").values(name="Phường Mười"))
        directory_changed(db)

    database.write(lambda db: small_world(db) and None).result()
    database.write(directory_changed).result()
    assert database.read(unit_tree).on(AFTER).name("P10") == "Phường 10"
    database.write(rename).result()
    assert database.read(unit_tree).on(AFTER).name("P10") == "Phường Mười"
