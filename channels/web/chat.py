"""Serves the chat's page and its history, and takes what the person says."""

import math
from typing import Any

from aiohttp import web

from channels.web.bodies import read_json
from channels.web.limits import HISTORY_PAGE, MAX_NAME, MAX_SAY
from channels.web.pages import page
from channels.web.ports import BOT, CHANNEL, PORTS
from channels.web.refusals import RequestRefused
from channels.web.remembering import remember
from channels.web.rows import compact, view
from channels.web.sessions import let_in, visitor
from channels.web.wording import script_words
from locales import texts
from messages import MAX_CHOICE_ID_BYTES, MAX_TEXT, Content, File, Incoming, Location, Press, Text, clean
from periods.days import ZONE
from storage.conversation import albums
from storage.delivery import pulled
from storage.delivery.pulled import Visitor

MAX_ID = 64
"""Characters of a message id; the page makes UUIDs."""


async def show(request: web.Request) -> web.Response:
    """GET /c/<id>/: the page; its script asks for the messages."""
    who = await visitor(request)
    ports = request.app[PORTS]
    now = ports.now()
    title = await ports.database.aread(lambda db: pulled.title_of(db, who, now))
    say = texts(who.language)
    response = page(
        request,
        "chat",
        say,
        {
            "title": title,
            "person": who.name,
            "words": compact(script_words(say)),
            "home": say("All conversations on this device"),
            "menu": say("Menu"),
            "log": say("Messages"),
            "earlier": say("Earlier messages"),
            "write": say("Write a message"),
            "keys": say("Arrow up leads to the question, Escape back here."),
            "send": say("Send"),
            "photo": say("Send photos"),
            "more": say("Send something else"),
            "file": say("Send a file"),
            "position": say("Send my position"),
            "pushes": "yes" if ports.push_key else "",
            "install": say("Put on the home screen"),
            "close": say("Close"),
            "newest": say("To the newest message"),
        },
    )
    let_in(response, ports, who.chat)
    remember(request, response, who.chat)
    return response


async def history(request: web.Request) -> web.Response:
    """GET /c/<id>/history?before=ROW: a page of earlier messages, oldest first."""
    who = await visitor(request)
    given = request.query.get("before", "")
    if not (given.isascii() and given.isdecimal() and len(given) < 19):
        raise RequestRefused(400, "not_understood")
    rows = await request.app[PORTS].database.aread(
        lambda db: pulled.before(db, who.account_id, int(given), HISTORY_PAGE + 1)
    )
    shown = [view(who.chat, said) for said in rows[-HISTORY_PAGE:]]
    return web.json_response({"rows": shown, "more": len(rows) > HISTORY_PAGE}, dumps=compact)


async def say(request: web.Request) -> web.Response:
    """POST /c/<id>/say: take a text, a pressed choice or a position; the same id again is taken only once."""
    who = await visitor(request)
    said = await read_json(request, MAX_SAY)
    try:
        message_id, content = read_message(said)
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise RequestRefused(400, "not_understood") from error
    return await take(request, who, message_id, content)


async def known(request: web.Request) -> web.Response:
    """POST /c/<id>/known: which of the page's messages are stored; it asks when its history has become another one."""
    who = await visitor(request)
    asked = await read_json(request, MAX_SAY)
    try:
        given = {_stored_id(message): message["id"] for message in asked}
    except (ValueError, KeyError, TypeError) as error:
        raise RequestRefused(400, "not_understood") from error
    stored = await request.app[PORTS].database.aread(lambda db: pulled.known(db, (CHANNEL, BOT, who.chat), given))
    return web.json_response([given[message_id] for message_id in stored], dumps=compact)


def _stored_id(message: Any) -> str:
    """Make the id under which a message is stored. An album's photos are recognised by the album's name in it."""
    own, album = read_id(message["id"]), clean(str(message.get("album", "")))[:MAX_NAME]
    return albums.message_id(album, own) if album else own


async def take(request: web.Request, who: Visitor, message_id: str, content: Content) -> web.Response:
    """Hand a message over. The answer comes after the commit and tells the time that the message counts for."""
    ports = request.app[PORTS]
    await ports.submit(Incoming(CHANNEL, BOT, who.chat, message_id, content, name=who.name, language=who.language))
    taken = {"at": ports.now().astimezone(ZONE).isoformat()}
    if isinstance(content, File):
        taken["file"] = content.sha256
    return web.json_response(taken, dumps=compact)


def read_message(data: Any) -> tuple[str, Content]:
    """Read what the page sent: id and content. Raises ValueError, KeyError, TypeError or OverflowError for the rest."""
    message_id = read_id(data["id"])
    match data:
        case {"text": str(text)}:
            return message_id, Text(clean(text)[:MAX_TEXT])
        case {"choose": str(choice)} if len(clean(choice).encode()) <= MAX_CHOICE_ID_BYTES:
            return message_id, Press(clean(choice))
        case {"location": [latitude, longitude]}:
            return message_id, _location(float(latitude), float(longitude))
    raise ValueError("no content")


def read_id(given: object) -> str:
    """Read a message id: a short printable ASCII text."""
    if not (isinstance(given, str) and 0 < len(given) <= MAX_ID and given.isascii() and given.isprintable()):
        raise ValueError("no message id")
    return given


def _location(latitude: float, longitude: float) -> Location:
    if not (math.isfinite(latitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
        raise ValueError("no place on earth")
    return Location(latitude, longitude)
