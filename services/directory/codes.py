"""Invitation codes: eight characters of an alphabet without look-alikes.

A code is found by its hash. While it waits for somebody, whoever may invite them can read it again: for that it is kept
sealed, and only the installation's secret, which is in no table, opens it.
"""

import hashlib
import hmac
import re
from binascii import unhexlify
from collections.abc import Callable

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8
_APART = re.compile(r"[\s-]")


def new_code(pick: Callable[[str], str]) -> str:
    """Make a fresh code; `pick` chooses one character of an alphabet by chance."""
    return "".join(pick(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def written(code: str) -> str:
    """Write a code as people read it: K7MP-4XQ2."""
    return f"{code[:4]}-{code[4:]}"


def plain(code: str) -> str:
    """Normalise a code, however it was typed, by taking out what sets its halves apart."""
    return _APART.sub("", code).upper()


def hash_code(code: str) -> str:
    """Make the hash of a code, which is what is stored."""
    return hashlib.sha256(plain(code).encode()).hexdigest()


class Seal:
    """Closes codes so that the database alone does not show them. `key` gives the secret, asked for when it is used."""

    def __init__(self, key: Callable[[], bytes]) -> None:
        self._key = key

    def close(self, code: str) -> str:
        """The code as it is kept."""
        return self._mixed(plain(code).encode(), hash_code(code)).hex()

    def read(self, code_hash: str, sealed: str) -> str | None:
        """The code that was closed; `None` if there is none, or another secret closed it."""
        try:
            code = self._mixed(unhexlify(sealed), code_hash).decode("ascii")
        except ValueError:
            return None
        return code if code and hash_code(code) == code_hash else None

    def _mixed(self, code: bytes, code_hash: str) -> bytes:
        """The code with a pad of its own, or back."""
        pad = hmac.digest(self._key(), f"invitation {code_hash}".encode(), "sha256")
        return bytes(one ^ other for one, other in zip(code, pad, strict=False))
