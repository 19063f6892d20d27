"""The small Gò Vấp, on both databases."""

from tests.integration.reports.conftest import world

__all__ = ["world"]
