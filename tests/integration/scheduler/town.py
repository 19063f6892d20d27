"""A small town for the scheduler's tests: a district, two wards with neighbourhoods, an agency, and people who join."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from messages import Choice, Outgoing, decode
from periods.days import ZONE
from periods.weeks import monday_of
from plan.calendar import Calendar
from plan.calendar_file import load_calendar
from plan.duties import load_duties
from plan.model import Plan
from rules.handing import Takes
from scheduler.claiming import take_in_hand
from services import consent
from storage import tables as t
from storage.conversation.turns import LastMenu, choices_of
from storage.delivery import claims
from storage.delivery.claims import Claimed, ClaimResult
from storage.directory import accounts, consents, persons, roles
from storage.directory.units import directory_changed
from storage.records import obligations, unit_weeks
from tests.levels import shipped_levels
from tests.ticking import tick
from tests.units import add_unit

CALENDAR = load_calendar(Path(__file__).parents[3] / "plan" / "calendar.toml")
DUTIES = load_duties(Path(__file__).parents[3] / "plan")
PLAN = Plan(
    kinds={}, activities={}, groups={}, targets={}, levels=shipped_levels(), shipped_units={}, forms={}, duties=DUTIES
)
MACHINE = datetime(2030, 1, 1, tzinfo=UTC)
EARLY = datetime(2019, 1, 1, tzinfo=ZONE)
LANE = ("telegram", "1")

_UNITS = (
    ("GV", "Quận Gò Vấp", "district", None),
    ("P10", "Phường 10", "ward", "GV"),
    ("P14", "Phường 14", "ward", "GV"),
    ("CQ-VHTT", "Phòng Văn hóa và Thông tin", "agency", "GV"),
    ("P10-KP01", "Khu phố 1", "neighbourhood", "P10"),
    ("P10-KP02", "Khu phố 2", "neighbourhood", "P10"),
    ("P14-KP01", "Khu phố 1", "neighbourhood", "P14"),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


class Town:
    """A database with the town in it; `machine` is the machine's clock."""

    def __init__(self, db: Connection, calendar: Calendar = CALENDAR) -> None:
        self.db = db
        self.calendar = calendar
        self.machine = MACHINE
        self.unit: dict[str, int] = {}
        for code, name, level, parent in _UNITS:
            above = self.unit.get(parent or "")
            self.unit[code] = add_unit(
                db, code=code, name=name, level=level, parent_id=above, valid_from=date(2019, 1, 1)
            )
        directory_changed(db)

    def joins(
        self,
        name: str,
        role: str,
        unit: str,
        *,
        channel: str = "telegram",
        since: datetime = EARLY,
        language: str = "vi",
    ) -> int:
        person = persons.add_person(self.db, name, language, since)
        accounts.add_account(self.db, person, channel, "1" if channel == "telegram" else "", f"{channel}-{name}", since)
        roles.assign(self.db, person, role, self.unit[unit], since)
        consents.agree(self.db, person, consents.REPORTING, consent.VERSION, since)
        return person

    def account(self, person: int, channel: str = "telegram") -> int:
        query = select(t.account.c.id).where(t.account.c.person_id == person, t.account.c.channel == channel)
        return int(self.db.execute(query).scalar_one())

    def offered(self, account: int) -> list[Choice]:
        """The chat's latest menu."""
        query = select(t.chat_menu.c.choices).where(t.chat_menu.c.account_id == account)
        return choices_of(LastMenu(self.db.execute(query).scalar(), None, None))

    def says_nothing_took_place(self, person: int, unit: str, week: str, now: datetime | None = None) -> None:
        """Say it at a moment; if none is given, at the beginning of the week's Friday."""
        friday = datetime.combine(monday_of(week) + timedelta(days=4), datetime.min.time(), ZONE)
        held = unit_weeks.hold(self.db, self.unit[unit], week)
        unit_weeks.say_nil(self.db, held, person, now or friday)

    def takes_back(self, person: int, unit: str, week: str, now: datetime) -> None:
        unit_weeks.take_back_nil(self.db, unit_weeks.hold(self.db, self.unit[unit], week), person, now)

    def has_report(self, unit: str, week: str, state: str = "sent") -> None:
        """A report of the unit lies in the week; only what is kept of weeks knows it."""
        held, is_returned = unit_weeks.hold(self.db, self.unit[unit], week), state == "returned"
        counts = {"reported": int(not is_returned), "returned": int(is_returned), "first_at": EARLY}
        row = t.unit_week.c
        mine = update(t.unit_week).where(row.unit_id == held.unit_id, row.week == week)
        self.db.execute(mine.values(**counts))

    def owes(self, unit: str, kind: str, due_on: str) -> None:
        """Something is written down that the unit has to hand in by a day."""
        owed = {"unit_id": self.unit[unit], "kind": kind, "due_on": date.fromisoformat(due_on)}
        self.db.execute(insert(t.obligation).values(**owed))

    def is_asked(self, unit: str, title: str, due_on: str, when: str) -> None:
        """The secretariat asks a unit for something besides what the plan asks."""
        secretary = self.joins(f"Văn thư: {title}", "secretariat", "GV", channel="web")
        day = date.fromisoformat(due_on)
        row = obligations.ask(self.db, title, Takes.FILE, day, secretary, at(when))
        obligations.write_down_ad_hoc(self.db, row, [self.unit[unit]], day)

    def waits_for_the_secretariat(self, person: int) -> None:
        """Somebody asked for a change in a closed period."""
        days = {"first_day": date(2020, 8, 1), "last_day": date(2020, 8, 31)}
        closed = {"code": "2020-08", **days, "reason": "", "closed_by": person, "closed_at": EARLY}
        period = self.db.scalar(
            insert(t.closed_period).values(**closed, reopened_because="").returning(t.closed_period.c.id)
        )
        asked = {"kind": "nil", "unit_id": self.unit["P10"], "person_id": person, "asked_at": EARLY}
        request = {**asked, "period_id": period, "deed": {}, "open_key": "nil", "state": "open", "reason": ""}
        self.db.execute(insert(t.change_request).values(**request))

    def tick(self, when: str) -> None:
        tick(self.db, PLAN, self.calendar, at(when))

    def claim(self, when: str, most: int = 50) -> list[Claimed]:
        token = f"worker at {when}"
        return take_in_hand(self.db, PLAN, self.calendar, LANE, most, token=token, machine=self.machine, now=at(when))

    def finish(self, rows: Iterable[Claimed], when: str, state: str = "sent", next_at: datetime | None = None) -> None:
        results = [ClaimResult(row, state, "42" if state == "sent" else "", next_at=next_at) for row in rows]
        claims.finish(self.db, results, at(when))

    def delivers(self, when: str) -> dict[int, Outgoing]:
        """What is sent to whom, by person, once everything that can go has gone."""
        sent: dict[int, Outgoing] = {}
        while rows := self.claim(when):
            self.finish(rows, when)
            sent |= {row.person_id: decode(row.body) for row in rows if row.person_id is not None}
        return sent

    def ticks_and_delivers(self, when: str) -> dict[int, Outgoing]:
        self.tick(when)
        return self.delivers(when)

    def waits(self, seconds: float) -> None:
        self.machine += timedelta(seconds=seconds)

    def dues(self, person: int) -> list[tuple[str, str, str]]:
        """What fell due for a person: rule, state, reason."""
        columns = (t.due.c.rule, t.due.c.state, t.due.c.reason)
        query = select(*columns).where(t.due.c.person_id == person).order_by(t.due.c.occurrence, t.due.c.id)
        return [(row[0], row[1], row[2]) for row in self.db.execute(query)]

    def states(self) -> list[str]:
        return list(self.db.scalars(select(t.outbox.c.state).order_by(t.outbox.c.id)))
