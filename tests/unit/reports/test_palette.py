"""The colours: they stand out from the paper, and colour-blind readers tell those of one picture apart."""

from collections.abc import Sequence
from itertools import combinations
from math import dist

import pytest

from reports.drawing import palette
from reports.drawing.palette import PAPER, PROGRESS, SEXES, WEEK_STATES, YEARS

NON_TEXT, TEXT = 3.0, 4.5
"""WCAG 2.2: 1.4.11 for what is drawn, 1.4.3 for what is written."""
TOLD_APART = 20.0
"""Distance in CIE L*a*b*: ten times what is just noticed."""

# What readers with full colour blindness of each kind see, as linear RGB (Machado, Oliveira and Fernandes, 2009).
EYES = {
    "all cones": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
WHITE = (0.95047, 1.0, 1.08883)


def linear(colour: str) -> list[float]:
    values = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values]


def applied(matrix: Sequence[Sequence[float]], values: Sequence[float]) -> list[float]:
    return [sum(factor * value for factor, value in zip(row, values, strict=True)) for row in matrix]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(applied(XYZ, linear(colour))[1] for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def lab(colour: str, eye: str) -> tuple[float, float, float]:
    seen = [min(1.0, max(0.0, value)) for value in applied(EYES[eye], linear(colour))]
    x, y, z = (
        ratio ** (1 / 3) if ratio > 0.008856 else 7.787 * ratio + 16 / 116
        for ratio in (value / white for value, white in zip(applied(XYZ, seen), WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("colour", dict.fromkeys((*SEXES, *WEEK_STATES, *PROGRESS, *YEARS, palette.MEN_EDGE)))
def test_what_carries_a_meaning_stands_out_from_the_paper(colour: str) -> None:
    assert contrast(colour, PAPER) >= NON_TEXT


@pytest.mark.parametrize("colour", [palette.INK, palette.QUIET, palette.SAMPLE, palette.GOAL])
def test_what_is_written_can_be_read(colour: str) -> None:
    assert contrast(colour, PAPER) >= TEXT


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("together", [SEXES, WEEK_STATES, PROGRESS, YEARS], ids=["sexes", "weeks", "targets", "years"])
def test_every_eye_tells_the_colours_of_a_picture_apart(together: Sequence[str], eye: str) -> None:
    close = [pair for pair in combinations(together, 2) if dist(lab(pair[0], eye), lab(pair[1], eye)) < TOLD_APART]
    assert close == []


def test_women_and_men_differ_in_a_grey_print() -> None:
    assert contrast(palette.WOMEN, palette.MEN) >= NON_TEXT
