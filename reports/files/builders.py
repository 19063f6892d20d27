"""The one table of files that can be made: by kind of document its builder."""

from collections.abc import Mapping

from reports.files.building import Builder, UnknownFileError
from reports.files.csv_files import build_csv
from reports.files.issued import ISSUED, issuing
from reports.files.workbook import build_workbook
from reports.letters.making import build_letter

BUILDERS: Mapping[str, Builder] = {
    "csv": build_csv,
    "workbook": build_workbook,
    "letter": build_letter,
}


def builder_of(kind: str) -> Builder:
    """The builder of a kind of document. Raises `UnknownFileError`."""
    if kind == ISSUED:
        return issuing(builder_of)
    if kind not in BUILDERS:
        raise UnknownFileError(f"no file of the kind {kind!r}; known are {', '.join(sorted(BUILDERS))}")
    return BUILDERS[kind]
