"""Reports of one event, by use cases alone: the sequences that were walked through by hand, on both databases.

Letters are theirs: A is the first report, B another one of the same event, C a third. The week before this one is W-1.
"""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, select

from periods.weeks import week_of
from rules.roles import Role
from rules.states import ReportState
from services import access, reports, review
from services.events import sets, viewing
from services.events.sets import Linked
from services.results import Changed, News, Refusal, Refused
from services.viewer import Viewer
from storage import tables as t
from storage.records import totals
from storage.records.submissions import Report
from tests.conversation import WEDNESDAY as NOW
from tests.integration.services.event import MONDAY, SUNDAY_BEFORE, Event, decide, told


@pytest.fixture
def event(db: Connection) -> Event:
    return Event(db)


@pytest.fixture(autouse=True)
def rollup_equals_recomputation(event: Event) -> object:
    yield
    assert totals.strays(event.db) == 0


def test_1_a_is_returned_and_b_counts(event: Event) -> None:
    a, b = event.a_and_b()
    assert (event.counts(a), event.counts(b)) == (True, False)
    returned = event.returns(a)
    assert (event.counts(a), event.counts(b)) == (False, True)
    assert returned.counted is not None
    assert returned.counted.id == b.id
    assert event.reported("P10-KP06")
    assert not event.reported("P10-KP05")
    assert event.figures().to_dict()["mending_units"] == ["P10-KP05"]
    assert told(returned.notices, News.RETURNED) == {event.five.person_id}
    assert told(returned.notices, News.COUNTS_INSTEAD) == {event.five.person_id, event.six.person_id}


def test_1_a_is_mended_and_counts_again_and_that_is_told(event: Event) -> None:
    a, b = event.a_and_b()
    event.returns(a)
    mended = event.corrects(event.five, a, women=31)
    assert (event.counts(a), event.counts(b)) == (True, False)
    assert told(mended.notices, News.COUNTS_INSTEAD) == {event.six.person_id, event.chair.person_id}


def test_2_b_of_another_neighbourhood_has_reported_its_week(event: Event) -> None:
    event.a_and_b()
    assert event.reported("P10-KP05")
    assert event.reported("P10-KP06")
    figures = event.figures()
    assert (figures.reports, figures.completeness.reported) == (1, 2)


def test_3_b_is_withdrawn_and_the_set_is_a_and_c(event: Event) -> None:
    a, b = event.a_and_b()
    c = event.reports(event.chair, "P10")
    event.link(event.chair, c, b)
    assert event.members(a) == {a.id, b.id, c.id}
    event.withdraws(event.six, b)
    assert event.members(a) == event.members(c) == {a.id, c.id}
    assert event.figures().reports == 1


def test_4_a_is_corrected_to_another_day_and_the_chair_is_asked(event: Event) -> None:
    a, b = event.a_and_b()
    assert event.disputed() == []
    changed = event.corrects(event.five, a, date=MONDAY.isoformat())
    assert event.members(a) == {a.id, b.id}
    assert told(changed.notices, News.PARTED) == {event.chair.person_id}
    assert event.disputed() == [a.id]
    decide(event, event.chair, a)
    assert event.disputed() == []
    changed = event.corrects(event.five, a, activity="A3")
    assert told(changed.notices, News.PARTED) == {event.chair.person_id}


def test_4_a_correction_of_numbers_alone_asks_nobody(event: Event) -> None:
    a, _ = event.a_and_b()
    assert event.corrects(event.five, a, women=31).notices == ()
    assert event.disputed() == []


def test_5_a_ends_in_the_week_before_and_b_in_this_one(event: Event) -> None:
    a = event.reports(event.five, "P10-KP05", date=SUNDAY_BEFORE.isoformat())
    b = event.reports(event.six, "P10-KP06", date=SUNDAY_BEFORE.isoformat(), last_date=MONDAY.isoformat())
    event.link(event.chair, a, b)
    assert (event.figures(day=SUNDAY_BEFORE).reports, event.figures().reports) == (1, 0)
    assert event.reported("P10-KP05", week_of(SUNDAY_BEFORE))
    assert event.reported("P10-KP06")
    decide(event, event.chair, b)
    assert (event.figures(day=SUNDAY_BEFORE).reports, event.figures().reports) == (0, 1)


