"""One turn: a message comes in, its effects are written, its replies are queued. Synchronous, without network.

The caller gives the transaction; the clock and chance are arguments. A pressed choice is its action;
`conversation.routing` decides what a text means.
"""

from datetime import datetime

from sqlalchemy import Connection

from conversation.routing import answer_text
from handlers import menu
from handlers.access import perform
from handlers.context import Replies, Turn, World
from handlers.people import joining
from handlers.reports import editing, interviewing
from handlers.takers import take_file
from interview.steps import Point
from messages import (
    Content,
    Edit,
    File,
    Incoming,
    Location,
    Press,
    Reachability,
    Text,
    Unsupported,
)
from messages.actions import is_of_interview
from messages.channels import Ability, can
from scheduler.held_back import Listener, say_along
from scheduler.reachability import lose
from storage.conversation import albums
from storage.conversation import turns as conversation
from storage.delivery import chat_queue, offers, outbox
from storage.directory import accounts
from storage.tables.states import OutboxKind


def take(db: Connection, world: World, incoming: Incoming, now: datetime, inbox_id: int) -> None:
    """Understand one update and queue its replies. Raises only for bugs and for a failing database."""
    known = conversation.known_sender(db, incoming.channel, incoming.bot, incoming.account)
    if known is None:
        _take_stranger(db, world, incoming, now, inbox_id)
        return
    turn = Turn.of(db, world, known, incoming.channel, now, inbox_id)
    if isinstance(incoming.content, Reachability):
        if incoming.content.usable:
            accounts.set_usable(db, known.account_id, usable=True)
            chat_queue.enter_again(db, known.account_id)
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


def queue_for_stranger(db: Connection, answer: joining.StrangerAnswer, now: datetime, inbox_id: int) -> None:
    """Queue the answer to a sender without a person."""
    account, person, replies = answer
    outbox.queue(db, OutboxKind.ANSWER, account, replies, now, person_id=person, inbox_id=inbox_id)
    _remember_menu(db, account, replies)


def _with_what_waited(turn: Turn, replies: Replies) -> Replies:
    """Add to the last reply what a quota kept back, except while questions are asked or before consent."""
    if not replies or replies[-1].asks is not None or not turn.agreed:
        return replies
    *others, last = replies
    person = Listener(turn.person_id, turn.account_id, turn.language)
    return [*others, say_along(turn.db, turn.plan, turn.world.calendar, person, last, turn.now)]


def queue(turn: Turn, replies: Replies) -> None:
    """Queue replies as outbox rows; the last one with choices is the chat's menu from now on."""
    if replies:
        whose = {"person_id": turn.person_id, "inbox_id": turn.inbox_id}
        outbox.queue(turn.db, OutboxKind.ANSWER, turn.account_id, replies, turn.now, **whose)
        _remember_menu(turn.db, turn.account_id, replies)


def _remember_menu(db: Connection, account_id: int, replies: Replies) -> None:
    for reply in reversed(replies):
        if reply.choices:
            conversation.set_menu(db, account_id, reply)
            return


def respond(turn: Turn, incoming: Incoming) -> Replies:
    """Return what to say to an update of a known person."""
    content = incoming.content
    if isinstance(content, Text):
        return answer_text(turn, content.text)
    if isinstance(content, Press):
        if not is_of_interview(content.choice):  # no reminder offers an interview's buttons
            offers.proved(turn.db, turn.person_id, content.choice, turn.now)
        return perform(turn, content.choice)
    if turn.agreed:
        return _sent(turn, incoming, content)
    return joining.not_kept(turn) if isinstance(content, File | Location) else joining.ask_consent(turn)


def _sent(turn: Turn, incoming: Incoming, content: Content) -> Replies:
    """Answer an update that is neither text nor button."""
    if isinstance(content, File):
        return take_file(turn, content)
    if isinstance(content, Location):
        return _location(turn, content)
    if isinstance(content, Edit):
        return editing.edited(turn, content, _earlier(turn, incoming, content))
    return _unsupported(turn, content)


def _earlier(turn: Turn, incoming: Incoming, edit: Edit) -> conversation.Given | None:
    return conversation.given_by(turn.db, incoming.channel, incoming.bot, incoming.account, edit.message_id)


def _location(turn: Turn, location: Location) -> Replies:
    if turn.interview is not None:
        return interviewing.take_sent(turn, turn.interview, Point(location.latitude, location.longitude))
    return menu.not_understood(turn)


_SPOKEN = (Unsupported("voice"), Unsupported("audio"), Unsupported("video_note"))


def _unsupported(turn: Turn, content: Content) -> Replies:
    if content == Unsupported("big_file"):
        text = turn.say(
            "This file is too big for me: I can take files of up to 20 MB. Please send a smaller one, or photos of the "
            "pages."
        )
    elif content in _SPOKEN:
        text = turn.say(
            "I cannot listen to voice messages. Please write it in one line, "
            "for example: báo cáo hôm qua tọa đàm nữ 30 nam 15"
        )
    else:
        text = _readable(turn)
    if turn.interview is not None:
        return interviewing.repeat(turn, turn.interview, text)
    return menu.show_menu(turn, greeting=text)


def _readable(turn: Turn) -> str:
    """Say what this channel lets through to the bot."""
    if not can(turn.channel, Ability.FILES):
        return turn.say("Only text and photos reach me here, so I could not read this. What would you like to do?")
    return turn.say("I can read text, photos and positions, but not this. What would you like to do?")
