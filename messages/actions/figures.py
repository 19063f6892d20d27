"""Actions that show figures: a period's sums, who still owes reports, what is due."""

from dataclasses import dataclass
from datetime import date

from messages.actions.base import Action, OfUnit
from periods.period import Period


@dataclass(frozen=True, slots=True)
class Summary(OfUnit):
    """Shows a unit's figures of a period; without a period, those of this week.

    `only` narrows them to some of the reports (`services.narrowing`).
    """

    NAME = "summary"
    unit: str | None = None
    period: Period | None = None
    only: str = ""


@dataclass(frozen=True, slots=True)
class Breakdown(OfUnit):
    """Shows the whole breakdown of a unit's figures by something, a page at a time."""

    NAME = "by"
    unit: str | None = None
    period: Period | None = None
    by: str = ""
    page: int = 0
    only: str = ""


@dataclass(frozen=True, slots=True)
class Missing(OfUnit):
    """Lists the neighbourhoods of a unit that have not reported a week, a page at a time."""

    NAME = "missing"
    unit: str | None = None
    week: Period | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class Wards(OfUnit):
    """Lists the units with chairs in a unit, so that one of them can be opened for a period."""

    NAME = "wards"
    period: Period | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class OtherPeriods(OfUnit):
    """Offers other periods of a unit's figures: beside this one and the usual ones, or those `which` lie in it."""

    NAME = "periods"
    unit: str | None = None
    period: Period | None = None
    which: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True)
class Details(OfUnit):
    """Offers what a unit's figures of a period can be broken down by, and what lies behind them; `more` is the rest."""

    NAME = "details"
    unit: str | None = None
    period: Period | None = None
    only: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Pictures(OfUnit):
    """Offers the pictures and tables of a unit's figures of a period."""

    NAME = "pictures"
    unit: str | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Files(OfUnit):
    """Offers the files of a unit's figures of a period: workbooks, letters."""

    NAME = "files"
    unit: str | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class FigureTable(OfUnit):
    """Shows a unit's figures of a period as a table; `by` is one of the `BY_…`.

    `page` is 0 for the table where one can be shown, and from 1 on a page of it as lines.
    """

    NAME = "table"
    unit: str | None = None
    period: Period | None = None
    by: str = ""
    page: int = 0


BY_UNIT, BY_ACTIVITY, BY_GROUP, BY_PLACE, BY_HELP = "", "a", "g", "p", "h"


@dataclass(frozen=True, slots=True)
class MissingTable(OfUnit):
    """Shows who has not reported a week as a table."""

    NAME = "missing_table"
    unit: str | None = None
    week: Period | None = None


@dataclass(frozen=True, slots=True)
class TargetTable(OfUnit):
    """Shows the targets of a unit as a table."""

    NAME = "target_table"
    unit: str | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class ShowPicture(OfUnit):
    """Shows a picture of a unit's figures of a period; `kind` is one of `reports.pictures.asked.PictureKind`."""

    NAME = "picture"
    unit: str | None = None
    period: Period | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class DueNow(Action):
    """Shows what a person's units owe now."""

    NAME = "due"


@dataclass(frozen=True, slots=True)
class Owing(Action):
    """Lists the units that have not handed in what is due on a day, a page at a time."""

    NAME = "owing"
    kind: str = ""
    due_on: date | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class MarkDone(Action):
    """Notes that an obligation has been handed in."""

    NAME = "done"
    obligation: int = 0
    seen: int = 0
