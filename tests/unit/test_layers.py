"""What the rooms' layers cannot say: an ability is asked for, never a channel's name; one way to do each thing."""

import ast
import re
from itertools import chain
from pathlib import Path

import pytest

from messages.channels import CHANNELS, Ability, able, can

ROOT = Path(__file__).parents[2]
CHANNEL_BLIND = ("conversation", "handlers", "scheduler", "reports", "plan", "storage", "interview", "rules", "periods")
SOURCES = sorted(chain.from_iterable((ROOT / room).rglob("*.py") for room in CHANNEL_BLIND))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_behind_the_channels_names_one(path: Path) -> None:
    texts = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant))
    named = [(node.lineno, node.value) for node in texts if isinstance(node.value, str) and node.value in CHANNELS]
    assert not named


def test_an_unknown_channel_can_do_nothing() -> None:
    assert not any(can("pigeon", ability) for ability in Ability)


def test_the_table_answers_either_way() -> None:
    assert all(can(name, ability) == (name in able(ability)) for name in CHANNELS for ability in Ability)


def test_one_module_writes_rows_that_may_be_there_already() -> None:
    rooms = [path for path in SOURCES if "migrations" not in path.parts and "on_conflict_" in path.read_text("utf-8")]
    assert [str(path.relative_to(ROOT)) for path in rooms] == ["storage/db/upsert.py"]


def test_messages_are_queued_in_one_way() -> None:
    """Digests, which come by the thousand, are the other one."""
    puts = re.compile(r"insert\w*\(\s*t\.outbox\b|\bt\.outbox\.insert\b")
    rooms = [path for path in SOURCES if puts.search(path.read_text("utf-8"))]
    assert [str(path.relative_to(ROOT)) for path in rooms] == [
        "storage/delivery/digests.py",
        "storage/delivery/outbox.py",
    ]
