"""One turn: a message comes in, everything that it causes is written, the replies are queued. Synchronous, no network.

The caller gives the transaction; the clock and chance are arguments. The order in which a message is understood is
the design's: a pressed choice; a slash command; a navigation word of an open interview; the open question; and only
if that rejects the text, or none is open, a number or word of the latest menu or a plain command word; else help.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from handlers import editing, interviewing, joining, menu, my_data, near_miss, reporting
from handlers.access import perform
from handlers.context import Replies, Turn, World
from handlers.tables import BY_SLASH, action_for_word
from interview import fold, navigation, read_number
from interview.steps import Point, Typed
from messages import (
    Choice,
    Content,
    Edit,
    File,
    Incoming,
    Location,
    Press,
    Reachability,
    Text,
    Unsupported,
    encode,
)
from scheduler.held_back import Listener, say_along
from scheduler.reachability import lose
from storage import albums, conversation, outbox, people

TEXT_AND_PHOTOS = frozenset({"zalo"})
"""Channels that hand nothing else over: files and positions do not reach the bot there."""
_SLASH = re.compile(r"/([a-z_]+)(?:@\w+)?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)


def take(db: Connection, world: World, incoming: Incoming, now: datetime, inbox_id: int) -> None:
    """Understand one update and queue its replies. Raises only for bugs and for a failing database."""
    known = conversation.known_sender(db, incoming.channel, incoming.bot, incoming.account)
    if known is None:
        _take_stranger(db, world, incoming, now, inbox_id)
        return
    turn = Turn.of(db, world, known, incoming.channel, now, inbox_id)
    if isinstance(incoming.content, Reachability):
        if incoming.content.usable:
            people.set_usable(db, known.account_id, usable=True)
        else:
            lose(db, known.account_id, now)
        return
    conversation.mark_used(db, known, now)
    queue(turn, _with_what_waited(turn, respond(turn, incoming)))
    albums.answer_once(db, known.account_id, inbox_id, incoming, now)


def _take_stranger(db: Connection, world: World, incoming: Incoming, now: datetime, inbox_id: int) -> None:
    if isinstance(incoming.content, Reachability):
        return
    answer = joining.greet_stranger(db, world, incoming, now)
    if answer is not None:
        queue_for_stranger(db, answer, now, inbox_id)


def queue_for_stranger(db: Connection, answer: joining.Answer, now: datetime, inbox_id: int) -> None:
    """Queue what is said to a sender without a person."""
    account, person, replies = answer
    conversation.queue_answers(db, account, person, inbox_id, [encode(reply) for reply in replies], now)
    _remember_menu(db, account, replies)


def _with_what_waited(turn: Turn, replies: Replies) -> Replies:
    """The replies, whose last says also what a quota kept back; not while questions are asked, or before consent."""
    if not replies or any(_is_of_interview(choice.id) for choice in replies[-1].choices) or not turn.agreed:
        return replies
    *others, last = replies
    person = Listener(turn.person_id, turn.account_id, turn.language)
    return [*others, say_along(turn.db, turn.plan, turn.world.calendar, person, last, turn.now)]


def queue(turn: Turn, replies: Replies) -> None:
    """Queue replies as outbox rows; the last one with choices is the chat's menu from now on."""
    if replies:
        bodies = [encode(reply) for reply in replies]
        conversation.queue_answers(turn.db, turn.account_id, turn.person_id, turn.inbox_id, bodies, turn.now)
        _remember_menu(turn.db, turn.account_id, replies)


def _remember_menu(db: Connection, account_id: int, replies: Replies) -> None:
    for reply in reversed(replies):
        if reply.choices:
            conversation.set_menu(db, account_id, reply.choices)
            return


def respond(turn: Turn, incoming: Incoming) -> Replies:
    """What to say to an update of a known person."""
    content = incoming.content
    if isinstance(content, Text):
        return _text(turn, content.text)
    if isinstance(content, Press):
        if not _is_of_interview(content.choice):  # no reminder offers an interview's buttons
            outbox.proved(turn.db, turn.person_id, content.choice, turn.now)
        return perform(turn, content.choice)
    if turn.agreed:
        return _sent(turn, incoming, content)
    return joining.not_kept(turn) if isinstance(content, File | Location) else joining.ask_consent(turn)


def _is_of_interview(choice_id: str) -> bool:
    return choice_id.startswith("i:")


def _sent(turn: Turn, incoming: Incoming, content: Content) -> Replies:
    """What was sent otherwise than in words or by a button."""
    if isinstance(content, File):
        return _file(turn, content)
    if isinstance(content, Location):
        return _location(turn, content)
    if isinstance(content, Edit):
        return editing.edited(turn, content, _earlier(turn, incoming, content))
    return _unsupported(turn, content)


