"""People of every role, before and after their consent, and something of every unit for them to act on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product

from sqlalchemy import Connection, insert, text

from interview import to_json
from interview.steps import Interview
from periods.days import local_day
from rules.roles import Role
from rules.states import Deed, ReportState
from services import consent
from services.directory.joining import NotIn
from services.drafts import AsItWas
from services.obligations import NotHandedIn
from services.outstanding import NotReminded
from services.projections import ACTIVITY_REPORT, project
from services.results import Refused
from services.viewer import Viewer
from storage import tables as t
from storage.conversation import interviews
from storage.conversation.turns import OpenInterview
from storage.delivery import announcements
from storage.directory import accounts, persons, roles
from storage.directory.units import unit_tree
from storage.records import obligations, submissions, unit_weeks
from storage.records.submissions import Report
from storage.tables.states import AnnouncementState
from tests.conversation import WEDNESDAY
from tests.integration.seen import HOMES, NOBODY, SEEN
from tests.levels import shipped_levels

NOW = WEDNESDAY
TODAY = local_day(NOW)
DEADLINE = TODAY + timedelta(days=5)
DEED_OF = {ReportState.APPROVED: Deed.APPROVE, ReportState.RETURNED: Deed.RETURN, ReportState.WITHDRAWN: Deed.WITHDRAW}
EVENT = {
    "kind": "event",
    "activity": "A2",
    "date": TODAY.isoformat(),
    "group": "residents",
    "women": 30,
    "men": 15,
}


BLANK = to_json(Interview(ACTIVITY_REPORT, "1", "vi", NOW, 0, {}))


@dataclass(frozen=True, slots=True)
class Someone:
    """A person who holds at most one role, in its home unit."""

    id: int
    account: int
    role: str
    agreed: bool

    @property
    def home(self) -> str:
        return HOMES.get(self.role, "")

    def viewer(self, db: Connection) -> Viewer:
        return Viewer(db, self.id, "Somebody", NOW, shipped_levels().owing)

    def holds(self, unit: str) -> bool:
        return self.agreed and self.home == unit

    def sees(self, unit: str) -> bool:
        return self.agreed and unit in SEEN.get(self.role, ())

    def is_above(self, unit: str) -> bool:
        return self.role in (Role.WARD_CHAIR, Role.SECRETARIAT) and self.sees(unit)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a use case answered, and how many rows it changed."""

    result: object
    changes: int

    @property
    def succeeded(self) -> bool:
        """Whether it did, or showed, what it was asked for."""
        refused = isinstance(self.result, Refused | NotHandedIn | NotReminded | NotIn | AsItWas)
        return not refused and self.result not in (None, False, [])


