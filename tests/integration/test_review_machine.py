"""Authors, two chairs and the secretariat act on one another's reports, also with buttons of long ago.

Whatever they press: nothing is approved that its approver did not see, nobody approves what they wrote, every state is
what its history says, what was approved changes with leave only, and figures equal their recomputation.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Connection, select

from interview import to_json
from interview.steps import Interview
from periods.days import local_day
from periods.period import period_of
from reports.reckoning import figures_of
from rules.roles import Role
from rules.states import COUNTED, LEADS_TO, Deed, ReportState
from services import amending, consent, reports, review, review_queue
from services.projections import ACTIVITY_REPORT
from services.results import Changed, Refused
from services.viewer import Viewer
from storage import tables as t
from storage.conversation import interviews
from storage.conversation.turns import OpenInterview
from storage.directory import persons, roles
from storage.records import revisions
from storage.records.totals import strays
from tests.integration.reports.world import NOW, World, small_plan, small_world
from tests.levels import shipped_levels

BLANK = to_json(Interview(ACTIVITY_REPORT, "1", "vi", NOW, 0, {}))
PEOPLE = {
    "author": (Role.PROPAGANDIST, "P10-KP1"),
    "colleague": (Role.PROPAGANDIST, "P10-KP1"),
    "neighbour": (Role.PROPAGANDIST, "P10-KP2"),
    "chair": (Role.WARD_CHAIR, "P10"),
    "deputy": (Role.WARD_CHAIR, "P10"),
    "secretariat": (Role.SECRETARIAT, "GV"),
}
UNITS = {"author": "P10-KP1", "colleague": "P10-KP1", "neighbour": "P10-KP2", "chair": "P10-KP2", "deputy": "P10"}
"""Who reports for which unit; a chair in a neighbourhood's place, too."""
who = st.sampled_from(sorted(PEOPLE))
picks = st.integers(0, 30)


def settle(db: Connection) -> tuple[World, dict[str, int]]:
    """A small district with its people."""
    world, people = small_world(db), {}
    for name, (role, unit) in PEOPLE.items():
        people[name] = persons.add_person(db, name, "vi", NOW)
        roles.assign(db, people[name], role, world.units[unit], NOW)
        consent.give(db, people[name], consent.VERSION, NOW)
    return world, people


@dataclass
class Office:
    """The district and its clock."""

    db: Connection
    world: World
    people: dict[str, int]
    now: datetime = NOW
    seen: set[tuple[str, int, int]] = field(default_factory=set)
    buttons: list[Callable[[], object]] = field(default_factory=list)

    def viewer(self, name: str) -> Viewer:
        self.now += timedelta(minutes=1)
        return Viewer(self.db, self.people[name], name, self.now, shipped_levels().owing)

    def interview(self, name: str, unit_id: int, corrects: tuple[int, int] | None = None) -> OpenInterview:
        form = (ACTIVITY_REPORT, "1")
        row = interviews.open_interview(
            self.db,
            person_id=self.people[name],
            unit_id=unit_id,
            form=form,
            state=BLANK,
            revision=0,
            asks=None,
            corrects=corrects,
            now=self.now,
        )
        report, revision = corrects or (None, None)
        return OpenInterview(row, *form, unit_id, report, revision, BLANK)


def said(women: int) -> dict[str, Any]:
    day = local_day(NOW).isoformat()
    return {"kind": "event", "activity": "A2", "date": day, "group": "residents", "women": women, "men": 1}


