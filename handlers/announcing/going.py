"""Sends what was announced once its time has come: a slice at a time, to each in their language."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from locales import Say, texts
from messages import Document, Outgoing, Picture, encode
from messages.actions import Menu, choice
from periods.days import local_day
from reports.gallery import STORED
from rules.times_of_day import is_decent
from scheduler import thrift
from scheduler.slices import Task
from services import announcing
from storage.delivery import announcements
from storage.delivery.announcements import StoredAnnouncement
from storage.directory.units import UnitsOfDay, unit_tree


def tasks(now: datetime) -> Iterator[Task]:
    """List what a tick does; by night only what is urgent goes."""
    urgent_only = not is_decent(now)
    yield Task(partial(_ripe, now=now, urgent_only=urgent_only), partial(_address, now=now, urgent_only=urgent_only))
    yield Task(partial(announcements.to_send, urgent_only=urgent_only), partial(_send, now=now))


def _ripe(db: Connection, after: int, _most: int, now: datetime, *, urgent_only: bool) -> Sequence[int]:
    """One more number as long as something is to be addressed: an announcement takes as many slices as it needs."""
    return () if announcements.ripe(db, now, urgent_only=urgent_only) is None else (after + 1,)


def _address(db: Connection, _numbers: Sequence[int], now: datetime, *, urgent_only: bool) -> None:
    number = announcements.ripe(db, now, urgent_only=urgent_only)
    if number is not None:
        announcing.address(db, number, now)


def _send(db: Connection, ids: Sequence[int], now: datetime) -> None:
    going, receipts = announcements.take_open(db, ids, thrift.spent(db, now))
    tree = unit_tree(db).on(local_day(now))
    bodies = {
        (number, language): encode(worded(texts(language), tree, going[number]))
        for number, language in {(receipt.announcement_id, receipt.language) for receipt in receipts}
    }
    announcements.message(db, {one: bodies[one.announcement_id, one.language] for one in receipts}, now)


def worded(say: Say, tree: UnitsOfDay, announcement: StoredAnnouncement) -> Outgoing:
    """The message as people get it: in whose name, the text, and the picture or file."""
    unit = tree.unit(announcement.unit_id)
    if unit.code == tree.root.code:
        head = say("Announcement of the secretariat")
    else:
        head = say("Announcement of {unit}", unit=tree.title_of(unit.id))
    kept, name = {"sha256": announcement.sha256}, announcement.file_name
    is_file = bool(announcement.sha256) and not announcement.is_image
    return Outgoing(
        f"{head}\n\n{announcement.words}",
        (choice(Menu(), say("Menu")),),
        pictures=(Picture(STORED, kept, head),) if announcement.sha256 and announcement.is_image else (),
        document=Document(STORED, kept, name) if is_file else None,
        lasting=True,
    )
