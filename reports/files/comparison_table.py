"""The sums beside those of the period before and of a year earlier, as a table."""

from collections.abc import Callable, Iterator, Mapping

from locales import Say
from reports.comparing import Compared, Difference
from reports.figures import Figures
from reports.files.tables import Cell, Column, Holds, Row, Table
from reports.wording import period_text

_NAMES: Mapping[str, Callable[[Say], str]] = {
    "reports": lambda say: say("Activities"),
    "visits": lambda say: say("All visits"),
    "female": lambda say: say("Women (visits)"),
    "male": lambda say: say("Men (visits)"),
    "unsorted": lambda say: say("Not by sex (visits)"),
    "helped": lambda say: say("Helped (visits)"),
    "given": lambda say: say("Products given out"),
    "made": lambda say: say("Products made"),
    "inspections": lambda say: say("Inspected"),
}


def comparison_table(found: Compared, say: Say, *, shared: bool) -> Table:
    """A row a figure. Of those who were helped shared files say no differences, which could be a single person."""
    columns = (
        Column("what", say("What"), say("What the row is about."), Holds.TEXT, 34),
        Column("now", say("This period"), say("The figure of the period."), width=14),
        *_columns("before", say("Before: {period}", period=_of(found.before, say)), say),
        *_columns("year_earlier", say("A year earlier: {period}", period=_of(found.year_earlier, say)), say),
    )
    about = say("A row for each figure. Earlier periods are whole, also while this one is still running.")
    rows = [row for row in _rows(found, say) if not (shared and row[0] == say("Helped (visits)"))]
    return Table("comparison", say("Comparison"), about, columns, rows)


def _of(then: Figures | None, say: Say) -> str:
    return period_text(say, then.period) if then else say("no such unit")


def _columns(code: str, title: str, say: Say) -> tuple[Column, ...]:
    return (
        Column(code, title, say("The figure of that period."), width=20),
        Column(f"{code}_by", say("Difference"), say("How many more there are now; below zero for fewer."), width=14),
        Column(f"{code}_percent", say("Difference (%)"), say("Of what it was; empty where it was 0."), Holds.PERCENT),
    )


def _rows(found: Compared, say: Say) -> Iterator[Row]:
    before, earlier = dict(found.against(found.before)), dict(found.against(found.year_earlier))
    own = dict(found.against(found.figures))
    for name, title in _NAMES.items():
        yield title(say), own[name].now, *_cells(before.get(name)), *_cells(earlier.get(name))


def _cells(difference: Difference | None) -> tuple[Cell, ...]:
    if difference is None:
        return None, None, None
    percent = difference.percent
    return difference.then, difference.by, None if percent is None else percent / 100
