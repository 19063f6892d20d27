"""The bot's way out: sends a message to a chat and says what became of it."""

import logging
from collections.abc import Sequence

from sqlalchemy.exc import SQLAlchemyError

from channels.telegram import limits
from channels.telegram.courier import TelegramCourier
from channels.telegram.failures import CallFailed, NeverArrived, TelegramRefused
from channels.telegram.layout import Part, parts
from channels.telegram.pace import ChatPace
from channels.telegram.reading import CHANNEL
from channels.telegram.rich import rich_parts
from messages import Outgoing
from scheduler.outcomes import Ambiguous, AttachedFile, Delivered, Impossible, Moved, NotSent, Outcome, Unreachable
from scheduler.rate import Rate

FLOODED_CHATS = 3
"""If so many chats are paused at once, a 429 is about the bot and not about one chat: then everything waits."""
DATABASE_PAUSE = 2.0
_NOBODY = ("chat not found", "user not found", "peer_id_invalid")
"""The words by which a 400 says that there is no such chat; a 403 says it by its code."""

log = logging.getLogger(__name__)


class TelegramSender:
    """Sends for delivery, which acts on the outcome. `rate` is the lane's; a flood pauses it."""

    def __init__(self, bot: str, courier: TelegramCourier, rate: Rate, chats: ChatPace) -> None:
        self._bot = bot
        self._courier = courier
        self._rate = rate
        self._chats = chats

    @property
    def channel(self) -> str:
        return CHANNEL

    @property
    def bot(self) -> str:
        return self._bot

    async def send(self, address: str, message: Outgoing, files: tuple[AttachedFile, ...]) -> Outcome:
        """Send a message to a chat."""
        classic = parts(message, *_apart(files))
        laid = (not files and self._rich(message)) or classic
        messages = sum(part.messages for part in laid)
        wait = self._chats.wait(address, messages)
        if wait:
            return NotSent("the chat's pace", wait)
        self._rate.spend(messages - 1)
        try:
            number = await self._courier.bring(address, laid, classic)
        except SQLAlchemyError as error:
            return NotSent(type(error).__name__, DATABASE_PAUSE)
        except CallFailed as failure:
            if isinstance(failure, TelegramRefused) and failure.retry_after:
                self._slow_down(address, failure.retry_after)
            return outcome_of(failure)
        return Delivered(number, messages)

    def _rich(self, message: Outgoing) -> list[Part]:
        """A table's rich messages, where the server takes such."""
        return rich_parts(message) if self._courier.shows_tables else []

    async def show_action(self, address: str, *, is_picture: bool) -> None:
        await self._courier.show_upload(address, as_photo=is_picture)

    def _slow_down(self, address: str, seconds: float) -> None:
        if self._chats.pause(address, seconds) >= FLOODED_CHATS:
            self._rate.pause(seconds)


def _apart(files: Sequence[AttachedFile]) -> tuple[list[AttachedFile], list[AttachedFile]]:
    """Divide files into photos and documents; a picture too big for a photo becomes a document."""
    photos: list[AttachedFile] = []
    papers: list[AttachedFile] = []
    for file in files:
        is_photo = file.is_picture and file.path.stat().st_size <= limits.MAX_PHOTO
        (photos if is_photo else papers).append(file)
    return photos, papers


def outcome_of(failure: CallFailed) -> Outcome:
    """Say what a failed call means for the message."""
    if isinstance(failure, NeverArrived):
        return NotSent(str(failure))
    return _refused(failure) if isinstance(failure, TelegramRefused) else Ambiguous(str(failure))


def _refused(failure: TelegramRefused) -> Outcome:
    if failure.retry_after:
        return NotSent("too many requests", failure.retry_after)
    if failure.moved_to:
        return Moved(failure.moved_to)
    if failure.code == 403 or any(words in failure.description.lower() for words in _NOBODY):
        return Unreachable(failure.description)
    if failure.code in {401, 404}:
        # The bot's token, not this message: it can go once the token is right.
        return NotSent(str(failure))
    log.error("%s is refused for good: %s", failure.method, failure)
    return Impossible(str(failure))
