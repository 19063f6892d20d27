"""Buttons' ids: written and read back the same, short enough for every channel, and any text reads as something."""

import ast
import random
import re
import string
from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, fields
from datetime import date
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import pytest

from messages import MAX_CHOICE_ID_BYTES, actions
from messages.actions import (
    KINDS,
    Action,
    Agree,
    Approve,
    Choose,
    Forget,
    Nil,
    OfUnit,
    Owing,
    Resume,
    Return,
    Serve,
    Summary,
    View,
    Withdraw,
    decode,
    is_of_interview,
)
from periods.period import Period, period_of
from tests.cuts import shipped_cuts

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "channels", "conversation", "handlers", "services", "scheduler", "reports", "plan", "storage", "bench")
OTHER_KEYS: Mapping[str, set[str]] = {"reading.py": {"member"}}
"""What begins like an id, but is an update's key: by module."""
CUTS = shipped_cuts()
WEEK, MONTH = period_of("2020-W45"), period_of("2020-11")
CODES = (
    "2020-W45",
    "2020-W53",
    "2020-11",
    "2020-Q4",
    "2020-H2",
    "2020",
    "2020-9M",
    "2020-10M",
    "2019-05-08..2020-12-31",
    "2020-11@chot",
    "2020-AM",
    "2020-KQ",
)
LARGEST: Mapping[Any, object] = {
    int: 10**9,
    int | None: 10**9,
    str: "P10-KP05",
    str | None: "P10-KP05",
    Period | None: period_of("2019-05-08..2020-12-31"),
    date | None: date(2026, 11, 5),
}
"""A thousand million rows, and a unit."""
LETTERS = string.ascii_letters + string.digits + "-_. äế²９"


def a_text(chance: Random) -> str:
    return "".join(chance.choices(LETTERS, k=chance.randint(0, 12)))


ANY: Mapping[Any, Callable[[Random], object]] = {
    int: lambda chance: chance.randrange(10**12),
    int | None: lambda chance: chance.randrange(10**12),
    str: a_text,
    str | None: a_text,
    Period | None: lambda chance: period_of(chance.choice(CODES), CUTS),
    date | None: lambda chance: date.fromordinal(chance.randint(1, 3_000_000)),
}


def some(chance: Random, kind: type[Action]) -> Action:
    """An action with some of its fields given, the first ones: what is `None` has nothing after it."""
    given: list[Field[Any]] = list(fields(kind))[: chance.randint(0, len(fields(kind)))]
    return kind(**{each.name: ANY[each.type](chance) for each in given})


def test_every_kind_stands_in_the_table_under_a_name_of_its_own() -> None:
    made = {each for each in vars(actions).values() if isinstance(each, type) and issubclass(each, Action)}
    assert made - {Action, OfUnit} == set(KINDS)
    assert len({kind.NAME for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.NAME)
def test_an_action_is_read_as_it_was_written(kind: type[Action]) -> None:
    full = kind(**{each.name: LARGEST[each.type] for each in fields(kind)})
    for action in (full, kind()):
        assert decode(str(action), CUTS) == action
        assert len(str(action).encode()) <= MAX_CHOICE_ID_BYTES
    chance = random.Random(7)
    for action in (some(chance, kind) for _ in range(200)):
        assert decode(str(action), CUTS) == action


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.NAME)
def test_any_text_behind_a_name_reads_as_something(kind: type[Action]) -> None:
    chance = random.Random(7)
    damaged = [":".join(a_text(chance) for _ in range(chance.randint(0, 6))) for _ in range(200)]
    for tail in (*damaged, "²", "-1", "9" * 5_000, "\x00", "2026-W99", "2020-02-30", "0001-W01", ":" * 5_000):
        assert isinstance(decode(f"{kind.NAME}:{tail}"), kind)


def test_a_name_that_is_none_reads_as_nothing() -> None:
    for made_up in ("", ":", "delete", "REPORT", " report", "repört", "__class__", "report\x00", "i\n:1"):
        assert decode(made_up) is None


