"""Pages from the templates in web/: every value is escaped, nothing is inline."""

import html
from collections.abc import Iterable, Mapping
from functools import cache
from string import Template

from aiohttp import hdrs, web

from channels.web.assets import FOLDER, assets
from channels.web.ports import PORTS
from locales import Say


class Html(str):
    """A text that is HTML already, made by `part` alone."""

    __slots__ = ()


@cache
def _template(name: str) -> Template:
    return Template((FOLDER / f"{name}.html").read_text(encoding="utf-8"))


def page(request: web.Request, template: str, say: Say, values: Mapping[str, str], status: int = 200) -> web.Response:
    """The page of a template with `$named` values put in as text."""
    body = _template(template).substitute(
        _filled(values), base=assets().base, language=say.language, site=html.escape(site(request, say))
    )
    return web.Response(text=body, status=status, content_type="text/html")


def part(template: str, rows: Iterable[Mapping[str, str]]) -> Html:
    """A template once for each row, to be put into a page."""
    return Html("".join(_template(template).substitute(_filled(row)) for row in rows))


def _filled(values: Mapping[str, str]) -> dict[str, str]:
    return {key: value if isinstance(value, Html) else html.escape(value) for key, value in values.items()}


def site(request: web.Request, say: Say) -> str:
    """Return the site's name."""
    return say("Gender equality in {place}", place=request.app[PORTS].place)


def notice(request: web.Request, say: Say, title: str, text: str, status: int = 200) -> web.Response:
    """A page that only says something."""
    return page(request, "notice", say, {"title": title, "text": text}, status)


def wants_page(request: web.Request) -> bool:
    """Whether a person looks at the answer, rather than the page's script."""
    return "text/html" in request.headers.get(hdrs.ACCEPT, "")
