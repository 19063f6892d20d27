"""Turns what a closed period refuses into a request to the secretariat, and shows what was asked for.

A request holds everything that it takes to do later exactly what was asked for: the answers or the deed, and the
reports that it is about, at the revisions that were seen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from rules.roles import Role
from services import access
from services.results import Requested, RequestNews, RequestNotice
from services.viewer import Viewer
from storage.directory.holders import holders
from storage.records import change_requests
from storage.records.change_requests import ChangeRequest, Records
from storage.records.closed_periods import Closed
from storage.tables.states import RequestKind


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody would have done, were the period open. `about` tells it from others of its kind.

    `deed` says it as data, for `services.admitting`; `records` are all reports that it would change, `interview_id` is
    the one whose answers it holds.
    """

    kind: RequestKind
    unit_id: int
    about: str
    deed: Mapping[str, Any] = field(default_factory=dict)
    records: Records = ()
    interview_id: int | None = None


def ask(db: Connection, viewer: Viewer, wish: Wish, closed: Closed, now: datetime) -> Requested:
    """Ask the secretariat for it, once. They are told of the first one that waits; the others are in their digest."""
    is_first, key = not change_requests.count_waiting(db), f"{wish.kind}:{wish.about}"
    values = {
        "kind": wish.kind,
        "unit_id": wish.unit_id,
        "person_id": viewer.person_id,
        "asked_at": now,
        "period_id": closed.id,
        "interview_id": wish.interview_id,
        "deed": dict(wish.deed),
        "open_key": key,
    }
    added = change_requests.add(db, values, wish.records)
    request = change_requests.find_open(db, key)
    assert request is not None  # noqa: S101 (just added, or the one that kept it from being added)
    notices = _to_secretariat(db, viewer, request, now) if added is not None and is_first else ()
    return Requested(request, closed, added is not None, notices)


def _to_secretariat(db: Connection, viewer: Viewer, request: ChangeRequest, now: datetime) -> tuple[RequestNotice, ...]:
    people = {holder.person_id for holder in holders(db, [Role.SECRETARIAT], now, now)} - {viewer.person_id, None}
    return tuple(RequestNotice(person, RequestNews.ASKED, request) for person in sorted(filter(None, people)))


def find(db: Connection, viewer: Viewer, request_id: int) -> ChangeRequest | None:
    """Find a request, if this person may see it."""
    request = change_requests.find(db, request_id)
    return request if request is not None and access.may_see_request(viewer, request.person_id) else None


def waiting(db: Connection, viewer: Viewer, *, offset: int, limit: int) -> list[ChangeRequest]:
    """List what waits for the secretariat, the oldest first."""
    return change_requests.waiting(db, offset=offset, limit=limit) if access.may_close(viewer) else []


def count_waiting(db: Connection, viewer: Viewer) -> int:
    """Count what waits for the secretariat; 0 for all others."""
    return change_requests.count_waiting(db) if access.may_close(viewer) else 0


def own(db: Connection, viewer: Viewer, *, offset: int, limit: int) -> list[ChangeRequest]:
    """List what the person asked for, the newest first."""
    if not viewer.agreed:
        return []
    return change_requests.of_person(db, viewer.person_id, offset=offset, limit=limit)
