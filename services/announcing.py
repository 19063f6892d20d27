"""Announces something to many: the secretariat to whomever it likes, a chair within their own unit.

It is held for a minute after the yes, so that a second thought stops it before anybody reads it; by night it waits for
the morning unless it is urgent. To whom it goes is decided when it goes: whoever holds a role there then.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from messages.channels import Ability, can
from periods.days import ZONE, local_day
from rules.audiences import NAMES_UNITS, ROLES, Audience
from rules.roles import Role
from rules.times_of_day import MORNING, is_decent, next_morning
from scheduler import thrift
from services import access
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.delivery import announcements, usage
from storage.delivery.announcements import People, StoredAnnouncement
from storage.delivery.told import Fate, ToldPerson
from storage.delivery.usage import Usage
from storage.directory import bots
from storage.directory.units import UnitsOfDay, unit_tree
from storage.records import trail
from storage.tables.states import AnnouncementState, AttachmentState

ANNOUNCEMENT = "announcement"
"""The form by which it is written."""
HELD = timedelta(minutes=1)
"""So long nothing goes after the yes."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants announced, in the name of the unit `unit`; `units` are codes."""

    unit: str
    audience: Audience
    units: tuple[str, ...]
    words: str
    attachment_id: int | None = None
    urgent: bool = False

    @classmethod
    def of(cls, unit: str, answers: Mapping[str, Any]) -> "Wanted":
        """Read the answers of the form; without an audience it is for everybody within the unit."""
        said = answers.get("audience")
        audience = Audience(said) if said else Audience.WITHIN
        units = tuple(answers.get("units") or ()) if said else (unit,)
        file = answers.get("file")
        number = int(file) if isinstance(file, str) and file.isdecimal() else None
        return cls(unit, audience, units, str(answers.get("words") or ""), number, answers.get("urgent") == "yes")


@dataclass(frozen=True, slots=True)
class Cost:
    """What it costs of a bot's month: the number of its people, and the month so far."""

    bot: str
    people: int
    usage: Usage


@dataclass(frozen=True, slots=True)
class Preview:
    """How many people it reaches and how many it does not, what it costs, and when it goes."""

    people: int
    unreached: int
    costs: tuple[Cost, ...]
    goes_at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """An announcement with what became of it, in numbers of people."""

    announcement: StoredAnnouncement
    fates: Mapping[Fate, int]


@dataclass(frozen=True, slots=True)
class Stopped:
    """It was stopped; so many people have it already."""

    gone: int


def preview(db: Connection, viewer: Viewer, wanted: Wanted, now: datetime) -> Preview | Refused:
    """Say what would become of it."""
    people = _people(viewer.tree, viewer.tree, wanted.audience, wanted.units, viewer.person_id)
    if people is None or not access.may_announce(viewer, wanted.unit, wanted.audience, wanted.units):
        return Refused(Refusal.UNKNOWN)
    counted = announcements.count(db, people, thrift.spent(db, now), now)
    month = usage.month_of(now)
    costs = [
        Cost(_name(db, channel, bot), number, usage.of(db, channel, bot, month))
        for (channel, bot), number in ((key, many) for key, many in counted.items() if key is not None)
        if can(channel, Ability.QUOTA)
    ]
    reached = sum(many for key, many in counted.items() if key is not None)
    return Preview(reached, counted.get(None, 0), tuple(costs), goes_at(now, urgent=wanted.urgent))


def _name(db: Connection, channel: str, bot_id: str) -> str:
    bot = bots.bot(db, channel, bot_id)
    return bot.name if bot else bot_id


def goes_at(now: datetime, *, urgent: bool) -> datetime:
    """When it goes: after a minute; by night in the morning, unless it is urgent."""
    soon = now + HELD
    return soon if urgent or is_decent(soon) else datetime.combine(next_morning(soon), MORNING, ZONE)


def announce(db: Connection, viewer: Viewer, wanted: Wanted, now: datetime) -> StoredAnnouncement | Refused:
    """Keep it until it goes; refused to whoever may not, and where it is for nobody."""
    seen = preview(db, viewer, wanted, now)
    unit = viewer.tree.find(wanted.unit)
    if isinstance(seen, Refused) or unit is None:
        return Refused(Refusal.UNKNOWN)
    if not seen.people:
        return Refused(Refusal.NOBODY_THERE)
    values = {
        "person_id": viewer.person_id,
        "unit_id": unit.id,
        "audience": wanted.audience.value,
        "units": " ".join(wanted.units),
        "words": wanted.words,
        "attachment_id": wanted.attachment_id,
        "sha256": "",
        "file_name": "",
        "is_image": False,
        "urgent": wanted.urgent,
        "goes_at": seen.goes_at,
        "state": AnnouncementState.WAITING.value,
        "created_at": now,
    }
    number = announcements.add(db, values)
    detail = {"audience": wanted.audience.value, "units": list(wanted.units), "people": seen.people}
    trail.note(db, f"announcement:{number}", "announce", viewer.person_id, now, detail)
    stored = announcements.find(db, number)
    assert stored is not None  # noqa: S101 (it was just added)
    return stored


