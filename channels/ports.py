"""The types of what the composition root hands to a channel; a channel knows no room above itself."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeAlias

from messages import Incoming

Now: TypeAlias = Callable[[], datetime]
"""The conversation's clock (aware); the demo can move it."""


class Submit(Protocol):
    """Takes an update. Returning means that it is committed (or was taken before): acknowledge it now.

    Raises `storage.db.writer.Unavailable` when the database failed: nothing was taken, so acknowledge nothing and offer
    it again.
    """

    async def __call__(self, incoming: Incoming) -> object: ...
