"""Asks for files that are made after the turn: workbooks, letters, tables. Who may is decided when a file is asked for.

A recipe names all that its file shows (unit, period, language): whoever gets it later gets nothing else, since the file
is stored with the order and never made again for a link.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from messages import Choice, Document, Outgoing
from reports.rendering import content_hash
from services.limits import MOST_FILES_WAITING, SENT_ANEW
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.delivery import file_orders
from storage.delivery.file_orders import Order


def order(
    db: Connection,
    viewer: Viewer,
    document: Document,
    *,
    account_id: int,
    inbox_id: int,
    choices: Iterable[Choice],
    sorry: Outgoing,
    now: datetime,
    attachment_id: int | None = None,
) -> Refused | None:
    """Ask for a file, to be sent to this chat. The caller has decided that the person may have all that is in it.

    With an `attachment_id` it is made of what somebody sent, once that is here.
    """
    if file_orders.count_waiting(db, viewer.person_id) >= MOST_FILES_WAITING:
        return Refused(Refusal.FULL)
    recipe = content_hash(document.kind, document.data)
    asked = Order(viewer.person_id, document, recipe, tuple(choices), sorry, account_id, inbox_id, attachment_id)
    file_orders.add(db, asked, now)
    return None


def send_to(
    db: Connection, person_id: int, document: Document, *, choices: Iterable[Choice], sorry: Outgoing, now: datetime
) -> bool:
    """Have a file made for somebody who did not ask, as a notice; the caller has decided that they may have it.

    False if the same file was sent to them a moment ago: a second tap sends nothing.
    """
    recipe = content_hash(document.kind, document.data)
    if file_orders.was_sent(db, person_id, recipe, now - SENT_ANEW):
        return False
    file_orders.add(db, Order(person_id, document, recipe, tuple(choices), sorry), now)
    return True
