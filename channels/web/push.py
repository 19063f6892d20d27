"""Takes a browser's wish to be pushed to, or no more, for its chat."""

from aiohttp import web

from channels.web.bodies import read_json
from channels.web.limits import MAX_FORM
from channels.web.ports import PORTS
from channels.web.refusals import RequestRefused
from channels.web.rows import compact
from channels.web.sessions import visitor
from messages.pushing import MAX_ENDPOINT, read_subscription
from storage.delivery import subscriptions


async def ask(request: web.Request) -> web.Response:
    """GET /c/<id>/push?endpoint=…: the key to subscribe with, and whether this chat is pushed to at that address."""
    who = await visitor(request)
    ports = request.app[PORTS]
    if ports.push_key is None:
        raise RequestRefused(404, "no_page")
    endpoint = request.query.get("endpoint", "")[:MAX_ENDPOINT]
    is_on = await ports.database.aread(lambda db: subscriptions.is_kept(db, who.account_id, endpoint))
    return web.json_response({"key": ports.push_key(), "on": is_on}, dumps=compact)


async def wish(request: web.Request) -> web.Response:
    """POST /c/<id>/push: a subscription as browsers write it.

    With `"end": true` this chat is pushed to there no more; with `"replaces"` no more at the address named by it.
    """
    who = await visitor(request)
    ports = request.app[PORTS]
    if ports.push_key is None:
        raise RequestRefused(404, "no_page")
    given, now = await read_json(request, MAX_FORM), ports.now()
    try:
        subscription, is_end = read_subscription(given), bool(given.get("end"))
        before = str(given.get("replaces", ""))[:MAX_ENDPOINT]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RequestRefused(400, "not_understood") from error
    if is_end:
        await ports.database.awrite(lambda db: subscriptions.drop(db, who.account_id, subscription.endpoint))
    else:
        await ports.database.awrite(lambda db: subscriptions.keep(db, who.account_id, subscription, now, before))
    return web.json_response({"on": not is_end}, dumps=compact)
