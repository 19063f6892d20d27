"""The one place that reads the machine's clock."""

from datetime import UTC, datetime


def system_now() -> datetime:
    """Now, aware."""
    return datetime.now(UTC)
