"""The values that a handler is given: this turn's sender, database and clock, and the world that all turns share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Protocol, TypeAlias

from sqlalchemy import Connection

from interview import Form
from locales import Say, texts
from messages import Choice, Outgoing
from messages.actions import Action, decode
from periods.days import ZONE, local_day
from plan.calendar import Calendar
from plan.model import Plan
from services.directory.codes import Seal
from services.viewer import Viewer
from storage.conversation.turns import Known, LastMenu, OpenInterview, choices_of
from storage.directory import persons
from storage.directory.units import UnitsOfDay

Replies: TypeAlias = list[Outgoing]


class Forms(Protocol):
    """Forms by id and version: the plan's own, and published ones that interviews are still pinned to."""

    def get(self, db: Connection, form_id: str, version: str) -> Form: ...

    def current(self, form_id: str, units: UnitsOfDay) -> Form:
        """The plan's form in the version that is begun on a day with these units."""

    def keep(self, db: Connection, form: Form, now: datetime) -> None:
        """Publish it, if it is not yet, before an interview is pinned to it."""


@dataclass(frozen=True, slots=True)
class World:
    """The values that all turns share. `public_url` begins every link.

    `chance` gives a fresh invitation code, `seal` keeps those that wait, to be read again.
    """

    plan: Plan
    calendar: Calendar
    forms: Forms
    public_url: str
    chance: Callable[[], str]
    seal: Seal


@dataclass(frozen=True)
class Turn:
    """One turn of a known person."""

    db: Connection
    world: World
    now: datetime
    account_id: int
    person_id: int
    name: str
    language: str
    channel: str
    inbox_id: int
    menu: LastMenu
    interview: OpenInterview | None

    @classmethod
    def of(cls, db: Connection, world: World, known: Known, channel: str, now: datetime, inbox_id: int) -> "Turn":
        """The turn of a known sender."""
        return cls(
            db=db,
            world=world,
            now=now.astimezone(
                ZONE
            ),  # "today" is the officer's: in UTC it is still yesterday until seven in the morning
            account_id=known.account_id,
            person_id=known.person_id,
            name=known.name,
            language=known.language,
            channel=channel,
            inbox_id=inbox_id,
            menu=known.menu,
            interview=known.interview,
        )

    @property
    def plan(self) -> Plan:
        return self.world.plan

    @property
    def say(self) -> Say:
        return texts(self.language)

    @property
    def today(self) -> date:
        return local_day(self.now)

    def speaking(self, language: str) -> "Turn":
        """The same turn in another language."""
        return replace(self, language=language)

    def speaking_to(self, person_id: int) -> "Turn":
        """The same turn in the language of somebody who is told something in it."""
        return self.speaking(persons.find_person(self.db, person_id).language)

    @cached_property
    def viewer(self) -> Viewer:
        """The sender as use cases know them."""
        return Viewer(self.db, self.person_id, self.name, self.now, self.plan.levels.owing)

    @property
    def agreed(self) -> bool:
        """Whether the person agreed to what is kept; without it only navigation works."""
        return self.viewer.agreed

    @cached_property
    def offered(self) -> list[Choice]:
        """The choices that this chat was offered last, before this turn."""
        return choices_of(self.menu)

    @property
    def offered_actions(self) -> Iterator[Action]:
        """What these choices do, those that still mean something."""
        read = (decode(each.id, self.plan.periods) for each in self.offered)
        return (action for action in read if action is not None)
