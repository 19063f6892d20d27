"""The page at the root: leads back to this browser's chats, and takes a code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aiohttp import web
from sqlalchemy import Connection

from channels.web.pages import Html, page, part
from channels.web.ports import PORTS
from channels.web.remembering import forget_others, people_here
from channels.web.sessions import chat_path
from channels.web.wording import language_of_request
from locales import Say, texts
from messages import clean
from services.directory.codes import CODE_ALPHABET, CODE_LENGTH, plain, written
from storage.delivery import pulled
from storage.delivery.pulled import Visitor


@dataclass(frozen=True, slots=True)
class ChatHere:
    """A chat of this browser: whose it is, for which units, and how many messages nobody has seen yet."""

    who: Visitor
    places: tuple[str, ...]
    unseen: int


async def show(request: web.Request) -> web.StreamResponse:
    """GET /: the only chat of this browser at once; else the list, with a field for a code.

    With `all` in the query the list is shown in any case; with `code` the invitation of that code.
    """
    given = clean(request.query.get("code", ""))
    if is_code(given):
        return web.Response(status=303, headers={"Location": f"/j/{written(plain(given))}"})
    people = await people_here(request)
    response: web.Response
    if len(people) == 1 and not request.query:
        response = web.Response(status=303, headers={"Location": chat_path(people[0].chat)})
    else:
        response = await _page(request, people, given)
    forget_others(request, response, [who.chat for who in people])
    return response


def is_code(given: str) -> bool:
    """Whether a text can be a code."""
    code = plain(given)
    return len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET)


async def chats_here(request: web.Request, people: Sequence[Visitor]) -> list[ChatHere]:
    """What can be said of this browser's chats."""
    ports = request.app[PORTS]
    now = ports.now()

    def read(db: Connection) -> list[ChatHere]:
        return [
            ChatHere(who, tuple(pulled.places_of(db, who.person_id, now)), pulled.count_unseen(db, who.account_id))
            for who in people
        ]

    return await ports.database.aread(read) if people else []


def listed(say: Say, chats: Iterable[ChatHere]) -> Html:
    """Links to chats, each with its name, its units and what is new in it."""
    return part(
        "home_chat",
        (
            {
                "path": chat_path(chat.who.chat),
                "name": chat.who.name,
                "places": " · ".join(chat.places),
                "new": say.plural("{n} new message", "{n} new messages", chat.unseen) if chat.unseen else "",
            }
            for chat in chats
        ),
    )


async def _page(request: web.Request, people: Sequence[Visitor], given: str) -> web.Response:
    say = texts(language_of_request(request))
    chats = await chats_here(request, people)
    wrong = say("That is no invitation code: it has eight letters and digits, like K7MP-4XQ2.") if given else ""
    return page(
        request,
        "home",
        say,
        {
            "title": say("Your conversations on this device") if chats else say("Welcome"),
            "chats": listed(say, chats),
            "before": "" if chats else say("Please open the invitation link that you were given, or enter its code."),
            "code": say("Invitation code"),
            "hint": wrong or say("Eight letters and digits, like K7MP-4XQ2"),
            "given": given[: CODE_LENGTH * 4],
            "button": say("Go on"),
            "elsewhere": say(
                "Do you take part on another device, in Zalo or in Telegram? Write /ketnoi there, and enter the code "
                "that you get here: the same conversation goes on."
            ),
        },
    )
