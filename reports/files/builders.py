"""The one table of files that can be made: by kind of document its builder."""

from collections.abc import Mapping

from reports.files.building import Builder, UnknownFileError
from reports.files.cards import build_cards
from reports.files.csv_files import build_csv
from reports.files.draft_sheets import DRAFT_SHEET, read_draft_sheet
from reports.files.drafts import DRAFTS, build_drafts
from reports.files.invitees import INVITEES, read_invitees
from reports.files.issued import ISSUED, issuing
from reports.files.workbook import build_workbook
from reports.invitation_sheet import SHEET
from reports.letters.making import build_draft_letter, build_letter
from reports.letters.recipe import DRAFT_LETTER
from reports.poster import POSTER, build_poster

BUILDERS: Mapping[str, Builder] = {
    "csv": build_csv,
    "workbook": build_workbook,
    "letter": build_letter,
    DRAFT_LETTER: build_draft_letter,
    SHEET: build_cards,
    POSTER: build_poster,
    INVITEES: read_invitees,
    DRAFTS: build_drafts,
    DRAFT_SHEET: read_draft_sheet,
}


def builder_of(kind: str) -> Builder:
    """The builder of a kind of document. Raises `UnknownFileError`."""
    if kind == ISSUED:
        return issuing(builder_of)
    if kind not in BUILDERS:
        raise UnknownFileError(f"no file of the kind {kind!r}; known are {', '.join(sorted(BUILDERS))}")
    return BUILDERS[kind]
