"""What was typed with the keyboard's Vietnamese switched off: "toaj ddamf" (Telex), "toa5 d9am2" (VNI).

A whole message is read so, or nothing of it: only if all of its words are Vietnamese then, and some of them were not.
"""

import re
import unicodedata

from interview.reading.text import fold

_LONGEST = 600
"""Characters of a message that is looked at."""
_FEWEST = {"telex": 2, "vni": 3}
"""Words that must have become Vietnamese: with digits more of them, since "nu3" may count three women."""
_TELEX = (
    ("uwow", "ươ"), ("uow", "ươ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"), ("aw", "ă"), ("ow", "ơ"), ("uw", "ư"),
    ("dd", "đ"),
)  # fmt: skip
_TONES = {"telex": dict(zip("sfrxj", "\u0301\u0300\u0309\u0303\u0323", strict=True))}
_TONES["vni"] = dict(zip("12345", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI = {"6": {"a": "â", "e": "ê", "o": "ô"}, "7": {"o": "ơ", "u": "ư"}, "8": {"a": "ă"}, "9": {"d": "đ"}}
_SYLLABLE = re.compile(
    "(?:ngh|ng|nh|th|tr|ph|kh|ch|gh|gi|qu|[bcdghklmnprstvx])?"
    "(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|ieu|iu|oa|oai|oao|oay|oe|oeo|oi|ua|uay|ue|ui|uo|uoi|uou|uu|uy|uya|uye|uyu|ye|yeu)"
    "(?:ng|nh|ch|[cmnpt])?"
)
_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile("[a-z]+")
_SHORT = re.compile("[bcdghklmnpqrstvx]{1,4}[0-9]*|[0-9]+[a-z]{0,3}")
"""Abbreviations and numbers: "kp5", "clb", "30", "8h"."""
_COUNTS = re.compile("(?:nu|nam|na|anh|chi|ong|ba)[0-9]")
""" "nu3": three women rather than "nử"."""


def as_meant(text: str) -> str:
    """The text as it was meant, if it was typed so; else as it is."""
    if len(text) > _LONGEST:
        return text
    for way in _FEWEST:
        meant = _all_of(text, way)
        if meant is not None:
            return meant
    return text


def _all_of(text: str, way: str) -> str | None:
    """The text with each word as it was meant; `None` unless all are words then, and enough were none before."""
    mended = 0
    parts, end = [], 0
    for match in _WORD.finditer(text):
        word = match[0].lower()
        parts.append(text[end : match.start()])
        end = match.end()
        if not word.isascii() or _SHORT.fullmatch(word) or _SYLLABLE.fullmatch(word):
            parts.append(match[0])
            continue
        meant = _telex(word) if way == "telex" else _vni(word)
        if meant is None:
            return None
        mended += 1
        parts.append(meant.capitalize() if match[0][0].isupper() else meant)
    return "".join((*parts, text[end:])) if mended >= _FEWEST[way] else None


def _telex(word: str) -> str | None:
    if not _LETTERS.fullmatch(word):
        return None
    tone = _TONES["telex"].get(word[-1], "")
    return _syllable(_replaced(word[:-1] if tone else word), tone)


def _replaced(word: str) -> str:
    for typed, letter in _TELEX:
        word = word.replace(typed, letter)
    return word


def _vni(word: str) -> str | None:
    if _COUNTS.fullmatch(word):
        return None
    letters, tone = "", ""
    for key in word:
        if key in _VNI:
            at = next((at for at in range(len(letters) - 1, -1, -1) if letters[at] in _VNI[key]), None)
            if at is None:
                return None
            letters = f"{letters[:at]}{_VNI[key][letters[at]]}{letters[at + 1 :]}"
        elif key in _TONES["vni"]:
            tone = _TONES["vni"][key]
        elif key.isdigit():
            return None
        else:
            letters += key
    return _syllable(letters, tone)


def _syllable(letters: str, tone: str) -> str | None:
    """The syllable with its tone where it is written; `None` if there is no such syllable."""
    if not letters or not _SYLLABLE.fullmatch(fold(letters)):
        return None
    if not tone:
        return letters
    at = _vowel(letters)
    return unicodedata.normalize("NFC", f"{letters[: at + 1]}{tone}{letters[at + 1 :]}")


def _vowel(letters: str) -> int:
    """The place of the vowel that bears the tone."""
    vowels = [at for at, letter in enumerate(letters) if fold(letter) in "aeiouy"]
    if letters.startswith(("gi", "qu")) and len(vowels) > 1:
        vowels = vowels[1:]
    marked = [at for at in vowels if letters[at] in "âêôăơư"]
    if marked:
        return marked[-1]
    is_open = vowels[-1] == len(letters) - 1
    return vowels[0] if len(vowels) == 1 or (len(vowels) == 2 and is_open) else vowels[1]
