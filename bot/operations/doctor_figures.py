"""Recomputes all that is kept of figures from the reports themselves, and names each row that differs."""

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.operations.doctor import Finding, ok, problem
from bot.settings import Settings
from storage.db import health
from storage.records.totals import Difference, differences

MOST_NAMED = 50
"""Differences of each rollup that are named: enough to see what they have in common."""


def examine_figures(settings: Settings) -> list[Finding]:
    """Look at every report. A database that cannot be read is a problem that `doctor_database` tells."""
    try:
        with health.looking(settings.database_url) as db:
            return _examine(db)
    except (SQLAlchemyError, OSError):
        return []


def _examine(db: Connection) -> list[Finding]:
    found = differences(db, MOST_NAMED)
    if not found:
        return [ok("figures", "Every total was added up anew from the reports: none differs.")]
    return [problem("figures", _told(one)) for one in found]


def _told(one: Difference) -> str:
    counts = ", ".join(f"{name} {kept} instead of {true}" for name, (kept, true) in one.counts.items())
    return f"{one.rollup}, {one.key}: {counts}."
