"""What is due as use cases tell it: duties alike, what still waits, and what was handed in meanwhile."""

from datetime import timedelta

from sqlalchemy import Connection, select

from periods.weeks import week_of
from rules.roles import Role
from services import nil, obligations
from services.limits import SHOWN_SINCE
from services.nil import NilOutcome, NilResult
from services.obligations import HandedIn, NotHandedIn
from services.results import Refusal
from services.viewer import Viewer
from storage import tables as t
from storage.records import free_weeks
from storage.records import obligations as rows
from tests.conversation import WEDNESDAY as NOW
from tests.integration.services.house import House
from tests.integration.services.walk import DEADLINE, TODAY
from tests.levels import shipped_levels


def test_what_was_handed_in_is_noted_once_and_says_by_whom(db: Connection) -> None:
    house = House(db)
    chair, deputy = house.member(Role.WARD_CHAIR, "P10"), house.member(Role.WARD_CHAIR, "P10")
    rows.write_down(db, [house.unit_id("P10")], ["periodic_report"], DEADLINE)
    row = db.scalar(select(t.obligation.c.id))
    assert row is not None
    assert isinstance(obligations.mark_done(db, chair, row, 1, NOW), HandedIn)
    late = obligations.mark_done(db, deputy, row, 1, NOW)
    assert isinstance(late, NotHandedIn)
    assert late.why is Refusal.MOVED_ON
    assert late.owed is not None
    assert (late.owed.done_by, late.owed.revision) == ("Nguyễn Thị Hoa", 2)
    (duty,) = obligations.duties(db, chair)
    assert (duty.kind, duty.due_on, duty.waiting) == ("periodic_report", DEADLINE, ())


def test_units_that_owe_alike_are_one_duty_and_what_was_missed_long_ago_is_gone(db: Connection) -> None:
    house = House(db)
    secretariat = house.member(Role.SECRETARIAT, "GV")
    two = [house.unit_id("P10"), house.unit_id("P11")]
    rows.write_down(db, two, ["periodic_report"], DEADLINE)
    rows.write_down(db, two, ["periodic_report"], TODAY - SHOWN_SINCE)
    rows.write_down(db, two, ["periodic_report"], TODAY - SHOWN_SINCE - timedelta(days=1))
    duties = obligations.duties(db, secretariat)
    assert [(duty.due_on, len(duty.waiting)) for duty in duties] == [(TODAY - SHOWN_SINCE, 2), (DEADLINE, 2)]


def test_an_officer_owes_the_week_until_something_was_said_of_it(db: Connection) -> None:
    house = House(db)
    officer, chair = house.member(Role.PROPAGANDIST, "P10-KP05"), house.member(Role.WARD_CHAIR, "P10")
    assert [owing.held.unit for owing in obligations.weeks(db, officer)] == ["P10-KP05"]
    assert obligations.weeks(db, chair) == []
    said = nil.say_nil(db, officer, "P10-KP05", week_of(TODAY), NOW)
    assert isinstance(said, NilResult)
    assert said.said is NilOutcome.NOTED_EARLY
    assert obligations.weeks(db, officer) == []


def test_an_officer_hears_of_a_missed_week_for_four_weeks_if_it_was_theirs(db: Connection) -> None:
    house = House(db)
    officer = house.member(Role.PROPAGANDIST, "P10-KP05")

    def owed(weeks_later: int) -> list[str]:
        later = Viewer(db, officer.person_id, "Hoa", NOW + timedelta(weeks=weeks_later), shipped_levels().owing)
        return [owing.week for owing in obligations.weeks(db, later)]

    assert owed(0) == ["2026-W47"]
    assert owed(1) == ["2026-W47", "2026-W48"]
    assert owed(4) == ["2026-W47", "2026-W48", "2026-W49", "2026-W50", "2026-W51"]
    assert owed(5) == ["2026-W48", "2026-W49", "2026-W50", "2026-W51", "2026-W52"]
    free_weeks.declare(db, "2026-W48", "", officer.person_id, NOW)
    assert owed(1) == ["2026-W47"]
