"""An invitation's code: eight characters of an alphabet without look-alikes, of which only the hash is stored."""

import hashlib
import re
from collections.abc import Callable

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8
_APART = re.compile(r"[\s-]")


def new_code(pick: Callable[[str], str]) -> str:
    """A fresh code; `pick` chooses one character of an alphabet by chance."""
    return "".join(pick(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def written(code: str) -> str:
    """A code as people read it: K7MP-4XQ2."""
    return f"{code[:4]}-{code[4:]}"


def plain(code: str) -> str:
    """The same code without what sets its halves apart, however it was typed."""
    return _APART.sub("", code).upper()


def hash_code(code: str) -> str:
    """What is stored of a code."""
    return hashlib.sha256(plain(code).encode()).hexdigest()
