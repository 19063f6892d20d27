"""Authors, two chairs and the secretariat act on one another's reports, also with buttons of long ago, also at once.

What must hold after each step stands in `reviewing`. More and other examples: `make soak-review`.
"""

import os
from random import Random
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Connection, func, select

from services.results import Changed
from storage import tables as t
from storage.db.database import Database
from tests.integration import reviewing
from tests.integration.reviewing import PEOPLE, UNITS, Office, office

MORE = int(os.environ.get("REVIEW_EXAMPLES", "0"))
"""Examples that somebody asked for; then they are others at each run."""
EXAMPLES = {"sqlite": MORE or 15, "postgresql": MORE or 4}
WAVES = 8
"""Rounds in which everybody looks, and then presses at once."""
who = st.sampled_from(sorted(PEOPLE))
picks = st.integers(0, 30)


class Reviewing(RuleBasedStateMachine):
    """People look at reports, and press what they were offered then, at once or much later."""

    db: ClassVar[Connection]
    settled: ClassVar[Office]
    """Where it takes place; each run is undone."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = self.db.begin_nested()
        self.office = Office(self.settled.units, self.settled.people)
        self.checked = 0

    def teardown(self) -> None:
        self.undone.rollback()

    @initialize(women=st.integers(1, 60))
    def begins(self, women: int) -> None:
        self.sends("author", women)

    @rule(name=st.sampled_from(sorted(UNITS)), women=st.integers(1, 60))
    def sends(self, name: str, women: int) -> None:
        assert isinstance(self.office.sends(self.db, name, women), Changed)

    @rule(name=who, pick=picks, women=st.integers(1, 60))
    def looks(self, name: str, pick: int, women: int) -> None:
        self.office.looks(self.db, name, pick, women)

    @rule(name=who, pick=picks, women=st.integers(1, 60), deed=st.integers(0, 7))
    def acts(self, name: str, pick: int, women: int, deed: int) -> None:
        """Do one thing with a report just seen; the last ones are answers to who asked for leave."""
        buttons = self.office.looks(self.db, name, pick, women)
        if buttons:
            buttons[min(deed, len(buttons) - 1)](self.db)

    @rule(name=st.sampled_from(["chair", "deputy", "secretariat"]))
    def opens_the_queue(self, name: str) -> None:
        self.office.opens_the_queue(self.db, name)

    @rule(picked=st.lists(st.integers(0, 200), min_size=1, max_size=4))
    def presses(self, picked: list[int]) -> None:
        """Some buttons one after the other, the newest most often."""
        buttons = self.office.buttons
        for pick in picked if buttons else ():
            buttons[-1 - pick % len(buttons)](self.db)

    @invariant()
    def what_was_done_is_in_order(self) -> None:
        done = self.db.scalar(select(func.count()).select_from(t.submission_revision)) or 0
        if done > self.checked:
            reviewing.figures_equal_their_recomputation(self.db, self.office)
            reviewing.every_state_is_what_its_history_says(self.db, self.office)
        self.checked = done


def test_nothing_is_approved_unseen_and_every_state_has_its_history(db: Connection) -> None:
    class Here(Reviewing):
        settled = office(db)

    Here.db = db
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=EXAMPLES[db.dialect.name],
            stateful_step_count=25,
            deadline=None,
            derandomize=not MORE,
            database=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )


@pytest.mark.parametrize("seed", range(MORE // 10 or 2))
def test_the_same_holds_when_all_press_at_once(database: Database, seed: int) -> None:
    """Each deed is a transaction of its own; on PostgreSQL they run side by side, and wait for one another's locks."""
    chance, place = Random(seed), database.write(office).result()
    for name in ("author", "neighbour", "deputy"):
        database.write(lambda db, name=name: place.sends(db, name, 30)).result()  # type: ignore[misc]  # who it is now
    for _ in range(WAVES):
        shown = [_offered(database, place, name, chance) for name in PEOPLE]
        pressed = [database.write(chance.choice(buttons)) for buttons in shown for _ in range(2) if buttons]
        for one in pressed:
            one.result()
        database.read(lambda db: reviewing.figures_equal_their_recomputation(db, place))
        database.read(lambda db: reviewing.every_state_is_what_its_history_says(db, place))


def _offered(database: Database, place: Office, name: str, chance: Random) -> list[reviewing.Button]:
    """What somebody is offered now at one of the reports, or in the queue, and something of before."""
    before = len(place.buttons)
    pick, women = chance.randrange(3), chance.randint(1, 60)
    database.write(lambda db: place.looks(db, name, pick, women)).result()
    if PEOPLE[name][0] != PEOPLE["author"][0]:
        database.write(lambda db: place.opens_the_queue(db, name)).result()
    return [*place.buttons[before:], *chance.sample(place.buttons, min(2, len(place.buttons)))]
