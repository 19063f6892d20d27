"""Makes a letter of a unit's figures and of what people wrote: all that its template's placeholders stand for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from periods.days import ZONE, local_day
from periods.period import Length, Period, span_period
from plan.letters.model import LetterKind, Letters, Part, Reads
from plan.model import Plan
from reports.figures import Figures
from reports.letters.chapters import chapters_of
from reports.letters.issuing import Head, dated
from reports.letters.levels import by_level
from reports.letters.model import ChangedFigure, Issue, Letter
from reports.letters.naming import base_of, period_named, title_of
from reports.letters.numerals import count, day
from reports.letters.sentences import Compared, Phrases, Received, attendance, compared, doubts, lower, reporting
from reports.letters.services import helped
from reports.letters.tables import by_activity, by_unit, changes, documents
from reports.letters.targets import targets_table
from reports.letters.written import WrittenParts, written_parts
from reports.progress import Progress
from reports.published import Published, published
from reports.reckoning import figures_of
from reports.targets import targets_of
from rules.kinds import ActivityKind
from rules.small_numbers import quarters_within
from storage.directory.units import Unit, UnitsOfDay, unit_tree


class NoLetterError(LookupError):
    """A unit has no letter of that kind, or nobody is named who issues it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which letter: of a unit (by code), about a period, as it stands at `now`; issued or not, replacing one or not."""

    kind: str
    unit: str
    period: Period
    now: datetime
    issue: Issue | None = None
    changed: Sequence[ChangedFigure] = ()


def compose(db: Connection, plan: Plan, letters: Letters, wanted: Wanted) -> Letter:
    """The letter. Raises `NoLetterError` for a kind that the unit cannot write, `UnknownUnitError` for no unit."""
    figures = figures_of(db, plan, wanted.unit, wanted.period, wanted.now, "vi")
    units = unit_tree(db).on(wanted.period.last)
    unit, kind = units.find(figures.unit), letters.kinds.get(wanted.kind)
    issuer = letters.issuer_of(figures.unit, figures.unit_level)
    if unit is None or kind is None or issuer is None or kind not in letters.fitting(wanted.period.length, unit.level):
        raise NoLetterError(f"{wanted.unit} writes no letter {wanted.kind!r} about {wanted.period.code}")
    said = written_parts(db, kind, units, units.inside(unit.code), unit, wanted.period)
    writer = _Writer(db, plan, letters, kind, Phrases(letters.phrases), wanted, unit, units, figures, said)
    return writer.letter(Head(letters, issuer, unit, units))


@dataclass(frozen=True, slots=True)
class _Writer:
    """All that a letter is made of."""

    db: Connection
    plan: Plan
    letters: Letters
    kind: LetterKind
    phrase: Phrases
    wanted: Wanted
    unit: Unit
    units: UnitsOfDay
    figures: Figures
    written: WrittenParts

    def letter(self, head: Head) -> Letter:
        phrase, period, figures = self.phrase, self.wanted.period, self.figures
        shown = published(self.db, self.plan, figures, opens=False)
        lines = {part.id: self.written.lines(phrase, part) for part in self.letters.parts.values()}
        return Letter(
            kind=self.kind,
            form=self.letters.form_on(self._day),
            unit=self.unit.code,
            missing=tuple(part for part in self.kind.parts if not lines[part.id]),
            context={
                "issuer": head.to_dict(),
                **self._texts(head),
                "period": {"text": period_named(phrase, period), "year": str(period.last.year)},
                "summary": list(attendance(phrase, _events(figures), figures.people)),
                "compared": list(self._compared()),
                "reporting": list(self._reporting()),
                **chapters_of(phrase, self.letters.chapters, self.plan, shown, list(self._helped(shown))),
                "parts": {part.id: self._part(part, lines[part.id]) for part in self.letters.parts.values()},
                "by_unit": by_unit(phrase, shown.figures, self.unit, self.units),
                "by_activity": by_activity(phrase, shown.figures, self.plan),
                "by_level": self._by_level(),
                "targets": self._targets(lines["estimates"]),
                "documents": documents(lines["documents"]),
                "changes": changes(self.wanted.changed),
            },
        )

    @property
    def _day(self) -> Any:
        return self.wanted.issue.day if self.wanted.issue else local_day(self.wanted.now)

    def _texts(self, head: Head) -> dict[str, Any]:
        phrase, kind, named = self.phrase, self.kind, head.to_dict()
        title = title_of(kind.title, phrase, self.wanted.period)
        closing = phrase("closing", issuer=named["short"])
        now = self.wanted.now.astimezone(ZONE)
        letter = {
            **dated(phrase, head, kind, self._day.year, self.wanted.issue),
            "kind": kind.kind,
            "title": " ".join(title.split("\n")),
            "subject": title,
            "opening": f"{self.letters.opening};",
            "closing": closing if kind.kind else phrase("closing_reply", issuer=named["short"], to=named["to"]),
            "sample": phrase("sample") if self.figures.sample else "",
            "as_of": phrase(
                "as_of", time=f"{now:%H:%M}", day=day(now.date()), period=period_named(phrase, self.wanted.period)
            ),
        }
        return {"letter": letter, "title_lines": title.split("\n")}

    def _compared(self) -> Iterator[str]:
        base = base_of(self.wanted.period)
        if base is None:
            return
        before = figures_of(self.db, self.plan, self.wanted.unit, base[0], self.wanted.now, "vi")
        pairs = [
            Compared("events", _events(self.figures), _events(before)),
            Compared("visits", self.figures.people.total, before.people.total),
        ]
        received = Received(_weeks(self.figures), _weeks(before)) if before.reports else None
        yield from compared(self.phrase, self.phrase(base[1]), pairs, received)

    def _helped(self, shown: Published) -> Iterator[str]:
        """Whom services helped; of a period that ends within a quarter, in the quarters before, which are said."""
        phrase, wanted, stretch = self.phrase, self.wanted, quarters_within(self.wanted.period)
        if shown.services is not None or stretch is None:
            yield from helped(phrase, shown.services)
            return
        earlier = figures_of(self.db, self.plan, wanted.unit, stretch, wanted.now, "vi")
        for said in helped(phrase, published(self.db, self.plan, earlier, opens=False).services):
            yield phrase("helped_until", helped=lower(said), period=period_named(phrase, stretch))

    def _reporting(self) -> Iterator[str]:
        figures = self.figures
        is_week = figures.period.length is Length.WEEK
        yield reporting(self.phrase, self._so_far().completeness, figures.owing, is_week=is_week)
        yield from doubts(self.phrase, figures.not_approved, figures.disputed)

    def _so_far(self) -> Figures:
        """The figures of the period as far as it has gone: nobody owes a week that is still to come."""
        wanted, today = self.wanted, local_day(self.wanted.now)
        if today not in wanted.period or wanted.period.length is Length.WEEK:
            return self.figures
        gone = span_period(wanted.period.first, today)
        return figures_of(self.db, self.plan, wanted.unit, gone, wanted.now, "vi")

    def _part(self, part: Part, lines: list[str]) -> list[str]:
        if not lines:
            return [self.phrase("empty")]
        if part.reads is Reads.DOCUMENTS:
            return [self.phrase("documents_issued", count=count(len(lines)))]
        return lines

    def _by_level(self) -> dict[str, Any]:
        listed = self.written.documents(self.unit.level)
        return by_level(self.db, self.plan, self.phrase, self.wanted.unit, self.wanted.period, listed)

    def _targets(self, estimates: Sequence[str]) -> dict[str, Any]:
        wanted, listed = self.wanted, tuple[Progress, ...]()
        if self.plan.targets:
            listed = targets_of(self.db, self.plan, wanted.unit, wanted.now, language="vi").listed
        return targets_table(self.phrase, listed, estimates)


def _weeks(figures: Figures) -> tuple[int, int]:
    return figures.completeness.received, figures.completeness.expected


def _events(figures: Figures) -> int:
    return sum(row.reports for row in figures.by_kind if row.code == ActivityKind.EVENT)
