"""The codebook: what counts, what each column means, and which codes stand for what."""

from collections.abc import Iterable, Iterator
from datetime import date

from locales import Say
from plan.model import Plan
from reports.files.tables import Column, Holds, Row, Table
from rules.kinds import Mode
from rules.levels import Level
from storage.directory.units import UnitTree


def definition_tables(tables: Iterable[Table], plan: Plan, tree: UnitTree, day: date, say: Say) -> Iterator[Table]:
    """What the other tables mean; they come last."""
    yield _terms(say)
    yield _columns(tables, say)
    yield _codes(plan, say)
    yield _units(plan, tree, day, say)


def _terms(say: Say) -> Table:
    rows: list[Row] = [
        (
            say("counts"),
            say("A report counts while it is sent or approved; of several reports of one event one counts."),
        ),
        (say("visits"), say("Who comes to two events is counted twice. Visits are never said to be people.")),
        (say("not by sex"), say("People whose sex nobody noted: never split by guess, never left out.")),
        (say("helped"), say("Visits to services; never added to visits to events.")),
        (say("day"), say("A report is counted in the period in which its last day lies.")),
        (say("received"), say("A week that is reported, without activity, or being mended: everything but missing.")),
        (say("on time"), say("The week's first report that stands, or the word of no activity, before Monday 07:00.")),
        (say("at least, at most"), say("A target counts people: their number lies between these ends.")),
        (
            say("text in cells"),
            say("What people wrote is text. In CSV files a text that begins with = + - @ has ' before it."),
        ),
    ]
    columns = (
        Column("term", say("Term"), say("As it is used in these tables."), Holds.TEXT, 22),
        Column("meaning", say("Meaning"), say("What it says."), Holds.TEXT, 100),
    )
    return Table("definitions", say("Definitions"), say("What the words in these tables mean."), columns, rows)


def _columns(tables: Iterable[Table], say: Say) -> Table:
    columns = (
        Column("table", say("Table"), say("The name of the sheet or file."), Holds.TEXT, 20),
        Column("code", say("Column"), say("The column in the CSV file."), Holds.TEXT, 18),
        Column("title", say("Title"), say("The column in the workbook."), Holds.TEXT, 30),
        Column("meaning", say("Meaning"), say("What it says."), Holds.TEXT, 90),
    )
    rows: list[Row] = []
    for table in tables:
        rows.append((f"{table.code} ({table.title})", "", "", table.about))
        rows += [(table.code, column.code, column.title, column.meaning) for column in table.columns]
    return Table("codebook", say("Columns"), say("What each column of each table says."), columns, rows)


def _codes(plan: Plan, say: Say) -> Table:
    columns = (
        Column("list", say("List"), say("What the code stands for."), Holds.TEXT, 22),
        Column("code", say("Code"), say("As it stands in the tables."), Holds.TEXT, 20),
        Column("name", say("Name"), say("The full name."), Holds.TEXT, 90),
    )
    language = say.language
    named = (
        (say("activity"), plan.activities.values()),
        (say("target group"), plan.groups.values()),
        (say("kind"), plan.kinds.values()),
    )
    rows: list[Row] = [(of, each.code, each.name(language)) for of, listed in named for each in listed]
    rows += [(say("target"), each.code, each.name(language)) for each in plan.targets.values()]
    rows += [(say("product or help"), code, name) for code, name in _items(plan, language)]
    rows += [(say("level"), level.value, plan.levels.title(level, language)) for level in Level]
    rows += [(say("made or given out"), Mode.MADE.value, say("made"))]
    rows += [(say("made or given out"), Mode.GIVEN.value, say("given out"))]
    return Table("codes", say("Codes"), say("Which code stands for what."), columns, rows)


def _items(plan: Plan, language: str) -> Iterator[tuple[str, str]]:
    """The products and kinds of help that forms offer."""
    for form in plan.forms.values():
        for question in form.questions:
            if question.name in _ITEMS and question.choices:
                yield from ((code, question.choices.label(code, language)) for code in question.choices.by_name)


_ITEMS = ("product", "service_kind")


def _units(plan: Plan, tree: UnitTree, day: date, say: Say) -> Table:
    columns = (
        Column("code", say("Code"), say("The code in the list of units."), Holds.TEXT, 14),
        Column("name", say("Name"), say("The newest name."), Holds.TEXT, 40),
        Column("level", say("Level"), say("What kind of unit it is."), Holds.TEXT, 18),
        Column("above", say("Lies in"), say("The code of the unit that it lies in."), Holds.TEXT, 14),
        Column("first_day", say("First day"), say("The day from which it exists."), Holds.DAY),
        Column("last_day", say("Last day"), say("Its last day; empty while it exists."), Holds.DAY),
    )
    by_id = {unit.id: unit for unit in tree.units}
    rows: list[Row] = [
        (
            unit.code,
            unit.name,
            plan.levels.title(unit.level, say.language),
            by_id[unit.parent_id].code if unit.parent_id is not None else "",
            unit.valid_from,
            unit.valid_to,
        )
        for unit in tree.units
        if unit.valid_from <= day
    ]
    return Table("units", say("Units"), say("Every unit that is or was."), columns, rows)
