"""Issues documents: number, day and signer are entered, then figures and file are frozen for good.

The file is made after the turn from one snapshot, together with the figures that are frozen with it
(`reports.files.issued`, `scheduler.freezing`). A wrong content is replaced by a document that names the one that it
replaces; an error of form is corrected by a công văn (Decree 30/2020, Article 18).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlalchemy import Connection

from messages import Document
from periods.days import local_day
from periods.period import Period, period_of
from plan.model import Plan
from reports.beside import Beside
from reports.differences import ChangedCell, changed_cells
from reports.figures import Figures
from reports.files.issued import ISSUED, counted_in
from reports.frozen import BESIDE, beside_from_json, from_json
from reports.letters.recipe import DRAFT_LETTER
from reports.reckoning import figures_of
from rules.documents import DocumentKind, DocumentState
from services import access
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.directory.units import unit_tree
from storage.records import issued
from storage.records.issued import Issued

LONGEST_NUMBER, LONGEST_SIGNER = 60, 100
"""Characters of a document's number with its symbol, and of a name."""
_KINDS: Mapping[str, DocumentKind] = {"letter": DocumentKind.LETTER, DRAFT_LETTER: DocumentKind.PLAN}
"""What is no workbook, by the kind of its recipe."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An issued document as somebody sees it: its unit, its figures, what replaced it, and what has changed since."""

    document: Issued
    unit: str
    title: str
    period: Period
    figures: Figures | None
    beside: Beside | None
    """What a summary was compared with when it was sent."""
    replaces: Issued | None
    replaced_by: Issued | None
    now: Figures | None

    @property
    def changed(self) -> tuple[ChangedCell, ...]:
        """The figures that are others now than in the document."""
        return changed_cells(self.figures, self.now) if self.figures and self.now else ()


def kind_of(document: Document) -> DocumentKind:
    """The kind of document that a recipe makes."""
    return _KINDS.get(document.kind, DocumentKind.WORKBOOK)


def begin(
    db: Connection,
    viewer: Viewer,
    *,
    unit: str,
    period: Period,
    document: Document,
    replaces: int = 0,
    lacking: Sequence[str] = (),
) -> int | Refused:
    """Put down that a document is to be issued, by its number; number, day and signer come next.

    `lacking` are the parts of it that nobody has written yet: with empty parts nothing is issued.
    """
    kind = kind_of(document)
    if not access.may_issue(viewer, unit, kind):
        return Refused(Refusal.UNKNOWN)
    old = issued.find(db, replaces) if replaces else None
    if lacking or (replaces and (old is None or not _may_be_replaced(db, old, unit, viewer))):
        return Refused(Refusal.MOVED_ON)
    recipe = {"kind": document.kind, "data": dict(document.data), "name": document.name}
    return issued.enter(
        db,
        kind=kind,
        unit_id=viewer.tree[unit].id,
        period=period.code,
        now=viewer.now,
        recipe=recipe,
        person_id=viewer.person_id,
        replaces=replaces or None,
    )


def _may_be_replaced(db: Connection, old: Issued, unit: str, viewer: Viewer) -> bool:
    stands = old.state is DocumentState.ISSUED and old.kind is not DocumentKind.SUMMARY
    return stands and old.unit_id == viewer.tree[unit].id and issued.replaced_by(db, old.id) is None


def is_begun(db: Connection, viewer: Viewer) -> bool:
    """Whether the person has begun to issue a document."""
    return viewer.agreed and issued.waiting_of(db, viewer.person_id) is not None


def fill(db: Connection, viewer: Viewer, number: str, day: date, signer: str) -> Issued | None:
    """Enter number, day and signer of the document that the person began last; `None` if they began none."""
    waiting = issued.waiting_of(db, viewer.person_id) if viewer.agreed else None
    if waiting is None or day > viewer.today:
        return None
    issued.fill(db, waiting.id, number[:LONGEST_NUMBER], day, signer[:LONGEST_SIGNER])
    return issued.find(db, waiting.id)


def to_be_made(db: Connection, viewer: Viewer, document_id: int) -> Document | Refused:
    """The file to make of a document whose number, day and signer are entered, and that is not issued yet."""
    found = issued.find(db, document_id)
    if found is None or found.person_id != viewer.person_id or not viewer.agreed:
        return Refused(Refusal.UNKNOWN)
    unit = unit_tree(db).on(viewer.today).unit(found.unit_id).code
    is_ready = found.state is DocumentState.DRAFT and found.number and found.dated is not None
    is_replaced = found.replaces is not None and issued.replaced_by(db, found.replaces) is not None
    if not is_ready or is_replaced or not access.may_issue(viewer, unit, found.kind):
        return Refused(Refusal.MOVED_ON)
    return Document(ISSUED, {"document": found.id}, str(found.recipe["name"]))


def listed(db: Connection, viewer: Viewer, *, offset: int, limit: int) -> list[Issued]:
    """The issued documents that the person may see, the latest first; of summaries those of their own units."""
    if not viewer.agreed or viewer.home is None:
        return []
    own = {held.unit_id for held in viewer.roles}
    inside = {unit_id for held in viewer.roles for unit_id in viewer.tree.inside(held.unit)}
    return issued.listed(db, own, inside, offset=offset, limit=limit)


def see(db: Connection, viewer: Viewer, plan: Plan, document_id: int, language: str) -> Seen | Refused:
    """Show an issued document, with what has changed since."""
    found = issued.find(db, document_id)
    if found is None or found.state is not DocumentState.ISSUED:
        return Refused(Refusal.UNKNOWN)
    tree = unit_tree(db)
    unit = tree.on(viewer.today).unit(found.unit_id)
    if not access.may_see_figures(viewer, unit.code):
        return Refused(Refusal.UNKNOWN)
    figures = from_json(found.figures[language]) if language in found.figures else None
    period = figures.period if figures else period_of(found.period)
    count = partial(figures_of, units_of=found.units_of, only=counted_in(found))
    now = count(db, plan, unit.code, period, viewer.now, language) if figures else None
    return Seen(
        document=found,
        unit=unit.code,
        title=tree.on(period.last).title_of(unit.id),
        period=period,
        figures=figures,
        beside=beside_from_json(found.figures.get(BESIDE)),
        replaces=issued.find(db, found.replaces) if found.replaces else None,
        replaced_by=issued.replaced_by(db, found.id),
        now=now,
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """A summary that was sent, by its number, and its figures."""

    document: int
    figures: Figures


def since_sent(db: Connection, viewer: Viewer, figures: Figures) -> Sent | None:
    """The summary of a unit and period as it was sent; `None` if none was, or not of these units."""
    unit = viewer.tree.find(figures.unit)
    sent = issued.summary_of(db, unit.id, figures.period.code) if unit and not figures.basis.units_of else None
    if sent is None or figures.language not in sent.figures:
        return None
    return Sent(sent.id, from_json(sent.figures[figures.language]))


def correct_form(db: Connection, viewer: Viewer, document_id: int, by: str, now: datetime) -> bool:
    """Note the công văn that corrects an error of form. False if there is no such document for this person."""
    found = issued.find(db, document_id)
    if found is None or found.state is not DocumentState.ISSUED or found.dated is None:
        return False
    if not access.may_issue(viewer, unit_tree(db).on(local_day(now)).unit(found.unit_id).code, found.kind):
        return False
    issued.correct_form(db, found.id, by[:LONGEST_NUMBER])
    return True
