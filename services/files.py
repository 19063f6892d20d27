"""Photos and files that people send: kept where something wants them, within each person's share of a day."""

from datetime import datetime, time

from sqlalchemy import Connection

from messages import File
from periods.days import ZONE
from services.limits import BYTES_A_DAY, FILES_A_DAY
from services.viewer import Viewer
from storage.records import attachments


def has_sent_enough(db: Connection, viewer: Viewer, file: File) -> bool:
    """Whether one more file is more than can be kept from a person today."""
    today = datetime.combine(viewer.today, time(), ZONE)
    count, size = attachments.sent_since(db, viewer.person_id, today)
    return count >= FILES_A_DAY or size + file.size > BYTES_A_DAY
