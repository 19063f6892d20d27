"""Decides what a text means. The order of the readers (ADR 14) stands in three tables, read from top to bottom.

Each reader returns its reading of the text, and how sure it is. The first sure one is followed; if there is none, the
likeliest asks back.
"""

import re

from conversation.readers import (
    answers,
    closings,
    commands,
    doors,
    handing_over,
    hotlines,
    inviting,
    issues,
    letters,
    menus,
    mistakes,
    near_miss,
    obligations,
    reasons,
    reminders,
    reports,
    small_talk,
    summaries,
    targets,
    unit_lists,
    weeks,
    wishes,
)
from conversation.readings import Reader, Reading, Said, SaidAfterSlash, SaidToQuestion, choose
from handlers.context import Replies, Turn
from interview.reading.keyed import as_meant

_SLASH = re.compile(r"/([a-z_]+)(?:@\w+)?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)

AFTER_A_SLASH: tuple[Reader[SaidAfterSlash], ...] = (
    doors.code,
    answers.move,
    commands.new_name,
    inviting.after_slash,
    reports.after_command,
    summaries.after_command,
    closings.typed,
    hotlines.typed,
    reminders.typed,
    issues.correction,
    summaries.after_slash,
    targets.after_slash,
    weeks.free_after_command,
    weeks.without_activity_after_slash,
    commands.after_slash,
    doors.not_understood,
)
"""Readers of a text that a slash marks as a command."""
WHILE_A_QUESTION_IS_OPEN: tuple[Reader[SaidToQuestion], ...] = (
    menus.gone_on_elsewhere,
    menus.offered_since,
    letters.part_of_letter,
    reasons.typed,
    obligations.note,
    issues.typed_instead,
    commands.where_any_text_is_taken,
    handing_over.to_somebody_new,
    answers.to_the_question,
    menus.offered_with_the_question,
    commands.instead,
    weeks.without_activity,
    summaries.after_command,
    summaries.in_words,
    weeks.free_after_command,
    reports.instead,
    wishes.instead,
)
"""Readers while a report is open. Choices offered after the question come before it, and so does a command before a
question that takes any text.

The other readers get what the question cannot take; if they make nothing of it, the question says why.
"""
WHILE_NOTHING_IS_OPEN: tuple[Reader[Said], ...] = (
    menus.offered_last,
    hotlines.asked,
    commands.whole_message,
    doors.code,
    doors.before_consent,
    doors.on_the_way_in,
    doors.without_role,
    letters.part_of_letter,
    handing_over.to_somebody_new,
    reasons.typed,
    inviting.in_words,
    unit_lists.narrowed,
    obligations.note,
    obligations.of_a_period,
    summaries.in_words,
    targets.in_words,
    issues.typed,
    weeks.without_activity,
    weeks.free_after_command,
    mistakes.in_report_just_sent,
    wishes.in_own_words,
    reports.after_command,
    summaries.after_command,
    reports.more_photos,
    reports.in_own_words,
    summaries.in_passing,
    small_talk.question_mark,
    small_talk.thanks,
    near_miss.did_you_mean,
    doors.not_understood,
)


def answer_text(turn: Turn, text: str) -> Replies:
    """Return what to say to a text."""
    return read(turn, text).act()


def read(turn: Turn, text: str) -> Reading:
    """Find out what a text means here, and what is to be done; nothing is done yet."""
    slash = _SLASH.fullmatch(text.strip())
    if slash:
        said = SaidAfterSlash(turn, text, slash[1].lower(), (slash[2] or "").strip())
        return choose(said, AFTER_A_SLASH)
    text = as_meant(text)
    if turn.interview is not None:
        return choose(SaidToQuestion(turn, text, turn.interview), WHILE_A_QUESTION_IS_OPEN)
    return choose(Said(turn, text), WHILE_NOTHING_IS_OPEN)