def test_6_b_has_a_group_that_a_lacks_and_the_chair_chooses(event: Event) -> None:
    further = [{"more_group": "workers", "more_women": 1, "more_men": 0}]
    a, b = event.a_and_b(women=29, more_lines=further)
    assert event.disputed() == [a.id]
    assert event.counts(a)
    decided = decide(event, event.chair, b)
    assert isinstance(decided, Linked)
    assert decided.together is not None
    assert (decided.together.of.decider, decided.together.of.reason) == ("Nguyễn Thị Hoa", "checked")
    assert event.counts(b)
    assert event.disputed() == []
    assert told(decided.notices, News.COUNTS_INSTEAD) == {event.five.person_id, event.six.person_id}


def test_7_linking_a_to_b_and_b_to_a_is_one_set(event: Event) -> None:
    a, b = event.a_and_b()
    event.link(event.secretariat, b, a)
    assert event.members(a) == event.members(b) == {a.id, b.id}
    assert event.db.scalars(select(t.event_set.c.id)).all() == [event.facts(a).event_set_id]


def test_linking_members_of_two_sets_joins_them(event: Event) -> None:
    a, b = event.a_and_b()
    c, d = event.reports(event.five, "P10-KP05"), event.reports(event.six, "P10-KP06")
    event.link(event.chair, c, d)
    decide(event, event.chair, d)
    event.link(event.chair, b, c)
    assert event.members(a) == {a.id, b.id, c.id, d.id}
    assert [report.id for report in (a, b, c, d) if event.counts(report)] == [d.id]
    assert len(event.db.scalars(select(t.event_set.c.id)).all()) == 1


def test_two_decisions_about_joined_sets_have_to_be_made_again(event: Event) -> None:
    a, b = event.a_and_b()
    c, d = event.reports(event.five, "P10-KP05", women=60), event.reports(event.six, "P10-KP06", women=60)
    event.link(event.chair, c, d)
    decide(event, event.chair, b)
    decide(event, event.chair, d)
    event.link(event.chair, b, c)
    assert event.counts(a)
    assert event.disputed() == [a.id]


def test_20_a_photo_after_the_approval_makes_a_new_revision_and_the_link_stays(event: Event) -> None:
    a, b = event.a_and_b()
    approved = review.approve(event.db, event.chair, a.id, a.revision, NOW)
    assert isinstance(approved, Changed)
    event.corrects(event.five, a, photos=["1"])
    assert (event.now(a).state, event.counts(a), event.counts(b)) == (ReportState.SENT, True, False)
    late = review.approve(event.db, event.chair, a.id, approved.report.revision, NOW)
    assert isinstance(late, Refused)
    assert late.why is Refusal.MOVED_ON


def test_22_an_event_over_a_weeks_end_counts_in_the_second_week(event: Event) -> None:
    event.reports(event.five, "P10-KP05", date=SUNDAY_BEFORE.isoformat(), last_date=MONDAY.isoformat())
    assert (event.figures(day=SUNDAY_BEFORE).reports, event.figures().reports) == (0, 1)
    assert event.reported("P10-KP05", week_of(SUNDAY_BEFORE))
    assert event.reported("P10-KP05")


def test_23_two_neighbourhoods_report_45_and_60_and_the_organisers_counts_meanwhile(event: Event) -> None:
    a, b = event.a_and_b(women=45)
    assert event.disputed() == [a.id]
    assert event.figures().disputed == event.figures("GV").disputed == 1
    assert event.figures("P10-KP06").disputed == 0
    known = event.together(event.five, a)
    assert known is not None
    assert known.is_unclear
    organised = sets.organise(event.db, event.five, a.id, known.of.revision, "P10-KP06", NOW)
    assert isinstance(organised, Linked)
    assert event.counts(b)
    assert event.disputed() == [a.id]
    decide(event, event.chair, a)
    assert event.counts(a)
    assert event.disputed() == []
    assert event.figures().to_dict()["disputed"] == 0


def test_25_the_old_version_counts_until_the_correction_is_sent(event: Event) -> None:
    a, b = event.a_and_b()
    opened = event.opened(event.five, a)
    assert event.counts(a)
    sent = reports.submit(event.db, event.five, opened, {**a.answers, "women": 33}, NOW)
    assert isinstance(sent, Changed)
    assert (event.counts(a), event.counts(b), event.facts(a).women) == (True, False, 33)


def test_the_chosen_is_withdrawn_so_the_next_counts_and_the_rest_is_open_again(event: Event) -> None:
    a, b = event.a_and_b(women=45)
    c = event.reports(event.chair, "P10", women=90)
    event.link(event.chair, c, b)
    decide(event, event.secretariat, b)
    changed = event.withdraws(event.six, b)
    assert changed.counted is not None
    assert changed.counted.id == a.id
    assert told(changed.notices, News.COUNTS_INSTEAD) == {event.five.person_id, event.chair.person_id}
    assert event.disputed() == [a.id]


