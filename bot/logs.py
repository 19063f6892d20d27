"""The log: one line an event on standard error, and never a token or secret in it, whoever wrote the line."""

import logging
import sys
import warnings
from collections.abc import Iterable

HIDDEN = "•••"
CHATTY = ("apscheduler", "alembic", "aiohttp.access", "aiogram", "bot.access")
"""Loggers of which only warnings are read; the last one's lines, too, where a log is to be verbose."""


class Redacting(logging.Formatter):
    """Replaces secrets in the finished line and its traceback: libraries put URLs, and so tokens, into errors."""

    def __init__(self, hidden: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S%z")
        self._hidden = [secret for secret in hidden if secret]

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._hidden:
            line = line.replace(secret, HIDDEN)
        return line


def set_up(hidden: Iterable[str], level: int = logging.INFO, *, is_verbose: bool = False) -> None:
    """Log to standard error from `level` on; each request to the web server only if it is to be verbose."""
    if not sys.warnoptions:
        # A library's warning may quote what somebody sent, once for each wording; it is for whoever tests.
        warnings.simplefilter("ignore")
    handler = logging.StreamHandler()
    handler.setFormatter(Redacting(hidden))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(logging.WARNING)
    if is_verbose:
        logging.getLogger(CHATTY[-1]).setLevel(logging.NOTSET)
