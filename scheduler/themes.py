"""The theme of each year's Action Month, as the secretariat set it."""

from sqlalchemy import Connection

from storage.db import settings

_KEY = "action_month.theme.{year}"


def keep(db: Connection, year: int, theme: str) -> None:
    """Set it; an empty one takes it back."""
    settings.keep(db, _KEY.format(year=year), theme)


def of_year(db: Connection, year: int) -> str:
    """The theme; empty if none was set."""
    return settings.kept(db, _KEY.format(year=year)) or ""
