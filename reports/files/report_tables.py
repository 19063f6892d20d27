"""The reports of a period and their lines as tables, read in a stream: however many there are, few are in memory."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from locales import Say
from periods.period import Period
from plan.model import Plan
from reports.files.tables import Cell, Column, Holds, Row, Table
from rules.kinds import ActivityKind, Mode, Place
from rules.states import ReportState
from storage import tables as t
from storage.directory.units import UnitTree

PIECE = 1_000
"""Rows that are fetched at a time."""
SUMS = ("women", "men", "unsorted", "quantity", "violations", "handled")
TEXTS: Mapping[str, tuple[str, ...]] = {"topic": ("topic", "subject"), "venue": ("place", "shown_where")}
"""Columns of what people wrote, and the questions that ask for it."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Which reports are listed: of these units in these days, in all stretches; `shared` leaves services out."""

    stretches: tuple[tuple[Period, Collection[int]], ...]
    shared: bool
    approved_only: bool = False

    def where(self) -> ColumnElement[bool]:
        """The condition on `activity`."""
        row = t.activity.c
        days = [row.last_day.between(it.first, it.last) & row.unit_id.in_(units) for it, units in self.stretches]
        listed = or_(*days) & (row.state != ReportState.WITHDRAWN)
        listed = listed & (row.kind != ActivityKind.SERVICE) if self.shared else listed
        return listed & (row.state == ReportState.APPROVED) if self.approved_only else listed


