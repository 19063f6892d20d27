"""The values that the composition root hands to the browser channel."""

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from channels.ports import Now, Submit
from channels.web.peers import LOOPBACK, Proxies
from reports.gallery import Gallery
from storage.db.database import Database
from storage.files.media import MediaStore


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything that the pages need. They can reach nothing else."""

    database: Database
    submit: Submit
    now: Now
    monotonic: Callable[[], float]
    new_token: Callable[[], str]
    """An unguessable, URL-safe text (128 bits or more)."""
    secret: bytes
    """Signs the sessions."""
    store: MediaStore
    gallery: Gallery
    place: str
    """The district's name: whose site it is."""
    public_url: str = ""
    """The address at which people reach the server from outside ("https://…"), empty on one's own machine."""
    proxies: Proxies = LOOPBACK
    """Whose forwarded headers are believed."""
    push_key: Callable[[], str] | None = None
    """The key with which a browser subscribes to pushes; none where nothing is pushed."""

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")


PORTS: web.AppKey[Ports] = web.AppKey("ports", Ports)
CHANNEL = "web"
BOT = "web"
