"""A report keeps what deserves a look with the answers that it is about, and what was said about it with the deed."""

from datetime import date
from typing import Any

from sqlalchemy import Connection

from rules.states import Deed, ReportState
from rules.warnings import Remarks, ReportWarning, WarningRule
from storage.records import submissions
from storage.records.submissions import Report, Why
from tests.conversation import Town

USUAL = ReportWarning(WarningRule.HISTORY, "women", {"count": 450, "low": 20, "high": 60, "of": 12, "kind": "event"})


def sent(gv: Town) -> Report:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.reports()
    report = gv.database.read(lambda db: submissions.find(db, 1))
    assert report is not None
    return report


def test_warnings_stay_with_the_answers_and_reasons_with_the_deed(gv: Town) -> None:
    report = sent(gv)
    assert (report.warnings, report.reason) == ((), "")
    projected = submissions.Projected(date(2020, 11, 18))

    def correct_and_return(db: Connection) -> tuple[Report | None, Report | None]:
        now, person = report.sent_at, report.person_id
        doubtful = Remarks((USUAL,), "cả phường cùng dự")
        said: dict[str, Any] = {"person_id": person, "answers": report.answers, "projected": projected}
        submissions.correct(db, report, **said, now=now, remarks=doubtful)
        corrected = submissions.find(db, report.id)
        assert corrected is not None
        submissions.set_state(
            db, corrected, state=ReportState.RETURNED, person_id=person, deed=Deed.RETURN, now=now, why=Why("450?")
        )
        return corrected, submissions.find(db, report.id)

    corrected, returned = gv.database.write(correct_and_return).result()
    assert corrected is not None
    assert returned is not None
    assert (corrected.warnings, corrected.reason) == ((USUAL,), "cả phường cùng dự")
    assert (returned.warnings, returned.reason) == ((USUAL,), "450?")
