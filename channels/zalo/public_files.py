"""Serves pictures and documents under links that nobody can guess or list, and that live for a week.

The platform fetches a picture late and more than once, without any login, and a person opens a document whenever they
like within that week. A link opens one file of the media folder and no other.
"""

from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from aiohttp import hdrs, web

from channels.ports import Now
from channels.zalo.limits import FILE_LINK_LIFE
from channels.zalo.signing import Signer

PATH = "/zalo/files/{token}/{name}"
_PICTURES = {".png": "image/png", ".jpg": "image/jpeg", "": "image/jpeg"}
"""The type of photos from people, which are kept as JPEG under a name without an ending."""


class PublicFiles:
    """Makes the links and serves what they name; `folder` is the media folder, with everything under it.

    `over_http`: the platform is a test server on this machine, which follows plain addresses too.
    """

    def __init__(self, secret: bytes, public_url: str, folder: Path, now: Now, *, over_http: bool = False) -> None:
        self._signer = Signer(secret, "zalo file")
        self._public_url = public_url.rstrip("/")
        self._folder = folder.resolve()
        self._now = now
        self._over_http = over_http

    @property
    def is_reachable(self) -> bool:
        """Whether the platform and a phone can get anything from here: they follow https only."""
        return self._public_url.startswith("https://") or self._over_http

    def link(self, path: Path, now: datetime, name: str = "") -> str:
        """Make a link to a file under the media folder. With a `name` the file is saved under that name, else shown."""
        relative = path.resolve().relative_to(self._folder).as_posix()
        token = self._signer.sign((relative, name), now, FILE_LINK_LIFE)
        return self._public_url + PATH.format(token=token, name=quote(name or _shown_name(path), safe=""))

    def routes(self) -> list[web.RouteDef]:
        return [web.get(PATH, self.serve)]

    async def serve(self, request: web.Request) -> web.StreamResponse:
        opens = self._signer.read(request.match_info["token"], self._now())
        path = (self._folder / str(opens[0])).resolve() if opens else None
        if path is None or not path.is_relative_to(self._folder) or not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path, headers=_headers(path, str(opens[1]) if opens else ""))


def _shown_name(path: Path) -> str:
    return "anh.png" if path.suffix == ".png" else "anh.jpg"


def _headers(path: Path, name: str) -> dict[str, str]:
    headers = {
        hdrs.CACHE_CONTROL: "private, max-age=86400",
        "X-Robots-Tag": "noindex",
        "Content-Security-Policy": "sandbox",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    if name:
        disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        return headers | {hdrs.CONTENT_TYPE: "application/octet-stream", hdrs.CONTENT_DISPOSITION: disposition}
    return headers | {hdrs.CONTENT_TYPE: _PICTURES.get(path.suffix, "application/octet-stream")}
