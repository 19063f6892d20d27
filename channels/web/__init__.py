"""The browser channel: invitation pages, the chat page with its live stream, photos and files, over aiohttp.

It is pulled: what is queued for a chat is its history, read by cursor. `application` makes the web application,
`listen` opens its socket, `serve` runs it; `Ports` is what it is handed.
"""

from channels.web.peers import Proxies
from channels.web.ports import Ports
from channels.web.server import HOME, application, listen, serve

__all__ = ["HOME", "Ports", "Proxies", "application", "listen", "serve"]
