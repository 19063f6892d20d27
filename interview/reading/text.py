"""How a written message is made comparable: one spelling for digits, marks, letters and case.

`clean` keeps the person's words (it is what a text answer stores), `fold` is for comparing only.
"""

import re
import unicodedata
from functools import lru_cache

_DIGITS = {
    first + n: str(n)
    for first in (
        *(0xFF10, 0x0660, 0x06F0),  # fullwidth, Arabic-Indic, Persian
        *(0x0E50, 0x0ED0, 0x17E0, 0x1040, 0x0966),  # Thai, Lao, Khmer, Burmese, Devanagari
        *range(0x1D7CE, 0x1D800, 10),  # bold, outlined and others, as fancy keyboards write them
    )
    for n in range(10)
}
"""An allow-list: other characters that Unicode calls digits (`²`, `①`) are not how people write a number."""

_INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff\u00ad"  # direction and joining marks
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"  # what neither XML nor a database can hold
)
_KEYCAP = re.compile("(?<=[0-9])\ufe0f?\u20e3")
_MARKS = re.compile("[\u0300-\u036f]+")
_BLANKS = re.compile(r"[^\S\n]+")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=512)  # all readers of a message clean it
def clean(text: str) -> str:
    """The text in NFC, without invisible direction marks, with runs of blanks made one."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable():  # as most messages: nothing invisible, no blanks but spaces
        return " ".join(composed.split())
    return one_blank(_INVISIBLE.sub("", composed)).strip()


def one_blank(text: str) -> str:
    """Runs of blanks made one; a new line stays."""
    return _BLANKS.sub(" ", text)


def plain_digits(text: str) -> str:
    """`clean`, and the digits of other scripts and emoji keycaps written 0 to 9."""
    return _KEYCAP.sub("", clean(text)).translate(_DIGITS)


@lru_cache(maxsize=512)  # all readers of a message fold it
def fold(text: str) -> str:
    """Lower case without diacritics, `đ` as `d`, blanks made one: "Tọa  ĐÀM" and "toa dam" are the same."""
    if text.isascii():
        return " ".join(_INVISIBLE.sub("", text).lower().split())
    bare = _MARKS.sub("", unicodedata.normalize("NFD", clean(text).lower())).replace("đ", "d")
    return " ".join(bare.split())


def fold_words(text: str) -> tuple[str, ...]:
    """The folded words of a text, punctuation left out."""
    return tuple(_WORD.findall(fold(text)))
