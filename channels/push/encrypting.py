"""Encrypts a knock for one browser (RFC 8291 over RFC 8188), and signs it as ours (RFC 8292). Pure but for chance."""

import json
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from channels.push.limits import JWT_LIFE, RECORD
from messages.base64url import from_base64url, to_base64url
from messages.pushing import Subscription

SALT_BYTES = 16
_LAST_RECORD = b"\x02"
_CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def server_key(secret: bytes) -> ec.EllipticCurvePrivateKey:
    """Our key, made from the installation's secret: every replica has the same, and a backup needs no further file."""
    wide = _derived(b"", secret, b"web push server key", 48)  # so wide that no key is likelier than another
    return ec.derive_private_key(int.from_bytes(wide, "big") % (_ORDER - 1) + 1, _CURVE)


def public_part(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The key's public point, 65 bytes, as browsers take it."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def encrypted(text: bytes, to: Subscription, chance: Callable[[int], bytes]) -> bytes:
    """The body of a push: header and one record. Raises ValueError for keys that are on no curve."""
    theirs = from_base64url(to.p256dh)
    own = ec.generate_private_key(_CURVE)
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, theirs))
    mine = public_part(own)
    keying = _derived(from_base64url(to.auth), shared, b"WebPush: info\0" + theirs + mine, 32)
    salt = chance(SALT_BYTES)
    key = _derived(salt, keying, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(salt, keying, b"Content-Encoding: nonce\0", 12)
    header = salt + RECORD.to_bytes(4, "big") + bytes((len(mine),)) + mine
    return header + AESGCM(key).encrypt(nonce, text + _LAST_RECORD, None)


def authorization(key: ec.EllipticCurvePrivateKey, endpoint: str, subject: str, now: datetime) -> str:
    """The header by which a push service knows who sends: a signed statement for its origin alone."""
    parts = urlsplit(endpoint)
    claims: dict[str, object] = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int(now.timestamp()) + JWT_LIFE}
    if subject:
        claims["sub"] = subject
    signed = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(claims)}"
    one, two = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    signature = to_base64url(one.to_bytes(32, "big") + two.to_bytes(32, "big"))
    return f"vapid t={signed}.{signature}, k={to_base64url(public_part(key))}"


def _json(value: dict[str, object] | dict[str, str]) -> str:
    return to_base64url(json.dumps(value, separators=(",", ":")).encode())


def _derived(salt: bytes, material: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(material)
