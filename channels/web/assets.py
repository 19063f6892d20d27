"""Serves scripts, styles and icons, read and compressed once, under an address that changes with their content.

All files share one version. So a script's relative imports stay within the version it was made for, and browsers may
keep everything for good.
"""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aiohttp import hdrs, web

import web as static_files
from channels.web.refusals import RequestRefused

FOLDER = Path(static_files.__file__).parent
_TYPES = {".js": "text/javascript", ".webmanifest": "application/manifest+json"}
_SERVED = frozenset({".js", ".css", ".svg", ".png", ".webmanifest"})
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent."""

    type: str
    plain: bytes
    compressed: bytes


@dataclass(frozen=True, slots=True)
class Assets:
    """All files by path, and the version that names their content."""

    version: str
    files: Mapping[str, Asset]

    @property
    def base(self) -> str:
        """The beginning of all assets' addresses."""
        return f"/static/{self.version}"


@cache
def assets() -> Assets:
    """Read the files under web/ that browsers may have."""
    files: dict[str, Asset] = {}
    version = hashlib.sha256()
    for path in sorted(file for file in FOLDER.rglob("*") if file.suffix in _SERVED):
        name, data = path.relative_to(FOLDER).as_posix(), path.read_bytes()
        version.update(f"{name}\0{len(data)}\0".encode() + data)
        kind = _TYPES.get(path.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        files[name] = Asset(kind, data, gzip.compress(data, mtime=0))
    return Assets(version.hexdigest()[:12], files)


async def asset(request: web.Request) -> web.Response:
    """GET /static/<version>/<path>; another version's address gets today's file, and is not kept."""
    wanted = assets().files.get(request.match_info["path"])
    if wanted is None:
        raise RequestRefused(404, "no_page")
    is_current = request.match_info["version"] == assets().version
    headers = {hdrs.CACHE_CONTROL: FOREVER if is_current else "no-cache", hdrs.VARY: "Accept-Encoding"}
    body = wanted.plain
    if "gzip" in request.headers.get(hdrs.ACCEPT_ENCODING, ""):
        headers[hdrs.CONTENT_ENCODING] = "gzip"
        body = wanted.compressed
    return web.Response(body=body, content_type=wanted.type, charset=_charset(wanted.type), headers=headers)


def _charset(kind: str) -> str | None:
    return "utf-8" if kind.startswith("text/") else None
