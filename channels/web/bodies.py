"""Reads bodies of requests whole, but never beyond a limit; as JSON, no deeper than any real one is."""

import json
from itertools import chain
from typing import Any

from aiohttp import web

from channels.web.limits import MAX_NESTING
from channels.web.refusals import RequestRefused


async def read_body(request: web.Request, limit: int) -> bytes:
    """Read all bytes; refuse the request as soon as there are more than `limit`."""
    held = bytearray()
    if (request.content_length or 0) > limit:
        raise RequestRefused(413, "not_understood")
    async for part in request.content.iter_any():
        held += part
        if len(held) > limit:
            raise RequestRefused(413, "not_understood")
    return bytes(held)


async def read_json(request: web.Request, limit: int) -> Any:
    """Read the body as JSON. Refuse what is none, and what is nested too deeply for code that walks through it."""
    try:
        body = json.loads(await read_body(request, limit))
    except (ValueError, RecursionError) as error:
        raise RequestRefused(400, "not_understood") from error
    if is_deep(body):
        raise RequestRefused(400, "not_understood")
    return body


def is_deep(value: object) -> bool:
    """Whether lists and objects lie in each other deeper than `MAX_NESTING`; looked at level by level."""
    level = [value]
    for _ in range(MAX_NESTING):
        inner = (node.values() if isinstance(node, dict) else node for node in level if isinstance(node, dict | list))
        level = list(chain.from_iterable(inner))
        if not level:
            return False
    return True
