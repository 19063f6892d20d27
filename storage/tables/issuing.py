"""Tables of documents that were issued: their figures and files are frozen."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from rules.documents import DocumentState
from storage.db.types import Id
from storage.tables.columns import json_value, maybe_ref, new_id, ref, time

_WAITS = text("state = 'draft'")
_STANDS = text("state = 'issued'")


class IssuedDocument(SQLModel, table=True):
    """A document about a unit's period. `kind` and `state` are a `DocumentKind` and a `DocumentState`.

    `key` says what there is only one of: the summary of a rule, an occurrence and a unit. `figures` are the frozen ones
    by language; `recipe` is what its file is made of (kind, data, name), and `sha256` its content once it is made.
    `units_of` is the day to whose units the figures are restated. `replaces` is the document in whose place it stands;
    `corrected_by` names the công văn đính chính for an error of form.
    """

    __tablename__ = "issued_document"
    __table_args__ = (
        Index("ix_issued_document_key", "key", unique=True),
        Index("ix_issued_document_draft", "person_id", sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index("ix_issued_document_unit_period", "unit_id", "period"),
        Index("ix_issued_document_replaces", "replaces", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
    )
    id: int | None = new_id()
    kind: str
    key: str | None = None
    unit_id: int = ref("unit.id")
    period: str
    units_of: date | None = None
    figures: dict[str, Any] = json_value()
    recipe: dict[str, Any] = json_value()
    as_of: datetime = time()
    number: str = ""
    dated: date | None = None
    signer: str = ""
    state: str = DocumentState.DRAFT
    person_id: int | None = maybe_ref("person.id")
    entered_at: datetime = time()
    sha256: str = ""
    replaces: int | None = maybe_ref("issued_document.id")
    corrected_by: str = ""


class IssuedReceipt(SQLModel, table=True):
    """Somebody who got an issued summary, and the figures as they were last told to them."""

    __tablename__ = "issued_receipt"
    document_id: int = Field(primary_key=True, foreign_key="issued_document.id", sa_type=Id)
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=Id, index=True)
    told: dict[str, Any] = json_value()
    told_at: datetime = time()
