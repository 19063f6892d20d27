"""Makes a letter of a draft plan: what is planned and what it costs, as the units send it upward (V.2 of the plan).

A letter of a whole year holds what all units have handed in; of one event that several drafts hold, the lines of
whoever leads it count, and the others say so.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from locales import capital, number, texts
from periods.days import local_day
from periods.period import period_of
from plan.letters.model import LetterKind, Letters
from plan.letters.placeholders import DRAFT
from plan.model import Plan
from reports.amounts import in_words
from reports.drafts import Budgets, budgets_of, form_name
from reports.files.drafts import source_name
from reports.letters.composing import NoLetterError
from reports.letters.issuing import Head, dated
from reports.letters.model import Issue, Letter
from reports.letters.naming import title_of
from reports.letters.numerals import count, day
from reports.letters.plain import plain
from reports.letters.sentences import Phrases
from storage.directory.units import Unit, unit_tree
from storage.records.drafts import StoredCost, StoredRow

Cells = dict[str, str]


def compose_draft(
    db: Connection, plan: Plan, year: int, draft: int, now: datetime, issue: Issue | None = None
) -> Letter:
    """The letter of one draft (a submission's number), or of all of a year (0); with `issue` as it goes out.

    Raises `NoLetterError` if nothing is planned, or nobody is named who issues the letters of its unit.
    """
    units = unit_tree(db).on(local_day(now))
    found = budgets_of(db, plan, year, units, only=draft)
    letters = plan.letters
    kind = letters.kinds.get(DRAFT)
    if kind is None or not found.rows:
        raise NoLetterError(f"there is no draft {draft} of {year}")
    unit = units.unit(found.rows[0].unit_id) if draft else units.root
    issuer = letters.issuer_of(unit.code, unit.level)
    if issuer is None:
        raise NoLetterError(f"nobody is named who issues the letters of {unit.code}")
    return _Writer(plan, letters, kind, Phrases(letters.phrases), found, now, issue).letter(
        unit, Head(letters, issuer, unit, units)
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    """All that the letter is made of."""

    plan: Plan
    letters: Letters
    kind: LetterKind
    phrase: Phrases
    found: Budgets
    now: datetime
    issue: Issue | None

    def letter(self, unit: Unit, head: Head) -> Letter:
        planned, words = self._planned(), in_words(self.found.whole)
        return Letter(
            kind=self.kind,
            form=self.letters.form_on(local_day(self.now)),
            unit=unit.code,
            missing=(),
            context={
                "issuer": head.to_dict(),
                **self._texts(head),
                "draft": {
                    "intro": self.phrase("draft_intro", issuer=head.to_dict()["short"], year=self.found.year),
                    "content": list(self._content()),
                    "money": list(self._money(words)),
                    "words": self.phrase("draft_words", words=words),
                },
                "planned": {"rows": planned, "total": self._total(planned)},
                "budget": {"rows": list(self._budget()), "total": self._sum_of_budget()},
            },
        )

    def _texts(self, head: Head) -> dict[str, Any]:
        phrase, named, year = self.phrase, head.to_dict(), str(self.found.year)
        title = title_of(self.kind.title, phrase, period_of(year))
        return {
            "letter": {
                **dated(phrase, head, self.kind, local_day(self.now).year, self.issue),
                "kind": self.kind.kind,
                "title": " ".join(title.split("\n")),
                "subject": title,
                "opening": f"{self.letters.opening};",
                "closing": phrase("closing_draft", year=year, issuer=named["short"], to=named["to"]),
                "sample": phrase("sample") if self.found.sample else "",
                "as_of": "",
            },
            "title_lines": title.split("\n"),
            "period": {"text": year, "year": year},
        }

    def _counted(self) -> list[StoredRow]:
        return [row for row in self.found.rows if self._counts(row)]

    def _counts(self, row: StoredRow) -> bool:
        return (row.submission_id, row.position) in self.found.counted

    def _content(self) -> Iterator[str]:
        rows = self._counted()
        women, men = sum(row.women for row in rows), sum(row.men for row in rows)
        yield self.phrase(
            "draft_planned",
            year=self.found.year,
            rows=count(len(rows)),
            sessions=count(sum(row.sessions for row in rows)),
            visits=count(women + men),
            women=count(women),
            men=count(men),
        )
        by_section = Counter(self._section(row) for row in rows)
        for chapter in self.letters.chapters:
            if known := by_section[chapter.section]:
                yield f"- {self.phrase('draft_chapter', title=chapter.title, rows=count(known))}"

    def _section(self, row: StoredRow) -> str:
        """The chapter in which a planned activity's own section of the plan lies."""
        activity = self.plan.activities.get(row.activity)
        within = activity.section if activity else ""
        return next((each.section for each in self.letters.chapters if within.startswith(each.section)), "")

    def _money(self, words: str) -> Iterator[str]:
        if not self.found.whole:
            yield self.phrase("draft_free")
            return
        yield self.phrase("draft_sum", sum=number(self.found.whole), words=words)
        for source, amount in self.found.by(lambda _, cost: self._source(cost)).items():
            yield f"- {self.phrase('draft_source', source=source, sum=number(amount))}"

    def _source(self, cost: StoredCost) -> str:
        return capital(source_name(texts("vi"), cost.source))

    def _planned(self) -> list[Cells]:
        return [self._row(at, row) for at, row in enumerate(self.found.rows, 1)]

    def _row(self, at: int, row: StoredRow) -> Cells:
        units, costs = self.found.units, self._costs_of(row)
        place = units.title_of(row.place_unit_id) if row.place_unit_id else ""
        partners = [units.title(code) if code in units else code for code in row.partners.split()]
        elsewhere = "" if self._counts(row) or not costs else self.phrase("draft_elsewhere")
        counted = costs if self._counts(row) else []
        return _plain(
            no=str(at),
            content=row.content,
            code=row.activity,
            group=self.plan.name(row.target_group, "vi"),
            form=form_name(self.plan, row.form, "vi"),
            sessions=count(row.sessions),
            women=count(row.women),
            men=count(row.men),
            time=f"{row.first_day:%m/%Y}" if row.by_month else day(row.first_day),
            place=", ".join(part for part in (row.site, place) if part),
            lead=units.title_of(row.lead_unit_id or row.unit_id),
            partners=", ".join(partners),
            cost=number(sum(cost.amount for cost in counted)) if counted else "",
            source=", ".join(dict.fromkeys(self._source(cost) for cost in counted)),
            note="; ".join(part for part in (row.note, elsewhere) if part),
        )

    def _costs_of(self, row: StoredRow) -> list[StoredCost]:
        return [
            cost for cost in self.found.costs if (cost.submission_id, cost.row) == (row.submission_id, row.position)
        ]

    def _total(self, rows: list[Cells]) -> Cells:
        counted = self._counted()
        sums = {
            "sessions": count(sum(row.sessions for row in counted)),
            "women": count(sum(row.women for row in counted)),
            "men": count(sum(row.men for row in counted)),
            "cost": number(self.found.whole),
        }
        return {**dict.fromkeys(rows[0], ""), "content": self.phrase("total"), **sums}

    def _budget(self) -> Iterator[Cells]:
        costs = ((row, cost) for row in self._counted() for cost in self._costs_of(row))
        for at, (row, cost) in enumerate(costs, 1):
            yield _plain(
                no=str(at),
                content=row.content,
                item=cost.item,
                measure=cost.measure,
                quantity=count(cost.quantity),
                rate=number(cost.rate),
                amount=number(cost.amount),
                basis=cost.basis,
                source=self._source(cost),
            )

    def _sum_of_budget(self) -> Cells:
        empty = dict.fromkeys(("no", "item", "measure", "quantity", "rate", "basis", "source"), "")
        return {**empty, "content": self.phrase("total"), "amount": number(self.found.whole)}


def _plain(**cells: str) -> Cells:
    """A row of a table; what people wrote stays text."""
    written: Mapping[str, str] = cells
    return {name: plain(text) for name, text in written.items()}
