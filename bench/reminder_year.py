"""Plays fourteen months of reminders (1 November 2019 to 31 December 2020) and prints who got how many of which kind.

`python -m bench.reminder_year [picture.png]`. Wards, neighbourhoods, rules, tick and keys are the real ones; only the
words are left out. How late people are is assumed below, and the dice are seeded: the table is the same each time.
"""

import random
import sys
import tempfile
import time as stopwatch
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import Connection, Table, insert, select, update

from handlers.people import succession
from periods.days import ZONE, local_day
from periods.weeks import monday_of, week_of
from plan.calendar import Calendar
from plan.model import Plan
from plan.sync import ensure_units
from rules.levels import Level
from scheduler.occurrences import Occurrence, occurrences
from scheduler.sections import Moment
from scheduler.tick import tasks
from scheduler.topics import who
from storage import tables as t
from storage.db.database import open_database
from storage.directory.consents import REPORTING
from storage.directory.units import directory_changed, unit_tree
from storage.migrations import migrate
from tests.conversation import CALENDAR, shipped_plan

FIRST, LAST = date(2019, 11, 1), date(2020, 12, 31)
JOINED = datetime(2019, 10, 1, 9, 0, tzinfo=ZONE)
REPORTS_UNASKED, REPORTS_IN_THE_MONTH, REPORTS_AFTER_NUDGE, REPORTS_LATE = 0.55, 0.75, 0.6, 0.5
"""Shares of the neighbourhoods that report before Friday, of the rest after the nudge, of the rest days later."""
NIL = 0.3
"""The share of what is said of a week that says "no activity"."""
HANDS_IN = ((0.5, -7), (0.9, 0), (0.97, 7), (1.0, 30))
"""How many wards and agencies have handed in until how many days after the last day."""
ROLES = {Level.NEIGHBOURHOOD: "propagandist", Level.WARD: "ward_chair", Level.AGENCY: "agency"}
DISTRICT_ROLE = "secretariat"


