"""Sums of money in words, as budgets say them."""

import pytest

from reports.amounts import dong, in_words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (105, "Một trăm lẻ năm đồng"),
        (500_000, "Năm trăm nghìn đồng"),
        (1_250_000, "Một triệu hai trăm năm mươi nghìn đồng"),
        (35_000_000, "Ba mươi lăm triệu đồng"),
        (1_005_000, "Một triệu không trăm lẻ năm nghìn đồng"),
        (2_000_000_444, "Hai tỷ bốn trăm bốn mươi tư đồng"),
    ],
)
def test_an_amount_in_words(amount: int, words: str) -> None:
    assert in_words(amount) == words


def test_an_amount_in_figures() -> None:
    assert dong(35_000_000) == "35.000.000 đ"