def test_an_action_is_written_as_shortly_as_it_can_be() -> None:
    assert str(Approve(12, 3)) == "approve:12:3"
    assert str(Return(12, 3)) == "return:12:3"
    assert str(Withdraw(12, 3, "yes")) == "withdraw:12:3:yes"
    assert (str(Forget()), str(Agree()), str(Serve("1", "P10"))) == ("forget", "agree", "bot_ward:1:P10")
    assert str(Agree(version="2027-01")) == "agree::2027-01"
    assert str(Summary("P10", MONTH)) == "summary:P10:2020-11"


@pytest.mark.parametrize(
    ("choice_id", "action"),
    [
        ("summary:P10:2020-W45", Summary("P10", WEEK)),
        ("nil:P10-KP05:2020w45", Nil("P10-KP05", WEEK)),
        ("i:7:0:c0", Choose(7, 0, "c0")),
        ("check:12", Approve(12)),
        ("check:12:3", Approve(12, 3)),
        ("view:12:P10:0", View(12, "P10")),
        ("owing:periodic_report:2026-11-05:0", Owing("periodic_report", date(2026, 11, 5))),
        ("agree", Agree(version="2026-11")),
    ],
)
def test_buttons_of_earlier_days_are_read_as_they_were_meant(choice_id: str, action: Action) -> None:
    assert decode(choice_id) == action


@pytest.mark.parametrize(
    ("arguments", "action"),
    [
        ((), Return()),
        (("12",), Return(12)),
        (("12", "yes"), Return(12)),
        (("²", "-1", "x"), Return(0, 0, "x")),
        (("9" * 5_000, "1_0"), Return()),
        (("1", "2", "day", "more"), Return(1, 2, "day")),
    ],
)
def test_what_no_button_says_changes_nothing(arguments: tuple[str, ...], action: Return) -> None:
    assert Return.read(arguments) == action


def test_what_is_damaged_is_not_the_same_as_what_is_left_out() -> None:
    assert (decode("resume"), decode("resume:x")) == (Resume(None), Resume(0))
    assert (decode("nil"), decode("nil:")) == (Nil(None), Nil(""))
    assert decode("i:7:x:c0") == Choose(7, -1, "c0")


def test_a_questions_choices_are_known_by_how_their_ids_begin() -> None:
    asked = str(Choose(7, 0, "c0"))
    assert is_of_interview(asked)
    assert not any(is_of_interview(str(kind())) for kind in KINDS if kind is not Choose)


def texts_in(tree: ast.Module) -> Iterator[str]:
    """How each text of a module begins, but for those that stand alone, which are documentation."""
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else node
        if id(node) not in alone and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


def hand_offered(tree: ast.Module) -> Iterator[int]:
    """The lines that offer a choice under a text of their own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("choice", "Choice"):
            given = [*node.args[:1], *(each.value for each in node.keywords if each.arg == "id")]
            if any(isinstance(each, ast.Constant | ast.JoinedStr | ast.BinOp) for each in given):
                yield node.lineno


def test_no_id_is_written_by_hand_outside_the_room_that_reads_them() -> None:
    modules = list(chain.from_iterable((ROOT / room).rglob("*.py") for room in ROOMS))
    assert len(modules) > 100
    for path in modules:
        tree = ast.parse(path.read_text("utf-8"))
        beginnings = {text.split(":")[0] for text in texts_in(tree) if ":" in text} - OTHER_KEYS.get(path.name, set())
        assert not beginnings & {kind.NAME for kind in KINDS}, path
        assert not list(hand_offered(tree)), path


def test_the_pages_read_no_ids() -> None:
    scripts = list((ROOT / "web").rglob("*.js"))
    assert scripts
    written = re.compile("[\"'`](?:" + "|".join(kind.NAME for kind in KINDS) + "):")
    assert not [path for path in scripts if written.search(path.read_text("utf-8"))]
