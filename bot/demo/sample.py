"""The demo's data: three people who have joined and agreed, and a year of reports, all marked as sample.

The same seed gives the same reports (`bot.demo.year`). They are stored by the functions that store real ones,
so figures, totals and reminders are worked out exactly as in earnest.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, delete, select

from bot.demo import telling
from bot.demo.clock import START
from bot.demo.telling import Teller
from bot.demo.year import FIRST_DAY, LONGEST_WAIT
from channels.web.ports import BOT, CHANNEL
from handlers.context import Forms
from periods.days import local_day
from periods.weeks import monday_of, week_of
from rules.roles import Role
from services import consent
from services.projections import ACTIVITY_REPORT
from storage import tables as t
from storage.db import settings
from storage.directory import accounts, persons, roles, units
from storage.directory.units import unit_tree

AT_ONCE = 5
"""So many weeks are there when the page opens; the rest of the year is told behind it, the newest first."""
OFTEN_ENOUGH = timedelta(hours=1)
"""The others' reports may come so much later than they were sent."""
TOLD_SETTING = "demo_told"
PHONES_SETTING = "demo_phones"
AUTHOR = "Số liệu mẫu"
"""Who sent all sample reports."""


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


def fill(db: Connection, forms: Forms, now: datetime, new_token: Callable[[], str]) -> list[Phone]:
    """Store all people and the last weeks' reports; return the three people whose phones are shown."""
    phones = [Phone(role, unit, name, new_token()) for role, unit, name in PEOPLE]
    for phone in phones:
        _join(db, phone, now)
    author = persons.add_person(db, AUTHOR, "vi", now, sample=True)
    telling.declare_free_weeks(db, author, now)
    telling.supply_numbers(db, unit_tree(db), author, now)
    first = _monday(now) - timedelta(weeks=AT_ONCE - 1)
    _teller(db, forms, now).tell_weeks(_mondays(first, now), now)
    keep_told(db, first, now)
    kept = json.dumps([asdict(phone) for phone in phones], ensure_ascii=False)
    settings.keep(db, PHONES_SETTING, kept)
    return phones


def tell_earlier(db: Connection, forms: Forms) -> int:
    """Store one more week of the year before; return how many are left."""
    span = told(db)
    if span is None:
        return 0
    first, until = span
    if first > FIRST_DAY:
        first -= timedelta(weeks=1)
        _teller(db, forms, until).tell_weeks([first], until)
        keep_told(db, first, until)
    return (first - FIRST_DAY) // timedelta(weeks=1)


def tell_on(db: Connection, forms: Forms, now: datetime) -> None:
    """Store what the others have sent since this was last done."""
    first, until = told(db) or (FIRST_DAY, now)
    if now - until >= OFTEN_ENOUGH:
        begin = max(first, _monday(until) - timedelta(weeks=LONGEST_WAIT))
        _teller(db, forms, now).tell_weeks(_mondays(begin, now), now, since=until)
        keep_told(db, first, now)


def told(db: Connection) -> tuple[date, datetime] | None:
    """The Monday from which on, and the moment up to which all that was sent is stored.

    `None` for a demo that was begun by an earlier version, which told no year.
    """
    stored = db.scalar(select(t.setting.c.value).where(t.setting.c.key == TOLD_SETTING))
    if not stored:
        return None
    first, until = json.loads(stored)
    return date.fromisoformat(first), datetime.fromisoformat(until)


def keep_told(db: Connection, first: date, until: datetime) -> None:
    """Remember what `told` says."""
    settings.keep(db, TOLD_SETTING, json.dumps([first.isoformat(), until.isoformat()]))


def _teller(db: Connection, forms: Forms, now: datetime) -> Teller:
    tree = unit_tree(db)
    form = forms.current(ACTIVITY_REPORT, tree.on(local_day(now)))
    forms.keep(db, form, now)
    author = db.scalars(select(t.person.c.id).where(t.person.c.name == AUTHOR)).one()
    return Teller(db, tree, form, author, PEOPLE[0][1], _monday(START))


def _monday(moment: datetime) -> date:
    return monday_of(week_of(local_day(moment)))


def _mondays(first: date, until: datetime) -> list[date]:
    count = (_monday(until) - first) // timedelta(weeks=1) + 1
    return [first + timedelta(weeks=index) for index in range(count)]


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
    joined = now - timedelta(weeks=AT_ONCE)
    unit = units.unit_id(db, phone.unit)
    if unit is None:
        raise LookupError(f"the demo's unit {phone.unit} is not among the plan's units")
    person = persons.add_person(db, phone.name, "vi", joined, sample=True)
    accounts.add_account(db, person, CHANNEL, BOT, phone.chat, joined)
    roles.assign(db, person, phone.role, unit, joined)
    consent.give(db, person, consent.VERSION, joined)
