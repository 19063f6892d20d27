"""Files of a period's figures: for whoever looks after the unit, and for the chairs in it, each of their own unit."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from messages import Document
from periods.period import Period
from reports.files.scope import Wanted
from rules.levels import Level
from rules.roles import Role
from services import access
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.directory import accounts, holders, persons

FORMS: Mapping[str, str] = {"xlsx": "workbook", "csv": "csv"}
"""The kinds of documents by their form, as people ask for it."""


@dataclass(frozen=True, slots=True)
class ForChair:
    """A chair who is to get a file of their unit."""

    person_id: int
    unit: str
    document: Document
    language: str


def document_of(unit: str, period: Period, form: str, language: str) -> Document:
    """The recipe of a unit's period, without what small numbers would give away."""
    ending = "csv.zip" if form == "csv" else form
    name = f"{'summary' if language == 'en' else 'tong-hop'}-{unit}-{period.code}.{ending}"
    return Document(FORMS[form], Wanted(unit, period, language).written(), name)


def exported(viewer: Viewer, unit: str, period: Period, form: str, language: str) -> Document | Refused:
    """The file that somebody may have: of a unit that they look after."""
    if form not in FORMS or not access.may_export(viewer, unit):
        return Refused(Refusal.UNKNOWN)
    return document_of(unit, period, form, language)


def shares_with(level: Level, viewer: Viewer, unit: str) -> bool:
    """Whether the person may send the chairs in a unit their files, and these are chairs of this level."""
    return access.may_share_out(viewer, unit) and any(below.level == level for below in viewer.tree.chaired(unit))


def chairs_in(db: Connection, viewer: Viewer, unit: str, period: Period, form: str) -> list[ForChair] | Refused:
    """The chairs of the units directly below a unit who can be reached, with their files."""
    if not access.may_share_out(viewer, unit):
        return Refused(Refusal.UNKNOWN)
    chaired = {below.code for below in viewer.tree.chaired(unit)}
    found = holders.holders(db, (Role.WARD_CHAIR,), viewer.now, viewer.now)
    people = {(each.person_id, each.unit) for each in found if each.person_id is not None and each.unit in chaired}
    people = {(person, below) for person, below in people if accounts.can_be_reached(db, person)}
    return [_for(db, person, below, period, form) for person, below in sorted(people, key=lambda each: each[::-1])]


def _for(db: Connection, person_id: int, unit: str, period: Period, form: str) -> ForChair:
    language = persons.find_person(db, person_id).language
    return ForChair(person_id, unit, document_of(unit, period, form, language), language)
