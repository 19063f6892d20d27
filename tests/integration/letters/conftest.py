"""The small Gò Vấp, on both databases."""

import pytest
from sqlalchemy import Connection

from tests.integration.reports.world import World, small_world


@pytest.fixture
def world(db: Connection) -> World:
    return small_world(db)
