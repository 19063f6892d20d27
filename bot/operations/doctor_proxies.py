"""The doctor's check of proxies: a proxy that no setting names makes all people behind it count as one."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.operations.doctor import Finding, local, ok, warning
from storage.db import settings

SHOWN = timedelta(days=7)
"""A proxy seen longer ago has been added to the settings since, or was a stranger's."""


def forwarding(db: Connection, now: datetime) -> Iterator[Finding]:
    """Tell whether forwarded headers came from an address that is not trusted."""
    seen = settings.kept(db, settings.FORWARDER)
    moment, _, address = (seen or "").partition(" ")
    if not address or datetime.fromisoformat(moment) < now - SHOWN:
        yield ok("proxies", "Nobody forwards who is not in BOT_TRUSTED_PROXIES.")
        return
    yield warning(
        "proxies",
        f"{address} forwards for others and is not believed, at {local(datetime.fromisoformat(moment))} last: all who "
        "come through it count as one. If it is your proxy, add it to BOT_TRUSTED_PROXIES and restart; "
        "if not, there is nothing to do.",
    )
