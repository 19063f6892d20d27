"""What a person can send, whatever the platform."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """A typed message, cleaned by `messages.clean`."""

    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed choice, by its id."""

    choice: str


@dataclass(frozen=True, slots=True)
class File:
    """A photo or document.

    Either `sha256` names bytes that are already under the media folder, or `remote` says how the channel fetches
    them later (Telegram's file id, Zalo's address); never both empty. `album` groups what was sent together;
    `more_follow`: the channel knows that this is not the last of it. `dhash`: what a photo looks like, if its bytes
    are there.
    """

    is_image: bool
    name: str = ""
    mime: str = "application/octet-stream"
    size: int = 0
    sha256: str = ""
    remote: str = ""
    caption: str = ""
    album: str = ""
    more_follow: bool = False
    dhash: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """A position in degrees (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Edit:
    """An earlier message, changed afterwards by its sender."""

    message_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Reachability:
    """The person blocked the bot (`usable` false) or let it in again."""

    usable: bool


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Something that the bot cannot read, named by the platform's word for it ("sticker", "voice")."""

    what: str


Content: TypeAlias = Text | Press | File | Location | Edit | Reachability | Unsupported


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update. (channel, bot, account, message_id) is its identity: taken once, however often it is delivered.

    `account` is the platform's id of the chat as text; `name` is what the platform calls the person, used once, to
    greet; `language` is the platform's hint ("vi", "en" or empty).
    """

    channel: str
    bot: str
    account: str
    message_id: str
    content: Content
    name: str = ""
    language: str = ""
