"""For whom something waits is found for many at once, and is what the queue of each of them lists."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert

from rules.roles import Role
from storage import tables as t
from storage.db.database import Database
from storage.directory.units import unit_tree
from storage.records import review_queue
from tests.integration.scheduler.town import Town, at

NOW = at("2020-11-20 08:00")
PEOPLE = (("Thu", Role.SECRETARIAT, "GV"), ("Hoa", Role.WARD_CHAIR, "P10"), ("Lan", Role.PROPAGANDIST, "P10-KP01"))
UNITS = ("P10", "P14", "P10-KP01", "P14-KP01", "CQ-VHTT")
Written = tuple[str, int, int | None, str, int, bool]
WRITTEN = st.tuples(
    st.sampled_from(UNITS),
    st.integers(0, 2),  # who wrote it
    st.sampled_from((None, 0, 1, 2)),  # who corrected it
    st.sampled_from(("sent", "returned", "approved")),
    st.integers(0, 5),  # days ago
    st.booleans(),  # whether it was written in somebody's place
)


def test_it_is_what_the_queue_lists(database: Database) -> None:
    def job(db: Connection) -> None:
        town = Town(db)
        people = [town.joins(name, role, unit) for name, role, unit in PEOPLE]

        @settings(max_examples=60, deadline=None)
        @given(st.lists(WRITTEN, max_size=3))
        def holds(written: list[Written]) -> None:
            for table in (t.submission_revision, t.submission):
                db.execute(delete(table))
            for each in written:
                write(town, people, each)
            before = NOW - timedelta(days=3)
            there, units = review_queue.in_hand(db, before), unit_tree(db).on(NOW.date())
            for person, (_, role, unit) in zip(people, PEOPLE, strict=True):
                scope = review_queue.scope(db, units, [(role, unit)], NOW)
                listed = review_queue.waiting(db, scope, person) or review_queue.returned(db, scope.units, before)
                assert review_queue.has_any(db, scope, person, there) == bool(listed)

        holds()

    database.write(job).result()


def write(town: Town, people: list[int], written: Written) -> None:
    unit, author, corrector, state, days, in_place = written
    when, revision = NOW - timedelta(days=days), 1 if corrector is None else 2
    report = {"form_id": "f", "form_version": "1", "person_id": people[author], "unit_id": town.unit[unit]}
    report |= {"state": state, "revision": revision, "sample": False, "day": when.date(), "created_at": when}
    place = {"by_unit_id": town.unit["P10"]} if in_place else {}
    added = insert(t.submission).values(**report, updated_at=when, **place).returning(t.submission.c.id)
    row = int(town.db.execute(added).scalar_one())
    for at_revision, person, action in ((1, people[author], "send"), (2, people[corrector or 0], "correct"))[:revision]:
        version = {"submission_id": row, "revision": at_revision, "person_id": person, "action": action, "at": when}
        town.db.execute(insert(t.submission_revision).values(**version, answers={}))
