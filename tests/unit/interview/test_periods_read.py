"""Periods as people write them: a table of wordings, said on Wednesday 18 November 2026."""

import csv
from datetime import date
from pathlib import Path

import pytest

from interview.reading.periods import LAST_YEAR, PERIOD, periods_in
from interview.reading.writing import writing
from tests.cuts import shipped_cuts

TODAY = date(2026, 11, 18)
with (Path(__file__).parent / "periods.csv").open(encoding="utf-8") as table:
    WORDINGS = [(row["said"], row["code"], row["note"]) for row in csv.DictReader(table)]


def read(text: str, today: date = TODAY) -> tuple[str, str]:
    """The code of the one period that a text names, and what is to be said of it or asked about it."""
    periods = [each for each in periods_in(writing(text), today, shipped_cuts()) if each.what == PERIOD]
    assert len(periods) < 2, periods
    return (str(periods[0].value or ""), periods[0].why) if periods else ("", "none")


@pytest.mark.parametrize(("said", "code", "note"), WORDINGS)
def test_a_period_is_read_as_people_write_it(said: str, code: str, note: str) -> None:
    assert read(said) == (code, note)


def test_the_table_is_broad() -> None:
    assert len(WORDINGS) >= 80


@pytest.mark.parametrize(
    ("today", "said", "code", "note"),
    [
        (date(2026, 1, 10), "tháng 3", "2025-03", LAST_YEAR),
        (date(2026, 1, 10), "tháng 1", "2026-01", ""),
        (date(2026, 1, 10), "quý 4", "2025-Q4", LAST_YEAR),
        (date(2026, 1, 1), "tuần 1", "2026-W01", ""),
        (date(2027, 1, 2), "tuần 53", "2026-W53", ""),
        (date(2026, 11, 14), "tháng hành động", "2025-AM", LAST_YEAR),
        (date(2026, 11, 15), "tháng hành động", "2026-AM", ""),
        (date(2026, 11, 14), "kỳ báo cáo tháng 12", "2025-12@chot", LAST_YEAR),
        (date(2026, 11, 15), "kỳ báo cáo tháng 12", "2026-12@chot", ""),
        (date(2026, 2, 3), "từ tháng 11 đến tháng 2", "2025-11-01..2026-02-28", ""),
        (date(2026, 3, 3), "29/2/2024", "2024-02-29..2024-02-29", ""),
        (date(2026, 3, 3), "ngày 31/4", "", "no_such"),
    ],
)
def test_without_a_year_it_is_the_latest_that_has_begun_and_the_last_years_is_said(
    today: date, said: str, code: str, note: str
) -> None:
    assert read(said, today) == (code, note)


def test_a_reading_says_which_words_it_rests_on() -> None:
    text = "tổng hợp phường 10 từ 1/10 đến 15/10 nhé"
    (reading,) = periods_in(writing(text), TODAY, shipped_cuts())
    assert text[slice(*reading.span)] == "từ 1/10 đến 15/10"
    assert reading.rule == "from one to another"


def test_two_periods_beside_each_other_are_two() -> None:
    assert len(periods_in(writing("tháng 9 và tháng 10"), TODAY, shipped_cuts())) == 2
