"""Sends one knock and says what became of it."""

import secrets
from collections.abc import Callable
from datetime import datetime

import aiohttp

from channels.push.addresses import NotPublic, PublicResolver
from channels.push.encrypting import authorization, encrypted, server_key
from channels.push.limits import CALL_SECONDS, CONNECT_SECONDS, LIFE, TOPIC
from messages.pushing import Subscription, is_push_address
from scheduler.outcomes import Ambiguous, Delivered, Impossible, NotSent, Outcome, Unreachable

_GONE = frozenset({404, 410})
_LATER = frozenset({429, 503})


def session() -> aiohttp.ClientSession:
    """A client that calls public addresses only, keeps no cookies, and hears of no proxy."""
    connector = aiohttp.TCPConnector(resolver=PublicResolver(), use_dns_cache=False)
    limit = aiohttp.ClientTimeout(total=CALL_SECONDS, connect=CONNECT_SECONDS)
    return aiohttp.ClientSession(connector=connector, timeout=limit, cookie_jar=aiohttp.DummyCookieJar())


class PushSender:
    """Sends over a session that the caller owns and closes. `subject` is our address, `machine` the machine's clock."""

    def __init__(
        self, client: aiohttp.ClientSession, secret: bytes, subject: str, machine: Callable[[], datetime]
    ) -> None:
        self._client = client
        self._key = server_key(secret)
        self._subject = subject
        self._machine = machine

    async def send(self, to: Subscription, text: bytes) -> Outcome:
        """Send a text of at most some 3,900 bytes."""
        if not is_push_address(to.endpoint):
            return Unreachable("no push address")
        try:
            body = encrypted(text, to, secrets.token_bytes)
        except ValueError:
            return Unreachable("keys on no curve")
        headers = {
            "Authorization": authorization(self._key, to.endpoint, self._subject, self._machine()),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(LIFE),
            "Topic": TOPIC,
            "Urgency": "normal",
        }
        try:
            async with self._client.post(to.endpoint, data=body, headers=headers, allow_redirects=False) as answer:
                return outcome_of(answer.status, answer.headers.get("Retry-After", ""))
        except aiohttp.ClientConnectorError as error:
            return _not_reached(error)
        except (aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            return NotSent(type(error).__name__)
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            return Ambiguous(type(error).__name__)


def _not_reached(error: aiohttp.ClientConnectorError) -> Outcome:
    if isinstance(error.os_error, NotPublic):
        return Unreachable("not a public address")
    return NotSent(type(error).__name__)


def outcome_of(status: int, retry_after: str = "") -> Outcome:
    """Say what a push service's answer means (RFC 8030, 5 to 7)."""
    if 200 <= status < 300:
        return Delivered()
    if status in _GONE:
        return Unreachable(f"status {status}")
    if status in _LATER:
        seconds = float(retry_after) if retry_after.isascii() and retry_after.isdecimal() else None
        return NotSent(f"status {status}", seconds)
    return Ambiguous(f"status {status}") if status >= 500 else Impossible(f"status {status}")
