"""Two neighbourhoods that report one event, and the people who decide about it, by use cases alone."""

from datetime import date, timedelta

from sqlalchemy import Connection

from periods.period import week_around
from periods.weeks import week_of
from reports.figures import Figures
from reports.reckoning import figures_of
from rules.roles import Role
from services import reports, review
from services.events import sets, viewing
from services.events.sets import Linked
from services.events.viewing import Together
from services.projections import ACTIVITY_REPORT, project
from services.results import Changed, News, Notice, Refused, Requested
from services.review import Returned
from services.viewer import Viewer
from storage.conversation import interviews
from storage.conversation.turns import OpenInterview
from storage.directory.units import unit_tree
from storage.records import event_sets, submissions, unit_weeks
from storage.records.activities import Facts
from storage.records.submissions import Report
from tests.conversation import WEDNESDAY as NOW
from tests.conversation import shipped_plan
from tests.integration.services.house import House
from tests.integration.services.walk import BLANK, EVENT, TODAY

THIS_WEEK = week_of(TODAY)
MONDAY = TODAY - timedelta(days=2)
SUNDAY_BEFORE = MONDAY - timedelta(days=1)


class Event:
    """Two neighbourhoods of ward 10 with their officers, a chair and the secretariat; each report a minute later."""

    def __init__(self, db: Connection) -> None:
        self.db, self.house = db, House(db)
        self.five = self.house.member(Role.PROPAGANDIST, "P10-KP05")
        self.six = self.house.member(Role.PROPAGANDIST, "P10-KP06")
        self.chair = self.house.member(Role.WARD_CHAIR, "P10")
        self.secretariat = self.house.member(Role.SECRETARIAT, "GV")
        self._sent = 0

    def reports(self, author: Viewer, unit: str, **answers: object) -> Report:
        said, unit_id = EVENT | answers, self.house.unit_id(unit)
        tree = unit_tree(self.db)
        self._sent += 1
        row = submissions.store(
            self.db,
            form=(ACTIVITY_REPORT, "1"),
            person_id=author.person_id,
            unit_id=unit_id,
            interview_id=None,
            answers=said,
            projected=project(ACTIVITY_REPORT, said, tree.on(TODAY).unit(unit_id), tree, TODAY),
            now=NOW + timedelta(minutes=self._sent),
        )
        return self.now(row)

    def now(self, row: int | Report) -> Report:
        report = submissions.find(self.db, row if isinstance(row, int) else row.id)
        assert report is not None
        return report

    def a_and_b(self, **of_b: object) -> tuple[Report, Report]:
        """A by neighbourhood 5 and B by neighbourhood 6, linked by their chair."""
        a, b = self.reports(self.five, "P10-KP05"), self.reports(self.six, "P10-KP06", **of_b)
        self.link(self.chair, a, b)
        return self.now(a), self.now(b)

    def link(self, viewer: Viewer, one: Report, other: Report) -> Linked:
        linked = sets.link(self.db, viewer, one.id, self.now(one).revision, other.id, NOW)
        assert isinstance(linked, Linked)
        return linked

    def returns(self, report: Report) -> Returned:
        returned = review.send_back(self.db, self.chair, report.id, self.now(report).revision, "numbers", NOW)
        assert isinstance(returned, Returned)
        return returned

    def withdraws(self, viewer: Viewer, report: Report) -> Changed:
        changed = reports.withdraw(self.db, viewer, report.id, self.now(report).revision, NOW)
        assert isinstance(changed, Changed)
        return changed

    def corrects(self, viewer: Viewer, report: Report, **answers: object) -> Changed:
        before = self.now(report)
        changed = reports.submit(self.db, viewer, self.opened(viewer, before), {**before.answers, **answers}, NOW)
        assert isinstance(changed, Changed)
        return changed

    def opened(self, viewer: Viewer, corrects: Report) -> OpenInterview:
        return self.interview(viewer, corrects.unit, corrects)

    def interview(self, viewer: Viewer, unit: str, corrects: Report | None = None) -> OpenInterview:
        of_report, form = (corrects.id, corrects.revision) if corrects else None, (ACTIVITY_REPORT, "1")
        unit_id = self.house.unit_id(unit)
        row = interviews.open_interview(
            self.db,
            person_id=viewer.person_id,
            unit_id=unit_id,
            form=form,
            state=BLANK,
            revision=0,
            asks=None,
            corrects=of_report,
            now=NOW,
        )
        at, revision = of_report or (None, None)
        return OpenInterview(row, *form, unit_id, at, revision, BLANK)

    def together(self, viewer: Viewer, report: Report) -> Together | None:
        return viewing.together(self.db, viewer, report.id)

    def members(self, report: Report) -> set[int]:
        set_id = self.facts(report).event_set_id
        return {member.id for member in event_sets.members(self.db, set_id)} if set_id else set()

    def facts(self, report: Report) -> Facts:
        facts = self.now(report).facts
        assert facts is not None
        return facts

    def counts(self, report: Report) -> bool:
        return self.facts(report).counts

    def disputed(self) -> list[int]:
        """The events about which the chair of the ward is asked, by their earliest reports."""
        listed = viewing.disputes(self.db, self.chair, "P10", offset=0, limit=9)
        assert not isinstance(listed, Refused)
        return [known.members[0].report.id for known in listed]

    def figures(self, unit: str = "P10", day: date = TODAY) -> Figures:
        return figures_of(self.db, shipped_plan(), unit, week_around(day), NOW)

    def reported(self, unit: str, week: str = THIS_WEEK) -> bool:
        held = unit_weeks.find(self.db, self.house.unit_id(unit), week)
        return held is not None and held.history.reported > 0


def decide(event: Event, viewer: Viewer, report: Report, reason: str = "checked") -> Linked | Requested | Refused:
    known = event.together(viewer, report)
    return sets.decide(event.db, viewer, report.id, known.of.revision if known else 0, reason, NOW)


def told(notices: tuple[Notice, ...], news: News) -> set[int]:
    return {notice.person_id for notice in notices if notice.news is news}
