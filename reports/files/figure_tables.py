"""A period's figures as tables: one for each breakdown, each with what its columns mean."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from locales import Say
from reports.figures import FigureRow, Figures, People
from reports.files.tables import Cell, Chart, Column, Drawn, Holds, Row, Table
from rules.kinds import Mode

PEOPLE = ("women", "men", "unsorted")


def figure_tables(figures: Figures, say: Say) -> Iterator[Table]:
    """The breakdowns of published figures, in the order of their sheets."""
    named = Breakdowns(figures, say)
    yield named.of("by_unit", say("By unit"), say("A row for each unit directly below."), figures.by_unit)
    about = say("A row for each activity of the plan.")
    yield named.of("by_activity", say("By activity"), about, figures.by_activity)
    about = say("A row for each target group. A report with several groups stands in several rows.")
    groups = [row for row in figures.by_group if row.code]
    yield named.of("by_group", say("By target group"), about, groups)
    about = say("A row for each kind of activity. Of services the people are those helped.")
    yield named.of("by_kind", say("By kind"), about, figures.by_kind, drawn=None)
    about = say("A row for where it took place, whoever reported: events and other activities.")
    yield named.of("by_place", say("By place"), about, figures.by_place)
    about = say("A row for the level of who reported.")
    yield named.of("by_level", say("By level"), about, figures.by_level, drawn=None)
    yield products(figures, say)


def people_columns(say: Say) -> tuple[Column, ...]:
    """Visits by sex, their sum, and the share of women among those whose sex is known."""
    return (
        Column("women", say("Women (visits)"), say("Visits of women to events; who comes twice counts twice.")),
        Column("men", say("Men (visits)"), say("Visits of men to events.")),
        Column("unsorted", say("Not by sex (visits)"), say("Visits of people whose sex nobody noted.")),
        Column("total", say("All visits"), say("Women, men and those not noted by sex.")),
        Column(
            "women_share",
            say("Women (%)"),
            say("Of the visits whose sex was noted; empty where there are none."),
            Holds.PERCENT,
        ),
    )


def people_cells(people: People) -> tuple[Cell, ...]:
    """The cells of `people_columns`; a share is a fraction of 1."""
    known = people.female + people.male
    return people.female, people.male, people.unsorted, people.total, people.female / known if known else None


@dataclass(frozen=True, slots=True)
class Breakdowns:
    """Makes tables of breakdowns; all have the same columns and the same total."""

    figures: Figures
    say: Say

    def of(
        self, code: str, title: str, about: str, rows: Iterable[FigureRow], drawn: Drawn | None = Drawn.BARS
    ) -> Table:
        """One breakdown, drawn beside its rows unless told otherwise."""
        say, figures = self.say, self.figures
        columns = (
            Column("code", say("Code"), say("The code in the plan and in the list of units."), Holds.TEXT, 14),
            Column("name", say("Name"), say("The full name."), Holds.TEXT, 46),
            Column("reports", say("Activities"), say("Reports that count; each once in a row.")),
            *people_columns(say),
        )
        return Table(
            code=code,
            title=title,
            about=about,
            columns=columns,
            rows=[(row.code, row.name, row.reports, *people_cells(row.people)) for row in rows],
            total=("", say("In all (each report once)"), figures.reports, *people_cells(figures.people)),
            chart=Chart(drawn, "name", PEOPLE) if drawn else None,
        )


def products(figures: Figures, say: Say) -> Table:
    """What was made, and what was given out: never one sum."""
    modes = {Mode.MADE: say("made"), Mode.GIVEN: say("given out")}
    columns = (
        Column("code", say("Code"), say("The code of the product in the form."), Holds.TEXT, 16),
        Column("name", say("Product"), say("The name of the product."), Holds.TEXT, 40),
        Column(
            "mode", say("Made or given out"), say("Never added: a ward prints what others give out."), Holds.TEXT, 18
        ),
        Column("reports", say("Activities"), say("Reports that count; each once in a row.")),
        Column("quantity", say("Quantity"), say("Copies, items or broadcasts.")),
    )
    rows: list[Row] = [
        (row.product, row.name, modes[Mode(row.mode)], row.reports, row.quantity) for row in figures.media
    ]
    about = say("A row for each product and for what was done with it.")
    return Table("products", say("Products"), about, columns, rows)
