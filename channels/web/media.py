"""Serves a chat's pictures and documents to its page alone: drawn or found when it asks, and kept by the browser."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from channels.web.ports import PORTS, Ports
from channels.web.refusals import RequestRefused
from channels.web.sessions import visitor
from messages import Document, Outgoing, Picture, decode
from reports.gallery import STORED
from storage.delivery import pulled
from storage.files.media import MediaFull

KEPT = "private, max-age=2592000, immutable"
"""A message's picture never changes; a month covers whatever is scrolled to."""


async def of_message(request: web.Request) -> web.StreamResponse:
    """GET /c/<id>/media/ROW/PART: one of a message's pictures, counted from 0, or after them its document."""
    who = await visitor(request)
    row, part = int(request.match_info["row"]), int(request.match_info["part"])
    ports = request.app[PORTS]
    said = await ports.database.aread(lambda db: pulled.said(db, who.account_id, row))
    recipes = _recipes(decode(said.body)) if said else []
    if part >= len(recipes):
        raise RequestRefused(404, "no_page")
    recipe = recipes[part]
    try:
        path = await asyncio.to_thread(_path_of, ports, recipe)
    except LookupError as error:
        raise RequestRefused(404, "no_page" if isinstance(recipe, Picture) else "file_gone") from error
    except MediaFull as error:
        raise RequestRefused(507, "disk_full") from error
    return _file(path, _disposition(recipe))


async def own(request: web.Request) -> web.StreamResponse:
    """GET /c/<id>/media/own/SHA256: a photo or file that this account sent."""
    who = await visitor(request)
    ports, sha256 = request.app[PORTS], request.match_info["sha256"]
    mime = await ports.database.aread(lambda db: pulled.own_file(db, who.account_id, sha256))
    if mime is None:
        raise RequestRefused(404, "no_page")
    is_image = mime.startswith("image/")
    return _file(ports.store.path(sha256), {"Content-Type": mime, **({} if is_image else _ATTACHMENT)})


_ATTACHMENT = {"Content-Disposition": "attachment"}


def _recipes(message: Outgoing) -> list[Picture | Document]:
    return [*message.pictures, *([message.document] if message.document else [])]


def _path_of(ports: Ports, recipe: Picture | Document) -> Path:
    """Find the picture's file, or draw it now. Raises `LookupError` for a kind that nothing draws."""
    if isinstance(recipe, Picture):
        return ports.gallery.path_of(recipe)
    if recipe.kind != STORED:
        raise LookupError(recipe.kind)
    stored = ports.store.path(str(recipe.data["sha256"]))
    if not stored.exists():
        raise LookupError("a stored file is gone")
    return stored


def _disposition(recipe: Picture | Document) -> Mapping[str, str]:
    """Have a document saved under its name (RFC 6266), and a picture shown."""
    if isinstance(recipe, Picture):
        return {}
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(recipe.name, safe='')}"}


def _file(path: Path, headers: Mapping[str, str]) -> web.FileResponse:
    # Nothing that came from a person or a template may run as a page of ours.
    return web.FileResponse(path, headers={"Cache-Control": KEPT, "Content-Security-Policy": "sandbox", **headers})
