"""Sorts what can go wrong with a call by the only question that matters: can it have taken effect?

None of these carries the address, a header or the exception it came from: the token stands in the address.
"""

from aiogram.exceptions import (
    AiogramError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiohttp import ClientConnectorError, ConnectionTimeoutError


class CallFailed(Exception):
    """A call to the Bot API did not succeed; `method` says which."""

    method = ""


class NeverArrived(CallFailed):
    """The request did not leave: no name, no connection, no TLS. Surely without effect."""


class TelegramUnclear(CallFailed):
    """The request left and no answer could be read: a time-out, a broken connection, a 5xx, a page of HTML."""


class TelegramRefused(CallFailed):
    """Telegram answered no, and did nothing. `retry_after` is in seconds, `moved_to` the supergroup's id."""

    def __init__(self, code: int, description: str, retry_after: float = 0.0, moved_to: str = "") -> None:
        super().__init__(f"{code}: {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.moved_to = moved_to


_CODES: tuple[tuple[type[TelegramAPIError], int], ...] = (
    (TelegramUnauthorizedError, 401),
    (TelegramForbiddenError, 403),
    (TelegramNotFound, 404),
    (TelegramConflictError, 409),
    (TelegramEntityTooLarge, 413),
    (TelegramBadRequest, 400),
)


def judge(error: AiogramError) -> CallFailed:
    """aiogram's error as one of ours."""
    if isinstance(error, TelegramRetryAfter):
        return TelegramRefused(429, "too many requests", retry_after=float(error.retry_after))
    if isinstance(error, TelegramMigrateToChat):
        return TelegramRefused(400, "the group became a supergroup", moved_to=str(error.migrate_to_chat_id))
    if isinstance(error, TelegramServerError):
        return TelegramUnclear("Telegram had an internal error")
    if isinstance(error, TelegramNetworkError) and not isinstance(error, TelegramEntityTooLarge):
        return _network(error.__cause__)
    if isinstance(error, TelegramAPIError):
        code = next((code for kind, code in _CODES if isinstance(error, kind)), 400)
        return TelegramRefused(code, _impersonal(error.message))
    return TelegramUnclear("an answer that is not the Bot API's")


def _network(cause: BaseException | None) -> CallFailed:
    # A time-out while connecting and a refused or unresolved connection come before the first byte of the request.
    kind = type(cause).__name__
    if isinstance(cause, ClientConnectorError | ConnectionTimeoutError):
        return NeverArrived(kind)
    return TelegramUnclear(kind)


def _impersonal(description: str) -> str:
    """Cut quotations out of an error. Telegram quotes what it could not parse, which may be somebody's words."""
    return description.partition('"')[0].strip()
