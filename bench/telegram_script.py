"""The conversation that every contender holds: what the person types, and what ours answers to it.

The answers are ours, word for word and button for button, so that all send the same bytes; the others have them from
here, ours makes them.
"""

from dataclasses import dataclass
from pathlib import Path

from messages import Outgoing
from storage.db.database import open_database
from storage.migrations import migrate
from tests.conversation import town

TYPED = ("menu", "báo cáo", "1", "1", "hôm nay", "1", "30 15", "gửi")
"""Eight steps, from the menu to the receipt; a report is stored at the last."""


@dataclass(frozen=True)
class Step:
    """What is typed, and the answer to it."""

    typed: str
    answer: Outgoing


def script(folder: Path) -> list[Step]:
    """Ask ours once what it answers."""
    url = f"sqlite:///{folder / 'script.db'}"
    migrate(url)
    with open_database(url) as database:
        officer = town(database).joined("propagandist", "P10-KP05")
        steps = []
        for typed in TYPED:
            (answer,) = officer.says(typed)
            steps.append(Step(typed, answer))
    return steps
