"""A workbook of draft plans: planned activities and the budget, in the columns that units use."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from locales import Say, texts
from messages import clean
from periods.days import local_day
from plan.model import Plan
from reports.amounts import dong, in_words
from reports.drafts import Budgets, budgets_of, form_name
from reports.files.building import Data, Material
from rules.drafts import Source
from storage.directory.units import unit_tree
from storage.records.drafts import StoredRow

DRAFTS = "drafts"
"""The kind of its recipe: `year`, and `draft` for one draft only (0: all of the year)."""
Line: TypeAlias = Sequence[str | int]
_SOURCES: Mapping[str, Callable[[Say], str]] = {
    Source.DISTRICT: lambda say: say("district budget"),
    Source.WARD: lambda say: say("ward budget"),
    Source.OTHER: lambda say: say("other lawful sources"),
}
_WIDE = 32
_NARROW = 12


def source_name(say: Say, source: str) -> str:
    """Where money comes from, in words."""
    return _SOURCES[source](say) if source in _SOURCES else source


def build_drafts(material: Material, data: Data, place: Path) -> str:
    """Write the workbook of a recipe's data, and return the text that brings it."""
    say, year, draft = texts(str(data["language"])), int(data["year"]), int(data.get("draft") or 0)
    units = unit_tree(material.db).on(local_day(material.now))
    found = budgets_of(material.db, material.plan, year, units, only=draft)
    with Workbook(str(place), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        writer = _Writer(book, say, material.plan, found)
        writer.activities()
        writer.costs()
        if not draft:
            writer.sums()
    material.tell(1, 1)
    return say("Drafts for {year}: {rows} activities, {sum}.", year=year, rows=len(found.rows), sum=dong(found.whole))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the sheets of some drafts. What people wrote is written as text, and can become no formula (R11)."""

    book: Workbook
    say: Say
    plan: Plan
    found: Budgets

    def activities(self) -> None:
        """One line an activity."""
        say = self.say
        heads = (
            *(say("No."), say("Unit"), say("Content"), say("Activity code"), say("Group"), say("Form of work")),
            *(say("Sessions or products"), say("Women (visits)"), say("Men (visits)"), say("Time"), say("Place")),
            *(say("Leads"), say("Takes part"), say("Budget (đồng)"), say("Source"), say("Remark")),
        )
        self._sheet(say("Planned activities"), heads, [*self._rows()])

    def _rows(self) -> Iterator[Line]:
        units = self.found.units
        for at, row in enumerate(self.found.rows, 1):
            costs = [c for c in self.found.costs if (c.submission_id, c.row) == (row.submission_id, row.position)]
            yield (
                *(at, units.title_of(row.unit_id), row.content, row.activity),
                *(self.plan.name(row.target_group, self.say.language), self._form(row.form)),
                *(row.sessions, row.women, row.men, _when(row), self._place(row)),
                *(units.title_of(row.lead_unit_id) if row.lead_unit_id else "", self._partners(row)),
                sum(cost.amount for cost in costs),
                ", ".join(dict.fromkeys(source_name(self.say, cost.source) for cost in costs)),
                row.note,
            )

    def costs(self) -> None:
        """One line of the budget each, with the total in figures and in words."""
        say, rows = self.say, {(row.submission_id, row.position): row for row in self.found.rows}
        heads = (
            *(say("No."), say("Unit"), say("Content"), say("Paid for"), say("Counted in"), say("Quantity")),
            *(say("Rate (đồng)"), say("Amount (đồng)"), say("Norm"), say("Source"), say("Counts")),
        )
        lines: list[Line] = []
        for at, cost in enumerate(self.found.costs, 1):
            row = rows[cost.submission_id, cost.row]
            counts = (cost.submission_id, cost.row) in self.found.counted
            lines.append(
                (
                    *(at, self.found.units.title_of(row.unit_id), row.content, cost.item, cost.measure, cost.quantity),
                    *(cost.rate, cost.amount, cost.basis, source_name(say, cost.source)),
                    "" if counts else say("counted with whoever leads it"),
                )
            )
        whole = self.found.whole
        end: list[Line] = [
            ("", say("Total"), "", "", "", "", "", whole, "", "", ""),
            ("", say("In words: {words}.", words=in_words(whole))),
        ]
        self._sheet(say("Budget"), heads, [*lines, *end])

    def sums(self) -> None:
        """The sums by unit, activity and source."""
        say, plan, units = self.say, self.plan, self.found.units
        lists = (
            (say("By unit:"), self.found.by(lambda row, _: units.title_of(row.unit_id))),
            (say("By activity:"), self.found.by(lambda row, _: plan.name(row.activity, say.language))),
            (say("By source:"), self.found.by(lambda _, cost: source_name(say, cost.source))),
        )
        lines = [(title.rstrip(":"), name, amount) for title, sums in lists for name, amount in sums.items()]
        self._sheet(say("Sums"), (say("Sum"), say("Of"), say("Amount (đồng)")), lines)

    def _form(self, code: str) -> str:
        return form_name(self.plan, code, self.say.language)

    def _place(self, row: StoredRow) -> str:
        unit = self.found.units.title_of(row.place_unit_id) if row.place_unit_id else ""
        return ", ".join(part for part in (row.site, unit) if part)

    def _partners(self, row: StoredRow) -> str:
        units = self.found.units
        return ", ".join(units.title(code) if code in units else code for code in row.partners.split())

    def _sheet(self, title: str, heads: Sequence[str], lines: Sequence[Line]) -> None:
        sheet = self.book.add_worksheet(title)
        head = self.book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#ece8f2"})
        cell = self.book.add_format({"num_format": "#,##0", "text_wrap": True, "valign": "top"})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(heads):
            longest = max((len(str(line[column])) for line in lines if column < len(line)), default=0)
            wide = longest > _NARROW
            sheet.set_column(column, column, _WIDE if wide else _NARROW)
            sheet.write_string(0, column, name, head)
        for at, line in enumerate(lines, 1):
            _write(sheet, at, line, cell)


def _write(sheet: Worksheet, at: int, line: Line, cell: object) -> None:
    for column, value in enumerate(line):
        if isinstance(value, int):
            sheet.write_number(at, column, value, cell)
        else:
            sheet.write_string(at, column, clean(value)[:32_767], cell)


def _when(row: StoredRow) -> str:
    if row.by_month:
        return f"{row.first_day.month:02}/{row.first_day.year}"
    return f"{row.first_day:%d/%m/%Y}"
