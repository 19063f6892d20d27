"""Turns an update into a committed turn: taken once, tried three times, and parked with an apology if it fails (R1)."""

import dataclasses
import json
import logging
import traceback
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from conversation import turn
from conversation.flood import Floods
from handlers.context import Turn, World
from handlers.people import joining
from locales import DEFAULT_LANGUAGE, Say, texts
from messages import Incoming, Outgoing
from messages.actions import Menu, Resume, choice
from messages.channels import Ability, can
from storage.conversation import turns as conversation
from storage.db.database import Database
from storage.db.writer import is_failure_of_database, savepoint
from storage.delivery import outbox

TRIES = 3

log = logging.getLogger(__name__)


class Intake:
    """Takes updates for every channel. Awaiting it means that the update is committed: acknowledge it then."""

    def __init__(
        self, database: Database, world: World, now: Callable[[], datetime], monotonic: Callable[[], float]
    ) -> None:
        self._database = database
        self._world = world
        self._now = now
        self._floods = Floods(monotonic)

    async def __call__(self, incoming: Incoming) -> int | None:
        """Return the update's inbox row, or `None` if it was taken before. Raises `storage.db.writer.Unavailable`."""
        key = (incoming.channel, incoming.bot, incoming.account)
        return await self._database.awrite(lambda db: self.take(db, incoming), key)

    def take(self, db: Connection, incoming: Incoming) -> int | None:
        """Do the job itself, in the writer."""
        row = take_once(db, self._world, incoming, self._now())
        chat = (incoming.channel, incoming.bot, incoming.account)
        if row is not None and can(incoming.channel, Ability.PUSH) and self._floods.overflows(chat):
            outbox.thin_out(db, *chat)
        return row


def take_once(db: Connection, world: World, incoming: Incoming, now: datetime) -> int | None:
    """Store the update's key, then run its turn in a savepoint. Do nothing if the key is known."""
    identity = {
        "channel": incoming.channel,
        "bot": incoming.bot,
        "account": incoming.account,
        "message_id": incoming.message_id,
    }
    row = conversation.take_key(db, identity, now)
    if row is None:
        return None
    failure = _try(db, world, incoming, now, row)
    if failure is not None:
        # Where it failed, but not the error's own words: they may hold what the person wrote.
        where = "".join(traceback.format_tb(failure.__traceback__))
        log.error("turn failed: inbox=%d channel=%s %s\n%s", row, incoming.channel, type(failure).__name__, where)
        _park(db, world, incoming, now=now, row=row, failure=failure)
    return row


def _try(db: Connection, world: World, incoming: Incoming, now: datetime, row: int) -> Exception | None:
    failure: Exception | None = None
    for _ in range(TRIES):
        try:
            with savepoint(db):
                turn.take(db, world, incoming, now, row)
        except Exception as error:
            if is_failure_of_database(error):
                raise
            failure = error
        else:
            return None
    return failure


def _park(db: Connection, world: World, incoming: Incoming, *, now: datetime, row: int, failure: Exception) -> None:
    # In ASCII: whatever broke the turn, every store can hold this.
    body = json.dumps(dataclasses.asdict(incoming))
    conversation.park(db, row, body, type(failure).__name__)
    try:
        with savepoint(db):
            _apologise(db, world, incoming, now, row)
    except Exception as error:
        # What is wrong may be the very person's data: their next messages are taken all the same.
        if is_failure_of_database(error):
            raise
        log.error("no apology for inbox=%d: %s", row, type(error).__name__)  # noqa: TRY400 (personal text)


def _apologise(db: Connection, world: World, incoming: Incoming, now: datetime, row: int) -> None:
    known = conversation.known_sender(db, incoming.channel, incoming.bot, incoming.account)
    if known is None:
        sorry = joining.answer_once_a_day(db, incoming, now, _sorry(texts(incoming.language or DEFAULT_LANGUAGE)))
        if sorry is not None:
            turn.queue_for_stranger(db, sorry, now, row)
        return
    here = Turn.of(db, world, known, incoming.channel, now, row)
    say = here.say
    offers = [choice(Resume(here.interview.id), say("Continue my report"))] if here.interview else []
    turn.queue(here, [Outgoing(_sorry(say), (*offers, choice(Menu(), say("Menu"))))])


def _sorry(say: Say) -> str:
    return say(
        "Sorry, something went wrong on our side with your last message. It is kept and will be looked at; "
        "everything before it is safe."
    )