def _earlier(turn: Turn, incoming: Incoming, edit: Edit) -> conversation.Given | None:
    return conversation.given_by(turn.db, incoming.channel, incoming.bot, incoming.account, edit.message_id)


def _text(turn: Turn, text: str) -> Replies:
    slash = _SLASH.fullmatch(text.strip())
    if slash:
        return _slash(turn, text, slash[1].lower(), (slash[2] or "").strip())
    opened = turn.interview
    if opened is not None:
        taken = interviewing.answer(turn, opened, Typed(text))
        if taken is not None:
            return taken
    offered = conversation.get_menu(turn.db, turn.account_id)
    numbered = _numbered(offered, text)
    if numbered is not None:
        return _repeating(numbered, perform(turn, numbered.id))
    named = _named(offered, text)
    if named is not None:
        return perform(turn, named)
    if opened is not None:
        return interviewing.rejected(turn, opened, Typed(text))
    return _loose_text(turn, text, offered)


def _slash(turn: Turn, text: str, name: str, rest: str) -> Replies:
    code = joining.code_in(text)
    if code is not None:
        return joining.join_further(turn, code)
    opened = turn.interview
    moved = interviewing.answer(turn, opened, Typed(name)) if opened is not None and navigation(name) else None
    if moved is not None:
        return moved
    action = BY_SLASH.get(name)
    if action == "report" and rest:
        return _one_line(turn, rest)
    if action == "me" and rest:
        return my_data.rename(turn, rest)
    return perform(turn, action) if action else menu.not_understood(turn)


def _numbered(offered: Sequence[Choice], text: str) -> Choice | None:
    """What a number means in the latest menu."""
    numbered = [choice for choice in offered if not choice.word]
    number = read_number(text)
    return numbered[number - 1] if isinstance(number, int) and 1 <= number <= len(numbered) else None


def _repeating(chosen: Choice, replies: Replies) -> Replies:
    """The replies, begun with what was chosen: where a number was typed, nothing else in the chat says it.

    An interview says by itself how it took an answer.
    """
    if not replies or _is_of_interview(chosen.id):
        return replies
    first, *others = replies
    return [replace(first, text=f"→ {chosen.label}\n\n{first.text}"), *others]


def _named(offered: Sequence[Choice], text: str) -> str | None:
    """One of the latest menu's words or labels, or a command's plain word."""
    said = fold(text)
    for choice in offered:
        if said and said in (fold(choice.word), fold(choice.label)):
            return choice.id
    return action_for_word(text)


def _loose_text(turn: Turn, text: str, offered: Sequence[Choice]) -> Replies:
    """No question is open: a code, a whole report in one line, nearly something on offer, or nothing known."""
    code = joining.code_in(text)
    if code is not None:
        return joining.join_further(turn, code)
    first, _, rest = text.strip().partition(" ")
    second, _, tail = rest.partition(" ")
    if action_for_word(f"{first} {second}") == "report" and tail.strip():
        return _one_line(turn, tail)
    return near_miss.did_you_mean(turn, text, offered) or menu.not_understood(turn)


def _one_line(turn: Turn, text: str) -> Replies:
    if not turn.agreed or not turn.roles:
        return perform(turn, "report")
    return reporting.report_in_one_line(turn, text)


def _file(turn: Turn, file: File) -> Replies:
    if not turn.roles:
        return menu.show_menu(turn)
    media = reporting.keep_file(turn, file)
    if turn.interview is not None:
        return interviewing.take_sent(turn, turn.interview, media)
    return reporting.report_with_photo(turn, media)


def _location(turn: Turn, location: Location) -> Replies:
    if turn.interview is not None:
        return interviewing.take_sent(turn, turn.interview, Point(location.latitude, location.longitude))
    return menu.not_understood(turn)


def _unsupported(turn: Turn, content: Content) -> Replies:
    if content == Unsupported("big_file"):
        text = turn.say(
            "This file is too big for me: I can take files of up to 20 MB. Please send a smaller one, or photos of the "
            "pages."
        )
    else:
        text = _readable(turn)
    if turn.interview is not None:
        return interviewing.repeat(turn, turn.interview, text)
    return menu.show_menu(turn, greeting=text)


def _readable(turn: Turn) -> str:
    """What this channel lets through to the bot."""
    if turn.channel in TEXT_AND_PHOTOS:
        return turn.say("Only text and photos reach me here, so I could not read this. What would you like to do?")
    return turn.say("I can read text, photos, files and positions, but not this. What would you like to do?")