class Reviewing(RuleBasedStateMachine):
    """People look at reports, and press what they were offered then, at once or much later."""

    settled: ClassVar[tuple[Connection, World, dict[str, int]]]
    """Where it takes place; each run is undone."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = self.settled[0].begin_nested()
        self.office = Office(*self.settled)

    def teardown(self) -> None:
        self.undone.rollback()

    @initialize(women=st.integers(1, 60))
    def begins(self, women: int) -> None:
        self.sends("author", women)

    @rule(name=st.sampled_from(sorted(UNITS)), women=st.integers(1, 60))
    def sends(self, name: str, women: int) -> None:
        office = self.office
        opened = office.interview(name, office.world.units[UNITS[name]])
        sent = reports.submit(office.db, office.viewer(name), opened, said(women), office.now)
        assert isinstance(sent, Changed)

    @rule(name=who, pick=picks, women=st.integers(1, 60))
    def looks(self, name: str, pick: int, women: int) -> None:
        """Whoever sees a report is offered everything; the use cases decide."""
        office = self.office
        rows = office.db.scalars(select(t.submission.c.id).order_by(t.submission.c.id)).all()
        report = reports.find(office.db, office.viewer(name), rows[pick % len(rows)])
        if report is None:
            return
        at = (report.id, report.revision)
        office.seen.add((name, *at))
        deeds: list[Callable[[], object]] = [
            lambda: review.approve(office.db, office.viewer(name), *at, office.now),
            lambda: review.send_back(office.db, office.viewer(name), *at, "numbers", office.now),
            lambda: reports.withdraw(office.db, office.viewer(name), *at, office.now),
            lambda: self._corrects(name, at, women),
            lambda: amending.ask(office.db, office.viewer(name), *at, office.now),
            lambda: amending.take(office.db, office.viewer(name), *at, "nhầm", office.now),
        ]
        deeds += [
            lambda wish=wish.id: amending.decide(  # type: ignore[misc]  # the wish of this round
                office.db, office.viewer(name), wish, granted=bool(pick % 3), now=office.now
            )
            for wish in amending.asked_on(office.db, office.viewer(name), report)
        ]
        office.buttons.extend(deeds)

    def _corrects(self, name: str, at: tuple[int, int], women: int) -> object:
        office = self.office
        held = reports.hold_to_change(office.db, office.viewer(name), *at)
        if isinstance(held, Refused):
            return held
        opened = office.interview(name, held.unit_id, at)
        return reports.submit(office.db, office.viewer(name), opened, said(women), office.now)

    @rule(name=st.sampled_from(["chair", "deputy", "secretariat"]))
    def opens_the_queue(self, name: str) -> None:
        office = self.office
        page = review_queue.page(office.db, office.viewer(name), offset=0, limit=3)
        shown, clear = [(one.id, one.revision) for one in page.shown], page.clear
        office.seen.update((name, one.id, one.revision) for one in page.all)
        office.buttons += [
            lambda: review_queue.approve_shown(office.db, office.viewer(name), shown, office.now),
            lambda: review_queue.approve_clear(office.db, office.viewer(name), clear.until, clear.print, office.now),
        ]

    @rule(picked=st.lists(st.integers(0, 200), min_size=1, max_size=4))
    def presses(self, picked: list[int]) -> None:
        """Some buttons one after the other, the newest most often."""
        buttons = self.office.buttons
        for pick in picked if buttons else ():
            buttons[-1 - pick % len(buttons)]()

    @invariant()
    def figures_equal_their_recomputation(self) -> None:
        db = self.office.db
        assert strays(db) == 0
        counted = [
            revisions.history(db, row)[-1].answers["women"]
            for row, state in db.execute(select(t.submission.c.id, t.submission.c.state))
            if state in COUNTED
        ]
        shown = figures_of(db, small_plan(), "GV", period_of("2020-11"), self.office.now).to_dict()
        assert (shown["reports"], shown["female"]) == (len(counted), sum(counted))

    @invariant()
    def every_state_is_what_its_history_says(self) -> None:
        office = self.office
        names = {person: name for name, person in office.people.items()}
        for row, state, revision in office.db.execute(
            select(t.submission.c.id, t.submission.c.state, t.submission.c.revision)
        ):
            found = revisions.history(office.db, row)
            assert [one.revision for one in found] == list(range(1, revision + 1))
            assert state == LEADS_TO[found[-1].deed]
            stood, writers = "", set()
            for one in found:
                assert stood != ReportState.WITHDRAWN
                if one.deed == Deed.APPROVE:
                    assert (names[one.person_id], row, one.revision - 1) in office.seen
                    assert one.person_id not in writers
                if one.deed in (Deed.CORRECT, Deed.WITHDRAW) and stood == ReportState.APPROVED:
                    assert self._had_leave(row, one.person_id)
                if one.deed in revisions.WRITING:
                    writers.add(one.person_id)
                stood = LEADS_TO[one.deed]

    def _had_leave(self, row: int, person_id: int) -> bool:
        """Whether leave was once granted to somebody for a report, by somebody else or with a reason."""
        leave = t.amendment.c
        granted = select(leave.id).where(
            leave.submission_id == row, leave.person_id == person_id, leave.decided_by.is_not(None)
        )
        return self.office.db.scalar(granted.limit(1)) is not None


def test_nothing_is_approved_unseen_and_every_state_has_its_history(db: Connection) -> None:
    class Here(Reviewing):
        settled = (db, *settle(db))

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
