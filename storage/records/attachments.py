"""Photos and files: those of a submission, and those that are still to be fetched from their platform.

A row is `pending` until its bytes are under the media folder, then `stored`; or it is `lost`, and its author is told
once. Two replicas may fetch the same file: its content names it, and the first to finish decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, or_, select, update

from storage import tables as t
from storage.db.prepared import Prepared
from storage.records import photo_looks
from storage.tables.states import AttachmentState

LONGEST_WAIT = timedelta(hours=1)
"""The longest until the next try. A time further ahead was written by a clock that was wrong, and counts as over."""


_ROW = t.attachment.c
_COUNT = Prepared(
    select(func.count()).where(
        _ROW.submission_id == bindparam("submission"), _ROW.is_image, _ROW.state != AttachmentState.LOST
    )
)


@dataclass(frozen=True, slots=True)
class Pending:
    """A photo or file to fetch; `remote` is the platform's name for it."""

    id: int
    person_id: int
    submission_id: int | None
    remote: str
    is_image: bool
    attempts: int
    language: str


def pending(db: Connection, channel: str, bot: str, machine: datetime, limit: int) -> list[Pending]:
    """List what a bot may fetch now (back-off is on the machine's clock): each person's oldest, then their next."""
    row = t.attachment.c
    nth = func.row_number().over(partition_by=row.person_id, order_by=row.id)
    query = (
        select(row.id, row.person_id, row.submission_id, row.remote, row.is_image, row.attempts, t.person.c.language)
        .join(t.account, t.account.c.id == row.account_id)
        .join(t.person, t.person.c.id == row.person_id)
        .where(row.state == AttachmentState.PENDING, t.account.c.channel == channel, t.account.c.bot == bot)
        .where(or_(row.next_at.is_(None), row.next_at <= machine, row.next_at > machine + LONGEST_WAIT))
        .order_by(nth, row.id)
        .limit(limit)
    )
    return [Pending(*values) for values in db.execute(query)]


def sent_since(db: Connection, person_id: int, since: datetime) -> tuple[int, int]:
    """Count the photos and files that a person sent since then, by all accounts, and their bytes."""
    row = t.attachment.c
    query = select(func.count(), func.coalesce(func.sum(row.size), 0))
    count, size = db.execute(query.where(row.person_id == person_id, row.created_at >= since)).one()
    return int(count), int(size)


def is_named(db: Connection, sha256: str) -> bool:
    """Whether a row names this file, which is somebody's then."""
    return bool(db.scalar(select(exists().where(t.attachment.c.sha256 == sha256))))


def keep(db: Connection, attachment_id: int, sha256: str, mime: str, size: int, dhash: str = "") -> None:
    """Note that the file's bytes are under the media folder, and what a photo looks like."""
    stored = {"sha256": sha256, "mime": mime, "size": size, "dhash": dhash}
    if _settle(db, attachment_id, state=AttachmentState.STORED, next_at=None, **stored):
        photo_looks.note(db, attachment_id, dhash)


def report_of(db: Connection, attachment_id: int) -> int | None:
    """The submission that holds a photo or file, if one does by now."""
    return db.scalar(select(t.attachment.c.submission_id).where(t.attachment.c.id == attachment_id))


def put_off(db: Connection, attachment_id: int, attempts: int, next_at: datetime) -> bool:
    """Note that the file did not come at this try. False if another replica has settled it."""
    return _settle(db, attachment_id, attempts=attempts, next_at=next_at)


def is_first_put_off(db: Connection, row: Pending) -> bool:
    """Whether the file was just put off for the first time, and no other file of its author waits for another try."""
    other = t.attachment.c
    waits = (other.person_id == row.person_id, other.state == "pending", other.attempts > 0, other.id != row.id)
    return row.attempts == 0 and not db.scalar(select(exists().where(*waits)))


def stored(db: Connection, attachment_id: int) -> tuple[str, str]:
    """The name of what somebody sent, and the hash of its bytes. Raises `NoResultFound` if they are not here."""
    row = t.attachment.c
    kept = select(row.name, row.sha256).where(row.id == attachment_id, row.state == AttachmentState.STORED)
    name, sha256 = db.execute(kept).one()
    return name, sha256


def drop(db: Connection, attachment_id: int) -> None:
    """Forget what somebody sent, once it is read: its bytes go with the next sweep, unless another row names them."""
    db.execute(delete(t.attachment).where(t.attachment.c.id == attachment_id, t.attachment.c.submission_id.is_(None)))


def lose(db: Connection, attachment_id: int) -> bool:
    """Note that the file will never come. True for the first caller, who then tells the author."""
    return _settle(db, attachment_id, state=AttachmentState.LOST, next_at=None)


def _settle(db: Connection, attachment_id: int, **values: object) -> bool:
    open_row = (t.attachment.c.id == attachment_id, t.attachment.c.state == AttachmentState.PENDING)
    return db.execute(update(t.attachment).where(*open_row).values(**values)).rowcount == 1


def add_attachment(db: Connection, values: Mapping[str, Any]) -> int:
    """Add a photo or file that a person sent; an interview's answer holds its id."""
    number = int(db.execute(insert(t.attachment).values(**values).returning(t.attachment.c.id)).scalar_one())
    photo_looks.note(db, number, values.get("dhash", ""))
    return number


def attach(db: Connection, submission_id: int, attachment_ids: Sequence[int]) -> None:
    """Make these the submission's only photos: one that a correction took out is kept only for a while.

    Files stay: each version of what was handed in can be opened.
    """
    row = t.attachment.c
    taken_out = (row.submission_id == submission_id) & row.id.not_in(attachment_ids) & row.is_image
    db.execute(update(t.attachment).where(taken_out).values(submission_id=None))
    db.execute(update(t.attachment).where(row.id.in_(attachment_ids)).values(submission_id=submission_id))


def count_of(db: Connection, submission_id: int) -> int:
    """Count a submission's photos, those that are still to be fetched too."""
    counted = _COUNT.first(db, submission=submission_id)
    return int(counted[0]) if counted else 0


def photos_of(db: Connection, submission_id: int) -> list[str]:
    """List the hashes of a submission's stored photos."""
    rows = db.execute(
        select(t.attachment.c.sha256)
        .where(
            t.attachment.c.submission_id == submission_id,
            t.attachment.c.is_image.is_(True),
            t.attachment.c.sha256 != "",
        )
        .order_by(t.attachment.c.id)
    )
    return [row[0] for row in rows]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a submission, of its present version or of an earlier one."""

    id: int
    name: str
    sha256: str


def files_of(db: Connection, submission_id: int) -> list[StoredFile]:
    """List a submission's stored files, those of earlier versions too, the oldest first."""
    row = t.attachment.c
    mine = (row.submission_id == submission_id, row.is_image.is_(False), row.sha256 != "")
    rows = db.execute(select(row.id, row.name, row.sha256).where(*mine).order_by(row.id))
    return [StoredFile(*tuple(found)) for found in rows]