class Listed:
    """Makes the tables of reports and lines from one snapshot."""

    def __init__(self, db: Connection, plan: Plan, tree: UnitTree, say: Say, listing: Listing) -> None:
        self._db, self._plan, self._tree, self._say, self._listing = db, plan, tree, say, listing

    def reports(self) -> Table:
        """A row a report: who, what, when, where, and what its lines add up to."""
        say = self._say
        columns = (
            *self._of_report(),
            Column("first_day", say("First day"), say("The day on which it began."), Holds.DAY),
            Column("week", say("Week"), say("The ISO week of its last day."), Holds.TEXT, 11),
            Column("level", say("Level"), say("The level of the unit that reported."), Holds.TEXT, 12),
            Column(
                "place",
                say("Held in"),
                say("The unit in which it took place, as far as that is known."),
                Holds.TEXT,
                22,
            ),
            Column("organiser", say("Organiser"), say("The unit that held it, where that was asked."), Holds.TEXT, 22),
            *self._measures(),
            Column("topic", say("Topic"), say("As its author wrote it."), Holds.TEXT, 40),
            Column("venue", say("Venue"), say("As its author wrote it."), Holds.TEXT, 30),
            Column("sent_at", say("Sent"), say("When it was first sent, in local time."), Holds.MOMENT, 17),
        )
        about = say("A row for each report that was not withdrawn. Only those that count are in the figures.")
        count = self._count(select(func.count()).select_from(t.activity).where(self._listing.where()))
        return Table("reports", say("Reports"), about, columns, self._report_rows(), count=count)

    def lines(self) -> Table:
        """A row a line: a target group that came, a product, a kind of help, what was inspected."""
        say = self._say
        columns = (
            *self._of_report(),
            Column("line", say("Line"), say("The number of the line in its report."), width=7),
            Column("group", say("Group"), say("The code of the target group that came."), Holds.TEXT, 16),
            Column("group_name", say("Target group"), say("Its name."), Holds.TEXT, 34),
            Column("item", say("Product or help"), say("The product, or the kind of help."), Holds.TEXT, 28),
            Column(
                "mode",
                say("Made or given out"),
                say("Never added: a ward prints what others give out."),
                Holds.TEXT,
                18,
            ),
            *self._measures(),
            Column("first_women", say("Women for the first time"), say("Of the women; empty if nobody asked.")),
            Column("first_men", say("Men for the first time"), say("Of the men; empty if nobody asked.")),
        )
        about = say("A row for each line of these reports. A report with several groups has several lines.")
        joined = t.activity.join(t.activity_line, t.activity_line.c.submission_id == t.activity.c.submission_id)
        count = self._count(select(func.count()).select_from(joined).where(self._listing.where()))
        return Table("lines", say("Lines"), about, columns, self._line_rows(), count=count)

    def _of_report(self) -> tuple[Column, ...]:
        say = self._say
        return (
            Column(
                "report", say("Report"), say("The number of the report; lines carry the number of theirs."), width=9
            ),
            Column("last_day", say("Last day"), say("The day by which it is counted."), Holds.DAY),
            Column("unit", say("Unit"), say("The code of the unit that reported."), Holds.TEXT, 12),
            Column("unit_name", say("Unit's name"), say("Its name on that day."), Holds.TEXT, 22),
            Column("above", say("Lies in"), say("The unit that it lay in on that day."), Holds.TEXT, 18),
            Column("activity", say("Activity"), say("The code of the activity in the plan."), Holds.TEXT, 10),
            Column("activity_name", say("Activity's name"), say("Its short name in the plan."), Holds.TEXT, 40),
            Column("kind", say("Kind"), say("What it is measured by."), Holds.TEXT, 26),
            Column("state", say("State"), say("Sent, approved or returned."), Holds.TEXT, 14),
            Column(
                "counts",
                say("Counts"),
                say("Whether it is in the figures: of several reports of one event one is."),
                Holds.TEXT,
                8,
            ),
        )

    def _measures(self) -> tuple[Column, ...]:
        say = self._say
        return (
            Column("women", say("Women (visits)"), say("Visits of women to the event; of services the women helped.")),
            Column("men", say("Men (visits)"), say("Visits of men to the event; of services the men helped.")),
            Column("unsorted", say("Not by sex (visits)"), say("Visits of people whose sex nobody noted.")),
            Column("quantity", say("Quantity"), say("Copies, survey forms, documents, or what was inspected.")),
            Column("violations", say("Violations"), say("Found by the inspection.")),
            Column("handled", say("Handled"), say("Of these violations.")),
        )

    def _count(self, query: Select[Any]) -> int:
        return int(self._db.execute(query).scalar_one())

    def _report_rows(self) -> Iterator[Row]:
        facts, line, version = t.activity.c, t.activity_line.c, t.submission_revision.c
        sums = (
            select(line.submission_id, *(func.sum(line[name]).label(name) for name in SUMS))
            .join(t.activity, facts.submission_id == line.submission_id)
            .where(self._listing.where())
            .group_by(line.submission_id)
            .subquery()
        )
        current = (version.submission_id == facts.submission_id) & (version.revision == t.submission.c.revision)
        query = (
            select(t.activity, t.submission.c.created_at, version.answers, *(sums.c[name] for name in SUMS))
            .join(t.submission, t.submission.c.id == facts.submission_id)
            .outerjoin(t.submission_revision, current)
            .outerjoin(sums, sums.c.submission_id == facts.submission_id)
            .where(self._listing.where())
        )
        for row in self._stream(query):
            yield (
                *self._told(row),
                row["first_day"],
                row["week"],
                self._plan.levels.title(self._tree.as_of(row["unit_id"], row["last_day"]).level, self._say.language),
                self._place(row),
                self._name(row["organiser_unit_id"], row["last_day"]),
                *(int(row[name] or 0) for name in SUMS),
                *(_written(row["answers"] or {}, questions) for questions in TEXTS.values()),
                row["created_at"],
            )

    def _line_rows(self) -> Iterator[Row]:
        facts, line = t.activity.c, t.activity_line.c
        query = select(t.activity, *(column for column in line if column.name != "submission_id"))
        joined = query.join(t.activity_line, line.submission_id == facts.submission_id).where(self._listing.where())
        modes = {Mode.MADE: self._say("made"), Mode.GIVEN: self._say("given out")}
        for row in self._stream(joined, line.position):
            group, item = row["target_group"], row["item"]
            yield (
                *self._told(row),
                row["position"] + 1,
                group,
                self._plan.name(group, self._say.language),
                self._plan.item(item, self._say.language) if item else "",
                modes[Mode(row["mode"])] if row["mode"] else "",
                *(row[name] for name in SUMS),
                row["first_women"],
                row["first_men"],
            )

    def _stream(self, query: Select[Any], *order: ColumnElement[Any]) -> Iterator[Mapping[Any, Any]]:
        ordered = query.order_by(t.activity.c.last_day, t.activity.c.submission_id, *order)
        yield from self._db.execute(ordered.execution_options(yield_per=PIECE)).mappings()

    def _told(self, row: Mapping[Any, Any]) -> tuple[Cell, ...]:
        unit, day, language = self._tree.as_of(row["unit_id"], row["last_day"]), row["last_day"], self._say.language
        return (
            row["submission_id"],
            day,
            unit.code,
            unit.name,
            self._name(unit.parent_id, day),
            row["activity"],
            self._plan.short(row["activity"], language),
            self._short_kind(row["kind"]),
            state_name(row["state"], self._say),
            self._say("yes") if row["counts"] else self._say("no"),
        )

    def _short_kind(self, kind: str) -> str:
        known = self._plan.kinds.get(kind)
        return known.short(self._say.language) if known else kind

    def _name(self, unit_id: int | None, day: date) -> str:
        return self._tree.as_of(unit_id, day).name if unit_id is not None else ""

    def _place(self, row: Mapping[Any, Any]) -> str:
        if row["place"] == Place.UNIT:
            return self._name(row["place_unit_id"], row["last_day"])
        return self._say("elsewhere") if row["place"] == Place.OUTSIDE else self._say("not known")


def state_name(state: str, say: Say) -> str:
    """A report's state in a cell."""
    names = {
        ReportState.SENT: say("sent"),
        ReportState.APPROVED: say("approved"),
        ReportState.RETURNED: say("being mended"),
        ReportState.WITHDRAWN: say("withdrawn"),
    }
    return names[ReportState(state)]


def _written(answers: Mapping[str, Any], questions: Collection[str]) -> str:
    return next((str(answers[name]) for name in questions if answers.get(name)), "")
