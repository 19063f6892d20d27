"""What the bot can say, whatever the platform, and how an outbox row keeps it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from messages.choices import Choice
from messages.tables import Table


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a recipe: rendered after the commit from the very figures that the text shows.

    `kind` names a renderer; `data` is JSON. `alt` says in words what the picture shows. A stored photo is the kind
    "stored" with data {"sha256": …}.
    """

    kind: str
    data: Mapping[str, Any]
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file to receive, as a recipe like `Picture`; `name` is the file's name with its ending."""

    kind: str
    data: Mapping[str, Any]
    name: str


class Wanted(StrEnum):
    """Answers that not every channel carries."""

    PHOTO = "photo"
    FILE = "file"
    POSITION = "position"


@dataclass(frozen=True, slots=True)
class Wants:
    """A message asks for an answer that not every channel carries: to which question, and in which words.

    A channel that carries such answers shows the message as it is; another one may say how else to answer.
    """

    what: Wanted
    interview: int
    question: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class PassOn:
    """What a message holds for somebody else: a text and the link that goes with it, which the text does not repeat.

    A channel that can offers to copy it and to share it, with these labels; elsewhere the message itself is forwarded.
    So the message's own text says all of it, too.
    """

    text: str
    link: str
    copy: str
    share: str

    @property
    def whole(self) -> str:
        """All of it, as it is pasted."""
        return "\n".join(filter(None, (self.text, self.link)))


@dataclass(frozen=True, slots=True)
class AskedAt:
    """The interview whose question a message asks, and its revision then: its choices belong to that question."""

    interview: int
    revision: int


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message: plain text with pictures, or with a document, or with a table, then choices.

    A text with a table says what the table is about; a channel that shows no tables writes it as lines after the text.

    A `lasting` message stays useful when newer ones have come: a receipt does, a menu does not. The outbox keeps this
    mark beside the message.
    """

    text: str
    choices: tuple[Choice, ...] = field(default=())
    pictures: tuple[Picture, ...] = ()
    document: Document | None = None
    lasting: bool = False
    asks: AskedAt | None = None
    wants: Wants | None = None
    table: Table | None = None
    pass_on: PassOn | None = None


def encode(message: Outgoing) -> str:
    """The message as an outbox row keeps it: compact JSON, empty parts left out."""
    body: dict[str, Any] = {"text": message.text}
    if message.choices:
        body["choices"] = [[c.id, c.label, c.word] if c.word else [c.id, c.label] for c in message.choices]
    if message.pictures:
        body["pictures"] = [[p.kind, p.data, p.alt] for p in message.pictures]
    if message.document:
        body["document"] = [message.document.kind, message.document.data, message.document.name]
    if message.asks:
        body["asks"] = [message.asks.interview, message.asks.revision]
    if message.wants:
        wants = message.wants
        body["wants"] = [wants.what, wants.interview, wants.question, wants.label, wants.hint]
    if message.table:
        body["table"] = message.table.to_json()
    if message.pass_on:
        given = message.pass_on
        body["pass_on"] = [given.text, given.link, given.copy, given.share]
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def decode(body: str) -> Outgoing:
    """The inverse of `encode`."""
    data = json.loads(body)
    # Rows written before a message could have several pictures hold its one picture as "picture".
    pictures = [data["picture"]] if "picture" in data else data.get("pictures", ())
    wants = data.get("wants")
    return Outgoing(
        text=data["text"],
        choices=tuple(Choice(*c) for c in data.get("choices", ())),
        pictures=tuple(Picture(*p) for p in pictures),
        document=Document(*data["document"]) if "document" in data else None,
        asks=AskedAt(*data["asks"]) if "asks" in data else None,
        wants=Wants(Wanted(wants[0]), *wants[1:]) if wants else None,
        table=Table.of_json(data["table"]) if "table" in data else None,
        pass_on=PassOn(*data["pass_on"]) if "pass_on" in data else None,
    )
