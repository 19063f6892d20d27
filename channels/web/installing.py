"""What makes an app of the page: its manifest, and the service worker by which it opens without a network."""

import json

from aiohttp import hdrs, web

from channels.web.assets import FOLDER, assets
from channels.web.pages import site
from channels.web.rows import compact
from channels.web.wording import language_of_request
from locales import texts

ICONS = (
    ("app/icon-192.png", "192x192", "any"),
    ("app/icon-512.png", "512x512", "any"),
    ("app/maskable-512.png", "512x512", "maskable"),
)
"""Files, sizes and purposes. A maskable one is cut to the phone's own shape, and has room around."""
THEME, PAPER = "#752f63", "#faf5f8"
WORKER = "worker.js"


async def manifest(request: web.Request) -> web.Response:
    """GET /app.webmanifest: how the page stands on a home screen."""
    say = texts(language_of_request(request))
    described = {
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "lang": say.language,
        "name": site(request, say),
        "short_name": say("Gender equality"),
        "theme_color": THEME,
        "background_color": PAPER,
        "icons": [
            {"src": f"{assets().base}/{file}", "sizes": sizes, "type": "image/png", "purpose": purpose}
            for file, sizes, purpose in ICONS
        ],
    }
    return web.Response(text=compact(described), content_type="application/manifest+json")


async def worker(_request: web.Request) -> web.Response:
    """GET /worker.js: the service worker with the names of this version's files. Browsers ask for it at each visit."""
    given = {"VERSION": assets().version, "BASE": assets().base, "FILES": kept_files()}
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in given.items())
    script = (FOLDER / WORKER).read_text(encoding="utf-8")
    return web.Response(
        text=head + script, content_type="text/javascript", charset="utf-8", headers={hdrs.CACHE_CONTROL: "no-cache"}
    )


def kept_files() -> list[str]:
    """The files that the chat's page needs without a network."""
    return [name for name in assets().files if name in {"icon.svg", "look.css"} or name.startswith("chat/")]
