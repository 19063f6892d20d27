"""Limits at the edge, how a text is measured, and the cleaning that each goes through before anything reads it."""

import re

MAX_TEXT = 4_096
"""Characters of one incoming message that are read; Telegram sends no more, the web page's box holds no more."""

MAX_NAME = 60
"""Letters of a person's name as it stands in lists on a phone."""

MAX_CHOICE_ID_BYTES = 64
"""Telegram's callback data."""

# SQLite, lxml and PostgreSQL raise on these: NUL and other control characters (tab and newline stay), lone
# surrogates, and the two non-characters that XML forbids.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text with every character that a store cannot hold replaced by U+FFFD; "\\r\\n" becomes "\\n"."""
    return _FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n"))


def units(text: str) -> int:
    """The text's length in UTF-16 units, by which chat platforms measure, or may do so."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
