"""Changed figures as lines of a table: what it is, what it was, what it is now, each number with its unit."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from locales import Say, capital, number
from reports.differences import ChangedCell, Measure

Line = tuple[str, str, str]
"""Label, old, new."""


def changed_lines(say: Say, cells: Iterable[ChangedCell]) -> Iterator[Line]:
    """A line for each changed figure, in their order."""
    for cell in cells:
        what = _WHAT[cell.breakdown](say) if cell.breakdown in _WHAT else _MEASURES[cell.measure](say)
        label = f"{cell.name} – {what}" if cell.name and cell.breakdown else capital(what)
        yield label, number(cell.old, say.language), number(cell.new, say.language)


_MEASURES: Mapping[Measure, Callable[[Say], str]] = {
    Measure.REPORTS: lambda say: say("number of activities"),
    Measure.WOMEN: lambda say: say("visits of women"),
    Measure.MEN: lambda say: say("visits of men"),
    Measure.UNSORTED: lambda say: say("visits not yet by sex"),
    Measure.QUANTITY: lambda say: say("quantity"),
    Measure.RECEIVED: lambda say: say("weekly reports received"),
}
_WHAT: Mapping[str, Callable[[Say], str]] = {
    "surveys": lambda say: say("survey forms"),
    "documents": lambda say: say("texts reviewed"),
    "inspections": lambda say: say("things inspected"),
    "violations": lambda say: say("violations found"),
    "handled": lambda say: say("violations handled"),
}
