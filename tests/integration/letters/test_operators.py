"""Letters for the operator: the doctor names what is wrong with a template, `letters check` with a letter."""

import shutil
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document

from bot.errors import UsageError
from bot.letters import check
from bot.operations.doctor import CHECKS
from bot.settings import Settings
from tests.integration.letters.reading import LETTERS, letter_of, written
from tests.integration.reports.world import World

NOW = datetime(2026, 11, 27, tzinfo=UTC)


def doctors_word(plan: Path) -> list[str]:
    """What the doctor says of letters."""
    findings = (finding for examine in CHECKS for finding in examine(Settings(plan=plan), NOW))
    return [f"{finding.state.value}: {finding.text}" for finding in findings if finding.check == "letters"]


def test_the_doctor_names_an_unknown_placeholder(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    shutil.copytree("plan", plan, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    assert doctors_word(plan) == ["ok: 6 letters in 2 forms."]
    template = plan / "letters" / "templates" / "weekly.nd30.docx"
    word = Document(str(template))
    word.add_paragraph("Kính chào {{ isuer.parent }}")
    word.save(str(template))
    (said,) = doctors_word(plan)
    assert said.startswith("problem: [letters/templates/weekly.nd30.docx paragraph ")
    assert "“Kính chào {{ isuer.parent }}”: the placeholder “isuer.parent” is not known" in said


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_letter_is_checked_by_a_command(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(letter_of(world, "weekly", "P10", "2020-W46"), tmp_path)
    asked = {"file": path, "form": "", "json": False}
    assert check(Settings(), Namespace(**asked)) == 0
    assert LETTERS.forms[-1].name in capsys.readouterr().out
    assert check(Settings(), Namespace(**asked | {"form": "tt01"})) == 1
    assert "• page:" in capsys.readouterr().out
    with pytest.raises(UsageError):
        check(Settings(), Namespace(**asked | {"form": "x"}))
    with pytest.raises(UsageError):
        check(Settings(), Namespace(**asked | {"file": Path(__file__)}))
