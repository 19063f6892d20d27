"""Reads a text as a report, after its command or in a person's own words. Nothing is sent before its review."""

import re
from collections.abc import Sequence
from functools import partial

from conversation.readers.saying import begun_with, over_the_open_report
from conversation.readings import NO_READING, Meaning, Reading, Said, SaidToQuestion, sure
from handlers.access import act
from handlers.context import Replies, Turn
from handlers.reports import further_photos, reporting, several
from handlers.reports.reporting import FACTS_INSTEAD, SURE_FACTS
from interview import OneLine, fold
from messages.actions import NewReport

_MORE_PHOTOS = re.compile(
    r"\b(?:bo sung|them|gui them|gui bo sung) (?:may |them |vai |tam |1 |mot )?(?:hinh|anh|photo)"
)
PLANS = frozenset({"called off", "did not take place", "to come"})
"""Why a line is no report, and yet speaks of an activity."""
FACTS_OF_A_PLAN = 1
"""How many facts a text of a plan says: it has no day yet, or no numbers."""
_LONGEST = 200
"""Characters of a wish to add photos; a longer text is a story."""


def after_command(said: Said) -> Reading:
    """Read "báo cáo hôm qua tọa đàm nữ 30 nam 15"."""
    begun = said.beginning
    if begun.action != NewReport() or not begun.rest:
        return NO_READING
    return sure(Meaning.REPORT, partial(_after_command, said.turn, begun.rest))


def _after_command(turn: Turn, text: str) -> Replies:
    if not turn.agreed or not turn.viewer.roles:
        return act(turn, NewReport())
    first, *others = several.listed(turn, text) or (text,)
    return _begun(turn, reporting.read_line(turn, first), others)


def _begun(turn: Turn, line: OneLine, others: Sequence[str], photos: Sequence[str] = ()) -> Replies:
    """Begin a report, and say that the others of the same message are not kept."""
    replies = reporting.report_in_one_line(turn, line, photos)
    return begun_with(several.others_not_kept(turn, others), replies) if others else replies


def more_photos(said: Said) -> Reading:
    """Read "bổ sung hình cho báo cáo hồi nãy": the photos that follow go to the report just sent."""
    if len(said.text) > _LONGEST or not _MORE_PHOTOS.search(fold(said.text)):
        return NO_READING
    return sure(Meaning.REPORT, partial(further_photos.add, said.turn, None))


def in_own_words(said: Said) -> Reading:
    """Read a text that says enough of a report to begin one at once."""
    if reports := several.listed(said.turn, said.text):
        first, *others = reports
        return sure(Meaning.REPORT, partial(_begun, said.turn, reporting.read_line(said.turn, first), others))
    line = said.line
    is_report = reporting.facts_in(line) >= (FACTS_OF_A_PLAN if line.intent in PLANS else SURE_FACTS)
    if not is_report:
        return NO_READING
    act_on = reporting.report_in_one_line if line.intent else _in_own_words
    return sure(Meaning.REPORT, partial(act_on, said.turn, line))


def _in_own_words(turn: Turn, line: OneLine) -> Replies:
    return begun_with(turn.say("I take this as a report."), reporting.report_in_one_line(turn, line))


def instead(said: SaidToQuestion) -> Reading:
    """Read a report that the open question cannot take: after its command, or while the open report is still blank."""
    begun = said.beginning
    if begun.action == NewReport():
        text, line, facts = begun.rest, reporting.read_line(said.turn, begun.rest), FACTS_INSTEAD
    elif said.is_blank:
        text, line, facts = said.text, said.line, SURE_FACTS
    else:
        return NO_READING
    if reports := several.listed(said.turn, text):
        line = reporting.read_line(said.turn, reports[0])
    elif reporting.facts_in(line) < facts:
        return NO_READING
    return sure(Meaning.REPORT, partial(_instead, said, line, reports[1:]))


def _instead(said: SaidToQuestion, line: OneLine, others: Sequence[str]) -> Replies:
    photos = said.standing.photos() if said.is_blank else ()
    return over_the_open_report(said, _begun(said.turn, line, others, photos))
