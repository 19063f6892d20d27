"""Reads one raw update as one `Incoming`. Pure, and strict about nothing that the bot does not use.

The speaker is always a person, never a chat. In a group only commands are heard, and they are answered in the person's
own chat. So nobody speaks with another's rights, and nothing personal is shown to a group.
"""

from dataclasses import dataclass
from typing import Any, TypeGuard

from aiogram.types import CallbackQuery, Chat, ChatMemberUpdated, Contact, Document, Message, PhotoSize, Update, User
from pydantic import ValidationError

from channels.telegram import limits
from messages import Content, Edit, File, Incoming, Location, Press, Reachability, Text, Unsupported, clean
from messages.limits import MAX_TEXT
from storage.conversation import albums

CHANNEL = "telegram"
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]

_NOBODY = frozenset({777_000, 1_087_968_824, 136_817_688})
"""Telegram's own accounts behind which anybody may stand: the service account, a group's anonymous admins, people who
write as a channel."""
_UNREADABLE = (
    "animation",
    "audio",
    "checklist",
    "dice",
    "game",
    "paid_media",
    "poll",
    "sticker",
    "story",
    "video",
    "video_note",
    "voice",
)
"""Kinds of message that people send and the bot has no use for. All other unknown kinds are service messages."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An update that needs an answer to somebody. `press` is the pressed button to settle with Telegram."""

    incoming: Incoming
    press: CallbackQuery | None = None


class MalformedUpdate(Exception):
    """An update is not what the Bot API describes. The error says where, and quotes nothing."""


def update_id(raw: Any) -> int | None:
    """Return the update's id, if it has one at all."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return number if isinstance(number, int) else None


def read(raw: Any, bot: str) -> Heard | None:
    """Read what an update says. None for what is no bot's business: a service message, a group's talk.

    Raises `MalformedUpdate`.
    """
    update = _parse(raw)
    if update.message:
        return _message(update.message, bot)
    if update.callback_query:
        return _press(update.callback_query, bot)
    if update.edited_message:
        return _edit(update.edited_message, bot)
    if update.my_chat_member:
        return _membership(update.my_chat_member, bot)
    return None


def _parse(raw: Any) -> Update:
    try:
        return Update.model_validate(raw)
    except ValidationError:
        pass
    # Half an emoji is not text to the parser, but it is no reason to lose the rest either.
    try:
        return Update.model_validate(_scrubbed(raw))
    except ValidationError as error:
        places = sorted({".".join(str(part) for part in problem["loc"][:4]) for problem in error.errors()})
    raise MalformedUpdate(", ".join(places[:5]))


def _scrubbed(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _scrubbed(part) for key, part in value.items()}
    return [_scrubbed(part) for part in value] if isinstance(value, list) else value


def _is_person(user: User | None, behind: Chat | None = None) -> TypeGuard[User]:
    """Whether a person speaks for themselves, and not a bot, nor a group or channel that stands `behind` them."""
    return user is not None and behind is None and not user.is_bot and user.id not in _NOBODY


def _incoming(user: User, bot: str, message_id: str, content: Content) -> Incoming:
    language = (user.language_code or "")[:2]
    return Incoming(
        channel=CHANNEL,
        bot=bot,
        account=str(user.id),
        message_id=message_id,
        content=content,
        name=clean(user.full_name),
        language=language if language in {"vi", "en"} else "",
    )


def _key(chat: Chat, message_id: int) -> str:
    """Supergroups count their messages by themselves: only a private chat's number is enough alone."""
    return str(message_id) if chat.type == "private" else f"{chat.id}:{message_id}"


def _message(message: Message, bot: str) -> Heard | None:
    content = _content(message)
    speaks = message.chat.type == "private" or (isinstance(content, Text) and content.text.startswith("/"))
    if content is None or not speaks or not _is_person(message.from_user, message.sender_chat):
        return None
    key = _key(message.chat, message.message_id)
    if message.media_group_id:
        key = albums.message_id(message.media_group_id, key)
    return Heard(_incoming(message.from_user, bot, key, content))


def _press(query: CallbackQuery, bot: str) -> Heard | None:
    if query.data is None or not _is_person(query.from_user):
        return None
    return Heard(_incoming(query.from_user, bot, f"press:{query.id}", Press(clean(query.data))), query)


def _edit(message: Message, bot: str) -> Heard | None:
    if message.text is None or message.chat.type != "private":
        return None
    if not _is_person(message.from_user, message.sender_chat):
        return None
    edited = Edit(str(message.message_id), _text(message.text))
    key = f"edit:{message.message_id}:{message.edit_date}"
    return Heard(_incoming(message.from_user, bot, key, edited))


def _membership(change: ChatMemberUpdated, bot: str) -> Heard | None:
    if change.chat.type != "private" or not _is_person(change.from_user):
        return None
    usable = change.new_chat_member.status not in {"kicked", "left"}
    key = f"member:{int(change.date.timestamp())}:{change.new_chat_member.status}"
    return Heard(_incoming(change.from_user, bot, key, Reachability(usable)))


def _content(message: Message) -> Content | None:
    if message.text is not None:
        return Text(_text(message.text))
    if message.photo:
        return _photo(message, message.photo)
    if message.document and not message.animation:
        return _document(message, message.document)
    if message.location:
        return Location(message.location.latitude, message.location.longitude)
    if message.contact:
        return Text(_contact(message.contact))
    what = next((kind for kind in _UNREADABLE if getattr(message, kind, None) is not None), None)
    return Unsupported(what) if what else None


def _text(text: str) -> str:
    """Read the text without a command's address ("/start@our_bot"): with it Telegram tells bots in a group apart."""
    cleaned = clean(text)[:MAX_TEXT]
    command, space, rest = cleaned.partition(" ")
    return command.partition("@")[0] + space + rest if command.startswith("/") else cleaned


def _contact(contact: Contact) -> str:
    name = " ".join(part for part in (contact.first_name, contact.last_name) if part)
    return clean(f"{name} {contact.phone_number}".strip())[:MAX_TEXT]


def _photo(message: Message, sizes: list[PhotoSize]) -> Content:
    best = max(sizes, key=lambda size: size.width * size.height)
    return File(
        is_image=True,
        name="photo.jpg",
        mime="image/jpeg",
        size=best.file_size or 0,
        remote=best.file_id,
        caption=clean(message.caption or "")[:MAX_TEXT],
        album=message.media_group_id or "",
    )


def _document(message: Message, document: Document) -> Content:
    size = document.file_size or 0
    if size > limits.MAX_DOWNLOAD:
        return Unsupported("big_file")
    mime = clean(document.mime_type or "application/octet-stream")
    return File(
        is_image=mime.startswith("image/"),
        name=clean(document.file_name or ""),
        mime=mime,
        size=size,
        remote=document.file_id,
        caption=clean(message.caption or "")[:MAX_TEXT],
        album=message.media_group_id or "",
    )
