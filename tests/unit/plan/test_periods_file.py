"""The file of periods: what the shipped one says, and how a wrong one is refused."""

from pathlib import Path

import pytest

from periods.period import period_of
from plan.calendar_file import load_calendar
from plan.periods_file import SHIPPED, load_periods
from plan.problems import PlanError

TEXT = SHIPPED.read_text("utf-8")


def test_a_plan_without_periods_of_its_own_has_the_shipped_ones(tmp_path: Path) -> None:
    assert load_periods(tmp_path) == load_periods(SHIPPED.parent)


def test_a_plan_may_have_other_cut_offs(tmp_path: Path) -> None:
    (tmp_path / "periods.toml").write_text("[cutoffs]\nmonth = { from = 20, to = 19 }\n", "utf-8")
    cuts = load_periods(tmp_path)
    month = period_of("2020-11@chot", cuts)
    assert (str(month.first), str(month.last)) == ("2020-10-20", "2020-11-19")
    assert (cuts.action_month(2020), cuts.results) == (None, None)


@pytest.mark.parametrize(
    ("was", "is_now", "said"),
    [
        ("[cutoffs]", "[cutoffs", "This is not TOML"),
        ("[cutoffs]", "[cutoff]", "“cutoff” in the file is not known. Use one of: cutoffs, results, action_month."),
        ("half =", "halves =", "“halves” in [cutoffs] is not known. Use one of: month, quarter, half"),
        ("month = { from = 15", "month = { from = 31", "“31” of “from” in [cutoffs] month is no whole number from 1"),
        ("month = { from = 15, to = 14 }", "month = 15", "[cutoffs] month is no table."),
        ('to = "10-31"', 'to = "10-32"', "“10-32” of “to” in [results] is no day of every year."),
        ('to = "10-31"', "", "“to” is missing in [results]. Add it."),
        ("since = 2021", "since = 2016", "[[action_month]] 2 begins in 2016, no later than the one before it."),
        ("since = 2021", "since = true", "“True” of “since” in [[action_month]] 2 is no whole number from 1000"),
        ('name_en = "Action Month for gender equality and against', 'name_fr = "', "“name_fr” in [[action_month]] 1"),
    ],
)
def test_a_wrong_value_is_named_with_its_place_and_a_remedy(tmp_path: Path, was: str, is_now: str, said: str) -> None:
    assert was in TEXT
    (tmp_path / "periods.toml").write_text(TEXT.replace(was, is_now, 1), "utf-8")
    with pytest.raises(PlanError) as refused:
        load_periods(tmp_path)
    assert f"{tmp_path.name}/periods.toml] {said}" in str(refused.value)


def test_reminders_speak_of_the_days_of_the_action_month() -> None:
    month = load_periods(SHIPPED.parent).action_month(2020)
    assert month is not None
    spoken_of = {
        tuple((day.month, day.day) for day in rule.period)
        for rule in load_calendar(SHIPPED.parent / "calendar.toml").values()
        if rule.period
    }
    assert spoken_of == {(month.days.first, month.days.last)}
