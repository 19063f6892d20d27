"""Units in a real database: put there once, replaced by the secretariat's own list, nothing lost that has reports."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import IntegrityError

from plan import units
from plan.comparing import compare
from plan.importing import read_list
from plan.model import Catalogue, Plan
from plan.problems import Problems
from plan.sync import apply, ensure_units, stored_units
from plan.tables import read_rows
from rules.levels import Level
from storage import tables as t
from storage.directory.units import unit_id
from storage.records import unit_weeks
from tests.levels import shipped_levels

SHIPPED = Path(__file__).parents[2] / "plan" / "units.csv"
NOW = datetime(2020, 11, 4, 1, 0, tzinfo=UTC)
TODAY = date(2020, 11, 4)
HEADER = "code,name,level,parent,valid_from,valid_to,sample\n"


@pytest.fixture
def plan() -> Plan:
    shipped = units.read_units(read_rows(SHIPPED, "units.csv", units.COLUMNS, Problems()), shipped_levels())
    empty = Catalogue({}, {}, {}, {})
    return Plan(empty.kinds, empty.activities, empty.groups, empty.targets, shipped_levels(), shipped, {})


def import_list(db: Connection, path: Path, text: str) -> None:
    path.write_text(HEADER + text, "utf-8")
    stored = stored_units(db)
    apply(db, compare(stored, read_list(path, stored, shipped_levels()), TODAY), NOW)


def nil_report(db: Connection, code: str) -> None:
    person = db.execute(
        insert(t.person).values(name="Lan", language="vi", created_at=NOW, is_sample=False).returning(t.person.c.id)
    ).scalar_one()
    unit = unit_id(db, code)
    assert unit is not None
    unit_weeks.say_nil(db, unit_weeks.hold(db, unit, "2020-W44"), person, NOW)


def test_an_empty_database_gets_the_shipped_units_once(db: Connection, plan: Plan) -> None:
    assert ensure_units(db, plan) == len(plan.shipped_units)
    assert ensure_units(db, plan) == 0
    assert {each.unit.code: each.unit for each in stored_units(db)} == plan.shipped_units


def test_nothing_is_used_before_somebody_reports_or_joins(db: Connection, plan: Plan) -> None:
    ensure_units(db, plan)
    assert not any(each.used for each in stored_units(db))
    nil_report(db, "P10-KP05")
    assert [each.unit.code for each in stored_units(db) if each.used] == ["P10-KP05"]


def test_the_secretariats_list_replaces_the_sample(db: Connection, plan: Plan, tmp_path: Path) -> None:
    ensure_units(db, plan)
    nil_report(db, "P10-KP05")
    nil_report(db, "P03-KP01")
    before = unit_id(db, "P10-KP05")
    import_list(
        db,
        tmp_path / "own.csv",
        "P10-KP05,Khu phố Năm,neighbourhood,P10,2019-01-01,,\nP10-KP20,Khu phố 20,neighbourhood,P10,2020-01-01,,\n",
    )
    own = [each.unit for each in stored_units(db) if each.unit.level is Level.NEIGHBOURHOOD]
    assert {(each.code, each.name, each.valid_to) for each in own} == {
        ("P10-KP05", "Khu phố Năm", None),
        ("P10-KP20", "Khu phố 20", None),
        ("P03-KP01", "Khu phố 1", TODAY),
    }
    assert unit_id(db, "P10-KP05") == before
    assert db.execute(select(func.count()).select_from(t.nil_word)).scalar() == 2


def test_a_code_can_live_twice(db: Connection, plan: Plan, tmp_path: Path) -> None:
    ensure_units(db, plan)
    nil_report(db, "P10-KP05")
    import_list(db, tmp_path / "1.csv", "P10-KP01,Khu phố 1,neighbourhood,P10,2019-01-01,,\n")
    import_list(
        db,
        tmp_path / "2.csv",
        "P10-KP01,Khu phố 1,neighbourhood,P10,2019-01-01,,\nP10-KP05,Khu phố 5,neighbourhood,P10,2021-01-01,,\n",
    )
    lives = [each.unit for each in stored_units(db) if each.unit.code == "P10-KP05"]
    assert [(each.valid_from, each.valid_to) for each in lives] == [
        (date(2019, 1, 1), TODAY),
        (date(2021, 1, 1), None),
    ]


def test_wards_and_their_neighbourhoods_come_and_go_together(db: Connection, plan: Plan, tmp_path: Path) -> None:
    ensure_units(db, plan)
    import_list(
        db,
        tmp_path / "wards.csv",
        "HT-KP1,Khu phố 1,neighbourhood,HT,2025-07-01,,\nHT,Phường Hạnh Thông,ward,GV,2025-07-01,,\n",
    )
    open_units = {each.unit.code: each.unit.parent for each in stored_units(db) if each.unit.valid_to is None}
    assert {code: parent for code, parent in open_units.items() if not code.startswith("CQ-")} == {
        "GV": None,
        "HT": "GV",
        "HT-KP1": "HT",
    }


def test_an_import_is_noted_in_the_audit(db: Connection, plan: Plan, tmp_path: Path) -> None:
    ensure_units(db, plan)
    import_list(db, tmp_path / "own.csv", "P10-KP05,Khu phố 5,neighbourhood,P10,2019-01-01,,\n")
    assert db.execute(select(t.audit.c.detail)).scalar() == {
        "add": 0,
        "change": 1,
        "close": 0,
        "remove": 185,
        "keep": 0,
    }


def test_refused_changes_are_not_applied(db: Connection, plan: Plan, tmp_path: Path) -> None:
    ensure_units(db, plan)
    with pytest.raises(ValueError, match="refused"):
        import_list(db, tmp_path / "own.csv", "P10-KP05,Khu phố 5,neighbourhood,P11,2019-01-01,,\n")


def test_a_sample_that_came_into_use_meanwhile_is_not_removed(db: Connection, plan: Plan, tmp_path: Path) -> None:
    ensure_units(db, plan)
    path = tmp_path / "own.csv"
    path.write_text(HEADER + "P10-KP05,Khu phố 5,neighbourhood,P10,2019-01-01,,\n", "utf-8")
    changes = compare(stored_units(db), read_list(path, stored_units(db), shipped_levels()), TODAY)
    nil_report(db, "P10-KP06")
    with pytest.raises(IntegrityError):
        apply(db, changes, NOW)
