"""The conversation that every contender holds: each line that a person types, with our bot's answer.

The others take the answers from here and ours makes them, word for word and button for button. So all send the same
bytes.
"""

from dataclasses import dataclass
from pathlib import Path

from messages import Outgoing
from storage.db.database import open_database
from storage.migrations import migrate
from tests.conversation import town

TYPED = ("menu", "báo cáo", "1", "1", "hôm nay", "1", "nữ 30 nam 15", "gửi")
"""Eight steps, from the menu to the receipt; a report is stored at the last."""


@dataclass(frozen=True)
class Step:
    """A typed line and its answer."""

    typed: str
    answer: Outgoing


def script(folder: Path) -> list[Step]:
    """Ask our bot once for its answers."""
    url = f"sqlite:///{folder / 'script.db'}"
    migrate(url)
    with open_database(url) as database:
        officer = town(database).joined("propagandist", "P10-KP05")
        steps = []
        for typed in TYPED:
            (answer,) = officer.says(typed)
            steps.append(Step(typed, answer))
    return steps
