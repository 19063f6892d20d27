"""Buttons' ids: written and read back the same, short enough for every channel, and any text reads as something."""

from dataclasses import fields

import pytest

from messages import MAX_CHOICE_ID_BYTES, actions
from messages.actions import Action, Agree, Approve, Forget, Return, Serve, Withdraw

ALL: list[type[Action]] = [
    each
    for each in vars(actions).values()
    if isinstance(each, type) and issubclass(each, Action) and each is not Action
]
LARGEST = {int: 10**12, str: "P10-KP05"}
"""A million million rows, and a unit."""


def read(action_id: str) -> Action:
    name, *arguments = action_id.split(":")
    (kind,) = [each for each in ALL if name == each.NAME]
    return kind.read(arguments)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.NAME)
def test_an_action_is_read_as_it_was_written(kind: type[Action]) -> None:
    full = kind(**{each.name: LARGEST[int] if each.type is int else LARGEST[str] for each in fields(kind)})
    for action in (full, kind()):
        assert read(str(action)) == action
        assert len(str(action).encode()) <= MAX_CHOICE_ID_BYTES


def test_an_action_is_written_as_shortly_as_it_can_be() -> None:
    assert str(Approve(12, 3)) == "approve:12:3"
    assert str(Return(12, 3)) == "return:12:3"
    assert str(Withdraw(12, 3, "yes")) == "withdraw:12:3:yes"
    assert (str(Forget()), str(Agree()), str(Serve("1", "P10"))) == ("forget", "agree", "bot_ward:1:P10")
    assert str(Agree(version="2027-01")) == "agree::2027-01"


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