def test_a_report_that_is_taken_out_counts_by_itself_and_a_set_of_one_is_none(event: Event) -> None:
    a, b = event.a_and_b(women=45)
    taken_out = sets.unlink(event.db, event.chair, b.id, b.revision, NOW)
    assert isinstance(taken_out, Linked)
    assert (event.counts(a), event.counts(b)) == (True, True)
    assert event.together(event.chair, a) is event.together(event.chair, b) is None
    assert (event.figures().reports, event.figures().disputed) == (2, 0)


def test_what_only_one_report_of_a_set_is_about_is_settled_by_taking_it_out(event: Event) -> None:
    a, b = event.a_and_b()
    c = event.reports(event.chair, "P10")
    event.link(event.chair, c, b)
    event.corrects(event.five, a, date=MONDAY.isoformat())
    sets.unlink(event.db, event.chair, c.id, c.revision, NOW)
    assert event.disputed() == [a.id]
    event.link(event.chair, c, b)
    sets.unlink(event.db, event.chair, a.id, event.now(a).revision, NOW)
    assert event.disputed() == []
    assert event.members(b) == {b.id, c.id}


def test_a_report_that_was_withdrawn_cannot_be_linked(event: Event) -> None:
    a, b = event.reports(event.five, "P10-KP05"), event.reports(event.six, "P10-KP06")
    event.withdraws(event.five, a)
    refused = sets.link(event.db, event.chair, b.id, b.revision, a.id, NOW)
    assert isinstance(refused, Refused)
    assert refused.why is Refusal.WITHDRAWN
    assert event.counts(b)


def test_what_is_decided_is_decided_about_the_set_that_was_seen(event: Event) -> None:
    a, b = event.a_and_b(women=45)
    known = event.together(event.chair, a)
    assert known is not None
    event.corrects(event.six, b, women=50)
    late = sets.decide(event.db, event.chair, a.id, known.of.revision, "checked", NOW)
    assert isinstance(late, Refused)
    assert late.why is Refusal.MOVED_ON
    assert event.disputed() == [a.id]


def test_an_event_of_two_wards_is_the_secretariats_to_decide(event: Event) -> None:
    other = event.house.member(Role.PROPAGANDIST, "P11-KP01")
    a, b = event.reports(event.five, "P10-KP05"), event.reports(other, "P11-KP01", women=90)
    event.link(event.secretariat, a, b)
    assert event.disputed() == [a.id]
    assert decide(event, event.chair, a) == Refused(Refusal.UNKNOWN)
    assert isinstance(decide(event, event.secretariat, a), Linked)
    assert event.disputed() == []


def test_across_wards_only_unit_activity_and_day_are_open(event: Event) -> None:
    other = event.house.member(Role.PROPAGANDIST, "P11-KP01")
    a, b = event.reports(event.five, "P10-KP05"), event.reports(event.six, "P10-KP06")
    assert access.may_compare(event.five, b)
    assert not access.may_compare(other, b)
    assert access.may_compare(event.secretariat, a)


@pytest.mark.parametrize(
    "deed",
    [
        lambda event, viewer, report: sets.unlink(event.db, viewer, report.id, report.revision, NOW),
        decide,
        lambda event, viewer, report: viewing.linkable(event.db, viewer, report.id, offset=0, limit=9),
    ],
)
def test_what_a_colleague_next_door_may_not_do(event: Event, deed: Callable[[Event, Viewer, Report], object]) -> None:
    _, b = event.a_and_b()
    assert deed(event, event.five, b) == Refused(Refusal.UNKNOWN)
    assert event.members(b)


def test_every_link_decision_and_unlinking_is_in_the_audit(event: Event) -> None:
    a, b = event.a_and_b(women=45)
    decide(event, event.chair, b)
    sets.unlink(event.db, event.secretariat, b.id, event.now(b).revision, NOW)
    audited = t.audit.c
    rows = event.db.execute(select(audited.action, audited.subject, audited.person_id).order_by(audited.id)).all()
    chair, secretariat = event.chair.person_id, event.secretariat.person_id
    assert [tuple(row) for row in rows if row.action in ("link", "decide", "unlink")] == [
        ("link", f"submission:{a.id}", chair),
        ("decide", f"submission:{b.id}", chair),
        ("unlink", f"submission:{b.id}", secretariat),
    ]
