"""The author of a report says that nobody knows who of its people were women or men: nobody is asked again."""

from sqlalchemy import Connection

from services import reports
from services.results import Refused
from services.viewer import Viewer
from storage.records import unsorted
from storage.records.submissions import Report


def leave(db: Connection, viewer: Viewer, report_id: int, seen: int) -> Report | Refused:
    """Leave them unsorted for good. What the report says stays, so that it keeps its state and revision."""
    report = reports.hold_to_complete(db, viewer, report_id, seen)
    if not isinstance(report, Refused):
        unsorted.nobody_knows(db, report.id)
    return report
