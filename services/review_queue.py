"""What waits for somebody's approval, and approving several at once, each as it was seen.

Whoever approves "all without a warning" means those that waited when the queue was shown: what came or changed since is
not among them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from sqlalchemy import Connection

from services import review
from services.limits import MOST_APPROVED
from services.results import Changed, Refusal, Refused, Requested
from services.viewer import Viewer
from storage.records import review_queue
from storage.records.review_queue import Waiting
from storage.records.submissions import Report

Seen = tuple[int, int]
"""A report and the revision that was seen."""


@dataclass(frozen=True, slots=True)
class Clear:
    """The reports without a warning that wait: `until` is the last version of a report that the queue knew.

    `print` tells them, with their revisions, from any others.
    """

    count: int
    until: int
    print: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the queue. `all` is the whole queue; `reports` are those of the page, `photos` those with a photo."""

    all: Sequence[Waiting]
    shown: Sequence[Waiting]
    reports: Sequence[Report]
    photos: frozenset[int]
    clear: Clear


@dataclass(frozen=True, slots=True)
class Approved:
    """What was approved at once, what could not be since it had changed, and what waits for the secretariat."""

    done: tuple[Report, ...] = ()
    changed: int = 0
    requested: tuple[Requested, ...] = ()


def waiting(db: Connection, viewer: Viewer) -> list[Waiting]:
    """List all that wait for the person, the doubtful and the mended ones first."""
    if not viewer.agreed:
        return []
    held = [(role.role, role.unit) for role in viewer.roles]
    scope = review_queue.scope(db, viewer.tree, held, viewer.now)
    return review_queue.waiting(db, scope, viewer.person_id) if scope.units or scope.chairs else []


def page(db: Connection, viewer: Viewer, *, offset: int, limit: int) -> Page:
    """Read a page of it."""
    found = waiting(db, viewer)
    shown = found[offset : offset + limit]
    ids = [one.id for one in shown]
    read, photos = review_queue.reports(db, ids), review_queue.with_photos(db, ids)
    return Page(found, shown, read, photos, _clear(found, max((one.version for one in found), default=0)))


def approve_shown(db: Connection, viewer: Viewer, shown: Sequence[Seen], now: datetime) -> Approved:
    """Approve some reports, each if it is still as it was seen."""
    return _approve(db, viewer, shown[:MOST_APPROVED], now)


def approve_clear(db: Connection, viewer: Viewer, until: int, seen_print: int, now: datetime) -> Approved | Refused:
    """Approve all without a warning that waited when the queue was shown, unless one of these has changed since."""
    found = [one for one in waiting(db, viewer) if one.version <= until]
    meant = _meant(found)
    if not meant or _print(meant) != seen_print:
        return Refused(Refusal.MOVED_ON)
    return _approve(db, viewer, meant, now)


def _clear(found: Iterable[Waiting], until: int) -> Clear:
    meant = _meant(found)
    return Clear(len(meant), until, _print(meant))


def _meant(found: Iterable[Waiting]) -> list[Seen]:
    """Choose what one tap approves: the first ones without a warning."""
    return [(one.id, one.revision) for one in found if not one.warned][:MOST_APPROVED]


def _print(seen: Iterable[Seen]) -> int:
    return crc32(",".join(f"{report}.{revision}" for report, revision in seen).encode())


def _approve(db: Connection, viewer: Viewer, seen: Iterable[Seen], now: datetime) -> Approved:
    done, changed, requested = [], 0, []
    for report_id, revision in sorted(seen):  # in order of their ids, so that two who do so never wait for one another
        match review.approve(db, viewer, report_id, revision, now):
            case Changed(report):
                done.append(report)
            case Requested() as request:
                requested.append(request)
            case _:
                changed += 1
    return Approved(tuple(done), changed, tuple(requested))
