"""Makes links that carry their own permission: what they open, until when, and a signature over both.

Nothing is stored for them, so nothing can be guessed, listed or left behind.
"""

import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import TypeAlias

from messages.base64url import from_base64url, to_base64url

Opens: TypeAlias = tuple[str | int, ...]
_SIGNATURE_BYTES = 16
"""128 bits, so that no signature is found by trying."""


class Signer:
    """Signs links of one purpose; a link of another purpose is worth nothing here."""

    def __init__(self, secret: bytes, purpose: str) -> None:
        self._key = hmac.new(secret, f"link {purpose}".encode(), hashlib.sha256).digest()

    def sign(self, opens: Opens, now: datetime, life: timedelta) -> str:
        """Make a URL-safe token that opens this for so long."""
        body = json.dumps([int((now + life).timestamp()), *opens], ensure_ascii=False, separators=(",", ":")).encode()
        return _written(body, self._signature(body))

    def read(self, token: str, now: datetime) -> Opens | None:
        """Read what a token opens; `None` if it is not ours, was changed, or is over."""
        body_text, _, signature_text = token.partition(".")
        try:
            body, signature = from_base64url(body_text), from_base64url(signature_text)
        except ValueError:
            return None
        if not hmac.compare_digest(signature, self._signature(body)) or token != _written(body, signature):
            return None
        until, *opens = json.loads(body)
        return tuple(opens) if now.timestamp() < until else None

    def _signature(self, body: bytes) -> bytes:
        return hmac.new(self._key, body, hashlib.sha256).digest()[:_SIGNATURE_BYTES]


def _written(body: bytes, signature: bytes) -> str:
    """Write a token in its one valid spelling: base64 has several for the same bytes."""
    return f"{to_base64url(body)}.{to_base64url(signature)}"
