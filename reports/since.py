"""What has changed since figures were sent, in a sentence: for those who got them, and for whoever asks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from locales import Say, number
from periods.days import ZONE
from periods.period import Length, Period
from reports.differences import ChangedCell, Measure, changed_cells
from reports.figures import Figures
from reports.wording import moment, period_text

MOST_UNITS = 6
"""Units named in the sentence; where more have changed it says so, and the list of what was sent has all."""
_NOON = 12


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, and whether it names every unit that has changed."""

    text: str
    is_whole: bool


def changes_since(say: Say, sent: Figures, now: Figures, *, lately: bool) -> Told | None:
    """ "Sau bản gửi sáng thứ Hai, có thêm 01 báo cáo (Phường 14: 10 lượt nữ, 09 lượt nam)"; `None` if all is as it was.

    Counts below ten have two digits, as in the documents that quote them. `lately`: nothing was sent since that could
    be meant instead, so the period need not be named.
    """
    cells = [cell for cell in changed_cells(sent, now) if cell.breakdown != "completeness"]
    if not cells:
        return None
    more = sum(cell.more for cell in cells if not cell.breakdown and cell.measure is Measure.REPORTS)
    what = _reports(say, more) if more else say("the figures have changed")
    units = list(_by_unit(say, [cell for cell in cells if cell.breakdown == "unit"]))
    named, is_whole = "; ".join(units[:MOST_UNITS]), len(units) <= MOST_UNITS
    if not is_whole:
        named = say("{shown} of {all} units: {units}", shown=MOST_UNITS, all=len(units), units=named)
    detail = f" ({named})" if named else ""
    about = "" if lately else f" ({short_period(say, sent.period)})"
    return Told(say("After {sent}, {what}.", sent=f"{_sent(say, sent)}{about}", what=f"{what}{detail}"), is_whole)


def _sent(say: Say, sent: Figures) -> str:
    """ "bản gửi sáng thứ Hai"; of another time its day and hour."""
    when = sent.as_of.astimezone(ZONE)
    if when.weekday() == 0 and when.hour < _NOON:
        return say("Monday morning's message")
    return say("the message of {when}", when=moment(say, sent.as_of))


def short_period(say: Say, period: Period) -> str:
    """A week by its number alone, since its days are told beside it; other periods as ever."""
    return say("week {number}", number=period.number) if period.length is Length.WEEK else period_text(say, period)


def _reports(say: Say, more: int) -> str:
    if more > 0:
        return say.plural("there is {count} more report", "there are {count} more reports", more, count=_two(say, more))
    return say.plural("there is {count} report fewer", "there are {count} reports fewer", -more, count=_two(say, -more))


def _by_unit(say: Say, cells: Sequence[ChangedCell]) -> Iterator[str]:
    """Each unit that changed: its visits, and if these are as they were, its reports."""
    for code in dict.fromkeys(cell.code for cell in cells):
        of_unit = [cell for cell in cells if cell.code == code]
        people = [cell for cell in of_unit if cell.measure is not Measure.REPORTS]
        yield f"{of_unit[0].name}: {', '.join(_more(say, cell) for cell in people or of_unit)}"


def _more(say: Say, cell: ChangedCell) -> str:
    count = _two(say, abs(cell.more))
    words = {
        Measure.REPORTS: lambda: say("{count} reports", count=count),
        Measure.WOMEN: lambda: say("{count} visits of women", count=count),
        Measure.MEN: lambda: say("{count} visits of men", count=count),
        Measure.UNSORTED: lambda: say("{count} visits not yet by sex", count=count),
    }
    counted = words[cell.measure]()
    return counted if cell.more > 0 else say("{counted} fewer", counted=counted)


def _two(say: Say, count: int) -> str:
    return f"{count:02}" if say.language == "vi" else number(count, say.language)
