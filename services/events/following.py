"""What follows for the other reports of an event when one of them changes, and whom to tell.

If another report counts from then on, its author and the one whose report counted until then are told, and those who
decide about the event; if a correction made a report differ from the others, those who decide are asked to look.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from periods.days import local_day
from rules.roles import ABOVE
from rules.same_event import deciding, parts
from services.events.alike import event_of
from services.limits import MOST_ASKED
from services.results import News, Notice
from storage.directory import staff
from storage.directory.units import UnitsOfDay, unit_tree
from storage.records import event_sets, linking, submissions
from storage.records.submissions import Report


@dataclass(frozen=True, slots=True)
class Watched:
    """A report of a set before it changes, and the one of the set that counted then."""

    set_id: int
    report: Report
    counted: Report | None


@dataclass(frozen=True, slots=True)
class Followed:
    """The report that counts instead from now on, if another one does, and whom to tell."""

    counted: Report | None = None
    notices: tuple[Notice, ...] = ()


def watch(db: Connection, report: Report) -> Watched | None:
    """Look at a locked report's set before the report changes; `None` if it is in none."""
    set_id = set_of(report)
    return None if set_id is None else Watched(set_id, report, _counted(event_sets.members(db, set_id)))


def follow(db: Connection, watched: Watched | None, by: int, now: datetime) -> Followed:
    """Say what a change that a person made means for the set of a watched report."""
    if watched is None:
        return Followed()
    members = event_sets.members(db, watched.set_id)
    counted = _counted(members)
    if counted is None or watched.counted is None or counted.id == watched.counted.id:
        return Followed()
    former = submissions.find(db, watched.counted.id)
    told = dict.fromkeys((counted.person_id, watched.counted.person_id, *_deciders(db, members, now)))
    others = (person for person in told if person != by)
    return Followed(counted, tuple(Notice(person, News.COUNTS_INSTEAD, counted, other=former) for person in others))


def follow_correction(db: Connection, watched: Watched | None, after: Report, by: int, now: datetime) -> Followed:
    """The same of a correction; if it made the report differ from another one, those who decide are asked to look."""
    followed = follow(db, watched, by, now)
    if watched is None:
        return followed
    members = event_sets.members(db, watched.set_id)
    return replace(followed, notices=(*followed.notices, *_part(db, watched, after, members, by, now)))


def deciding_unit(tree: UnitsOfDay, members: Sequence[Report]) -> str:
    """The unit whose chair or secretariat decides about these reports of one event."""
    wards = {member.unit: tree.ward_of(member.unit) for member in members}
    ward_id = deciding([ward.id if ward else None for ward in wards.values()])
    return next((ward.code for ward in wards.values() if ward and ward.id == ward_id), tree.root.code)


def set_of(report: Report) -> int | None:
    """The set that a report is in."""
    return report.facts.event_set_id if report.facts else None


def _counted(members: Sequence[Report]) -> Report | None:
    return next((member for member in members if member.facts and member.facts.counts), None)


def _deciders(db: Connection, members: Sequence[Report], now: datetime) -> list[int]:
    """Those who decide about an event; where its ward has no chair yet, the secretariat."""
    tree = unit_tree(db).on(local_day(now))
    units = (tree[deciding_unit(tree, members)], tree.root)
    there = (staff.in_units(db, [unit.id], now, offset=0, limit=MOST_ASKED) for unit in units)
    deciders = ([member.person_id for member in held if member.role in ABOVE] for held in there)
    return next(filter(None, deciders), [])


def _part(
    db: Connection, watched: Watched, after: Report, members: Sequence[Report], by: int, now: datetime
) -> Iterator[Notice]:
    tree = unit_tree(db)
    before, changed = event_of(tree, watched.report), event_of(tree, after)
    others = (member for member in members if member.id != after.id)
    parted = next((other for other in others if parts(before, changed, event_of(tree, other))), None)
    if parted is None:
        return
    linking.part(db, watched.set_id, after.id, by, now)
    for person in _deciders(db, members, now):
        if person != by:
            yield Notice(person, News.PARTED, after, other=parted)
