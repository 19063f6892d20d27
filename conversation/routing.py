"""What a text means. A slash command says it by itself; else, in this order:

1. what the chat was offered last, if that was not the open question: its numbers, words and labels mean that menu;
2. a command word that is the whole message, where the open question would take any text (ADR 14);
3. the open question;
4. if that rejects the text, or none is open: the latest menu, a plain command word, a command with what belongs to it,
   a report that somebody simply wrote; else what it nearly names, as a question, or a short help.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers import menu, near_miss, small_talk
from handlers.access import act, may, perform
from handlers.context import Replies, Turn
from handlers.figures import asked_summary
from handlers.offered import answered, named, numbered, says_yes
from handlers.people import further, joining, my_data
from handlers.reports import interviewing, reporting
from handlers.tables import BY_SLASH, action_for_word
from interview import from_json, known, navigation, present, read_number
from interview.kinds.table import NUMERIC
from interview.steps import Ask, Kind, Typed
from messages import Choice, Outgoing
from messages.actions import Action, Agree, Me, NewReport, Summary, decode, is_of_interview
from messages.channels import Ability, can
from storage.conversation import interviews
from storage.conversation.turns import OpenInterview
from storage.tables.states import InterviewStatus

SURE = 2
"""What a text without "báo cáo" must say of a day, an activity and a count to be taken for a report."""
_SLASH = re.compile(r"/([a-z_]+)(?:@\w+)?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
_LONGEST = 3
"""Words of a command that something may follow."""


def answer_text(turn: Turn, text: str) -> Replies:
    """What to say to a text."""
    slash = _SLASH.fullmatch(text.strip())
    if slash:
        return _slash(turn, text, slash[1].lower(), (slash[2] or "").strip())
    if turn.interview is None:
        return _from_menu(turn, text) or _command(turn, text) or _loose(turn, text)
    return _during(turn, turn.interview, text)


def _slash(turn: Turn, text: str, name: str, rest: str) -> Replies:
    code = joining.code_in(text)
    if code is not None:
        return further.join_further(turn, code)
    opened = turn.interview
    moved = interviewing.answer(turn, opened, Typed(name)) if opened is not None and navigation(name) else None
    if moved is not None:
        return moved
    action = BY_SLASH.get(name)
    if action is None:
        return _unknown(turn)
    if isinstance(action, Me) and rest:
        return my_data.rename(turn, rest)
    return _with(turn, action, rest) if action in _WITH_REST and rest else act(turn, action)


def _unknown(turn: Turn) -> Replies:
    return menu.not_understood(turn) if turn.agreed else joining.ask_consent(turn)


def _during(turn: Turn, opened: OpenInterview, text: str) -> Replies:
    """A text while a question is open."""
    chosen = _from_other_menu(turn, opened, text)
    if chosen is not None:
        return chosen
    if _is_command_here(turn, opened, text):
        return _command_aside(turn, opened, text) or []
    taken = interviewing.answer(turn, opened, Typed(text))
    if taken is not None:
        return taken
    return (
        _from_menu(turn, text)
        or _command_aside(turn, opened, text)
        or _another_report(turn, opened, text)
        or interviewing.rejected(turn, opened, Typed(text))
    )


def _from_other_menu(turn: Turn, opened: OpenInterview, text: str) -> Replies | None:
    """What the latest menu makes of a text, if something else was offered since the question was asked."""
    if turn.menu.interview_id is not None:
        return _to_earlier_question(turn, opened, text)
    # With buttons nothing was numbered: there a number answers the question that wants one.
    if numbered(turn.offered, text) and can(turn.channel, Ability.BUTTONS) and _asks(turn, opened) in NUMERIC:
        return interviewing.answer(turn, opened, Typed(text)) or interviewing.rejected(turn, opened, Typed(text))
    return _from_menu(turn, text)


def _to_earlier_question(turn: Turn, opened: OpenInterview, text: str) -> Replies | None:
    """For a number alone where the person went on with the report in another chat: here it answers what was asked here.

    Words name what they mean, and go to the open question.
    """
    if not isinstance(read_number(text), int) or interviewing.is_asked_here(turn, opened):
        return None
    said = turn.say("You have gone on elsewhere since the question above. Here is where we are:")
    return interviewing.repeat(turn, opened, said)


def _asks(turn: Turn, opened: OpenInterview) -> Kind | None:
    """The kind of the open question; `None` at the review."""
    outputs = present(interviewing.form_of(turn, opened), from_json(opened.state), turn.now)
    return next((output.kind for output in outputs if isinstance(output, Ask)), None)


def _is_command_here(turn: Turn, opened: OpenInterview, text: str) -> bool:
    """Whether a text is wholly a command of this person's, and the open question would swallow it."""
    action = action_for_word(text)
    return action is not None and may(turn, action) and _asks(turn, opened) is Kind.TEXT


