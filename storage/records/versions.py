"""Reads all versions of reports, one after another, however many there are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from storage import tables as t

AT_ONCE = 2_000
"""Versions that are in memory at a time."""


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A version of a report; `deed` made it."""

    submission_id: int
    unit_id: int
    at: datetime
    deed: str
    answers: Mapping[str, Any]


def versions(db: Connection, form_id: str) -> Iterator[StoredVersion]:
    """Read every version of the reports by a form, report by report, in the order in which they were written."""
    report, version = t.submission.c, t.submission_revision.c
    query = (
        select(report.id, report.unit_id, version.at, version.action, version.answers)
        .join(t.submission_revision, version.submission_id == report.id)
        .where(report.form_id == form_id)
        .order_by(report.id, version.revision)
        .execution_options(yield_per=AT_ONCE)
    )
    return (StoredVersion(*row) for row in db.execute(query))
