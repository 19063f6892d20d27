"""Reads what somebody says of the report that they have just sent: "à nhầm, nữ 32", or the right numbers alone."""

import re
import unicodedata
from datetime import timedelta
from functools import partial

from conversation.readings import NO_READING, Meaning, Reading, Said, sure
from handlers.reports import in_words, reporting
from handlers.reports.further_photos import SOON, sent_within
from interview import OneLine, fold, navigation
from messages.actions import NewReport

LATELY = timedelta(days=1)
"""How long after its sending a mistake that somebody speaks of is most likely in that report."""
_LONGEST = 200
"""Characters of a correction; a longer text is a story."""
_WRONG = "nham|lon|sai|sua|chinh|dinh chinh|cap nhat|thay doi|doi lai|wrong|correct|mistake"
_MISTAKE = re.compile(rf"\b(?:{_WRONG}|sot|thieu|them|bot|khong phai|phai la|moi dung|dung ra|not)\b")
_ELSE = re.compile(r"\b(?:hinh|photos?)\b|^(?:tra|nhac|yeu cau|duyet|xem)\b")
"""Photos are added to a report that was approved, too, and what somebody else reported is sent back: others read it."""
_FIRST = (
    "a|o|u|ui|chet|da|em|chi|anh|xin|loi|sorry|cho|minh|toi|oi|ghi|nhap|bao|cao|go|viet|bam|bi|vua|hoi|nay|roi|gui"
    "|giup|lai|i|made|bc"
)
_BEGINS = re.compile(
    rf"\W*(?:(?:{_FIRST})\W+)*(?:{_WRONG})(?:\W+(?:lai|roi|giup|em|bao cao|bc|vua|gui|hoi nay|luc nay|la|thanh))*\b\W*"
)
""" "em ghi nhầm", "xin sửa lại báo cáo vừa gửi:": what comes after it may be the right answer."""
_MAY_BE_ONE = re.compile(rf"{_MISTAKE.pattern}|[0-9]|\b(?:nu|nam|nguoi)\b")
"""Cheap: without one of these no report is looked up."""


def in_report_just_sent(said: Said) -> Reading:
    """Read a correction of the latest report; where only the mistake is named, what is wrong is asked."""
    turn, plain = said.turn, fold(said.text)
    if len(plain) > _LONGEST or not _MAY_BE_ONE.search(plain) or _ELSE.search(plain) or navigation(plain):
        return NO_READING
    is_mistake, beginning = _MISTAKE.search(plain) is not None, _BEGINS.match(plain)
    report = sent_within(turn, LATELY if is_mistake else SOON)
    if report is None or said.beginning.action == NewReport():
        return NO_READING
    if _is_of_another(said.line, begins=beginning is not None) or not (is_mistake or _says_numbers_alone(said.line)):
        return NO_READING
    right = _after(said.text, beginning.end()) if beginning else ""
    intro = in_words.of_a_mistake if is_mistake else in_words.of_numbers_alone
    for words in filter(None, (said.text, right)):
        if in_words.takes(turn, report, words):
            return sure(Meaning.REPORT, partial(in_words.correct, turn, report, words, intro))
    if beginning and (not right or reporting.facts_in(said.line) > 0):
        return sure(Meaning.REPORT, partial(in_words.correct, turn, report, "", in_words.of_something))
    return NO_READING


def _after(text: str, folded: int) -> str:
    """What is left of a text after so many characters of it, folded; empty if folding changed more than letters."""
    bare = unicodedata.normalize("NFC", text.strip())
    return bare[folded:] if len(bare) == len(fold(bare)) else ""


def _is_of_another(line: OneLine, *, begins: bool) -> bool:
    """Whether a line tells of an activity of its own, unless it begins with a word for a mistake."""
    return bool(line.intent) or (not begins and "activity" in _said(line) and reporting.facts_in(line) > 1)


def _says_numbers_alone(line: OneLine) -> bool:
    return reporting.facts_in(line) > 0 and not {"activity", "date"} & _said(line)


def _said(line: OneLine) -> set[str]:
    return {*line.answers, *line.withheld, *(asked.question for asked in line.asked)}
