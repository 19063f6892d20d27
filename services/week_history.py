"""Works out anew what every unit did about its weeks, from the versions of reports and from what was said of weeks.

`unit_week` and `report_week` are kept with each change; here it is found out whether they are what the history says.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import Connection

from rules.states import LEADS_TO, ReportState
from rules.weeks import NOTHING, History, Lying, NilWord, Version, history, since
from services.projections import ACTIVITY_REPORT, days_of
from storage.records import unit_weeks
from storage.records.versions import StoredVersion, versions

UnitWeeks = dict[tuple[int, str], History]


def strays(db: Connection) -> int:
    """Count the units' weeks that are not stored as their history says. Reads every version of every report."""
    true, kept = _anew(db), unit_weeks.everything(db)
    return sum(true.get(key, NOTHING) != kept.get(key, NOTHING) for key in true.keys() | kept.keys())


def _anew(db: Connection) -> UnitWeeks:
    lying: defaultdict[tuple[int, str], list[Lying]] = defaultdict(list)
    said: defaultdict[tuple[int, str], list[NilWord]] = defaultdict(list)
    for _, written in groupby(versions(db, ACTIVITY_REPORT), key=lambda version: version.submission_id):
        for unit, week, report in _lies(list(written)):
            lying[unit, week].append(report)
    for unit, week, word in unit_weeks.words(db):
        said[unit, week].append(word)
    return {key: history(lying[key], said[key]) for key in lying.keys() | said.keys()}


def _lies(written: list[StoredVersion]) -> Iterator[tuple[int, str, Lying]]:
    """The weeks in which a report lies now, and since when."""
    days = [Version(one.at, *days_of(one.answers)) for one in written]
    first_lay, last, state = since(days), days[-1:], LEADS_TO[written[-1].deed]
    for week in since(last):
        yield written[-1].unit_id, week, Lying(ReportState(state), first_lay[week])
