"""The town on each database."""

import pytest
from sqlalchemy import Connection

from tests.integration.scheduler.town import Town


@pytest.fixture
def town(db: Connection) -> Town:
    return Town(db)
