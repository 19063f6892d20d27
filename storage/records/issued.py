"""Issued documents, and who got which summary."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, insert, or_, select, update

from rules.documents import DocumentKind, DocumentState
from storage import tables as t
from storage.db.upsert import insert_or_change, insert_or_keep

_ROW = t.issued_document.c
_KEEP = insert_or_keep(t.issued_document, ("key",))
_RECEIVE = insert_or_change(t.issued_receipt, ("document_id", "person_id"), ("told", "told_at"))


Entered = tuple[str, date, str]
"""With what a document is issued: number, day and signer."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A document that was issued, or is about to be; `figures` by language, `recipe` of its file."""

    id: int
    kind: DocumentKind
    unit_id: int
    period: str
    units_of: date | None
    figures: Mapping[str, Any]
    recipe: Mapping[str, Any]
    as_of: datetime
    number: str
    dated: date | None
    signer: str
    state: DocumentState
    person_id: int | None
    sha256: str
    replaces: int | None
    corrected_by: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """A summary that somebody got, and what they were last told of its figures."""

    document: Issued
    told: Mapping[str, Any]


def summary_key(rule: str, about: date, unit_id: int) -> str:
    """What makes a week's summary the only one: rule, occurrence, scope."""
    return f"{rule}|{about.isoformat()}|{unit_id}"


def by_key(db: Connection, key: str) -> Issued | None:
    """Find the document of a key."""
    return next(_found(db, _query(_ROW.key == key)), None)


def issue_summary(
    db: Connection, key: str, unit_id: int, period: str, figures: Mapping[str, Any], now: datetime
) -> Issued:
    """Issue a summary, unless that was done before or is being done elsewhere: then return the one that stands."""
    values = _values(DocumentKind.SUMMARY, unit_id, period, figures, now)
    db.execute(_KEEP.on(db).values(**values, key=key, state=DocumentState.ISSUED, recipe={}))
    standing = by_key(db, key)
    assert standing is not None  # noqa: S101 (written by us, or by whoever was first)
    return standing


def _values(kind: str, unit_id: int, period: str, figures: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    texts = {"number": "", "signer": "", "sha256": "", "corrected_by": ""}
    return {
        **texts,
        "kind": kind,
        "unit_id": unit_id,
        "period": period,
        "figures": dict(figures),
        "as_of": now,
        "entered_at": now,
    }


def receive(db: Connection, document_id: int, person_id: int, told: Mapping[str, Any], now: datetime) -> None:
    """Note which figures somebody was told of a document."""
    values = {"document_id": document_id, "person_id": person_id, "told": dict(told), "told_at": now}
    db.execute(_RECEIVE.on(db).values(values))


def received_by(db: Connection, person_id: int, since: datetime) -> list[Receipt]:
    """The summaries that somebody got and that are as of `since` or later, the latest first."""
    theirs = t.issued_receipt.c
    query = _query(theirs.person_id == person_id, _ROW.as_of >= since).add_columns(theirs.told)
    rows = db.execute(query.join(t.issued_receipt, theirs.document_id == _ROW.id))
    return [Receipt(_issued(row[:-1]), row[-1]) for row in rows]


def summary_of(db: Connection, unit_id: int, period: str) -> Issued | None:
    """The summary that was issued last of a unit's period."""
    wanted = _query(_ROW.unit_id == unit_id, _ROW.period == period, _ROW.kind == DocumentKind.SUMMARY)
    return next(_found(db, wanted.limit(1)), None)


_NAMES = tuple(Issued.__slots__)


def _query(*conditions: ColumnElement[bool]) -> Select[Any]:
    return select(*(_ROW[name] for name in _NAMES)).where(*conditions).order_by(_ROW.id.desc())


def _found(db: Connection, query: Select[Any]) -> Iterator[Issued]:
    return (_issued(row) for row in db.execute(query))


def _issued(row: Sequence[Any]) -> Issued:
    values = dict(zip(_NAMES, row, strict=True))
    kind, state = DocumentKind(values.pop("kind")), DocumentState(values.pop("state"))
    return Issued(kind=kind, state=state, **values)


def enter(db: Connection, *, kind: DocumentKind, unit_id: int, period: str, now: datetime, **entered: Any) -> int:
    """Put down what is to be issued once its file is made: number, day, signer, recipe, and so on."""
    values = {**_values(kind, unit_id, period, {}, now), "state": DocumentState.DRAFT, **entered}
    return int(db.execute(insert(t.issued_document).values(values).returning(_ROW.id)).scalar_one())


def freeze(
    db: Connection, document_id: int, entered: Entered, figures: Mapping[str, Any], sha256: str, as_of: datetime
) -> bool:
    """Freeze figures and file, once and for good.

    False if that was done, if another one replaces the same, or if what is `entered` is no longer what the file says.
    """
    other = t.issued_document.alias("other")
    taken = exists().where(other.c.replaces == _ROW.replaces, other.c.state == DocumentState.ISSUED)
    values = {"figures": dict(figures), "sha256": sha256, "as_of": as_of, "state": DocumentState.ISSUED}
    number, dated, signer = entered
    as_written = (_ROW.number == number, _ROW.dated == dated, _ROW.signer == signer)
    waiting = (_ROW.id == document_id, _ROW.state == DocumentState.DRAFT, ~taken.correlate(t.issued_document))
    return db.execute(update(t.issued_document).where(*waiting, *as_written).values(values)).rowcount > 0


def find(db: Connection, document_id: int) -> Issued | None:
    """Find a document."""
    return next(_found(db, _query(_ROW.id == document_id)), None)


def waiting_of(db: Connection, person_id: int) -> Issued | None:
    """The document that somebody began to issue last."""
    return next(_found(db, _query(_ROW.person_id == person_id, _ROW.state == DocumentState.DRAFT).limit(1)), None)


def fill(db: Connection, document_id: int, number: str, day: date, signer: str) -> None:
    """Enter number, day and signer of a draft."""
    waiting = (_ROW.id == document_id, _ROW.state == DocumentState.DRAFT)
    db.execute(update(t.issued_document).where(*waiting).values(number=number, dated=day, signer=signer))


def listed(
    db: Connection, summaries_of: Collection[int], units: Collection[int], *, offset: int, limit: int
) -> list[Issued]:
    """The issued documents about some units, and the summaries of fewer of them, the latest first."""
    summaries = and_(_ROW.kind == DocumentKind.SUMMARY, _ROW.unit_id.in_(summaries_of))
    documents = and_(_ROW.kind != DocumentKind.SUMMARY, _ROW.unit_id.in_(units))
    query = _query(_ROW.state == DocumentState.ISSUED, or_(summaries, documents)).offset(offset).limit(limit)
    return list(_found(db, query))


def all_listed(db: Connection, most: int) -> list[Issued]:
    """All issued documents and summaries, the latest first."""
    return list(_found(db, _query(_ROW.state == DocumentState.ISSUED).limit(most)))


def replaced_by(db: Connection, document_id: int) -> Issued | None:
    """The issued document that stands in the place of another."""
    return next(_found(db, _query(_ROW.replaces == document_id, _ROW.state == DocumentState.ISSUED)), None)


def correct_form(db: Connection, document_id: int, by: str) -> None:
    """Note the công văn that corrects an error of form."""
    db.execute(update(t.issued_document).where(_ROW.id == document_id).values(corrected_by=by))
