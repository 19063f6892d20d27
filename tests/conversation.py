"""Test as a person: `officer.says("12")`, `officer.taps("Bỏ qua")`, `officer.sees("…")`, through the real pipeline.

Each message goes through the writer as in earnest: the key, the turn in its savepoint, the commit, the outbox rows.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, select

from bot.library import Library
from conversation.intake import take_once
from handlers.context import World
from messages import Choice, Content, File, Incoming, Location, Outgoing, Press, Text, decode
from plan.calendar_file import load_calendar
from plan.loader import load_plan
from plan.model import Plan
from plan.sync import ensure_units
from services.directory.codes import CODE_ALPHABET, CODE_LENGTH, Seal
from services.directory.invitations import Terms, issue
from storage import tables as t
from storage.db.database import Database
from storage.directory import units

ROOT = Path(__file__).parents[1]
SHIPPED = Path("plan")
CALENDAR = load_calendar(SHIPPED / "calendar.toml")
WEDNESDAY = datetime(2026, 11, 18, 3, 0, tzinfo=UTC)
"""10:00 on Wednesday of week 47, in the Action Month."""


CODE = re.compile(rf"\b[{CODE_ALPHABET}]{{4}}-[{CODE_ALPHABET}]{{4}}\b")
"""A code as people read it."""


def numbered_code(number: int) -> str:
    """A code like any other, but foreseeable."""
    letters = ""
    for _ in range(CODE_LENGTH):
        number, at = divmod(number, len(CODE_ALPHABET))
        letters += CODE_ALPHABET[at]
    return letters


@cache
def shipped_plan() -> Plan:
    return load_plan(ROOT / SHIPPED)


@cache
def shipped_forms() -> Library:
    """Compiled once for all towns, as a process does for all chats."""
    return Library(shipped_plan())


@dataclass
class Town:
    """A database with the plan in place, a clock that tests move, and the people in it."""

    database: Database
    world: World
    now: datetime = WEDNESDAY
    _numbers: "count[int]" = field(default_factory=count)

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def invitation(self, role: str, unit: str, uses: int = 1) -> str:
        """A fresh code for a role in a unit."""
        code = numbered_code(next(self._numbers))

        def job(db: Connection) -> None:
            row = units.unit_id(db, unit)
            assert row is not None
            issue(db, code, role=role, unit_id=row, by=None, now=self.now, terms=Terms(uses))

        self.database.write(job).result()
        return code

    def stranger(self, account: str = "", channel: str = "web") -> "Officer":
        return Officer(self, channel, account or f"chat-{next(self._numbers)}")

    def notices(self, officer: "Officer") -> list[Outgoing]:
        """What was queued for somebody who had not asked just then."""
        mine = (t.outbox.c.kind == "notice", t.account.c.external_id == officer.account)
        query = select(t.outbox.c.body).join(t.account, t.account.c.id == t.outbox.c.account_id).where(*mine)
        return [decode(body) for body in self.database.read(lambda db: db.scalars(query.order_by(t.outbox.c.id)).all())]

    def said_to(self, officer: "Officer") -> list[Outgoing]:
        """All that was ever queued for somebody, the first first."""
        mine = select(t.outbox.c.body).join(t.account, t.account.c.id == t.outbox.c.account_id)
        query = mine.where(t.account.c.external_id == officer.account).order_by(t.outbox.c.id)
        return [decode(body) for body in self.database.read(lambda db: db.scalars(query).all()) if body]

    def files(self, officer: "Officer") -> list[Outgoing]:
        """The messages with files that somebody got."""
        return [message for message in self.said_to(officer) if message.document]

    def joined(self, role: str, unit: str, channel: str = "web") -> "Officer":
        """Somebody who has joined and agreed, with the menu in front of them."""
        officer = self.stranger(channel=channel)
        officer.says(f"/start {self.invitation(role, unit)}")
        officer.taps("Tôi đồng ý, bắt đầu")
        return officer


def town(database: Database, folder: Path = SHIPPED) -> Town:
    """A plan in place in an empty database: the one that ships, or the one in a folder."""
    is_shipped = folder == SHIPPED
    plan = shipped_plan() if is_shipped else load_plan(folder)
    calendar = CALENDAR if is_shipped else load_calendar(folder / "calendar.toml")
    forms = shipped_forms() if is_shipped else Library(plan)
    numbers = count()
    database.write(lambda db: ensure_units(db, plan)).result()
    seal = Seal(lambda: b"a secret of the tests")
    chance = lambda: numbered_code(10**9 + next(numbers))  # noqa: E731 (a source of codes, as in earnest)
    world = World(plan, calendar, forms, "https://bot.example", chance, seal)
    return Town(database, world)


@dataclass
class Officer:
    """A person at one account; `heard` are the messages that the last thing they did brought."""

    town: Town
    channel: str
    account: str
    heard: list[Outgoing] = field(default_factory=list)
    bot: str = "bot"

    def says(self, text: str, message_id: str = "") -> list[Outgoing]:
        return self.sends(Text(text), message_id)

    def taps(self, label: str) -> list[Outgoing]:
        """Press the choice of the last message whose label begins so."""
        return self.presses(self.choice(label).id)

    def presses(self, choice_id: str, message_id: str = "") -> list[Outgoing]:
        return self.sends(Press(choice_id), message_id)

    def at_report(self, *labels: str, row: int = 1) -> list[Outgoing]:
        """Look at a report and press one choice after the other."""
        self.presses(f"view:{row}")
        for label in labels:
            self.taps(label)
        return self.heard

    def photographs(self, sha256: str = "ab" * 32) -> list[Outgoing]:
        return self.sends(File(is_image=True, name="hinh.jpg", mime="image/jpeg", size=9, sha256=sha256))

    def is_at(self, latitude: float, longitude: float) -> list[Outgoing]:
        return self.sends(Location(latitude, longitude))

    def sends(self, content: Content, message_id: str = "") -> list[Outgoing]:
        key = message_id or f"m{next(self.town._numbers)}"
        incoming = Incoming(self.channel, self.bot, self.account, key, content, language="vi")
        now, world = self.town.now, self.town.world
        row = self.town.database.write(lambda db: take_once(db, world, incoming, now)).result()
        self.heard = self._answers(row) if row is not None else []
        return self.heard

    def _answers(self, inbox_id: int) -> list[Outgoing]:
        query = select(t.outbox.c.body).where(t.outbox.c.inbox_id == inbox_id).order_by(t.outbox.c.id)
        return [decode(row[0]) for row in self.town.database.read(lambda db: db.execute(query).all())]

    @property
    def text(self) -> str:
        return "\n\n".join(message.text for message in self.heard)

    @property
    def codes(self) -> list[str]:
        """The invitations' codes that were shown, each once."""
        return list(dict.fromkeys(CODE.findall(self.text)))

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self.heard[-1].choices if self.heard else ()

    @property
    def labels(self) -> list[str]:
        return [choice.label for choice in self.choices]

    def choice(self, label: str) -> Choice:
        found = [choice for choice in self.choices if choice.label.startswith(label)]
        assert found, f"no choice {label!r} among {self.labels} under: {self.text}"
        return found[0]

    def sees(self, *parts: str) -> None:
        for part in parts:
            assert part in self.text, f"{part!r} is not in: {self.text}"

    def reports(self, women: int = 30, men: int = 15, day: str = "hôm nay") -> None:
        """A typical event, from the menu to the receipt."""
        self.says("báo cáo")
        self.taps("Buổi sinh hoạt")
        self.taps("Nói chuyện: gia đình")
        self.says(day)
        self.taps("Người dân")
        self.says(f"nữ {women} nam {men}")
        self.taps("Gửi báo cáo")
        if "Không, buổi khác" in self.labels:
            self.taps("Không, buổi khác")
        self.sees("Đã lưu")
