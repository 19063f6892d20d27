"""Links between reports and decisions about them in a period that is closed: they become requests."""

from datetime import timedelta

from sqlalchemy import Connection, select

from periods.period import week_around
from rules.states import ReportState
from services import admitting, closing, reports, requests
from services.admitting import Decided
from services.events import sets
from services.events.sets import LinkAsked
from services.results import Requested
from storage import tables as t
from storage.records import totals
from tests.conversation import WEDNESDAY as NOW
from tests.integration.services.event import MONDAY, SUNDAY_BEFORE, Event, decide
from tests.integration.services.walk import EVENT

LATER = NOW + timedelta(hours=1)


class Closed(Event):
    """The week before is closed. A and B took place on its Sunday, and are linked unless said."""

    def __init__(self, db: Connection, *, linked: bool = True) -> None:
        super().__init__(db)
        day = SUNDAY_BEFORE.isoformat()
        self.a, self.b = self.reports(self.five, "P10-KP05", date=day), self.reports(self.six, "P10-KP06", date=day)
        if linked:
            self.link(self.chair, self.a, self.b)
        closing.close(db, self.secretariat, week_around(SUNDAY_BEFORE), "", NOW)

    def admits(self, asked: object) -> None:
        """What was asked for is the only request, nothing of it has been done, and now it is."""
        assert isinstance(asked, Requested)
        waiting = requests.waiting(self.db, self.secretariat, offset=0, limit=9)
        assert [request.id for request in waiting] == [asked.request.id]
        assert isinstance(admitting.admit(self.db, self.secretariat, asked.request.id, LATER), Decided)
        assert requests.count_waiting(self.db, self.secretariat) == 0
        assert totals.strays(self.db) == 0


def test_21_a_is_withdrawn_in_a_closed_period_and_one_request_covers_both(db: Connection) -> None:
    event = Closed(db)
    asked = reports.withdraw(db, event.five, event.a.id, event.a.revision, NOW)
    assert (event.counts(event.a), event.counts(event.b)) == (True, False)
    event.admits(asked)
    assert (event.counts(event.a), event.counts(event.b)) == (False, True)
    assert event.now(event.a).state == ReportState.WITHDRAWN


def test_21_a_report_of_an_open_week_gives_way_to_one_of_a_closed_week_only_by_request(db: Connection) -> None:
    event = Closed(db, linked=False)
    longer = event.reports(event.chair, "P10", date=SUNDAY_BEFORE.isoformat(), last_date=MONDAY.isoformat())
    asked = sets.link(db, event.chair, event.a.id, event.a.revision, longer.id, NOW)
    event.admits(asked)
    decided = decide(event, event.chair, longer)
    event.admits(decided)
    assert (event.counts(event.a), event.counts(longer)) == (False, True)
    event.admits(reports.withdraw(db, event.chair, longer.id, longer.revision, NOW))
    assert event.counts(event.a)


def test_in_a_closed_period_linking_and_deciding_become_requests(db: Connection) -> None:
    event = Closed(db, linked=False)
    a, b = event.a, event.b
    asked = sets.link(db, event.chair, a.id, a.revision, b.id, NOW)
    assert event.together(event.chair, a) is None
    event.admits(asked)
    assert event.members(a) == {a.id, b.id}
    known = event.together(event.chair, a)
    assert known is not None
    event.admits(sets.organise(db, event.chair, a.id, known.of.revision, "P10-KP06", NOW))
    assert event.counts(b)
    event.admits(decide(event, event.chair, a))
    assert event.counts(a)
    event.admits(sets.unlink(db, event.chair, b.id, b.revision, NOW))
    assert (event.counts(a), event.counts(b)) == (True, True)
    audited = db.execute(select(t.audit.c.action, t.audit.c.person_id).order_by(t.audit.c.id)).all()
    assert [row[0] for row in audited if row[1] == event.chair.person_id] == ["link", "organise", "decide", "unlink"]


def test_a_link_asked_for_is_overtaken_by_a_withdrawal(db: Connection) -> None:
    event = Closed(db, linked=False)
    asked = sets.link(db, event.chair, event.a.id, event.a.revision, event.b.id, NOW)
    assert isinstance(asked, Requested)
    closing.reopen(db, event.secretariat, asked.closed.id, "để sửa", NOW)
    event.withdraws(event.six, event.b)
    admitting.admit(db, event.secretariat, asked.request.id, NOW)
    assert event.together(event.chair, event.a) is None


def test_a_first_report_of_a_closed_day_keeps_its_link(db: Connection) -> None:
    event = Closed(db, linked=False)
    answers, about = EVENT | {"date": SUNDAY_BEFORE.isoformat()}, (event.a.id, event.a.revision)
    opened = event.interview(event.five, "P10-KP05")
    event.admits(sets.submit_as_same(db, event.five, opened, answers, about, LATER))
    assert len(event.members(event.a)) == 2
    assert event.counts(event.a)


def test_a_report_of_an_open_day_is_sent_though_its_link_has_to_be_asked_for(db: Connection) -> None:
    event = Closed(db, linked=False)
    answers = EVENT | {"date": MONDAY.isoformat()}
    longer = event.reports(event.five, "P10-KP05", date=SUNDAY_BEFORE.isoformat(), last_date=MONDAY.isoformat())
    event.admits(sets.link(db, event.five, longer.id, longer.revision, event.a.id, NOW))
    opened, about = event.interview(event.five, "P10-KP05"), (longer.id, longer.revision)
    sent = sets.submit_as_same(db, event.five, opened, answers, about, LATER)
    assert isinstance(sent, LinkAsked)
    assert event.counts(sent.report)
    event.admits(sent.request)
    assert not event.counts(sent.report)
