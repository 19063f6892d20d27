"""What is read of one report, unit, draft or set is told from what is kept of others."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from periods.period import period_of
from rules.kinds import Place, Sex
from rules.states import Deed
from storage import tables as t
from storage.records import (
    change_requests,
    drafts,
    earlier,
    linking,
    lists,
    marks,
    obligations,
    photo_looks,
    revisions,
    versions,
)
from storage.records.drafts import DraftFacts
from storage.records.held import Held
from storage.records.lists import Having
from tests.integration.reports.world import NOW, World, small_world

FRIDAY = date(2020, 11, 6)
OCTOBER = date(2020, 10, 30)
NOVEMBER = period_of("2020-11")
HERE, THERE = "P10-KP1", "P10-KP2"


@pytest.fixture
def world(db: Connection) -> World:
    return small_world(db)


def wrote(world: World, report: int, *deeds: Deed) -> None:
    """The versions of a report, one after another."""
    common: Mapping[str, Any] = {"submission_id": report, "answers": {}, "person_id": world.person(), "reason": ""}
    rows = [
        {**common, "revision": number, "action": deed, "at": NOW + timedelta(minutes=number)}
        for number, deed in enumerate(deeds, 1)
    ]
    world.db.execute(insert(t.submission_revision), rows)


def test_what_was_not_sorted_marks_its_own_report(world: World) -> None:
    sorted_, unsorted = (world.report(HERE, FRIDAY, 3, 2, unsorted=number) for number in (0, 4))
    found = marks.marks_in(world.db, [world.units[HERE]], NOVEMBER)
    assert {report: seen.unsorted for report, _, seen in found} == {sorted_: False, unsorted: True}


def test_reports_of_a_period_are_listed(world: World) -> None:
    november, october, there = (world.report(*one, 3, 2) for one in ((HERE, FRIDAY), (HERE, OCTOBER), (THERE, FRIDAY)))
    for report in (november, october, there):
        wrote(world, report, Deed.SEND)
    found = lists.in_units(world.db, [world.units[HERE]], NOVEMBER, offset=0, limit=9)
    assert [report.id for report in found] == [november]


def test_what_took_place_outside_is_in_no_unit(world: World) -> None:
    inside = world.report(HERE, FRIDAY, 3, 2)
    outside = world.report(HERE, FRIDAY, 3, 2, place=Place.OUTSIDE, place_unit_id=None)
    for report in (inside, outside):
        wrote(world, report, Deed.SEND)
    having = Having(held=Held(frozenset(world.units.values()), elsewhere=True))
    assert 1 in world.units.values()
    found = lists.in_units(world.db, [world.units[HERE]], NOVEMBER, offset=0, limit=9, having=having)
    assert [report.id for report in found] == [outside]


def test_earlier_reports_are_the_units_own_of_the_kind_that_count(world: World) -> None:
    mine = world.report(HERE, OCTOBER, 3, 2)
    world.report(HERE, OCTOBER, 3, 2, kind="media")
    world.report(THERE, OCTOBER, 3, 2)
    now = world.report(HERE, FRIDAY, 3, 2)
    found = earlier.earlier(world.db, world.units[HERE], "event", now)
    assert [told.report for told in found] == [mine]


def test_residents_are_those_of_the_unit_and_the_groups_by_numbers_that_stand(world: World) -> None:
    supply = insert(t.supply).values(at=NOW, file="", state="open").returning(t.supply.c.id)
    common = {"supply_id": world.db.scalar(supply), "sex": Sex.ALL, "source": "", "as_of": OCTOBER}
    rows = (
        (HERE, "residents", True, 100),
        (THERE, "residents", True, 200),
        (HERE, "workers", True, 300),
        (HERE, "residents", False, 400),
    )
    for unit, group, stands, value in rows:
        row = {"unit_id": world.units[unit], "target_group": group, "stands": stands, "value": value}
        world.db.execute(insert(t.denominator).values(**common, **row))
    found = earlier.residents(world.db, world.units[HERE], ["residents"])
    assert [(each.group, each.people) for each in found] == [("residents", 100)]


def test_versions_are_those_of_a_form(world: World) -> None:
    one, other = (world.submission(HERE, FRIDAY) for _ in range(2))
    mine = t.submission.c.id == other
    world.db.execute(t.submission.update().where(mine).values(form_id="plan_draft"))
    for report in (one, other):
        wrote(world, report, Deed.SEND)
    assert [version.submission_id for version in versions.versions(world.db, "activity_report")] == [one]


def test_the_last_return_is_a_return(world: World) -> None:
    returned, sent = (world.submission(HERE, FRIDAY) for _ in range(2))
    wrote(world, returned, Deed.SEND, Deed.RETURN, Deed.CORRECT)
    wrote(world, sent, Deed.SEND)
    found = revisions.last_return(world.db, returned)
    assert found is not None
    assert (found.revision, found.deed) == (2, Deed.RETURN)
    assert revisions.last_return(world.db, sent) is None


def test_reports_that_are_one_set_are_not_joined_again(world: World) -> None:
    one, other = (world.report(HERE, FRIDAY, 3, 2) for _ in range(2))
    joined = [linking.join(world.db, one, other, world.person(), NOW) for _ in range(2)]
    assert joined == [True, False]
    assert list(world.db.scalars(select(t.audit.c.action))) == ["link"]


def test_a_draft_that_was_withdrawn_stands_no_more_and_others_do(world: World) -> None:
    one, other = (world.submission("P10", FRIDAY) for _ in range(2))
    texts = dict.fromkeys(("content", "form", "site", "partners", "note"), "")
    row = {"unit_id": world.units["P10"], "year": 2021, "activity": "A2", "target_group": "residents", "sessions": 1}
    days = {"women": 1, "men": 1, "first_day": FRIDAY, "last_day": FRIDAY, "by_month": False}
    empty = {"place_unit_id": None, "lead_unit_id": None}
    for draft in (one, other):
        drafts.record(world.db, draft, DraftFacts(({**texts, **row, **days, **empty},), ()))
    drafts.let_stand(world.db, one, stands=False)
    assert [stored.submission_id for stored in drafts.standing(world.db, 2021)] == [other]
    assert [[stored.stands for stored in drafts.rows_of(world.db, draft)] for draft in (one, other)] == [
        [False],
        [True],
    ]
    row_at = drafts.row_at(world.db, other, 1)
    assert row_at is not None
    assert row_at.submission_id == other


def test_what_is_open_again_is_no_revision_that_anybody_saw(world: World) -> None:
    report = world.submission("P10", FRIDAY)
    owed = {"unit_id": world.units["P10"], "kind": "plan_draft", "due_on": FRIDAY}
    number = world.db.scalar(insert(t.obligation).values(**owed).returning(t.obligation.c.id)) or 0
    obligations.sent(world.db, number, report, world.person(), NOW, NOW)
    obligations.not_sent(world.db, report, world.person(), NOW)
    found = obligations.find(world.db, number)
    assert found is not None
    assert found.done_at is None
    assert found.revision == 3


def test_a_request_is_found_with_its_own_records(world: World) -> None:
    reports = [world.submission(HERE, FRIDAY) for _ in range(2)]
    person = world.person()
    days = {"first_day": FRIDAY, "last_day": FRIDAY, "closed_by": person, "closed_at": NOW}
    closed = insert(t.closed_period).values(code="2020-11", reason="", reopened_because="", **days)
    asked = {"unit_id": world.units[HERE], "person_id": person, "asked_at": NOW, "deed": {}, "kind": "nil"}
    asked["period_id"] = world.db.scalar(closed.returning(t.closed_period.c.id))
    added = [
        change_requests.add(world.db, {**asked, "open_key": f"withdraw {report}"}, ((report, 1),)) for report in reports
    ]
    found = [change_requests.find(world.db, number or 0) for number in added]
    assert [tuple(each.records) for each in found if each] == [((report, 1),) for report in reports]


def photo(world: World, report: int | None, sha256: str, dhash: str) -> int:
    account = world.db.scalar(select(t.account.c.id).limit(1)) or world.db.scalar(
        insert(t.account)
        .values(channel="telegram", bot="1", external_id="1", usable=True, created_at=NOW, last_used_at=NOW)
        .returning(t.account.c.id)
    )
    row = {"person_id": world.person(), "account_id": account, "submission_id": report, "state": "stored"}
    kept = insert(t.attachment).values(**row, sha256=sha256, dhash=dhash, is_image=True, created_at=NOW)
    number = world.db.scalar(kept.returning(t.attachment.c.id)) or 0
    photo_looks.note(world.db, number, dhash)
    return number


LOOK = 0x0F0F_0F0F_0F0F_0F0F


@pytest.mark.parametrize("bits", [(), (0,), (15, 16, 17), (20, 40, 60), (31, 32, 63)])
def test_a_photo_is_found_by_any_quarter_that_stayed(world: World, bits: tuple[int, ...]) -> None:
    before = world.report(THERE, FRIDAY, 3, 2)
    changed = LOOK
    for bit in bits:
        changed ^= 1 << bit
    photo(world, before, "a" * 64, f"{LOOK:016x}")
    photo(world, world.report(THERE, FRIDAY, 3, 2), "b" * 64, f"{LOOK ^ (1 << 64) - 1:016x}")
    mine = photo(world, None, "c" * 64, f"{changed:016x}")
    assert [seen.report for seen in photo_looks.elsewhere(world.db, [mine], 0)] == [before]


def test_photos_that_look_different_take_no_place_from_one_that_looks_alike(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_looks, "MOST", 1)
    alike, other = (world.report(THERE, day, 3, 2) for day in (OCTOBER, FRIDAY))
    photo(world, alike, "a" * 64, f"{LOOK:016x}")
    photo(world, other, "b" * 64, f"{LOOK ^ (1 << 64) - 1:016x}")
    mine = photo(world, None, "c" * 64, f"{LOOK:016x}")
    assert [seen.report for seen in photo_looks.elsewhere(world.db, [mine], 0)] == [alike]
