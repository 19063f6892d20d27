"""A small district whose people review one another's reports, and what must hold of it whatever they press.

Nothing is approved, returned, corrected or withdrawn that whoever did it had not seen; nobody approves what they wrote,
and only who approves for its unit; every state is what its history says; what was approved changes with leave only;
and figures equal their recomputation.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Connection, select

from interview import to_json
from interview.steps import Interview
from periods.days import local_day
from periods.period import period_of
from reports.reckoning import figures_of
from rules.roles import Role
from rules.states import COUNTED, LEADS_TO, Deed, ReportState
from services import amending, consent, reports, review, review_queue, week_history
from services.projections import ACTIVITY_REPORT
from services.results import Refused
from services.viewer import Viewer
from storage import tables as t
from storage.conversation import interviews
from storage.conversation.turns import OpenInterview
from storage.directory import persons, roles
from storage.records import revisions, totals
from storage.records.revisions import Revision
from storage.tables.states import AmendmentState
from tests.integration.reports.world import NOW, small_plan, small_world
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
CHAIRS = frozenset({"chair", "deputy"})
UNITS = {"author": "P10-KP1", "colleague": "P10-KP1", "neighbour": "P10-KP2", "chair": "P10-KP2", "deputy": "P10"}
"""Who reports for which unit; a chair in a neighbourhood's place, too."""
COUNTED_IN = ("GV", "P10", "P10-KP1", "P10-KP2")
CHANGING = (Deed.CORRECT, Deed.WITHDRAW)
Button = Callable[[Connection], object]
"""What somebody was offered; it acts on the revision that they saw then."""


@dataclass
class Office:
    """The district and its clock: each deed happens a minute after the last one."""

    units: dict[str, int]
    people: dict[str, int]
    seen: set[tuple[str, int, int]] = field(default_factory=set)
    buttons: list[Button] = field(default_factory=list)
    _minutes: "count[int]" = field(default_factory=lambda: count(1))
    now: datetime = NOW

    def viewer(self, db: Connection, name: str) -> Viewer:
        self.now = NOW + timedelta(minutes=next(self._minutes))
        return Viewer(db, self.people[name], name, self.now, shipped_levels().owing)

    def sends(self, db: Connection, name: str, women: int) -> object:
        opened = self._interview(db, name, self.units[UNITS[name]])
        viewer = self.viewer(db, name)
        return reports.submit(db, viewer, opened, said(women), viewer.now)

    def looks(self, db: Connection, name: str, pick: int, women: int) -> list[Button]:
        """Whoever sees a report is offered everything; the use cases decide."""
        rows = db.scalars(select(t.submission.c.id).order_by(t.submission.c.id)).all()
        report = reports.find(db, self.viewer(db, name), rows[pick % len(rows)])
        if report is None:
            return []
        at = (report.id, report.revision)
        self.seen.add((name, *at))
        deeds: list[Callable[[Connection, Viewer], object]] = [
            lambda db, who: review.approve(db, who, *at, who.now),
            lambda db, who: review.send_back(db, who, *at, "numbers", who.now),
            lambda db, who: reports.withdraw(db, who, *at, who.now),
            lambda db, who: self._corrects(db, who, name, at, women),
            lambda db, who: amending.ask(db, who, *at, who.now),
            lambda db, who: amending.take(db, who, *at, "nhầm", who.now),
        ]
        wishes = [wish.id for wish in amending.asked_on(db, self.viewer(db, name), report)]
        deeds += [
            lambda db, who, wish=wish: amending.decide(db, who, wish, granted=bool(pick % 3), now=who.now)  # type: ignore[misc]  # the wish of this round
            for wish in wishes
        ]
        buttons: list[Button] = [lambda db, do=do: do(db, self.viewer(db, name)) for do in deeds]  # type: ignore[misc]  # so is the deed
        self.buttons += buttons
        return buttons

    def opens_the_queue(self, db: Connection, name: str) -> None:
        page = review_queue.page(db, self.viewer(db, name), offset=0, limit=3)
        shown, clear = [(one.id, one.revision) for one in page.shown], page.clear
        self.seen.update((name, one.id, one.revision) for one in page.all)

        def all_shown(db: Connection) -> object:
            who = self.viewer(db, name)
            return review_queue.approve_shown(db, who, shown, who.now)

        def all_clear(db: Connection) -> object:
            who = self.viewer(db, name)
            return review_queue.approve_clear(db, who, clear.until, clear.print, who.now)

        self.buttons += [all_shown, all_clear]

    def _corrects(self, db: Connection, who: Viewer, name: str, at: tuple[int, int], women: int) -> object:
        held = reports.hold_to_change(db, who, *at)
        if isinstance(held, Refused):
            return held
        opened = self._interview(db, name, held.unit_id, at)
        return reports.submit(db, who, opened, said(women), who.now)

    def _interview(
        self, db: Connection, name: str, unit_id: int, corrects: tuple[int, int] | None = None
    ) -> OpenInterview:
        form, person_id = (ACTIVITY_REPORT, "1"), self.people[name]
        values: dict[str, Any] = {"state": BLANK, "revision": 0, "asks": None, "corrects": corrects, "now": self.now}
        row = interviews.open_interview(db, person_id=person_id, unit_id=unit_id, form=form, **values)
        report, revision = corrects or (None, None)
        return OpenInterview(row, *form, unit_id, report, revision, BLANK)


