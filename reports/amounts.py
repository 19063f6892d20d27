"""Sums of money as documents say them: in figures and in words ("bằng chữ")."""

from locales import capital, number

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu", "tỷ", "nghìn tỷ", "triệu tỷ")
_LAST_OF_TENS = {1: "mốt", 4: "tư", 5: "lăm"}


def dong(amount: int) -> str:
    """35.000.000 đ."""
    return f"{number(amount)} đ"


def in_words(amount: int) -> str:
    """Write an amount in Vietnamese words: 1.250.000 is "Một triệu hai trăm năm mươi nghìn đồng"."""
    if amount == 0:
        return "Không đồng"
    groups: list[int] = []
    while amount:
        amount, group = divmod(amount, 1000)
        groups.append(group)
    words = []
    for scale in range(len(groups) - 1, -1, -1):
        if groups[scale]:
            words += [_hundreds(groups[scale], is_first=scale == len(groups) - 1), _SCALES[scale]]
    text = " ".join(word for word in words if word)
    return f"{capital(text)} đồng"


def _hundreds(group: int, *, is_first: bool) -> str:
    """Three digits; inside a number zeros are said, so that nobody can write others in their place."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [] if is_first and not hundreds else [f"{_DIGITS[hundreds]} trăm"]
    if tens > 1:
        words.append(f"{_DIGITS[tens]} mươi")
    elif tens == 1:
        words.append("mười")
    elif ones and words:
        words.append("lẻ")
    if ones:
        special = _LAST_OF_TENS.get(ones) if tens > 1 else "lăm" if ones == 5 and tens == 1 else None
        words.append(special or _DIGITS[ones])
    return " ".join(words)
