"""A push service of our own: takes what RFC 8030 lets it take, knows who sends by RFC 8292, and reads it as a browser
would by RFC 8291. Written from the RFCs, not from what the bot does.
"""

import datetime as dt
import hmac
import json
import re
import socket
import ssl
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from messages.base64url import from_base64url, to_base64url
from messages.pushing import Subscription

HOST = "push.example"
MOST_BYTES = 4_096
DAY = 86_400


@dataclass
class Browser:
    """A browser's side of a subscription: its private key and the secret that it shares with who sends."""

    name: str
    server_key: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = b"0123456789abcdef"

    @property
    def subscription(self) -> Subscription:
        return Subscription(f"https://{HOST}/to/{self.name}", to_base64url(point(self.key)), to_base64url(self.auth))

    def to_json(self) -> dict[str, Any]:
        """As `PushSubscription.toJSON()` writes it."""
        given = self.subscription
        return {
            "endpoint": given.endpoint,
            "expirationTime": None,
            "keys": {"p256dh": given.p256dh, "auth": given.auth},
        }


class Refused(Exception):
    """What the service answers instead of taking a message."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class PushService:
    """Keeps what was sent, by browser; `answers` are statuses to give once each instead, by browser."""

    def __init__(self) -> None:
        self.browsers: dict[str, Browser] = {}
        self.got: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.refused: list[str] = []
        self.answers: dict[str, list[int]] = defaultdict(list)
        self.port = 0

    def add(self, browser: Browser) -> Browser:
        self.browsers[browser.name] = browser
        return browser

    async def take(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if self.answers[name]:
            return web.Response(status=self.answers[name].pop(0))
        try:
            self.got[name].append(self._read(request, await request.read()))
        except Refused as refused:
            self.refused.append(str(refused))
            return web.Response(status=refused.status)
        return web.Response(status=201, headers={"Location": f"https://{HOST}/message/1"})

    def _read(self, request: web.Request, body: bytes) -> dict[str, Any]:
        browser = self.browsers.get(request.match_info["name"])
        if browser is None:
            raise Refused(404, "no such subscription")
        check_headers(request.headers)
        check_signature(request.headers.get("Authorization", ""), browser.server_key)
        if len(body) > MOST_BYTES:
            raise Refused(413, "too long")
        said: dict[str, Any] = json.loads(decrypt(body, browser.key, browser.auth))
        return said


def check_headers(headers: Any) -> None:
    """RFC 8030, 5.2 to 5.4."""
    if not re.fullmatch("[0-9]+", headers.get("TTL", "")):
        raise Refused(400, "no TTL")
    if not re.fullmatch("[A-Za-z0-9_-]{1,32}", headers.get("Topic", "t")):
        raise Refused(400, "a topic has at most 32 letters of base64url")
    if headers.get("Urgency", "normal") not in {"very-low", "low", "normal", "high"}:
        raise Refused(400, "no such urgency")
    if headers.get("Content-Encoding") != "aes128gcm":
        raise Refused(415, "not encrypted")


def check_signature(header: str, server_key: str) -> None:
    """RFC 8292, 2 to 4: a JWT for this origin, not good for longer than a day, by the key subscribed with."""
    match = re.fullmatch(r"vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), ?k=([\w-]+)", header)
    if not match or match[4] != server_key:
        raise Refused(403, "not who the browser subscribed to")
    head, claims = (json.loads(from_base64url(match[part])) for part in (1, 2))
    signature = from_base64url(match[3])
    both = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
    known = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_base64url(match[4]))
    try:
        known.verify(utils.encode_dss_signature(*both), f"{match[1]}.{match[2]}".encode(), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise Refused(403, "not signed by that key") from None
    if head.get("alg") != "ES256" or claims["aud"] != f"https://{HOST}":
        raise Refused(403, "signed for somebody else")
    if not time.time() < claims["exp"] <= time.time() + DAY:
        raise Refused(403, "signed for another day")
    if urlsplit(claims.get("sub", "mailto:a@b.example")).scheme not in {"https", "mailto"}:
        raise Refused(403, "nobody to write to")


def decrypt(body: bytes, key: ec.EllipticCurvePrivateKey, auth: bytes) -> bytes:
    """RFC 8291, 3.4, with RFC 8188, 2: header (salt, record size, key id), then one record, ended by 2 and zeros."""
    salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
    sender, record = body[21 : 21 + length], body[21 + length :]
    if not 18 <= len(record) <= size:
        raise Refused(400, "not one record")
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
    material = _one_block(_hmac(auth, shared), b"WebPush: info\0" + point(key) + sender)
    pseudo = _hmac(salt, material)
    content = _one_block(pseudo, b"Content-Encoding: aes128gcm\0")[:16]
    nonce = _one_block(pseudo, b"Content-Encoding: nonce\0")[:12]
    padded = AESGCM(content).decrypt(nonce, record, None).rstrip(b"\0")
    if padded[-1:] != b"\x02":
        raise Refused(400, "the last record is not marked")
    return padded[:-1]


def _hmac(key: bytes, text: bytes) -> bytes:
    return hmac.digest(key, text, "sha256")


def _one_block(pseudo: bytes, info: bytes) -> bytes:
    """HKDF's first block of 32 bytes (RFC 5869, 2.3)."""
    return _hmac(pseudo, info + b"\x01")


def point(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public key, 65 bytes."""
    coded = (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return key.public_key().public_bytes(*coded)


class _Here(AbstractResolver):
    """Resolves the service's name to this machine, as no public name does."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        assert (host, port) == (HOST, 443)
        return [ResolveResult(hostname=host, host="127.0.0.1", port=self._port, family=family, proto=0, flags=0)]

    async def close(self) -> None:
        pass


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[tuple[PushService, aiohttp.ClientSession]]:
    """The service behind TLS, and a client that knows where it is and whom to trust; all else is as in earnest."""
    certificate = _certificate(folder)
    for_server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    for_server.load_cert_chain(certificate)
    service = PushService()
    app = web.Application()
    app.router.add_post("/to/{name}", service.take)
    server = TestServer(app, scheme="https")
    await server.start_server(ssl=for_server)
    service.port = server.port or 0
    connector = aiohttp.TCPConnector(
        resolver=_Here(service.port), ssl=ssl.create_default_context(cafile=str(certificate)), use_dns_cache=False
    )
    async with server, aiohttp.ClientSession(connector=connector) as client:
        yield service, client


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now - dt.timedelta(days=1), now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path = folder / "push.pem"
    path.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(pem))
    return path
