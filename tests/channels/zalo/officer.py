"""An officer who has joined through Zalo, over the real turn: what they write and what is queued for them."""

import time
from pathlib import Path

from sqlalchemy import Connection, select

from bot.prepare import OpenInstallation, prepare
from bot.settings import Settings
from channels.zalo.render import pages
from conversation.intake import Intake
from locales import texts
from messages import Content, Incoming, Outgoing, Text, decode
from services.directory.invitations import issue
from storage import tables as t
from storage.directory import units
from tests.channels.zalo.helpers import NOW, now

CODE = "K7MP4XQ2"


def prepared(folder: Path) -> OpenInstallation:
    """An installation in a folder, with one invitation for a propagandist of Phường 10, Khu phố 5."""
    settings = Settings(database_url=f"sqlite:///{folder}/bot.db", plan=Path("plan"))
    found = prepare(settings, NOW)
    invite(found, CODE)
    return found


def invite(found: OpenInstallation, code: str, role: str = "propagandist", unit: str = "P10-KP05") -> None:
    """One more invitation."""

    def add(db: Connection) -> None:
        row = units.unit_id(db, unit)
        assert row is not None
        issue(db, code, role=role, unit_id=row, by=None, now=NOW)

    found.database.write(add).result()


class Officer:
    """Writes straight to the turn; `queued` are the messages for them, `sees` the last as Zalo would show it."""

    def __init__(self, found: OpenInstallation, chat: str = "c1") -> None:
        self.submit = Intake(found.database, found.world, now, time.monotonic)
        self._database = found.database
        self._chat = chat
        self.written = 0

    async def says(self, *lines: str) -> None:
        for line in lines:
            await self.sends(Text(line))

    async def sends(self, content: Content) -> None:
        self.written += 1
        await self.submit(Incoming("zalo", "100", self._chat, f"m{self.written}", content, name="Chị Hoa"))

    @property
    def queued(self) -> list[Outgoing]:
        query = select(t.outbox.c.body).join(t.account).where(t.account.c.external_id == self._chat)
        return [
            decode(body) for body in self._database.read(lambda db: db.scalars(query.order_by(t.outbox.c.id)).all())
        ]

    @property
    def sees(self) -> str:
        return "\n\n".join(pages(self.queued[-1], texts("vi")))