@dataclass
class Year:
    """The people, what they will do and when, and what they were told."""

    db: Connection
    plan: Plan
    dice: random.Random
    people: dict[int, str] = field(default_factory=dict)
    units: dict[int, int] = field(default_factory=dict)
    deeds: list[tuple[datetime, int, str, bool]] = field(default_factory=list)
    digests: Counter[tuple[int, str]] = field(default_factory=Counter)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)

    def settle_in(self) -> None:
        """Let everybody join."""
        ensure_units(self.db, self.plan)
        self.db.execute(update(t.unit).values(valid_from=date(2019, 1, 1)))
        self.db.execute(update(t.unit_version).values(valid_from=date(2019, 1, 1)))
        directory_changed(self.db)
        units = unit_tree(self.db).on(FIRST)
        for unit in [unit for level in Level for unit in units.of_level(level)]:
            role = ROLES.get(Level(unit.level), DISTRICT_ROLE)
            person = int(
                self.db.scalar(
                    insert(t.person).values(name=unit.code, language="vi", created_at=JOINED).returning(t.person.c.id)
                )
                or 0
            )
            account = {"channel": "telegram", "bot": "1", "usable": True, "created_at": JOINED, "last_used_at": JOINED}
            self.db.execute(insert(t.account).values(person_id=person, external_id=f"year-{person}", **account))
            self.db.execute(insert(t.assignment).values(person_id=person, unit_id=unit.id, role=role, since=JOINED))
            self.db.execute(
                insert(t.consent).values(person_id=person, purpose=REPORTING, text_version="1", given_at=JOINED)
            )
            self.people[person], self.units[unit.id] = role, person

    def plan_weeks(self) -> None:
        """Roll the dice for each neighbourhood's weeks."""
        owing = [unit for unit, person in self.units.items() if self.people[person] == "propagandist"]
        monday = FIRST - timedelta(days=FIRST.weekday())
        while monday <= LAST:
            in_month = date(monday.year, 11, 15) <= monday <= date(monday.year, 12, 15)
            for unit in owing:
                if (days := self._when(in_month)) is not None:
                    at = datetime.combine(monday, time(), ZONE) + timedelta(days=days)
                    self.deeds.append((at, unit, week_of(monday), not in_month and self.dice.random() < NIL))
            monday += timedelta(days=7)
        self.deeds.sort()

    def _when(self, in_month: bool) -> float | None:
        """Days after Monday's midnight: before Friday 15:00, until Sunday, up to ten days later, or never."""
        if self.dice.random() < (REPORTS_IN_THE_MONTH if in_month else REPORTS_UNASKED):
            return self.dice.uniform(3.3, 4.5)
        if self.dice.random() < REPORTS_AFTER_NUDGE:
            return self.dice.uniform(4.65, 6.9)
        return self.dice.uniform(7.3, 14) if self.dice.random() < REPORTS_LATE else None

    def live_until(self, now: datetime) -> None:
        """Do what people do until then."""
        while self.deeds and self.deeds[0][0] <= now:
            at, unit, week, is_nil = self.deeds.pop(0)
            said = {"nil_since": at, "nil_said_at": at, "nil_by": self.units[unit], "nil_revision": 1}
            values = said if is_nil else {"reported": 1, "first_at": at}
            self.db.execute(insert(t.unit_week).values(week=week, unit_id=unit, **values))
            if not is_nil:
                self._reports(unit, monday_of(week) + timedelta(days=3), at)

    def _reports(self, unit: int, day: date, at: datetime) -> None:
        person = self.units[unit]
        report = {"form_id": "f", "form_version": "1", "person_id": person, "unit_id": unit, "state": "sent"}
        row = insert(t.submission).values(**report, revision=1, sample=False, created_at=at, updated_at=at)
        submission = self.db.scalar(row.returning(t.submission.c.id))
        facts = {"activity": "A1.1", "kind": "event", "first_day": day, "last_day": day, "week": week_of(day)}
        self.db.execute(insert(t.activity).values(submission_id=submission, unit_id=unit, **facts, sent_at=at))

    def hand_in(self, today: date) -> None:
        """Let some of those who owe something hand it in, the nearer its last day the more of them."""
        owed = t.obligation.c
        for row in self.db.execute(select(owed.id, owed.due_on).where(owed.done_at.is_(None))).all():
            share = random.Random(f"{row.id}").random()  # noqa: S311 (dice, no secret)
            days = next(days for until, days in HANDS_IN if share <= until)
            if today >= row.due_on + timedelta(days=days):
                at = datetime.combine(today, time(6), ZONE)
                self.db.execute(update(t.obligation).where(owed.id == row.id).values(done_at=at, done_by=1))

    def tick(self, calendar: Calendar, now: datetime) -> None:
        """Do all of a tick, then send what it queued."""
        for task in (*succession.tasks(now), *tasks(self.plan, calendar, now)):
            after = 0
            while ids := task.find(self.db, after, 10_000):
                task.do(self.db, ids)
                after = ids[-1]
        self._send(now)

    def _send(self, now: datetime) -> None:
        """Send each digest that has something left to say, as its composing would find."""
        rows = select(t.due.c.id, t.due.c.rule, t.due.c.about, t.due.c.occurrence, t.due.c.person_id, t.due.c.outbox_id)
        waiting = self.db.execute(rows.where(t.due.c.state == "waiting", t.due.c.outbox_id.is_not(None))).all()
        concerned = {key: self._concerned(*key, now=now) for key in {(r.rule, r.about, r.occurrence) for r in waiting}}
        said = [r for r in waiting if r.person_id in concerned[r.rule, r.about, r.occurrence]]
        ids, digests = {r.id for r in said}, {r.outbox_id: r.person_id for r in said}
        self._set(t.due, ids, "digested")
        self._set(t.due, {r.id for r in waiting} - ids, "done")
        self._set(t.outbox, set(digests), "sent")
        empty = {r.outbox_id for r in waiting} - set(digests)
        self.db.execute(update(t.outbox).where(t.outbox.c.id.in_(empty)).values(state="skipped", local_day=None))
        for person in digests.values():
            self.digests[person, week_of(local_day(now))] += 1
        for rule, person in {(r.rule, r.person_id) for r in said}:
            self.kinds[self.people[person], rule] += 1

    def _set(self, table: Table, ids: Iterable[int], state: str) -> None:
        self.db.execute(update(table).where(table.c.id.in_(list(ids))).values(state=state))

    def _concerned(self, rule: str, about: date, at: datetime, *, now: datetime) -> set[int | None]:
        return {holder.person_id for holder in who(self.db, Moment(CALENDAR[rule], about, at, now))}


