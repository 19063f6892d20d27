"""The demo's first data: three people who have joined and agreed, and some weeks of reports, all marked as sample.

The same seed gives the same reports. They are stored by the functions that store real ones, so figures, totals and
reminders are worked out exactly as in earnest.
"""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, delete, select

from bot.library import Library
from channels.web.ports import BOT, CHANNEL
from periods.days import ZONE, local_day
from periods.weeks import monday_of, week_of
from plan.model import Plan
from rules.levels import Level
from rules.roles import Role
from services import consent
from services.projections import ACTIVITY_REPORT, project
from storage import tables as t
from storage.db import settings
from storage.directory import accounts, persons, roles, units
from storage.directory.units import Unit, UnitsOfDay, unit_tree
from storage.records import submissions

SEED = 2020
WEEKS = 5
"""Weeks with reports, this one included."""
SHARE = 0.42
"""How many of the neighbourhoods report in a week: enough to compare, with some left to remind."""
PHONES_SETTING = "demo_phones"


@dataclass(frozen=True, slots=True)
class Phone:
    """One of the three people; `chat` is the unguessable id of their page."""

    role: str
    unit: str
    name: str
    chat: str


PEOPLE = (
    (Role.PROPAGANDIST, "P10-KP05", "Nguyễn Thị Hoa"),
    (Role.WARD_CHAIR, "P10", "Trần Văn Bình"),
    (Role.SECRETARIAT, "GV", "Lê Thị Thu Hà"),
)
"""Invented names."""

# Activity, target groups, and how many women and men come; by the kinds of work that neighbourhoods really do.
_EVENTS = (
    ("A2", ("residents", "workers"), (12, 48), (4, 30)),
    ("A3.1", ("residents", "youth_union"), (15, 40), (8, 32)),
    ("A2", ("residents",), (8, 30), (6, 22)),
)


def fill(db: Connection, plan: Plan, now: datetime, new_token: Callable[[], str]) -> list[Phone]:
    """Store all people and reports; return the three people whose phones are shown."""
    chance = random.Random(SEED)  # noqa: S311 (the same sample every time)
    phones = [Phone(role, unit, name, new_token()) for role, unit, name in PEOPLE]
    for phone in phones:
        _join(db, phone, now)
    author = persons.add_person(db, "Số liệu mẫu", "vi", now, sample=True)
    tree, library = unit_tree(db), Library(plan)
    units = tree.on(local_day(now))
    form = library.current(ACTIVITY_REPORT, units)
    library.keep(db, form, now)
    for unit, answers, sent in _reports(units, now, chance):
        submissions.store(
            db,
            form=(form.id, form.version),
            person_id=author,
            unit_id=unit.id,
            interview_id=None,
            answers=answers,
            projected=project(form.id, answers, unit, tree, local_day(sent)),
            now=sent,
            sample=True,
        )
    kept = json.dumps([asdict(phone) for phone in phones], ensure_ascii=False)
    settings.keep(db, PHONES_SETTING, kept)
    return phones


def empty(db: Connection) -> None:
    """Take everything out but the units and forms."""
    for table in reversed(t.metadata.sorted_tables):
        if table not in (t.unit, t.unit_version, t.unit_change, t.unit_import, t.form):
            db.execute(delete(table))


def phones_of(db: Connection) -> list[Phone]:
    """Return the phones of a filled demo; an empty one has none."""
    stored = db.execute(select(t.setting.c.value).where(t.setting.c.key == PHONES_SETTING)).scalar()
    return [Phone(**phone) for phone in json.loads(stored or "[]")]


def _join(db: Connection, phone: Phone, now: datetime) -> None:
    joined = now - timedelta(weeks=WEEKS)
    unit = units.unit_id(db, phone.unit)
    if unit is None:
        raise LookupError(f"the demo's unit {phone.unit} is not among the plan's units")
    person = persons.add_person(db, phone.name, "vi", joined, sample=True)
    accounts.add_account(db, person, CHANNEL, BOT, phone.chat, joined)
    roles.assign(db, person, phone.role, unit, joined)
    consent.give(db, person, consent.VERSION, joined)


def _reports(
    tree: UnitsOfDay, now: datetime, chance: random.Random
) -> Iterator[tuple[Unit, dict[str, object], datetime]]:
    """Invent the reports, oldest week first. None is for tomorrow, and none is for the demo's own officer."""
    today = local_day(now)
    own = PEOPLE[0][1]
    this_monday = monday_of(week_of(today))
    for back in range(WEEKS - 1, -1, -1):
        monday = this_monday - timedelta(weeks=back)
        for unit in tree.of_level(Level.NEIGHBOURHOOD):
            if unit.code == own and back == 0:
                continue
            day = monday + timedelta(days=chance.randrange(7))
            if chance.random() < SHARE and day < today:
                answers = _media(tree, unit, day, chance) if chance.random() < 0.15 else _event(tree, unit, day, chance)
                yield unit, answers, datetime(day.year, day.month, day.day, 19, 30, tzinfo=ZONE)


def _hidden(tree: UnitsOfDay, unit: Unit, kind: str, activity: str, day: date) -> dict[str, object]:
    ward = tree.ward_around(unit)
    return {
        "level": str(unit.level),
        "unit": unit.code,
        "ward": ward.code if ward else "",
        "kind": kind,
        "activity": activity,
        "date": day.isoformat(),
    }


def _event(tree: UnitsOfDay, unit: Unit, day: date, chance: random.Random) -> dict[str, object]:
    activity, groups, women, men = chance.choice(_EVENTS)
    counts = {"group": chance.choice(groups), "women": chance.randint(*women), "men": chance.randint(*men)}
    return _hidden(tree, unit, "event", activity, day) | counts


def _media(tree: UnitsOfDay, unit: Unit, day: date, chance: random.Random) -> dict[str, object]:
    shown = {"product": "leaflet", "quantity": chance.randint(4, 20) * 10, "shown_where": "Bảng tin khu phố"}
    return _hidden(tree, unit, "media", "A1.2", day) | shown
