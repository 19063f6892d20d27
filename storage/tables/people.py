"""Units, and the people who act for them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import json_value, key_ref, maybe_ref, maybe_time, new_id, ref, time


class Unit(SQLModel, table=True):
    """A district, ward, neighbourhood or agency, from its first to its last day; its name and parent are versions."""

    __table_args__ = (UniqueConstraint("code", "valid_from"),)
    id: int | None = new_id()
    code: str = Field(index=True)
    level: str
    valid_from: date
    valid_to: date | None = None
    sample: bool = False


class UnitVersion(SQLModel, table=True):
    """A unit's name and parent, from a day to a day; the newest has no end of its own, it ends with its unit."""

    __tablename__ = "unit_version"
    unit_id: int = key_ref("unit.id")
    valid_from: date = Field(primary_key=True)
    valid_to: date | None = None
    name: str
    parent_id: int | None = maybe_ref("unit.id", index=True)


class UnitImport(SQLModel, table=True):
    """A list of units that was imported, and the rows as they were before: with them it can be taken back."""

    __tablename__ = "unit_import"
    id: int | None = new_id()
    at: datetime = time()
    files: str
    before: dict[str, Any] = json_value()
    undone_at: datetime | None = maybe_time()


class UnitChange(SQLModel, table=True):
    """A merger, split, renaming or move, with the resolution that ordered it. `on_date` is the first day after it.

    A unit that keeps its code is its own successor.
    """

    __tablename__ = "unit_change"
    id: int | None = new_id()
    kind: str
    from_unit_id: int = ref("unit.id", index=True)
    to_unit_id: int = ref("unit.id", index=True)
    on_date: date
    resolution: str = ""
    import_id: int | None = maybe_ref("unit_import.id")


class Person(SQLModel, table=True):
    id: int | None = new_id()
    name: str
    language: str = "vi"
    created_at: datetime = time()
    is_sample: bool = False
    """Made by the demo or a sample spread, never a real officer."""


class Account(SQLModel, table=True):
    """A presence on a channel; `usable` is false once the platform refuses to deliver to it.

    A stranger's account has no person: it holds the address that the one answer goes to, until it is swept.
    """

    __table_args__ = (UniqueConstraint("channel", "bot", "external_id"),)
    id: int | None = new_id()
    person_id: int | None = maybe_ref("person.id", index=True)
    channel: str
    bot: str
    external_id: str
    usable: bool = True
    created_at: datetime = time()
    last_used_at: datetime = time()


class Stranger(SQLModel, table=True):
    """A sender whom nobody invited, or who tries wrong codes: a hash and counts, no content (reliability R9)."""

    key: str = Field(primary_key=True)
    seen: int = 0
    seen_on: date = Field(index=True)
    answered_on: date | None = None
    wrong_codes: int = 0
    barred_until: datetime | None = maybe_time()


class Assignment(SQLModel, table=True):
    """A person's role in a unit, from a day to a day; it may follow one in a unit that has ended.

    `invitation_id` is the invitation by which the person came into it.
    """

    id: int | None = new_id()
    person_id: int = ref("person.id", index=True)
    role: str
    unit_id: int = ref("unit.id", index=True)
    since: datetime = time()
    until: datetime | None = maybe_time()
    follows_id: int | None = maybe_ref("assignment.id", index=True)
    invitation_id: int | None = maybe_ref("invitation.id")


class ChangeTold(SQLModel, table=True):
    """Somebody was told, about one of their roles, what has become of its unit by a day."""

    __tablename__ = "change_told"
    assignment_id: int = key_ref("assignment.id")
    on_date: date = Field(primary_key=True)
    at: datetime = time()


class Invitation(SQLModel, table=True):
    """A code's hash, and the role that joining by it gives.

    `name` is whom a list invites by it, until they come: then it is theirs. `revoked_at`: somebody took the code back.
    `sealed` is the code itself while it waits, to be read with the installation's secret alone, which is in no table.
    """

    __table_args__ = (
        Index(
            "ix_invitation_readable",
            "expires_at",
            sqlite_where=text("name <> '' OR sealed <> ''"),
            postgresql_where=text("name <> '' OR sealed <> ''"),
        ),
    )
    id: int | None = new_id()
    code_hash: str = Field(unique=True)
    role: str
    unit_id: int = ref("unit.id", index=True)
    name: str = Field(default="", sa_column_kwargs={"server_default": ""})
    created_by: int | None = maybe_ref("person.id")
    created_at: datetime = time()
    expires_at: datetime = time()
    uses_left: int = 1
    used: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    sealed: str = Field(default="", sa_column_kwargs={"server_default": ""})
    revoked_at: datetime | None = maybe_time()


class Newcomer(SQLModel, table=True):
    """Somebody who came by a ward's code, and their way in: they say which unit is theirs, then the ward decides.

    `told_at`: those who decide know of them.
    """

    __table_args__ = (
        Index(
            "ix_newcomer_waiting",
            "ward_id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )
    id: int | None = new_id()
    person_id: int = ref("person.id", index=True)
    invitation_id: int = ref("invitation.id")
    ward_id: int = ref("unit.id")
    unit_id: int | None = maybe_ref("unit.id")
    state: str
    came_at: datetime = time()
    told_at: datetime | None = maybe_time()
    decided_at: datetime | None = maybe_time()
    decided_by: int | None = maybe_ref("person.id")


class Consent(SQLModel, table=True):
    """A person's consent to a purpose, with the version of the text shown."""

    __table_args__ = (UniqueConstraint("person_id", "purpose", "text_version"),)
    id: int | None = new_id()
    person_id: int = ref("person.id")
    purpose: str
    text_version: str
    given_at: datetime = time()
    withdrawn_at: datetime | None = maybe_time()
