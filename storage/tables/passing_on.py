"""Tables of what passes between people: a role that is handed over, and a word kept for the morning."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from storage.tables.columns import maybe_ref, maybe_time, new_id, ref, time


class Handover(SQLModel, table=True):
    """Somebody's role goes to another person: to one who is known, or to whoever comes by an invitation.

    `done_at` is when it went; until then the role goes on.
    """

    id: int | None = new_id()
    assignment_id: int = ref("assignment.id", index=True)
    invitation_id: int | None = maybe_ref("invitation.id", index=True)
    to_person_id: int | None = maybe_ref("person.id")
    by_person_id: int = ref("person.id")
    at: datetime = time()
    done_at: datetime | None = maybe_time()


class PlannedNudge(SQLModel, table=True):
    """A unit that is to be asked for a week's report in the morning of a day, on the word of a person."""

    __tablename__ = "planned_nudge"
    __table_args__ = (UniqueConstraint("unit_id", "local_day"),)
    id: int | None = new_id()
    unit_id: int = ref("unit.id")
    week: str
    person_id: int = ref("person.id")
    local_day: date
    at: datetime = time()
