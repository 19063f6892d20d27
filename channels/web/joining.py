"""The way in: an invitation's page, and its button that opens the person's chat.

Looking changes nothing (messengers fetch every link for a preview); only the button joins.
"""

from aiohttp import web

from channels.web.guessing import GUESSES
from channels.web.pages import notice, page, site
from channels.web.peers import counted_as
from channels.web.ports import BOT, CHANNEL, PORTS
from channels.web.refusals import Refusal
from channels.web.sessions import chat_path, let_in
from channels.web.wording import language_of_request
from handlers.joining import hash_code
from handlers.titles import role_title
from locales import texts
from messages import Incoming, Text, clean
from storage import pulled
from storage.people import Invited, find_invitation


async def home(request: web.Request) -> web.Response:
    """GET /: nothing to see without an invitation."""
    say = texts(language_of_request(request))
    return notice(request, say, site(request, say), say("Please open the invitation link that you were given."))


async def show(request: web.Request) -> web.Response:
    """GET /j/CODE: who invites to what."""
    invited = await _invitation(request)
    place = await request.app[PORTS].database.aread(lambda db: pulled.place(db, invited.unit_id))
    say = texts(language_of_request(request))
    inviter = say("{name} invites you", name=invited.created_by) if invited.created_by else say("You are invited")
    return page(
        request,
        "join",
        say,
        {
            "title": inviter,
            "role": role_title(say, invited.role),
            "role_is": say("to work as"),
            "unit": place,
            "unit_is": say("for"),
            "name": say("Your name"),
            "name_hint": say("As colleagues know you, e.g. Nguyễn Thị Hoa"),
            "button": say("Join and open the chat"),
            "promise": say("The first message says what is kept about you. Nothing is asked before you agree."),
        },
    )


async def join(request: web.Request) -> web.Response:
    """POST /j/CODE: join with a new account, and go to its chat."""
    await _invitation(request)
    ports = request.app[PORTS]
    form = await request.post()
    given = form.get("name")
    chat = ports.new_token()
    await ports.submit(
        Incoming(
            channel=CHANNEL,
            bot=BOT,
            account=chat,
            message_id="join",
            content=Text(clean(f"/start {request.match_info['code']}")),
            name=" ".join(clean(given).split()) if isinstance(given, str) else "",
            language=language_of_request(request),
        )
    )
    if not await ports.database.aread(lambda db: pulled.find_visitor(db, CHANNEL, BOT, chat)):
        raise Refusal(410, "used_code")  # somebody else was quicker
    response = web.Response(status=303, headers={"Location": chat_path(chat)})
    let_in(response, ports, chat)
    return response


async def _invitation(request: web.Request) -> Invited:
    """The invitation of the code in the address, if it can be used now."""
    ports, guesses = request.app[PORTS], request.app[GUESSES]
    address = counted_as(ports.proxies.client(request))
    guesses.check(address)
    code_hash = hash_code(request.match_info["code"])
    invited = await ports.database.aread(lambda db: find_invitation(db, code_hash))
    if invited is None:
        guesses.wrong(address)
        raise Refusal(404, "wrong_code")
    if invited.uses_left < 1:
        raise Refusal(410, "used_code")
    if invited.expires_at <= ports.now():
        raise Refusal(410, "expired_code")
    return invited
