"""Lists of people to invite that somebody sent: what inviting them would do, and doing it after a yes.

Of a list nothing is kept but name, role and unit of each row, and these only until the answer.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

from plan.inviting import Invitee
from reports.files.invitees import INVITEES
from rules.roles import Role
from services import access
from services.directory.codes import Seal
from services.directory.inviting import Made, Prospect, invite_all, prospect
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.delivery import file_orders


def look_at(db: Connection, viewer: Viewer, people: Any, seal: Seal) -> Prospect:
    """What inviting the people of a list would do; those are left out whom this person may not invite."""
    listed = [person for person in _listed(viewer, people) if access.may_invite(viewer, person.role, person.unit.code)]
    return prospect(db, listed, viewer.now, seal)


def invite_listed(
    db: Connection, viewer: Viewer, list_id: int, new_code: Callable[[], str], seal: Seal
) -> tuple[Made, ...] | Refused:
    """Make the invitations of a list that this person sent, once; then its names are forgotten."""
    read = file_orders.read_of(db, list_id, viewer.person_id, INVITEES)
    if read is None or not read.get("people"):
        return Refused(Refusal.UNKNOWN)
    wanted = look_at(db, viewer, read["people"], seal)
    made = invite_all(db, wanted, new_code, seal, viewer.person_id, viewer.now)
    file_orders.note(db, list_id, {})
    return made


def drop(db: Connection, viewer: Viewer, list_id: int) -> None:
    """Forget a list that this person sent."""
    if file_orders.read_of(db, list_id, viewer.person_id, INVITEES) is not None:
        file_orders.note(db, list_id, {})


def keep(db: Connection, list_id: int, read: Mapping[str, Any]) -> None:
    """Keep a list until the answer."""
    file_orders.note(db, list_id, {"people": read["people"]})


def _listed(viewer: Viewer, people: Any) -> Iterator[Invitee]:
    for row, name, role, code in people:
        unit = viewer.tree.find(code)
        if unit is not None and unit.role == role:
            yield Invitee(row, name, Role(role), unit)
