"""The people whom services helped, as far as a letter may say it: what is hidden stays hidden."""

from collections.abc import Iterator

from reports.help import Services
from reports.letters.numerals import count
from reports.letters.sentences import Phrases
from rules.suppression import Cell, Hidden


def helped(phrase: Phrases, services: Services | None) -> Iterator[str]:
    """Nothing where nothing is shown, or nobody came; else how many visits, and by sex if all of it is shown."""
    if services is None or services.whole.total == 0:
        return
    whole = services.whole
    by_sex = {"women": whole.women, "men": whole.men, "unsorted": whole.unsorted}
    shown = {name: cell for name, cell in by_sex.items() if cell is not None and (cell or name != "unsorted")}
    if not shown or whole.total is Hidden.WITHHELD:
        if whole.total is not Hidden.WITHHELD:
            yield phrase("helped_some", count=cell_text(phrase, whole.total))
        return
    sexes = ", ".join(phrase(name, count=cell_text(phrase, cell)) for name, cell in shown.items())
    yield phrase("helped", count=cell_text(phrase, whole.total), sexes=sexes)


def cell_text(phrase: Phrases, cell: Cell) -> str:
    """A count, "dưới 5", or a sign for what is withheld."""
    if isinstance(cell, Hidden):
        return phrase("few" if cell is Hidden.FEW else "withheld")
    return count(cell)
