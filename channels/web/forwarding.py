"""Notices a proxy that no setting names, for `doctor`: all people who come through it are counted as one."""

from aiohttp import web

from channels.web.ports import PORTS
from channels.web.seldom import Seldom
from storage.db import settings

NOTICED: web.AppKey[Seldom] = web.AppKey("noticed", Seldom)


def notice(request: web.Request) -> None:
    """Remember an address that forwards without being trusted. Once a minute only, since any stranger can cause it."""
    ports = request.app[PORTS]
    peer = ports.proxies.ignored(request)
    if peer is not None and request.app[NOTICED].times("forwarded"):
        value = f"{ports.now().isoformat()} {peer}"
        ports.database.write(lambda db: settings.keep(db, settings.FORWARDER, value))
