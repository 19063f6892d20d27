"""Brings a message to a Zalo chat in as few messages as possible, counts each, and sends pictures and files by link."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from channels.ports import Now
from channels.zalo import CHANNEL
from channels.zalo.answers import CallError, ZaloRefused
from channels.zalo.client import ZaloClient
from channels.zalo.public_files import PublicFiles
from channels.zalo.question_page import QuestionPage
from channels.zalo.render import pages
from locales import DEFAULT_LANGUAGE, Say, number, texts
from messages import Outgoing
from scheduler.outcomes import AttachedFile
from storage import tables as t
from storage.db.database import Database

_KILOBYTE = 1024
_BAD_REQUEST = 400

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Links:
    """Makes the links from a message to what lies outside Zalo."""

    files: PublicFiles
    questions: QuestionPage


@dataclass(frozen=True, slots=True)
class Brought:
    """A message arrived: the platform's id of its last part, and the number of messages that the platform counts."""

    external_id: str
    messages: int


@dataclass(frozen=True, slots=True)
class Recipient:
    """The account in whose chat a message arrives, and its language."""

    account_id: int
    language: str


NOBODY = Recipient(0, DEFAULT_LANGUAGE)


class ZaloIncomplete(CallError):
    """A later part of a message failed: `messages` parts are in the chat."""

    def __init__(self, reason: str, messages: int) -> None:
        super().__init__(reason)
        self.messages = messages


class ZaloCourier:
    """Brings one bot's messages to its chats."""

    def __init__(self, client: ZaloClient, database: Database, links: Links, now: Now) -> None:
        self._client = client
        self._database = database
        self._links = links
        self._now = now

    async def bring(self, chat: str, message: Outgoing, files: Sequence[AttachedFile] = ()) -> Brought:
        """Send it, with its pictures or document. Raises `CallError`, `ZaloIncomplete` once a part went out."""
        now = self._now()
        reader = await self._database.aread(lambda db: self._reader(db, chat))
        say = texts(reader.language)
        pictures = [file for file in files if file.is_picture]
        extra = (
            self._more_pictures(message, pictures, now),
            *(self._document(say, file, now) for file in files if not file.is_picture),
            self._question_line(say, message, reader, now),
        )
        picture = self._link(pictures[0], now) if pictures else ""
        first, *others = pages(message, say, extra) or ("",)
        if not first and not picture:
            return Brought("", 0)
        sent = await self._send_first(chat, first, picture)
        for count, part in enumerate(others, 1):
            try:
                sent = await self._client.send_message(chat, part)
            except CallError as error:
                raise ZaloIncomplete(str(error), count) from None
        return Brought(sent, 1 + len(others))

    async def _send_first(self, chat: str, text: str, picture: str) -> str:
        """Send the text as the picture's caption, or alone if the picture is refused, since the text says the same."""
        if picture:
            try:
                return await self._client.send_photo(chat, picture, text)
            except ZaloRefused as refused:
                if refused.code != _BAD_REQUEST or not text:
                    raise
            log.warning("zalo bot %s: a picture was refused and left out", self._client.bot)
        return await self._client.send_message(chat, text)

    def _reader(self, db: Connection, chat: str) -> Recipient:
        account = t.account.c
        query = select(account.id, t.person.c.language).join(t.person, t.person.c.id == account.person_id)
        of_chat = (account.channel == CHANNEL, account.bot == self._client.bot, account.external_id == chat)
        row = db.execute(query.where(*of_chat)).first()
        return Recipient(*row) if row else NOBODY

    def _link(self, picture: AttachedFile, now: datetime) -> str:
        """Make the picture's address; empty if Zalo cannot fetch anything from here."""
        return self._links.files.link(picture.path, now) if self._links.files.is_reachable else ""

    def _more_pictures(self, message: Outgoing, pictures: Sequence[AttachedFile], now: datetime) -> str:
        """Write links to the pictures after the first, each of which would cost a message; or else all in words."""
        if not self._links.files.is_reachable:
            return "\n".join(picture.alt for picture in message.pictures)
        return "\n".join(f"{picture.alt}:\n{self._link(picture, now)}" for picture in pictures[1:])

    def _document(self, say: Say, file: AttachedFile, now: datetime) -> str:
        """Write the line that stands for a document."""
        if not self._links.files.is_reachable:
            return say("The file {name} can be had on the bot's web page.", name=file.name)
        size = number(max(1, round(file.path.stat().st_size / _KILOBYTE)), say.language)
        link = self._links.files.link(file.path, now, file.name)
        return say("File: {name} ({size} KB), for 7 days:\n{link}", name=file.name, size=size, link=link)

    def _question_line(self, say: Say, message: Outgoing, reader: Recipient, now: datetime) -> str:
        """Write the link for what Zalo cannot carry, on the very message that asks for it."""
        if message.wants is None or not self._links.files.is_reachable:
            return ""
        link = self._links.questions.link(reader.account_id, message.wants, now)
        return say("Zalo does not let it through? Send it here (30 minutes):\n{link}", link=link)
