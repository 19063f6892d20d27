"""Whom services helped, as tables: as much of it as the file's readers may see."""

from collections.abc import Iterable, Iterator

from locales import Say
from reports.files.tables import Cell, Column, Holds, Row, Table
from reports.help import HelpRow, Services
from reports.wording import cell_text
from rules.suppression import Cell as Shown


def service_tables(services: Services | None, say: Say) -> Iterator[Table]:
    """By kind of help and by unit; nothing where nothing of it is shown."""
    if services is None:
        return
    about = say("A row for each kind of help: visits of those who were helped. Small numbers are not shown.")
    yield _table("by_help", say("By help"), about, services.by_help, say)
    about = say("A row for each unit: visits of those who were helped. Small numbers are not shown.")
    yield _table("help_by_unit", say("Help by unit"), about, services.by_unit, say)


def shown_cell(cell: Shown | None, say: Say) -> Cell:
    """A count as a number, what is hidden in words; nothing where there is no such cell."""
    return cell if cell is None or isinstance(cell, int) else cell_text(say, cell)


def _table(code: str, title: str, about: str, rows: Iterable[HelpRow], say: Say) -> Table:
    columns = (
        Column("code", say("Code"), say("The code of the kind of help or of the unit."), Holds.TEXT, 16),
        Column("name", say("Name"), say("The full name."), Holds.TEXT, 46),
        Column("total", say("Helped (visits)"), say("Visits to services, never added to events.")),
        Column("women", say("Women (visits)"), say("Of these; empty where the sexes are not shown.")),
        Column("men", say("Men (visits)"), say("Of these; empty where the sexes are not shown.")),
        Column("unsorted", say("Not by sex (visits)"), say("Of these; empty where the sexes are not shown.")),
    )
    return Table(code, title, about, columns, [_row(row, say) for row in rows])


def _row(row: HelpRow, say: Say) -> Row:
    return (
        row.code,
        row.name,
        *(shown_cell(cell, say) for cell in (row.total, row.women, row.men, row.unsorted)),
    )
