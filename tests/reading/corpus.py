"""The texts of the corpus as rows, so that every test of the readers says the same thing about the same files.

A row is a text as somebody typed it, with where they were (`state`), on which day and in which unit.
`taken` holds what the text surely says, `asked` the questions that must not be answered in silence,
and `never` the values that would be wrong for a question, taken without asking.
A reader may take more than `taken` says, as long as neither `asked` nor `never` speaks against it.

An answer to "how many women and men" has the state `question women`, the first question of its group.
At the review the remark begins with the kind of the draft that is shown ("draft: media"), where it matters.
Places and other words are expected as they were typed, without diacritics where there were none.
Where a total stands alone, the questions of both sexes are asked; whether the total is noted as unsorted is left open.
`meaning` says what the text is at all: `none` is no report of something that took place (a plan, a question, thanks).
"""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
FILES = ("clean", "careless", "hard", "unseen")
COLUMNS = ("id", "state", "today", "unit", "text", "taken", "asked", "never", "meaning", "remark")


@dataclass(frozen=True)
class Written:
    """One text and its expectation; days are ISO, people are numbers, `more_lines` is a list of objects."""

    id: str
    state: str
    today: date
    unit: str
    text: str
    taken: Mapping[str, Any]
    asked: Sequence[str]
    never: Mapping[str, Sequence[Any]]
    meaning: str
    remark: str

    @property
    def question(self) -> str:
        """The question that was open when the text came, or nothing."""
        return self.state.removeprefix("question ") if self.state.startswith("question ") else ""


def rows_of(name: str) -> list[Written]:
    """The rows of one of `FILES`; a column that is missing or unknown is an error."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{name}.csv has other columns: {reader.fieldnames}")
        return [_written(row) for row in reader]


def _written(row: Mapping[str, str]) -> Written:
    return Written(
        id=row["id"],
        state=row["state"],
        today=date.fromisoformat(row["today"]),
        unit=row["unit"],
        text=row["text"],
        taken=json.loads(row["taken"]),
        asked=json.loads(row["asked"]),
        never=json.loads(row["never"]),
        meaning=row["meaning"],
        remark=row["remark"],
    )
