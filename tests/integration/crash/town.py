"""A town that people join to report in while the process dies, and what must be true of its database afterwards."""

from pathlib import Path

from sqlalchemy import Connection, create_engine, select

from bot.clock import system_now
from bot.prepare import prepare
from bot.settings import Settings
from services.directory.invitations import issue
from storage import tables as t
from storage.directory import units
from tests.integration.crash.crowd import Crowd


def prepare_town(folder: Path, newcomers: int) -> list[str]:
    """A database with an invitation for each; their codes."""
    ready = prepare(Settings(database_url=f"sqlite:///{folder / 'bot.db'}"), system_now())
    codes = [ready.world.chance() for _ in range(newcomers)]

    def job(db: Connection) -> None:
        unit = units.unit_id(db, "P10-KP05")
        assert unit is not None
        for code in codes:
            issue(db, code, role="propagandist", unit_id=unit, by=None, now=system_now())

    ready.database.write(job).result()
    ready.database.close()
    return codes


def stored_reports(folder: Path) -> dict[str, list[int]]:
    """The number of women in each report, by the platform's id of who sent it."""
    engine = create_engine(f"sqlite:///{folder / 'bot.db'}")
    found: dict[str, list[int]] = {}
    with engine.connect() as db:
        query = (
            select(t.account.c.external_id, t.activity_line.c.women)
            .join(t.submission, t.submission.c.id == t.activity_line.c.submission_id)
            .join(t.account, t.account.c.person_id == t.submission.c.person_id)
        )
        for account, women in db.execute(query):
            found.setdefault(account, []).append(women)
    engine.dispose()
    return found


def check(folder: Path, crowd: Crowd) -> None:
    """Every report that somebody sent is stored once, and was confirmed to them."""
    stored = stored_reports(folder)
    for chat, reporter in crowd.reporters.items():
        sent = list(range(1, reporter.number))
        assert sorted(stored.get(str(chat), [])) == sent
        assert sorted(set(reporter.receipts)) == sent
    assert crowd.apologies == []
