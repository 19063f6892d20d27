"""The one way from digits in an outside text to a number: 0 to 9 and nothing else, so many and no more.

`str.isdigit` and `int` do not agree on what a digit is (`²`, `①`), and `int` takes more than people write (`1_000`)
or raises on thousands of digits (`reliability.md` R11). Digits of other scripts are made plain by `text.plain_digits`.
"""

from interview.limits import MAX_DIGITS


def whole_number(text: str, most: int = MAX_DIGITS) -> int | None:
    """The number that up to `most` plain digits say; `None` for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= most else None
