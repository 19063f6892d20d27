"""The way in: an invitation's page, and its button that opens the person's chat.

Looking changes nothing (messengers fetch every link for a preview); only the button joins.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from urllib.parse import parse_qs

from aiohttp import web

from channels.web.bodies import read_body
from channels.web.guessing import GUESSES
from channels.web.home import chats_here, listed
from channels.web.limits import MAX_FIELDS, MAX_FORM
from channels.web.pages import page
from channels.web.peers import counted_as
from channels.web.ports import BOT, CHANNEL, PORTS
from channels.web.refusals import RequestRefused
from channels.web.remembering import people_here, remember
from channels.web.sessions import chat_path, let_in
from channels.web.wording import language_of_request
from handlers.people.titles import role_title
from locales import texts
from messages import Incoming, Text, clean
from periods.days import local_day
from services.directory.joining import NoEntry, came_by, look
from storage.db.writer import Unavailable
from storage.delivery import pulled
from storage.delivery.pulled import Visitor
from storage.directory.invitations import Invited
from storage.directory.strangers import count_guesses

_REFUSED: Mapping[NoEntry, tuple[int, str]] = {
    NoEntry.SPENT: (410, "used_code"),
    NoEntry.REVOKED: (410, "revoked_code"),
    NoEntry.EXPIRED: (410, "expired_code"),
    NoEntry.UNIT_ENDED: (410, "ended_unit"),
    NoEntry.ACCOUNTS_FULL: (409, "no_more_accounts"),
}
"""How a page answers a code that was right once, or somewhere else."""


async def show(request: web.Request) -> web.Response:
    """GET /j/CODE: who invites to what. Whoever came by a code that is used up goes on in the chat it opened here."""
    here = await people_here(request)
    invited = await _invitation_or_back(request, here)
    if isinstance(invited, web.Response):
        return invited
    ports = request.app[PORTS]
    place = await ports.database.aread(lambda db: pulled.place(db, invited.unit, ports.now()))
    say = texts(language_of_request(request))
    inviter = say("{name} invites you", name=invited.created_by) if invited.created_by else say("You are invited")
    return page(
        request,
        "join",
        say,
        {
            "title": inviter,
            "chats": listed(say, await chats_here(request, here)),
            "here": say("On this device you can go on as") if here else "",
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
    back = await _invitation_or_back(request, await people_here(request))
    if isinstance(back, web.Response):
        return back
    ports = request.app[PORTS]
    form = parse_qs((await read_body(request, MAX_FORM)).decode("utf-8", "replace"), max_num_fields=MAX_FIELDS)
    chat = ports.new_token()
    await ports.submit(
        Incoming(
            channel=CHANNEL,
            bot=BOT,
            account=chat,
            message_id="join",
            content=Text(clean(f"/start {request.match_info['code']}")),
            name=" ".join(clean(form.get("name", [""])[0]).split()),
            language=language_of_request(request),
        )
    )
    if not await ports.database.aread(lambda db: pulled.find_visitor(db, CHANNEL, BOT, chat)):
        raise RequestRefused(410, "used_code")  # somebody else was quicker
    response = web.Response(status=303, headers={"Location": chat_path(chat)})
    let_in(response, ports, chat)
    remember(request, response, chat)
    return response


async def _invitation_or_back(request: web.Request, here: Sequence[Visitor]) -> Invited | web.Response:
    """Find the invitation, or the way back to the chat that it opened in this browser before it was used up."""
    try:
        return await _invitation(request)
    except RequestRefused:
        code, people = request.match_info["code"], [who.person_id for who in here]
        database = request.app[PORTS].database
        came = await database.aread(lambda db: came_by(db, code, people)) if people else None
        for who in here:
            if who.person_id == came:
                return web.Response(status=303, headers={"Location": chat_path(who.chat)})
        raise


async def _invitation(request: web.Request) -> Invited:
    """Find the invitation by the code in the address, if it can be used here and now."""
    ports = request.app[PORTS]
    address = counted_as(ports.proxies.client(request))
    code, now = request.match_info["code"], ports.now()
    async with request.app[GUESSES].look(address):
        answer = await ports.database.aread(lambda db: look(db, code, CHANNEL, now))
    if isinstance(answer, Invited):
        return answer
    if answer.why in _REFUSED:
        raise RequestRefused(*_REFUSED[answer.why])
    raise await _wrong(request, address)


async def _wrong(request: web.Request, address: str) -> RequestRefused:
    """Count a wrong code, and say how it is refused."""
    ports, guesses = request.app[PORTS], request.app[GUESSES]
    is_one_too_many = guesses.wrong(address)
    count, day = guesses.to_tell(), local_day(ports.now())
    if count:
        with suppress(Unavailable):  # a hint for the doctor, no record
            await ports.database.awrite(lambda db: count_guesses(db, count, day))
    return RequestRefused(429, "slow_down") if is_one_too_many else RequestRefused(404, "wrong_code")