def office(db: Connection) -> Office:
    """A small district with its people."""
    world, people = small_world(db, 1000), {}
    for name, (role, unit) in PEOPLE.items():
        people[name] = persons.add_person(db, name, "vi", NOW)
        roles.assign(db, people[name], role, world.units[unit], NOW)
        consent.give(db, people[name], consent.VERSION, NOW)
    return Office(world.units, people)


def said(women: int) -> dict[str, Any]:
    day = local_day(NOW).isoformat()
    return {"kind": "event", "activity": "A2", "date": day, "group": "residents", "women": women, "men": 1}


def figures_equal_their_recomputation(db: Connection, place: Office) -> None:
    """Both rollups, the judged weeks, and what is shown of each unit, by the answers that count."""
    assert totals.strays(db) == 0
    assert week_history.strays(db) == 0
    codes = {unit: code for code, unit in place.units.items()}
    rows = db.execute(select(t.submission.c.id, t.submission.c.unit_id, t.submission.c.state)).all()
    counted = [
        (codes[unit], state, revisions.history(db, row)[-1].answers["women"])
        for row, unit, state in rows
        if state in COUNTED
    ]
    for code in COUNTED_IN:
        here = [(state, women) for unit, state, women in counted if code in (unit, unit.split("-")[0], "GV")]
        shown = figures_of(db, small_plan(), code, period_of("2020-11"), place.now)
        numbers = (shown.reports, shown.people.female, shown.people.male, shown.not_approved)
        women, open_ = sum(women for _, women in here), sum(state == ReportState.SENT for state, _ in here)
        assert numbers == (len(here), women, len(here), open_)


def every_state_is_what_its_history_says(db: Connection, place: Office) -> None:
    codes = {unit: code for code, unit in place.units.items()}
    rows = select(t.submission.c.id, t.submission.c.unit_id, t.submission.c.state, t.submission.c.revision)
    for row, unit, state, revision in db.execute(rows).all():
        versions = revisions.history(db, row)
        assert [one.revision for one in versions] == list(range(1, revision + 1))
        assert [one.deed == Deed.SEND for one in versions] == [True] + [False] * (revision - 1)
        assert state == LEADS_TO[versions[-1].deed]
        for at in range(1, revision):
            _is_allowed(db, place, row, codes[unit], versions[: at + 1])


def _is_allowed(db: Connection, place: Office, row: int, unit: str, versions: list[Revision]) -> None:
    """The last of these versions of a report, after those before it."""
    *before, last = versions
    name = next(name for name, person in place.people.items() if person == last.person_id)
    stood = LEADS_TO[before[-1].deed]
    writers = {one.person_id for one in before if one.deed in revisions.WRITING}
    assert stood != ReportState.WITHDRAWN
    assert (name, row, last.revision - 1) in place.seen
    if last.deed == Deed.APPROVE:
        able = CHAIRS - {chair for chair in CHAIRS if place.people[chair] in writers} if "-" in unit else set()
        assert last.person_id not in writers
        assert name in (able or {"secretariat"})
    if last.deed in CHANGING and stood == ReportState.APPROVED:
        is_completed = last.deed == Deed.CORRECT and last.answers == before[-1].answers
        assert is_completed or _had_leave(db, row, last, before[-1].at)


def _had_leave(db: Connection, row: int, change: Revision, approved_at: datetime) -> bool:
    """Whether leave was granted to who changed a report, since it was approved: older leave is over."""
    leave = t.amendment.c
    granted = select(leave.id).where(
        leave.submission_id == row,
        leave.person_id == change.person_id,
        leave.state != AmendmentState.DECLINED,
        leave.decided_at.between(approved_at, change.at),
    )
    return db.scalar(granted.limit(1)) is not None