@dataclass
class Walk:
    """`everybody` acts on what is of `colleagues`, one of each unit, and on reports of their own."""

    db: Connection
    everybody: list[Someone] = field(default_factory=list)
    colleagues: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for role, agreed in product((*Role, NOBODY), (False, True)):
            self.everybody.append(self._someone(role, agreed))
        for unit in SEEN[Role.SECRETARIAT]:
            role = unit_tree(self.db).on(TODAY)[unit].role
            assert role is not None
            self.colleagues[unit] = self.person(role, unit)
        owing = [self.unit_id(unit) for unit in SEEN[Role.SECRETARIAT]]
        obligations.write_down(self.db, owing, ["periodic_report"], DEADLINE)

    def _someone(self, role: str, agreed: bool) -> Someone:
        person = self.person(role, HOMES[role]) if role in HOMES else persons.add_person(self.db, "Ai đó", "vi", NOW)
        if agreed:
            consent.give(self.db, person, consent.VERSION, NOW)
        account = accounts.add_account(self.db, person, "web", "bot", f"chat-{person}", NOW)
        return Someone(person, account, role, agreed)

    def person(self, role: str, unit: str) -> int:
        """Somebody new in a role, who has agreed to nothing yet."""
        made = persons.add_person(self.db, f"{role} {unit}", "vi", NOW)
        roles.assign(self.db, made, role, self.unit_id(unit), NOW)
        return made

    def unit_id(self, unit: str) -> int:
        return unit_tree(self.db).on(TODAY)[unit].id

    def report(self, author: int, unit: str, state: ReportState) -> Report:
        """A report in a state."""
        report = store_report(self.db, author, self.unit_id(unit))
        if state != ReportState.SENT:
            submissions.set_state(
                self.db, report, state=state, person_id=author, deed=DEED_OF[state], now=NOW + timedelta(minutes=1)
            )
        return _stored(self.db, report.id)

    def announcement(self, unit: str) -> int:
        """Something that the unit's colleague announced, and that is on its way to somebody."""
        values = {"person_id": self.colleagues[unit], "unit_id": self.unit_id(unit), "audience": "all", "units": ""}
        kept = {"words": "Họp", "sha256": "", "file_name": "", "is_image": False, "urgent": False}
        when = {"goes_at": NOW, "created_at": NOW, "state": AnnouncementState.GOING}
        number = announcements.add(self.db, {**values, **kept, **when})
        receipt = {"announcement_id": number, "person_id": self.colleagues[unit], "reason": ""}
        self.db.execute(insert(t.announcement_receipt).values(receipt))
        return number

    def nil(self, unit: str, week: str) -> int:
        """The unit's colleague says once that nothing took place; the number of the word."""
        held = unit_weeks.hold(self.db, self.unit_id(unit), week)
        if held.history.nil is None:
            return unit_weeks.say_nil(self.db, held, self.colleagues[unit], NOW - timedelta(days=1))
        return held.nil_revision

    def interview(self, who: Someone, unit: str, corrects: Report | None = None) -> OpenInterview:
        """An open interview about a unit."""
        at, form, unit_id = (
            (corrects.id, corrects.revision) if corrects else None,
            (ACTIVITY_REPORT, "1"),
            self.unit_id(unit),
        )
        row = interviews.open_interview(
            self.db,
            person_id=who.id,
            unit_id=unit_id,
            form=form,
            state=BLANK,
            revision=0,
            asks=None,
            corrects=at,
            now=NOW,
        )
        report, revision = at or (None, None)
        return OpenInterview(row, *form, unit_id, report, revision, BLANK)

    def draft(self, who: Someone, unit: str, corrects: Report | None = None) -> OpenInterview:
        """An interview that was put aside, at revision 0 of its answers."""
        made = self.interview(who, unit, corrects)
        interviews.put_aside_open(self.db, who.id, NOW)
        return made

    def attempt(self, who: Someone, use_case: Callable[..., object], *asked: object, **more: object) -> Attempt:
        """What a use case answers somebody, and how many rows it changed; everything is undone."""
        with self.db.begin_nested() as undone:
            before = self._changes()
            result, after = use_case(self.db, who.viewer(self.db), *asked, **more), self._changes()
            undone.rollback()
        return Attempt(result, after - before)

    def _changes(self) -> int:
        return int(self.db.scalar(text("SELECT total_changes()")) or 0)

    def with_reports(self) -> Iterator[tuple[Someone, Report, bool]]:
        """Everybody with a report of each unit in each state, by a colleague, and one of their own at home."""
        theirs = [self.report(author, unit, state) for unit, author in self.colleagues.items() for state in ReportState]
        for who in self.everybody:
            yield from ((who, report, False) for report in theirs)
            home = who.home or "P10-KP05"
            yield from ((who, self.report(who.id, home, state), True) for state in ReportState)


def store_report(db: Connection, author: int, unit_id: int) -> Report:
    """A report of today that was sent."""
    row = submissions.store(
        db,
        form=(ACTIVITY_REPORT, "1"),
        person_id=author,
        unit_id=unit_id,
        interview_id=None,
        answers=EVENT,
        projected=project(ACTIVITY_REPORT, EVENT, unit_tree(db).as_of(unit_id, TODAY), unit_tree(db), TODAY),
        now=NOW,
    )
    return _stored(db, row)


def _stored(db: Connection, row: int) -> Report:
    report = submissions.find(db, row)
    assert report is not None
    return report
