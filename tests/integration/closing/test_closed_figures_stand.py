"""Whatever people do, the figures of a closed period stand until the secretariat admits something."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import Connection, select

from periods.period import period_of
from periods.weeks import week_of
from reports.figures import Figures
from reports.reckoning import figures_of
from rules.roles import Role
from services import admitting, nil, reports, requests, review
from services.results import Changed, Requested
from services.viewer import Viewer
from storage import tables as t
from storage.records import totals
from tests.conversation import WEDNESDAY as NOW
from tests.conversation import shipped_plan
from tests.integration.closing.test_closed_periods import UNIT, Office, answers
from tests.integration.services.house import House

OCTOBER = period_of("2026-10")
FIRST, DAYS = date(2026, 9, 24), 50
"""From a week before the closed period to some weeks after it."""
STEPS = 50


class Doings:
    """An officer and a chair do this and that, by chance."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office, self.chance = office, Random(seed)
        self.asked: list[Requested] = []

    def does_something(self) -> None:
        sending = (self.sends,) * 4
        doing = self.chance.choice(
            (*sending, self.corrects, self.corrects, self.withdraws, self.reviews, self.says_nil)
        )
        done = doing()
        if isinstance(done, Requested):
            self.asked.append(done)

    def day(self) -> date:
        return FIRST + timedelta(days=self.chance.randrange(DAYS))

    def answers(self) -> dict[str, object]:
        first, more = self.day(), self.chance.choice((0, 0, 0, 2, 8))
        said = answers(first, self.chance.randint(1, 9))
        return {**said, "last_date": (first + timedelta(days=more)).isoformat()} if more else dict(said)

    def report(self) -> int | None:
        stored = self.office.db.scalars(select(t.submission.c.id).where(t.submission.c.state != "withdrawn")).all()
        return self.chance.choice(stored) if stored else None

    def sends(self) -> object:
        return reports.submit(self.office.db, self.office.officer, self.office.interview(), self.answers(), NOW)

    def corrects(self) -> object:
        number = self.report()
        if number is None:
            return None
        opened = self.office.interview(reports.known(self.office.db, number))
        return reports.submit(self.office.db, self.office.officer, opened, self.answers(), NOW)

    def withdraws(self) -> object:
        number = self.report()
        seen = reports.known(self.office.db, number).revision if number else 0
        return reports.withdraw(self.office.db, self.office.officer, number or 0, seen, NOW)

    def reviews(self) -> object:
        number = self.report()
        seen, chair = reports.known(self.office.db, number).revision if number else 0, self.office.chair
        if self.chance.random() < 0.5:
            return review.approve(self.office.db, chair, number or 0, seen, NOW)
        return review.send_back(self.office.db, chair, number or 0, seen, "numbers", NOW)

    def says_nil(self) -> object:
        return nil.say_nil(self.office.db, self.office.officer, UNIT, week_of(self.day()), NOW)


def figures(db: Connection) -> Figures:
    """October's, but for what approving changes."""
    return replace(figures_of(db, shipped_plan(), "GV", OCTOBER, NOW), not_approved=0)


def office(db: Connection) -> Office:
    house = House(db)
    officer, chair = house.member(Role.PROPAGANDIST, UNIT), house.member(Role.WARD_CHAIR, "P10")
    return Office(db, house, officer, chair, house.member(Role.SECRETARIAT, "GV"))


@pytest.mark.parametrize("seed", range(2))
def test_the_figures_of_a_closed_period_stand_until_something_is_admitted(db: Connection, seed: int) -> None:
    doings = Doings(office(db), seed)
    for _ in range(STEPS):
        doings.does_something()
    assert not doings.asked
    doings.office.closes()
    stood = figures(db)
    assert stood.reports
    for step in range(STEPS):
        doings.does_something()
        assert figures(db) == stood, step
    assert len(doings.asked) > STEPS / 4
    admitted = [admits(doings.office.secretariat, asked, db) for asked in doings.asked]
    assert any(admitted)
    assert figures(db) != stood
    assert requests.count_waiting(db, doings.office.secretariat) == 0
    assert totals.strays(db) == 0


def admits(secretariat: Viewer, asked: Requested, db: Connection) -> bool:
    result = admitting.admit(db, secretariat, asked.request.id, NOW)
    return isinstance(result, admitting.Decided) and result.request.state == "admitted"


def test_open_days_change_as_ever(db: Connection) -> None:
    doings = Doings(office(db), 0)
    doings.office.closes()
    assert isinstance(doings.office.sends(answers(date(2026, 11, 10))), Changed)
