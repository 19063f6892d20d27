"""The demo's autumn: drafts come in as the clock moves, two pairs may overlap, a ward is late; every form is right."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from bot.demo.autumn import ASKED, DRAFT, DUE, stories
from bot.demo.clock import START
from bot.demo.run import Demo, open_demo
from bot.demo.sample import PEOPLE
from bot.settings import Settings
from interview import start, without_optional
from interview.steps import Review
from reports.drafts import budgets_of
from rules.drafts import Reason
from storage import tables as t
from storage.directory.units import unit_tree
from storage.records import drafts, obligations, totals
from tests.conversation import shipped_plan
from tests.integration.demo.test_demo import MACHINE


@pytest.fixture
def demo(tmp_path: Path) -> Demo:
    return open_demo(Settings(database_url=f"sqlite:///{tmp_path}/demo.db", media=tmp_path / "media"), lambda: MACHINE)


def standing(db: Connection) -> Counter[str]:
    """How many units have handed in what, by its kind."""
    rows = db.scalars(select(t.obligation.c.kind).where(t.obligation.c.done_at.is_not(None)))
    return Counter("asked" if kind not in DUE else kind for kind in rows)


def late(db: Connection, today: date) -> set[tuple[str, date]]:
    """Whose last day is over."""
    units = unit_tree(db).on(today)
    found = obligations.open_ones(db, [unit.id for unit in units.units], offset=0, limit=999)
    return {(owed.unit, owed.due_on) for owed in found if owed.due_on < today}


async def test_it_begins_with_drafts_an_overlap_and_a_late_ward(demo: Demo) -> None:
    with demo.prepared.database as database:
        assert database.read(standing) == {DRAFT: 6, "periodic_report": 4, "asked": 2}
        (pair,) = database.read(lambda db: drafts.open_overlaps(db, offset=0, limit=9))
        assert pair.reason == Reason.SITE
        assert database.read(lambda db: late(db, START.date())) == {("P16", ASKED.due_on)}
        assert all(database.read(lambda db: db.scalars(select(t.submission.c.sample)).all()))
        assert database.read(totals.strays) == 0  # what is planned is no figure


async def test_the_rest_comes_in_as_the_clock_moves_and_once(demo: Demo) -> None:
    with demo.prepared.database as database:
        await demo.go_to(START.replace(month=11, day=5))
        found = database.read(standing)
        assert (found[DRAFT], found["final_review_ward"]) == (29, 14)
        await demo.go_to(START.replace(month=11, day=13))
        assert database.read(standing)[DRAFT] == len([each for each in stories() if each.kind == DRAFT])
        pairs = database.read(lambda db: drafts.open_overlaps(db, offset=0, limit=9))
        assert {pair.reason for pair in pairs} == {Reason.SITE, Reason.GROUP}
        own = {unit for unit, _ in database.read(lambda db: late(db, date(2020, 11, 13)))}
        assert own == {PEOPLE[1][1], "P16"}  # the phone's own ward, and what one never handed in
        handed_in = database.read(standing)
        await demo.tick_at(demo.now() + timedelta(hours=2))
        assert database.read(standing) == handed_in

        def budget(db: Connection) -> tuple[int, int]:
            sums = budgets_of(db, shipped_plan(), 2021, unit_tree(db).on(date(2020, 11, 13)))
            return len(sums.rows), len(sums.counted)

        rows, counted = database.read(budget)
        assert rows - counted == 1  # what one leads and another joins counts once


async def test_every_draft_of_the_sample_is_a_whole_form(demo: Demo) -> None:
    with demo.prepared.database as database:
        form = demo.prepared.world.forms.current(DRAFT, database.read(unit_tree).on(START.date()))
    for story in stories():
        if story.rows:
            level = "agency" if story.unit.startswith("CQ") else "ward"
            known = {"level": level, "unit": story.unit, "ward": story.unit, "obligation": "1", "year": "2021"}
            step = start(form, {**known, "planned": [dict(row) for row in story.rows]}, START, language="vi")
            assert any(isinstance(each, Review) for each in without_optional(form, step, START).outputs), story.unit
