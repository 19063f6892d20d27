"""Invitation codes: eight characters of an alphabet without look-alikes. Only their hash is stored."""

import hashlib
import re
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
