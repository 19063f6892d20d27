"""Sequence 19: a ledger that is dated into a closed period says so; what was issued stands."""

from argparse import Namespace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from bot.prepare import prepare
from bot.settings import Settings
from bot.units_import import units_import
from periods.period import period_of
from storage.directory import persons
from storage.records import closed_periods

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 11, 18, 3, 0, tzinfo=UTC)
CHANGES = ROOT / "plan" / "changes"
LEDGER = Namespace(file=CHANGES / "2025-01-01.units.csv", changes=CHANGES / "2025-01-01.changes.csv", yes=True)


@pytest.fixture
def settings(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An installation with the plan in place, in which these periods are closed."""
    monkeypatch.chdir(tmp_path)
    made = Settings(database_url=database_url, plan=ROOT / "plan", media=tmp_path / "media")
    with prepare(made, NOW).database as database:
        person = database.write(lambda db: persons.add_person(db, "Lan", "vi", NOW)).result()
        for code in ("2024-12", "2024-Q4", "2025-01", "2025-03"):
            closes = partial(closed_periods.close, period=period_of(code), person_id=person, reason="", now=NOW)
            database.write(closes).result()
    return made


def test_a_ledger_into_closed_periods_names_them(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    units_import(settings, LEDGER)
    told = capsys.readouterr().out
    assert "This reaches back into periods whose figures are closed (2025-01, 2025-03). What was issued" in told
    assert "Done." in told


def test_what_changes_nothing_reaches_back_into_nothing(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    units_import(settings, LEDGER)
    capsys.readouterr()
    units_import(settings, Namespace(file=LEDGER.file, changes=None, yes=True))
    assert "reaches back" not in capsys.readouterr().out
