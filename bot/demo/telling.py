"""Writes the sample's year into the database, a stretch at a time, by the functions that store real reports.

What was sent in a stretch is stored as it stands at `now`; rollups, weeks and reminders are worked out as in earnest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from bot.demo.invented import Answers
from bot.demo.year import FREE, NilStory, Story, local, week_stories
from interview.forms.form import Form
from rules.kinds import Measure, Sex
from rules.states import Deed, ReportState
from services import nil
from services.projections import project
from storage.directory.units import UnitTree
from storage.records import free_weeks, linking, submissions, supplies
from storage.records.submissions import Projected, Report
from storage.records.supplies import Number


@dataclass(frozen=True, slots=True)
class Teller:
    """Who stores the sample: its author, the form, and the unit whose officer holds one of the phones."""

    db: Connection
    tree: UnitTree
    form: Form
    author: int
    own: str
    own_since: date
    """From this week on, the unit is left to whoever holds the phone."""

    def tell_weeks(self, mondays: Iterable[date], until: datetime, since: datetime | None = None) -> None:
        """Store what was sent about these weeks by `until`, as it stands then; what was sent by `since` is there."""
        stories = [
            story
            for monday in mondays
            for story in week_stories(self.tree.on(monday), monday, self.own if monday >= self.own_since else "")
            if story.sent <= until and (since is None or story.sent > since)
        ]
        events: dict[str, int] = {}
        for story in sorted(stories, key=lambda each: (each.sent, each.unit.code)):
            if isinstance(story, NilStory):
                nil.note(self.db, story.unit.id, story.week, self.author, story.sent)
                continue
            report = self._store(story, until)
            if story.same_as:
                linking.join(self.db, events.setdefault(story.same_as, report), report, self.author, story.sent)

    def _store(self, story: Story, now: datetime) -> int:
        projected = project(self.form.id, story.answers, story.unit, self.tree, local(story.sent))
        said: dict[str, Any] = {
            "form": (self.form.id, self.form.version),
            "person_id": self.author,
            "unit_id": story.unit.id,
            "answers": story.answers,
            "projected": projected,
        }
        approved = story.approved if story.approved and story.approved <= now else None
        if approved and not story.returned:
            return submissions.store_sample(self.db, **said, sent_at=story.sent, approved_at=approved)
        report = submissions.store_sample(self.db, **said, sent_at=story.sent)
        if story.returned and story.returned <= now:
            self._becomes(report, ReportState.RETURNED, Deed.RETURN, story.returned)
            if story.mended and story.mended <= now:
                self._mend(report, story.answers, projected, story.mended)
            if approved:
                self._becomes(report, ReportState.APPROVED, Deed.APPROVE, approved)
        return report

    def _mend(self, report_id: int, answers: Answers, projected: Projected, at: datetime) -> None:
        report = self._find(report_id)
        said: dict[str, Any] = {"person_id": self.author, "answers": answers, "projected": projected}
        submissions.correct(self.db, report, **said, now=at)

    def _becomes(self, report_id: int, state: ReportState, deed: Deed, at: datetime) -> None:
        report = self._find(report_id)
        submissions.set_state(self.db, report, state=state, person_id=self.author, deed=deed, now=at)

    def _find(self, report_id: int) -> Report:
        report = submissions.find(self.db, report_id)
        assert report is not None  # noqa: S101 (it has just been stored)
        return report


_SOURCE = "Số liệu mẫu"
_AS_OF = date(2019, 12, 31)
# Group, measure, women, men: people and lists of the whole district. What is missing here somebody has to supply.
_KNOWN = (
    ("residents", Measure.PEOPLE, 345_000, 331_000),
    ("officials", Measure.PEOPLE, 4_100, 2_300),
    ("armed_forces", Measure.PEOPLE, 260, 1_900),
    ("students", Measure.PEOPLE, 25_400, 26_800),
    ("gender_officers", Measure.PEOPLE, 262, 118),
    ("gender_officers", Measure.TRAINED, 251, 109),
    ("policy_makers", Measure.PEOPLE, 24, 41),
    ("policy_makers", Measure.TRAINED, 24, 38),
    ("women_leaders", Measure.PEOPLE, 318, 0),
    ("women_leaders", Measure.KNOWLEDGE, 290, 0),
)


def declare_free_weeks(db: Connection, author: int, now: datetime) -> None:
    """Tết: nobody owes a report."""
    for week, reason in FREE.items():
        free_weeks.declare(db, week, reason, author, now)


def supply_numbers(db: Connection, tree: UnitTree, author: int, now: datetime) -> None:
    """What is known of the district's people; one number of a ward waits for the secretariat."""
    units = tree.on(local(now))
    known = [
        number for group, measure, women, men in _KNOWN for number in _by_sex(units.root.id, group, measure, women, men)
    ]
    supplies.confirm(db, supplies.supply(db, known, now, person_id=author), author, now)
    waiting = _by_sex(units["P10"].id, "in_need", Measure.PEOPLE, 24, 3)
    supplies.supply(db, waiting, now, unit_id=units["P10"].id, person_id=author)


def _by_sex(unit: int, group: str, measure: Measure, women: int, men: int) -> list[Number]:
    counts = ((Sex.FEMALE, women), (Sex.MALE, men), (Sex.ALL, women + men))
    return [Number(measure, unit, group, sex, value, _SOURCE, _AS_OF) for sex, value in counts]
