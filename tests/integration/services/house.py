"""A database with the plan's units, whose people come in by use cases alone."""

from dataclasses import replace
from itertools import count

from sqlalchemy import Connection

from periods.days import local_day
from plan.sync import ensure_units
from services import consent
from services.directory import invitations, joining
from services.directory.codes import CODE_LENGTH, Seal
from services.directory.joining import Joined, Newcomer, NotIn
from services.directory.places import ChatAddress
from services.viewer import Viewer
from storage.directory.units import unit_tree
from storage.records.submissions import Report
from tests.conversation import WEDNESDAY as NOW
from tests.conversation import numbered_code, shipped_plan
from tests.integration.services.walk import store_report
from tests.levels import shipped_levels

HOA = Newcomer("Nguyễn Thị Hoa", "vi", lambda invited: f"somebody of {invited.unit}")
PHONE = ChatAddress("web", "bot", "phone")
SEAL = Seal(lambda: b"a secret of these tests")
CODE, WRONG = numbered_code(1), "2" * CODE_LENGTH


class House:
    """A database with the plan's units, and the people who join."""

    def __init__(self, db: Connection) -> None:
        ensure_units(db, shipped_plan())
        self.db = db
        self._numbers = count(1_000)

    def issue(self, role: str, unit: str, code: str = CODE, uses: int = 1) -> None:
        unit_id, terms = self.unit_id(unit), invitations.Terms(uses)
        invitations.issue(self.db, code, role=role, unit_id=unit_id, by=None, now=NOW, terms=terms)

    def unit_id(self, unit: str) -> int:
        return unit_tree(self.db).on(local_day(NOW))[unit].id

    def join(self, code: str = CODE, account: str = "phone") -> Joined | NotIn:
        return joining.join(self.db, replace(PHONE, account=account), code, HOA, NOW)

    def member(self, role: str, unit: str) -> Viewer:
        """Somebody who has joined and agreed."""
        number = next(self._numbers)
        self.issue(role, unit, numbered_code(number))
        joined = self.join(numbered_code(number), f"phone-{number}")
        assert isinstance(joined, Joined)
        consent.give(self.db, joined.person_id, consent.VERSION, NOW)
        return self.viewer(joined.person_id)

    def viewer(self, person: int) -> Viewer:
        return Viewer(self.db, person, "Hoa", NOW, shipped_levels().owing)

    def report(self, author: Viewer, unit: str) -> Report:
        """A report of today that was sent."""
        return store_report(self.db, author.person_id, self.unit_id(unit))