def _from_menu(turn: Turn, text: str) -> Replies | None:
    """What the chat's latest menu makes of a text."""
    chosen = numbered(turn.offered, text)
    if chosen is not None:
        return _repeating(chosen, perform(turn, chosen.id))
    chosen = named(turn.offered, text)
    if chosen is not None:
        return perform(turn, chosen.id)
    chosen = answered(turn.offered, text)
    if chosen is not None:
        return _insist(turn, chosen) if chosen.word else _repeating(chosen, perform(turn, chosen.id))
    return None


def _repeating(chosen: Choice, replies: Replies) -> Replies:
    """The replies, begun with what was chosen: where a number was typed, nothing else in the chat says it.

    An interview says by itself how it took an answer.
    """
    return replies if is_of_interview(chosen.id) else _begun_with(f"→ {chosen.label}", replies)


def _begun_with(line: str, replies: Replies) -> Replies:
    if not replies:
        return replies
    first, *others = replies
    return [replace(first, text=f"{line}\n\n{first.text}"), *others]


def _insist(turn: Turn, chosen: Choice) -> Replies:
    """What cannot be undone takes more than a yes."""
    text = turn.say(
        "This cannot be undone, so to be sure: please press “{label}” or type “{word}”.",
        label=chosen.label,
        word=chosen.word,
    )
    return [Outgoing(text, tuple(turn.offered))]


def _command(turn: Turn, text: str) -> Replies | None:
    action = action_for_word(text)
    return act(turn, action) if action else None


def _command_aside(turn: Turn, opened: OpenInterview, text: str) -> Replies | None:
    """A command while a question is open: the draft is kept, and said to be where another report begins."""
    replies = _command(turn, text)
    return _aside(turn, opened, replies) if replies and isinstance(action_for_word(text), NewReport) else replies


def _aside(turn: Turn, opened: OpenInterview, replies: Replies) -> Replies:
    if _is_blank(turn, opened):
        interviews.set_status(turn.db, opened.id, InterviewStatus.CANCELLED, turn.now)
        return replies
    return _begun_with(turn.say("I begin a new report; the one before is kept as a draft."), replies)


def _is_blank(turn: Turn, opened: OpenInterview) -> bool:
    """Whether nothing was answered yet."""
    form = interviewing.form_of(turn, opened)
    return opened.corrects is None and not known(form, from_json(opened.state), turn.now)


def _loose(turn: Turn, text: str) -> Replies:
    """No question is open and nothing on offer is named."""
    code = joining.code_in(text)
    if code is not None:
        return further.join_further(turn, code)
    if not turn.agreed:
        return act(turn, _consent(turn)) if says_yes(text) else joining.ask_consent(turn)
    if not turn.viewer.roles:
        return menu.show_menu(turn)
    return (
        _command_with_rest(turn, text)
        or _unasked_report(turn, text)
        or asked_summary.asked_in_passing(turn, text)
        or small_talk.answer(turn, text)
        or near_miss.did_you_mean(turn, text, turn.offered)
        or menu.not_understood(turn)
    )


def _consent(turn: Turn) -> Agree:
    """The button to agree that was shown: it knows to which text, and what to do next."""
    offered = (decode(choice.id) for choice in turn.offered)
    return next((action for action in offered if isinstance(action, Agree)), Agree())


def _one_line(turn: Turn, text: str) -> Replies:
    return reporting.report_in_one_line(turn, text)


_WITH_REST: Mapping[Action, Callable[[Turn, str], Replies]] = {
    NewReport(): _one_line,
    Summary(): asked_summary.asked_for,
}
"""Commands that take what is written after them."""


def _with(turn: Turn, action: Action, rest: str) -> Replies:
    if not turn.agreed or not turn.viewer.roles:
        return act(turn, action)
    return _WITH_REST[action](turn, rest)


def _rest(text: str) -> tuple[Action, str] | None:
    """A command and what is written after it: "báo cáo hôm qua nữ 30", "tóm tắt tuần trước"."""
    words = text.split()
    for length in range(min(_LONGEST, len(words) - 1), 0, -1):
        action = action_for_word(" ".join(words[:length]))
        if action is not None and action in _WITH_REST:
            return action, " ".join(words[length:])
    return None


def _command_with_rest(turn: Turn, text: str) -> Replies | None:
    found = _rest(text)
    return _with(turn, *found) if found else None


def _unasked_report(turn: Turn, text: str) -> Replies | None:
    """A report in somebody's own words, begun at once: nothing is sent before its review."""
    if reporting.surely_said(turn, text) < SURE:
        return None
    return _begun_with(turn.say("I take this as a report."), _one_line(turn, text))


def _another_report(turn: Turn, opened: OpenInterview, text: str) -> Replies | None:
    """What the open question rejects, but begins with a command, or is a report while this one is still blank."""
    action, rest = _rest(text) or (NewReport(), text if _is_blank(turn, opened) else "")
    if action != NewReport():
        return _with(turn, action, rest)
    least = SURE if rest == text else 1
    if not rest or reporting.surely_said(turn, rest) < least:
        return None
    return _aside(turn, opened, _one_line(turn, rest))
