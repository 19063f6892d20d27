"""What a correction means that names the wrong answer too: "nữ 31 chứ không phải 30", "ok nhưng nam 16".

What was wrong is left out, so that the readers find what is right, and nothing else.
"""

import re

from interview.limits import MAX_SAID
from interview.reading.writing import spelled, writing

_NO = "(?:không|ko|k|hông|hổng|chẳng|chả|đâu)"
_RULES = (
    (re.compile(spelled(rf"(?:(?<!\w)chứ {_NO}(?: phải)?|, ?{_NO} phải)(?: là)? .+$")), ""),
    (re.compile(spelled(rf"^(?P<name>[^0-9,]*?){_NO} phải (?:là )?[^,]+?(?: mà|,)(?: phải)?(?: là)? ")), r"\g<name>"),
    (
        re.compile(
            spelled(
                r"(?<!\w)(?:từ [0-9]+ (?:thành|lên|xuống|sang|qua|->|→)|(?<!từ )[0-9]+ (?:thành|->|→))"
                r" (?:là )?(?=[0-9])"
            )
        ),
        "",
    ),
    (
        re.compile(
            spelled(
                "^(?:ok|oke|okay|ừ|vâng|dạ|đúng|chuẩn|được|chưa đúng|không đúng|sai|nhầm|chưa)"
                "(?: (?:rồi|ạ|em|nha|nhé))*"
                "(?:,? (?:nhưng(?: mà)?|mà|chỉ|có điều|riêng)|,)(?: (?:sửa|đổi|chỉ))* "
            )
        ),
        "",
    ),
)
"""By what it looks like, what stays of it; only the first that fits is applied."""


_NUMBER_NO_MORE = rf"{_NO} phải (?:là )?(?P<wrong>[0-9]{{1,6}}),? (?:mà|phải là|là)(?: là)? (?P<right>[0-9]{{1,6}})"
_NUMBER_NOW = rf"(?P<right_first>[0-9]{{1,6}}) chứ {_NO} phải(?: là)? (?P<wrong_last>[0-9]{{1,6}})"
_WRONG_AND_RIGHT = re.compile(spelled(f"(?:dạ |à |số )*(?:{_NUMBER_NO_MORE}|{_NUMBER_NOW})"))


def wrong_and_right(text: str) -> tuple[int, int] | None:
    """ "không phải 30 mà 13", "13 chứ không phải 30": the wrong number and the right one, if nothing else is said."""
    match = _WRONG_AND_RIGHT.fullmatch(writing(text.strip(" .!")).said) if len(text) <= MAX_SAID else None
    if match is None:
        return None
    wrong, right = match["wrong"] or match["wrong_last"], match["right"] or match["right_first"]
    return int(wrong), int(right)


def what_is_meant(text: str) -> str:
    """The text without the answer that it says was wrong, and without a yes or no before a correction."""
    if ":" in text or len(text) > MAX_SAID:  # words after a label are an answer as they stand
        return text
    said = writing(text.strip())
    for pattern, kept in _RULES:
        match = pattern.search(said.said)
        if match is not None:
            first, last = said.place(match.span())
            stays = said.written((match.start("name"), match.end("name"))) if "name" in kept else ""
            return f"{said.text[:first]}{stays}{said.text[last:]}".strip(" ,")
    return text