def play(year: Year) -> None:
    """Go from occurrence to occurrence."""
    begin, end = (datetime.combine(day, time(), ZONE) for day in (FIRST, LAST + timedelta(days=1)))
    moments = sorted({occurrence.at for occurrence in _all(begin, end)})
    for now in moments:
        year.live_until(now)
        year.hand_in(local_day(now))
        year.tick(CALENDAR, now)


def _all(begin: datetime, end: datetime) -> list[Occurrence]:
    return occurrences(CALENDAR.values(), begin, end)


def weeks() -> list[str]:
    count = (LAST - FIRST).days // 7 + 1
    return [week_of(FIRST + timedelta(days=7 * n)) for n in range(count)]


def of_role(year: Year, role: str) -> list[int]:
    return [person for person, its in year.people.items() if its == role]


def table(year: Year) -> Iterator[str]:
    """Who got how many messages a week and of which kind."""
    yield "| who | people | messages a week: median | mean | most in a week | in all: median | most |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for role in dict.fromkeys(year.people.values()):
        persons, everyweek = of_role(year, role), weeks()
        per_week = [year.digests[person, week] for person in persons for week in everyweek]
        totals = [sum(year.digests[person, week] for week in everyweek) for person in persons]
        numbers = (f"{median(per_week):.0f}", f"{sum(per_week) / len(per_week):.2f}", f"{max(per_week)}")
        yield f"| {role} | {len(persons)} | {' | '.join(numbers)} | {median(totals):.0f} | {max(totals)} |"
    yield ""
    yield "| kind | " + " | ".join(dict.fromkeys(year.people.values())) + " |"
    yield "|---|" + "---:|" * len(set(year.people.values()))
    for rule in CALENDAR:
        counts = [year.kinds[role, rule] for role in dict.fromkeys(year.people.values())]
        if any(counts):
            yield f"| {rule} | {' | '.join(str(count) for count in counts)} |"


def picture(year: Year) -> str:
    """The mean number of messages a person and week, a row of columns for each role, as SVG."""
    everyweek, roles = weeks(), list(dict.fromkeys(year.people.values()))
    names = {"propagandist": "khu phố", "ward_chair": "phường", "agency": "phòng, ban", "secretariat": "thường trực"}
    width, high, left, step = 760, 64, 110, 10
    parts = [f'<rect width="{width}" height="{high * len(roles) + 30}" fill="white"/>']
    for row, role in enumerate(roles):
        persons, base = of_role(year, role), high * (row + 1)
        parts.append(f'<text x="8" y="{base - 18}" font-size="13">{names[role]} ({len(persons)})</text>')
        for place, week in enumerate(everyweek):
            counts = [year.digests[person, week] for person in persons]
            mean, most, x = sum(counts) / len(counts), max(counts), left + place * step
            parts.append(
                f'<rect x="{x}" y="{base - most * 12:.1f}" width="8" height="{most * 12:.1f}" fill="#d7e3ee"/>'
            )
            parts.append(
                f'<rect x="{x}" y="{base - mean * 12:.1f}" width="8" height="{mean * 12:.1f}" fill="#1f5f8b"/>'
            )
        parts.append(f'<line x1="{left}" x2="{left + step * len(everyweek)}" y1="{base}" y2="{base}" stroke="#555"/>')
    for place, week in enumerate(everyweek):
        monday = monday_of(week)
        if monday.day <= 7 and monday.month % 2:
            parts.append(
                f'<text x="{left + place * step}" y="{high * len(roles) + 20}" font-size="11">{monday:%m/%Y}</text>'
            )
    size = f'width="{width}" height="{high * len(roles) + 30}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="DejaVu Sans">{"".join(parts)}</svg>'


def played() -> Year:
    """Play it in a database that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/year.db"
        migrate(url)
        with open_database(url) as database:

            def job(db: Connection) -> Year:
                year = Year(db, shipped_plan(), random.Random(2020))  # noqa: S311 (dice, no secret)
                year.settle_in()
                year.plan_weeks()
                play(year)
                return year

            return database.write(job).result()


def main() -> None:
    begun = stopwatch.process_time()
    year = played()
    took = stopwatch.process_time() - begun
    for line in table(year):
        print(line)
    print(f"\n{FIRST} to {LAST}: {len(year.people)} people, {year.digests.total():,} messages, {took:.0f} s CPU")
    for name in sys.argv[1:2]:
        from resvg_py import svg_to_bytes

        Path(name).write_bytes(bytes(svg_to_bytes(svg_string=picture(year), zoom=2)))


if __name__ == "__main__":
    main()
