"""A message from its parts to a Zalo chat: as few messages as it takes, each counted, pictures and files by link."""

import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from channels.ports import Now
from channels.zalo import CHANNEL
from channels.zalo.answers import CallError, Refused
from channels.zalo.client import ZaloClient
from channels.zalo.open_question import OpenQuestion, of_chat
from channels.zalo.public_files import PublicFiles
from channels.zalo.question_page import QuestionPage
from channels.zalo.render import pages
from handlers.context import Forms
from locales import DEFAULT_LANGUAGE, Say, number, texts
from messages import Outgoing
from storage import tables as t
from storage.database import Database

_KILOBYTE = 1024
_BAD_REQUEST = 400

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Links:
    """What a message may point to outside Zalo."""

    files: PublicFiles
    questions: QuestionPage


@dataclass(frozen=True, slots=True)
class Brought:
    """A message that arrived: the platform's id of its last part, and how many messages the platform counts."""

    external_id: str
    messages: int


class Incomplete(CallError):
    """A later part of a message failed: `messages` parts are in the chat."""

    def __init__(self, reason: str, messages: int) -> None:
        super().__init__(reason)
        self.messages = messages


class Courier:
    """Brings one bot's messages to its chats."""

    def __init__(self, client: ZaloClient, database: Database, links: Links, forms: Forms, now: Now) -> None:
        self._client = client
        self._database = database
        self._links = links
        self._forms = forms
        self._now = now

    async def bring(self, chat: str, message: Outgoing, file: Path | None = None) -> Brought:
        """Send it, with the file of its picture or document. Raises `CallError`, `Incomplete` once a part went out."""
        now = self._now()
        language, question = await self._database.aread(lambda db: self._look(db, chat, now))
        say = texts(language)
        extra = (self._file_line(say, message, file, now), self._question_line(say, message, question, now))
        picture = self._picture(message, file, now)
        first, *others = pages(message, say, extra) or ("",)
        if not first and not picture:
            return Brought("", 0)
        sent = await self._send_first(chat, first, picture)
        for count, part in enumerate(others, 1):
            try:
                sent = await self._client.send_message(chat, part)
            except CallError as error:
                raise Incomplete(str(error), count) from None
        return Brought(sent, 1 + len(others))

    async def _send_first(self, chat: str, text: str, picture: str) -> str:
        """The text as the picture's caption; alone if the picture is refused, since the text says the same."""
        if picture:
            try:
                return await self._client.send_photo(chat, picture, text)
            except Refused as refused:
                if refused.code != _BAD_REQUEST or not text:
                    raise
            log.warning("zalo bot %s: a picture was refused and left out", self._client.bot)
        return await self._client.send_message(chat, text)

    def _look(self, db: Connection, chat: str, now: datetime) -> tuple[str, OpenQuestion | None]:
        """The reader's language, and what the chat is asked."""
        bot = self._client.bot
        query = (
            select(t.person.c.language)
            .join(t.account, t.account.c.person_id == t.person.c.id)
            .where(t.account.c.channel == CHANNEL, t.account.c.bot == bot, t.account.c.external_id == chat)
        )
        return db.scalar(query) or DEFAULT_LANGUAGE, of_chat(db, self._forms, bot, chat, now)

    def _picture(self, message: Outgoing, file: Path | None, now: datetime) -> str:
        """The address of the message's picture; empty if it has none that Zalo can fetch."""
        if file is None or message.picture is None or not self._links.files.is_reachable:
            return ""
        return self._links.files.link(file, now)

    def _file_line(self, say: Say, message: Outgoing, file: Path | None, now: datetime) -> str:
        """What stands for a document, or for a picture that cannot be fetched."""
        if message.picture and not self._links.files.is_reachable:
            return message.picture.alt
        if file is None or message.document is None:
            return ""
        name = message.document.name
        if not self._links.files.is_reachable:
            return say("The file {name} can be had on the bot's web page.", name=name)
        size = number(max(1, round(file.stat().st_size / _KILOBYTE)), say.language)
        link = self._links.files.link(file, now, name)
        return say("File: {name} ({size} KB), for 7 days:\n{link}", name=name, size=size, link=link)

    def _question_line(self, say: Say, message: Outgoing, question: OpenQuestion | None, now: datetime) -> str:
        """The way out for what Zalo cannot carry, on the very message that asks for it."""
        if question is None or not self._links.files.is_reachable or not question.is_asked_by(message):
            return ""
        link = self._links.questions.link(question, now)
        return say("Zalo does not let it through? Send it here (30 minutes):\n{link}", link=link)
