"""Judges what the platform's HTTP answers mean, whatever they look like.

An error may come with status 200, a rate limit as an HTML page, "nothing to fetch" as an error 408. What matters to
a caller is one thing: was the call certainly refused, or does nobody know?
"""

import json
from typing import Any

NOTHING = 408
QUOTA = 429
_SERVER_ERRORS = 500


class CallError(Exception):
    """A call that did not succeed. None of its kinds ever holds the address, which contains the token."""


class ZaloRefused(CallError):
    """The platform said no: the call had no effect. 429 is the quota or the rate, 403 the platform's own trouble."""

    def __init__(self, code: int, description: str = "") -> None:
        super().__init__(f"{code} {description}".strip())
        self.code = code
        self.description = description


class NotReached(CallError):
    """The request never left: no name, no connection, no TLS."""


class ZaloUnclear(CallError):
    """The request left, but its answer was lost or unreadable: it may have taken effect."""


def read_answer(status: int, body: str) -> Any:
    """Return the result of a call (`None` where the platform gives none), or raise a `CallError`."""
    data = _json(body)
    if data is None:
        if 400 <= status < _SERVER_ERRORS:
            raise ZaloRefused(status)
        raise ZaloUnclear(f"status {status} without JSON")
    if data.get("ok") is False or status >= 400:
        code = _code(data, status)
        if code >= _SERVER_ERRORS:
            raise ZaloUnclear(f"error {code}")
        raise ZaloRefused(code, str(data.get("description") or "")[:200])
    # Webhook payloads were captured without an envelope; nothing says that polling never is.
    return data.get("result") if "ok" in data else data


def _json(body: str) -> dict[str, Any] | None:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _code(data: dict[str, Any], status: int) -> int:
    code = data.get("error_code")
    if isinstance(code, int) and not isinstance(code, bool):
        return code
    return max(status, 400)
