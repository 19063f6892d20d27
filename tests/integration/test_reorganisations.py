"""The reorganisations that ship, imported into a real database, told, and taken back."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select

from plan.comparing import compare
from plan.importing import read_list
from plan.ledger import read_ledger
from plan.sync import apply, ensure_units, stored_units
from plan.undoing import NotUndone, Undone, undo
from rules.changes import ChangeKind
from rules.levels import Level
from storage import tables as t
from storage.directory import persons, roles
from storage.directory.unit_uses import Uses, uses
from storage.directory.units import UnitTree, unit_id, unit_tree
from storage.records import unit_weeks
from tests.conversation import shipped_plan
from tests.levels import shipped_levels

SHIPPED = Path(__file__).parents[2] / "plan" / "changes"
NOW = datetime(2025, 8, 1, 3, 0, tzinfo=UTC)
JANUARY, JULY = date(2025, 1, 1), date(2025, 7, 1)
A_DAY = timedelta(days=1)


@pytest.fixture
def town(db: Connection) -> Connection:
    ensure_units(db, shipped_plan())
    return db


def bring(db: Connection, day: date, now: datetime = NOW) -> int:
    """Import a reorganisation that ships."""
    stored = stored_units(db)
    new = read_list(SHIPPED / f"{day}.units.csv", stored, shipped_levels())
    return apply(db, compare(stored, new, now.date(), read_ledger(SHIPPED / f"{day}.changes.csv")), now)


def wards(tree: UnitTree, day: date) -> list[str]:
    return [ward.code for ward in tree.on(day).of_level(Level.WARD)]


def rows(db: Connection) -> list[object]:
    """Everything that is stored of units, but for the imports."""
    tables = (t.unit, t.unit_version, t.unit_change)
    return [tuple(row) for table in tables for row in db.execute(select(table).order_by(*table.primary_key.columns))]


def officer(db: Connection, unit: str) -> int:
    person = persons.add_person(db, "Lan", "vi", NOW)
    roles.assign(db, person, "propagandist", unit_id(db, unit) or 0, NOW)
    return person


def report(db: Connection, unit: str, day: date) -> int:
    """A report that was sent; its author's id."""
    person = officer(db, unit)
    row = {"form_id": "f", "form_version": "1", "state": "sent", "revision": 1, "sample": False, "day": day}
    row |= {"person_id": person, "unit_id": unit_id(db, unit), "created_at": NOW, "updated_at": NOW}
    db.execute(insert(t.submission).values(row))
    return person


def test_sixteen_wards_become_twelve_and_six(town: Connection) -> None:
    bring(town, JANUARY)
    bring(town, JULY)
    tree = unit_tree(town)
    assert [len(wards(tree, day)) for day in (JANUARY - A_DAY, JANUARY, JULY - A_DAY, JULY)] == [16, 12, 12, 6]
    assert [len(tree.on(day).of_level(Level.NEIGHBOURHOOD)) for day in (JANUARY - A_DAY, JULY)] == [186, 186]
    titles = [tree.on(day).title("P04-KP01") for day in (JANUARY - A_DAY, JANUARY, JULY)]
    assert titles == ["Khu phố 1, Phường 4", "Khu phố 1, Phường 1", "Khu phố 1, Phường Hạnh Thông"]
    assert [tree.on(day).root.name for day in (JULY - A_DAY, JULY)] == ["Quận Gò Vấp", "Địa bàn Gò Vấp (6 phường)"]


def test_who_came_before_a_ward_of_today_is_known_through_both(town: Connection) -> None:
    bring(town, JANUARY)
    bring(town, JULY)
    tree = unit_tree(town)
    before = tree.lineage.all_into(tree.on(JULY)["HANHTHONG"].id)
    assert {(it.kind, tree.as_of(it.before, JANUARY).code, it.on_date) for it in before} == {
        (ChangeKind.MERGE, "P01", JULY),
        (ChangeKind.MERGE, "P03", JULY),
        (ChangeKind.MERGE, "P04", JANUARY),
        (ChangeKind.MERGE, "P07", JANUARY),
    }


def test_importing_the_same_again_changes_nothing(town: Connection) -> None:
    bring(town, JANUARY)
    before = rows(town)
    bring(town, JANUARY)
    assert rows(town) == before


def test_an_import_is_taken_back_as_if_it_had_never_been(town: Connection) -> None:
    before = rows(town)
    first = bring(town, JANUARY)
    between = rows(town)
    second = bring(town, JULY)
    assert undo(town, NOW, first) == Undone(first, NotUndone.NOT_LAST)
    assert (undo(town, NOW), rows(town)) == (Undone(second), between)
    assert (undo(town, NOW, first), rows(town)) == (Undone(first), before)
    assert undo(town, NOW) == Undone(0, NotUndone.NONE)
    assert len(wards(unit_tree(town), JULY)) == 16


def test_a_list_that_replaced_the_sample_is_taken_back(town: Connection, tmp_path: Path) -> None:
    before = rows(town)
    path = tmp_path / "own.csv"
    head = "code,name,level,parent,valid_from,valid_to,sample\n"
    path.write_text(head + "P10-KP05,Khu phố Năm,neighbourhood,P10,2018-01-01,,\n", "utf-8")
    stored = stored_units(town)
    apply(town, compare(stored, read_list(path, stored, shipped_levels()), NOW.date()), NOW)
    assert len(stored_units(town)) == len(stored) - 185
    undo(town, NOW)
    assert sorted(map(str, rows(town))) == sorted(map(str, before))


def test_an_import_stays_once_somebody_has_reported_under_it(town: Connection) -> None:
    number = bring(town, JANUARY, NOW - A_DAY)
    report(town, "P04-KP01", NOW.date())
    assert undo(town, NOW) == Undone(number, NotUndone.REPORTED, ("P04-KP01",))


def test_a_report_of_a_day_before_the_change_does_not_hold_it(town: Connection) -> None:
    bring(town, JANUARY, NOW - A_DAY)
    report(town, "P04-KP01", JANUARY - A_DAY)
    assert undo(town, NOW).why_not is None


def test_a_nil_report_holds_an_import_as_well(town: Connection) -> None:
    number = bring(town, JANUARY, NOW - A_DAY)
    held = unit_weeks.hold(town, unit_id(town, "P13-KP01") or 0, "2025-W30")
    unit_weeks.say_nil(town, held, officer(town, "P13-KP01"), NOW)
    assert undo(town, NOW) == Undone(number, NotUndone.REPORTED, ("P13-KP01",))


def test_an_import_stays_once_people_belong_to_what_it_added(town: Connection) -> None:
    bring(town, JANUARY)
    number = bring(town, JULY)
    officer(town, "HANHTHONG")
    assert undo(town, NOW) == Undone(number, NotUndone.IN_USE, ("HANHTHONG",))


def test_what_hangs_on_units_is_counted(town: Connection) -> None:
    unit = unit_id(town, "P04-KP01") or 0
    person = report(town, "P04-KP01", NOW.date())
    invitation = {"code_hash": "x", "role": "propagandist", "unit_id": unit, "created_at": NOW, "uses_left": 1}
    town.execute(insert(t.invitation).values(**invitation, expires_at=NOW + A_DAY))
    draft = {"person_id": person, "unit_id": unit, "form_id": "f", "form_version": "1", "status": "draft"}
    town.execute(insert(t.interview).values(**draft, revision=1, state="{}", created_at=NOW, updated_at=NOW))
    assert uses(town, [unit], NOW) == Uses(people=1, invitations=1, drafts=1, reports=1)
    assert uses(town, [unit], NOW + 2 * A_DAY).invitations == 0
