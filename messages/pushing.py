"""A browser's word of where it can be pushed to, as the page hands it over: an address and two keys."""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from messages.base64url import from_base64url

MAX_ENDPOINT = 1_024
"""Characters of an address; the longest in use have some 400."""
KEY_BYTES, AUTH_BYTES = 65, 16
"""A point of P-256, not compressed, and the shared secret (RFC 8291)."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where a browser is pushed to. The keys are base64url, as browsers write them."""

    endpoint: str
    p256dh: str
    auth: str


def read_subscription(data: Any) -> Subscription:
    """Read a `PushSubscription.toJSON()`. Raises ValueError, KeyError or TypeError for anything else."""
    endpoint, keys = data["endpoint"], data["keys"]
    p256dh, auth = str(keys["p256dh"]), str(keys["auth"])
    if not is_push_address(endpoint):
        raise ValueError("no address to push to")
    key = from_base64url(p256dh)
    if (len(key), len(from_base64url(auth))) != (KEY_BYTES, AUTH_BYTES) or key[0] != 4:
        raise ValueError("no keys to encrypt with")
    return Subscription(endpoint, p256dh, auth)


def is_push_address(endpoint: object) -> bool:
    """Whether this may be a push service's address: https at its usual port, by a name that others can resolve.

    Where the name leads is looked at when something is sent.
    """
    if not (isinstance(endpoint, str) and len(endpoint) <= MAX_ENDPOINT and endpoint.isascii()):
        return False
    if not endpoint.isprintable() or " " in endpoint:
        return False
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    usual = parts.scheme == "https" and port in {None, 443} and parts.username is None and parts.password is None
    return usual and "." in host.strip(".") and not _is_number(host)


def _is_number(host: str) -> bool:
    """Whether a host is an address, however it is written: 127.0.0.1, 2130706433, 0x7f.1, ::1."""
    try:
        ip_address(host)
    except ValueError:
        last = host.rstrip(".").rpartition(".")[2]
        return last.isdecimal() or last.lower().startswith("0x")
    return True
