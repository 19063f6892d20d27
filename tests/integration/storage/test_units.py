"""The tree of units: one truth, as of any day, and seen anew by everybody once it has changed."""

from datetime import date

import pytest
from sqlalchemy import Connection, event, select, update

from rules.changes import ChangeKind
from rules.levels import Level
from storage import tables as t
from storage.db.database import Database
from storage.db.settings import count_up
from storage.db.writer import savepoint
from storage.directory.lineage import UnitChange
from storage.directory.unit_rows import add_change, set_unit, set_version
from storage.directory.units import VERSION, UnitTree, directory_changed, unit_tree
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
    codes = [moved.on(AFTER).unit(row).code for row in moved.on(AFTER).inside("P14")]
    assert sorted(codes) == ["P14", "P14-KP1", "P14-KP1", "P14-KP2"]
    assert moved.on(AFTER).root.code == "GV"


@pytest.fixture
def reorganised(world: World) -> UnitTree:
    """On 1 July 2020 P10-KP1 moves to P14 and P10 gets another name; P10-KP2 goes on as P10-KP10; P14 is split."""
    db, units = world.db, world.units
    set_version(db, units["P10-KP1"], AFTER, name="Khu phố 1A", parent_id=units["P14"])
    set_version(db, units["P10"], AFTER, name="Phường Mười", parent_id=units["GV"])
    set_unit(db, units["P10-KP2"], valid_to=BEFORE)
    add_change(db, ChangeKind.MERGE, before=units["P10-KP2"], after=units["P10-KP10"], on_date=AFTER, resolution="12")
    add_change(db, ChangeKind.MOVE, before=units["P10-KP1"], after=units["P10-KP1"], on_date=AFTER)
    directory_changed(db)
    return unit_tree(db)


def test_a_name_and_a_parent_are_those_of_the_day(reorganised: UnitTree) -> None:
    before, after = reorganised.on(BEFORE), reorganised.on(AFTER)
    assert (before.title("P10-KP1"), after.title("P10-KP1")) == ("Khu phố 1, Phường 10", "Khu phố 1A, Phường 14")
    assert (before.title("P10-KP10"), after.title("P10-KP10")) == ("Khu phố 10, Phường 10", "Khu phố 10, Phường Mười")
    assert after.title("P10-KP2") == "Khu phố 2, Phường Mười"
    assert reorganised.on(date(2018, 1, 1)).name("P10") == "Phường 10"


def test_a_unit_that_moved_ever_lay_in_both_its_wards(reorganised: UnitTree) -> None:
    codes = [{reorganised.as_of(row, AFTER).code for row in reorganised.inside(ward)} for ward in ("P10", "P14")]
    assert codes == [{"P10", "P10-KP1", "P10-KP2", "P10-KP10"}, {"P14", "P14-KP1", "P10-KP1"}]


def test_what_has_moved_lies_inside_its_new_ward_alone(reorganised: UnitTree) -> None:
    codes = [
        [{reorganised.as_of(row, day).code for row in reorganised.on(day).inside(ward)} for ward in ("P10", "P14")]
        for day in (BEFORE, AFTER)
    ]
    both = {"P10", "P10-KP2", "P10-KP10"}
    assert codes == [[both | {"P10-KP1"}, {"P14", "P14-KP1"}], [both, {"P14", "P14-KP1", "P10-KP1"}]]


def test_the_days_of_moves_are_told(reorganised: UnitTree) -> None:
    ids = {unit.code: unit.id for unit in reorganised.units}
    assert reorganised.moved_within(BEFORE, date(2020, 12, 31), ids.values()) == [AFTER]
    assert reorganised.moved_within(AFTER, date(2020, 12, 31), ids.values()) == []
    assert reorganised.moved_within(BEFORE, AFTER, [ids["P10"], ids["P14-KP1"]]) == []


def test_who_was_before_and_after_a_unit_is_known(reorganised: UnitTree) -> None:
    ids = {unit.code: unit.id for unit in reorganised.units}
    merger = UnitChange(ChangeKind.MERGE, ids["P10-KP2"], ids["P10-KP10"], AFTER, "12")
    assert reorganised.lineage.into(ids["P10-KP10"]) == (merger,)
    assert reorganised.lineage.out_of(ids["P10-KP2"]) == (merger,)
    assert reorganised.lineage.into(ids["P10-KP1"]) == ()


def test_correcting_a_change_makes_no_further_version(reorganised: UnitTree, world: World) -> None:
    set_version(world.db, world.units["P10"], AFTER, name="Phường X", parent_id=world.units["GV"])
    directory_changed(world.db)
    assert reorganised.on(AFTER).name("P10") == "Phường Mười"
    assert [unit.name for unit in unit_tree(world.db).versions(world.units["P10"])] == ["Phường 10", "Phường X"]
    with pytest.raises(ValueError, match="does not exist"):
        set_version(world.db, world.units["P10"], date(2018, 1, 1), name="?", parent_id=None)


def test_the_table_is_read_once_for_each_version(world: World) -> None:
    read: list[str] = []
    event.listen(world.db, "before_cursor_execute", lambda *seen: read.append(seen[2]))
    trees = [unit_tree(world.db) for _ in range(3)]
    assert sum("FROM unit " in statement for statement in read) == 1
    directory_changed(world.db)
    assert unit_tree(world.db) is not trees[0]
    assert trees[0] is trees[1] is trees[2]


def test_another_connection_sees_a_change_at_its_next_look(database: Database) -> None:
    def rename(db: Connection) -> None:
        newest = select(t.unit.c.id).where(t.unit.c.code == "P10").scalar_subquery()
        db.execute(update(t.unit_version).where(t.unit_version.c.unit_id == newest).values(name="Phường Mười"))
        directory_changed(db)

    database.write(lambda db: small_world(db) and None).result()
    database.write(directory_changed).result()
    assert database.read(unit_tree).on(AFTER).name("P10") == "Phường 10"
    database.write(rename).result()
    assert database.read(unit_tree).on(AFTER).name("P10") == "Phường Mười"


def test_a_turn_sees_one_directory_and_the_next_one_what_has_changed(world: World) -> None:
    with savepoint(world.db):
        seen = unit_tree(world.db)
        count_up(world.db, VERSION)  # as another process would
        assert unit_tree(world.db) is seen
    assert unit_tree(world.db) is not seen