def stop(db: Connection, viewer: Viewer, number: int, now: datetime) -> Stopped | Refused:
    """Take back what has not gone; what has gone stays with its readers."""
    announcement = announcements.find(db, number, hold=True)
    if announcement is None or not access.may_see_announcement(viewer, announcement):
        return Refused(Refusal.UNKNOWN)
    if announcement.state in (AnnouncementState.STOPPED, AnnouncementState.LOST):
        return Refused(Refusal.MOVED_ON)
    announcements.set_state(db, number, AnnouncementState.STOPPED)
    kept_back = announcements.stop(db, number)
    trail.note(db, f"announcement:{number}", "stop", viewer.person_id, now, {"kept_back": kept_back})
    fates = announcements.fates(db, number)
    return Stopped(sum(many for fate, many in fates.items() if fate in (Fate.SENT, Fate.UNCERTAIN)))


def listed(db: Connection, viewer: Viewer, *, offset: int, limit: int) -> list[StoredAnnouncement]:
    """List announcements, the latest first: for the secretariat all, for a chair those of their own units.

    With them those that the chair wrote and that still wait, also in the name of a unit that has ended since.
    """
    if access.may_announce_to_all(viewer):
        return announcements.page(db, offset=offset, limit=limit)
    units = [held.unit_id for held in viewer.roles if access.may_see_announced_in(viewer, held.unit)]
    is_theirs = announcements.of_units_or_waiting(units, viewer.person_id)
    return announcements.page(db, is_theirs, offset=offset, limit=limit) if viewer.agreed else []


def see(db: Connection, viewer: Viewer, number: int) -> Seen | Refused:
    """Show one with what became of it."""
    announcement = announcements.find(db, number)
    if announcement is None or not access.may_see_announcement(viewer, announcement):
        return Refused(Refusal.UNKNOWN)
    return Seen(announcement, announcements.fates(db, number))


def people(db: Connection, viewer: Viewer, number: int, *, offset: int, limit: int) -> list[ToldPerson] | Refused:
    """List the people of one, those whom it failed to reach first, with the reason."""
    seen = see(db, viewer, number)
    return seen if isinstance(seen, Refused) else announcements.people_of(db, number, offset=offset, limit=limit)


def _people(then: UnitsOfDay, today: UnitsOfDay, audience: Audience, units: tuple[str, ...], but: int) -> People | None:
    """Whom an audience means with these units, as they were `then`; `None` if it names none that exists.

    A night may lie between the yes and the morning: where a unit has ended, those of what came after are meant.
    """
    if audience not in NAMES_UNITS:
        return People(ROLES.get(audience, tuple(Role)), None, but)
    known = [unit for code in units if (unit := then.find(code))]
    meant = {one for unit in known for one in (then.inside(unit.code) if audience is Audience.WITHIN else (unit.id,))}
    ids = {each for one in meant for each in (one, *(unit.id for unit in today.successors(one)))}
    return People(tuple(Role), tuple(sorted(ids)), but) if ids else None


def address(db: Connection, number: int, now: datetime) -> None:
    """Write down to whom an announcement goes whose time has come and whose file is here: a slice of them at a time."""
    announcement = announcements.find(db, number, hold=True)
    if announcement is None or announcement.state is not AnnouncementState.WAITING:
        return
    if announcement.attachment_id is not None:
        stands = announcements.settle_file(db, announcement)
        if stands is AttachmentState.LOST:
            announcements.set_state(db, number, AnnouncementState.LOST)
        if stands is not AttachmentState.STORED:
            return
    tree, units = unit_tree(db), tuple(announcement.units.split())
    then, today = tree.on(local_day(announcement.created_at)), tree.on(local_day(now))
    meant = _people(then, today, Audience(announcement.audience), units, announcement.person_id)
    if meant is None or not announcements.address(db, number, meant, now):
        announcements.set_state(db, number, AnnouncementState.GOING)
