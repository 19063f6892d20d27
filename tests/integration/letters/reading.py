"""Letters for tests: composed of the small Gò Vấp, written to a file, and read back from it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document

from periods.period import period_of
from plan.letters.loader import SHIPPED, load_letters
from plan.model import Plan
from plan.periods_file import load_periods
from reports.letters.composing import Wanted, compose
from reports.letters.model import Letter
from reports.letters.rendering import write_letter
from tests.integration.reports.world import World, small_plan

LETTERS = load_letters(SHIPPED)
CUTS = load_periods(SHIPPED.parent)
NOW = datetime(2020, 11, 16, 0, 30, tzinfo=UTC)


def letter_of(world: World, kind: str, unit: str, period: str, *, plan: Plan | None = None, **wanted: Any) -> Letter:
    """A letter as it stands on Monday 16/11/2020, unless another moment is wanted."""
    asked = Wanted(kind, unit, period_of(period, CUTS), wanted.pop("now", NOW), **wanted)
    return compose(world.db, plan or small_plan(), LETTERS, asked)


def written(letter: Letter, folder: Path) -> Path:
    """The letter as a file."""
    path = folder / "letter.docx"
    write_letter(LETTERS, letter, path)
    return path


def paragraphs(path: Path) -> list[str]:
    """The paragraphs outside tables that have text."""
    return [each.text for each in Document(str(path)).paragraphs if each.text.strip()]


def rows(path: Path, heading: str) -> list[list[str]]:
    """The rows of the table whose second column is called so, without its head."""
    for table in Document(str(path)).tables:
        cells = [[cell.text.strip() for cell in row.cells] for row in table.rows]
        if len(cells[0]) > 2 and cells[0][1] == heading:
            return cells[1:]
    raise LookupError(heading)
