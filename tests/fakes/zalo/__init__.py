"""A Zalo Bot Platform to test against: it refuses what the real one refuses and forgets what the real one forgets."""

from tests.fakes.zalo.rules import Rules, Trouble
from tests.fakes.zalo.server import FakeZalo, Sent

__all__ = ["FakeZalo", "Rules", "Sent", "Trouble"]
