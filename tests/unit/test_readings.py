"""Who is followed of several readers: the first that is sure, else the first that finds something likely."""

from typing import cast

import pytest

from conversation.readings import NO_READING, Meaning, Reader, Reading, Said, choose, likely, sure
from handlers.context import Turn

TEXT = Said(cast(Turn, None), "1")
SURE, SURE_TOO = sure(Meaning.CHOICE, list), sure(Meaning.COMMAND, list)
LIKELY, LIKELY_TOO = likely(Meaning.NEAR_MISS, list), likely(Meaning.NOTHING, list)


def making(reading: Reading) -> Reader[Said]:
    return lambda _: reading


@pytest.mark.parametrize(
    ("readings", "chosen"),
    [
        ((NO_READING, SURE, SURE_TOO), SURE),
        ((LIKELY, SURE), SURE),
        ((NO_READING, LIKELY, LIKELY_TOO), LIKELY),
        ((NO_READING,), NO_READING),
    ],
)
def test_the_first_sure_reading_wins_else_the_first_likely_one(readings: tuple[Reading, ...], chosen: Reading) -> None:
    assert choose(TEXT, [making(reading) for reading in readings]) is chosen


def test_behind_a_sure_reading_nobody_is_asked() -> None:
    assert choose(TEXT, (making(SURE), lambda _: pytest.fail("nobody is to be asked"))) is SURE
