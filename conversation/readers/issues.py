"""Reads number, day and signer of a document that is being issued, and the công văn that corrects one.

"số 12/BC-UBND ngày 5/11/2020 ký Nguyễn Văn An", "/dinhchinh 7 số 15/CV-UBND ngày 6/11/2020".
"""

import re
from functools import partial

from conversation.readings import NO_READING, Meaning, Reading, Said, SaidAfterSlash, sure
from handlers.access import may
from handlers.figures import issuing
from interview import read_date
from messages.actions import IssuedList
from services.issuing import is_begun

_LINE = re.compile(
    r"(?:ban hành\s+|issue\s+)?(?:số|so|number)\s*:?\s*(?P<number>\S{1,60}?)\s*[,;]?\s+"
    r"(?:ngày|ngay|day)\s+(?P<day>[0-9/.-]{6,10})"
    r"\s*[,;]?\s*(?:người\s+ký|nguoi\s+ky|ký|ky|signed\s+by)\s*:?\s*(?P<signer>[^\n]{2,100})",
    re.IGNORECASE,
)
_CORRECTION = re.compile(r"(?P<document>[0-9]{1,9})\s+(?P<by>\S.{2,59})", re.DOTALL)
_CORRECTING = ("dinhchinh", "correct_form")


def typed(said: Said) -> Reading:
    """Read number, day and signer; only of somebody who may issue at all."""
    match = _LINE.fullmatch(said.text.strip())
    if match is None or not may(said.turn, IssuedList()):
        return NO_READING
    day = read_date(match["day"], said.turn.today)
    if not isinstance(day, type(said.turn.today)):
        return NO_READING
    return sure(Meaning.COMMAND, partial(issuing.take, said.turn, match["number"], day, match["signer"].strip()))


def typed_instead(said: Said) -> Reading:
    """Read the same while a report is open, of somebody who has begun to issue a document."""
    reading = typed(said)
    is_awaited = reading is not NO_READING and is_begun(said.turn.db, said.turn.viewer)
    return reading if is_awaited else NO_READING


def correction(said: SaidAfterSlash) -> Reading:
    """Read which công văn corrects an issued document's form."""
    match = _CORRECTION.fullmatch(said.rest) if said.name in _CORRECTING else None
    if match is None or not may(said.turn, IssuedList()):
        return NO_READING
    return sure(Meaning.COMMAND, partial(issuing.correct_form, said.turn, int(match["document"]), match["by"].strip()))
